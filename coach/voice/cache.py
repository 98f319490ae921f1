"""Clips at hand: each line is synthesised once, kept on disk, and resampled once to the loudspeaker's rate."""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.audio.clip import Clip, Samples
from coach.audio.loudness import levelled
from coach.audio.resampling import resampled
from coach.document.files import replace_file
from coach.errors import CoachError
from coach.language.delivery import Pace
from coach.own import paths
from coach.voice.synthesizer import Manner, Synthesizer, speaking

_FORMAT = 1
"""Counts up whenever the same key would give other samples: trimming, level, engine handling, file format."""

_HEADER = struct.Struct("<4sII")  # magic, samples a second, CRC-32 of what follows: 16-bit mono samples
_MAGIC = b"clip"

_RATES = (8_000, 192_000)
"""Samples a second that a synthesiser gives, the least and the most; the checksum leaves the header out."""

_IN_MEMORY = 96 << 20
_ON_DISK = 256 << 20


class Voice:
    """Text to clips of one level at the loudspeaker's rate, from memory, from disk, or else from the synthesiser."""

    def __init__(
        self,
        rate: int,
        *,
        voice: str = "en-us",
        talk: int = 175,
        count: int = 250,
        pitch: int = 50,
        folder: Path | None = None,
        synthesizer: Synthesizer | None = None,
        on_disk: int = _ON_DISK,
    ) -> None:
        """`rate`: the loudspeaker's samples a second; `talk`, `count`: words a minute of each Pace; `voice`,
        `pitch`: see Manner; `folder`: where clips are kept, paths.cache() if None; `on_disk`: bytes they may take.
        """
        self.rate = rate
        self._synthesizer = synthesizer
        self._speaker, self._manners = self._as_asked(voice, talk, count, pitch)
        self._folder = (folder or paths.cache()) / "voice"
        self._bytes_on_disk = on_disk
        self._memory: OrderedDict[tuple[str, Pace], Clip] = OrderedDict()
        self._bytes_in_memory = 0
        self._lock = threading.Lock()
        self._preparing: threading.Thread | None = None
        self._wanted: list[tuple[str, Pace]] = []

    def tune(self, *, voice: str, talk: int, pitch: int) -> None:
        """Speak otherwise from now on; counts keep their rate. Raises NotFound, and stays as it was."""
        old = self._speaker, self._manners
        self.change(voice=voice, talk=talk, pitch=pitch)
        try:
            self.clip("one", Pace.COUNT)
        except CoachError:
            self._change(old)
            raise

    def change(self, *, voice: str, talk: int, pitch: int) -> None:
        """As `tune`, at once, without a try whether it can be."""
        self._change(self._as_asked(voice, talk, self._manners[Pace.COUNT].words_a_minute, pitch))

    def _as_asked(self, voice: str, talk: int, count: int, pitch: int) -> tuple[Synthesizer, dict[Pace, Manner]]:
        speaker, name = (self._synthesizer, voice) if self._synthesizer else speaking(voice)
        pitch = pitch if speaker.pitched else Manner.pitch
        return speaker, {Pace.TALK: Manner(name, talk, pitch), Pace.COUNT: Manner(name, count, pitch)}

    def _change(self, spoken: tuple[Synthesizer, dict[Pace, Manner]]) -> None:
        with self._lock:
            self._speaker, self._manners = spoken
            self._clear()

    def forget(self) -> None:
        """Keep no clip in memory: an idle coach has no use for them, and they are on the disk."""
        with self._lock:
            self._clear()

    def _clear(self) -> None:
        self._memory.clear()
        self._bytes_in_memory = 0

    def clip(self, text: str, pace: Pace = Pace.TALK) -> Clip:
        """The line spoken, ready to be placed; blocks while it is synthesised (some 15 ms) the first time ever.

        Raises NotFound for a voice that does not exist, PartMissing where nothing can speak, CoachError when the
        engine fails.
        """
        return self._clip(text, pace, Synthesizer.NOW)

    def at_hand(self, text: str, pace: Pace = Pace.TALK) -> Clip | None:
        """The line where it has been made before, from memory or disk; None where it would have to be synthesised."""
        clip = self._remembered(text, pace)
        if clip is None and (spoken := _read(self._file(text, self._manners[pace]))) is not None:
            clip = self._resampled(text, pace, spoken)
        return clip

    def seconds(self, text: str, pace: Pace = Pace.TALK) -> float:
        """How long `clip` of the same line is, exactly; makes it if need be."""
        return self.clip(text, pace).seconds

    def prepare(self, lines: Iterable[tuple[str, Pace]]) -> None:
        """Have these at hand soon, in this order, after what was asked for before; `clip` is served first.

        Returns at once. Troubles are kept quiet: `clip` meets and raises them.
        """
        with self._lock:
            self._wanted.extend(lines)
            if self._preparing is None and self._wanted:
                self._preparing = threading.Thread(target=self._prepare, name="voice")
                self._preparing.start()

    def prepared(self, timeout: float | None = None) -> bool:
        """Wait until everything asked of `prepare` is at hand; False when `timeout` seconds were not enough."""
        thread = self._preparing
        if thread is not None:
            thread.join(timeout)
            return not thread.is_alive()
        return True

    def _prepare(self) -> None:
        while True:
            with self._lock:
                if not self._wanted or not threading.main_thread().is_alive():
                    self._preparing = None
                    break
                line = self._wanted.pop(0)
            with contextlib.suppress(Exception):
                self._clip(*line, Synthesizer.AHEAD)
        self._tidy()

    def _clip(self, text: str, pace: Pace, urgency: int) -> Clip:
        clip = self._remembered(text, pace)
        if clip is not None:
            return clip
        manner = self._manners[pace]
        file = self._file(text, manner)
        spoken = _read(file)
        if spoken is None:
            made = self._speaker.clip(text, manner, urgency)
            samples = _whole(levelled(made.samples, made.rate))
            _write(file, samples, made.rate)
            # As it will be read: a line sounds the same the first time as ever after.
            spoken = Clip(_fraction(samples), made.rate)
        return self._resampled(text, pace, spoken)

    def _file(self, text: str, manner: Manner) -> Path:
        return self._folder / f"{_key(text, manner, self._speaker.driver)}.clip"

    def _remembered(self, text: str, pace: Pace) -> Clip | None:
        with self._lock:
            clip = self._memory.get((text, pace))
            if clip is not None:
                self._memory.move_to_end((text, pace))
        return clip

    def _resampled(self, text: str, pace: Pace, spoken: Clip) -> Clip:
        clip = Clip(resampled(spoken.samples, spoken.rate, self.rate), self.rate)
        self._remember((text, pace), clip)
        return clip

    def _remember(self, line: tuple[str, Pace], clip: Clip) -> None:
        with self._lock:
            old = self._memory.pop(line, None)
            self._memory[line] = clip
            self._bytes_in_memory += clip.samples.nbytes - (old.samples.nbytes if old else 0)
            while self._bytes_in_memory > _IN_MEMORY:
                _, dropped = self._memory.popitem(last=False)
                self._bytes_in_memory -= dropped.samples.nbytes

    def _tidy(self) -> None:
        """Delete the clips unused for longest until the rest is within bounds."""
        with contextlib.suppress(OSError):
            found = [(entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(self._folder)]
            excess = sum(size for _, size, _ in found) - self._bytes_on_disk
            for _, size, path in sorted(found):
                if excess <= 0:
                    break
                os.unlink(path)
                excess -= size


def _key(text: str, manner: Manner, driver: str) -> str:
    parts = (_FORMAT, driver, manner.voice, manner.words_a_minute, manner.pitch, text)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:40]


def _read(file: Path) -> Clip | None:
    """The clip in a file of the cache; None when there is none, or no whole one."""
    try:
        content = file.read_bytes()
        magic, rate, checksum = _HEADER.unpack_from(content)
        if magic != _MAGIC or not _RATES[0] <= rate <= _RATES[1] or zlib.crc32(content[_HEADER.size :]) != checksum:
            return None
        os.utime(file)  # so that tidying spares it
    except (OSError, struct.error):
        return None
    if len(content) % 2:
        return None
    samples = np.frombuffer(content, "<i2", offset=_HEADER.size)
    return Clip(_fraction(samples), rate)


def _whole(samples: Samples) -> NDArray[np.int16]:
    return np.round(samples * 32767).astype("<i2")


def _fraction(samples: NDArray[np.int16]) -> Samples:
    return (samples / np.float32(32767)).astype(np.float32, copy=False)


def _write(file: Path, whole: NDArray[np.int16], rate: int) -> None:
    """A cache that cannot be written is only slower."""
    samples = whole.tobytes()
    with contextlib.suppress(CoachError):
        content = _HEADER.pack(_MAGIC, rate, zlib.crc32(samples)) + samples
        replace_file(file, content, make_folder=True, durable=False)
