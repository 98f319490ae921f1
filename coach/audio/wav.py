"""Sound in WAV files: the one place that reads and the one place that writes them."""

from __future__ import annotations

import contextlib
import struct
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

import numpy as np

from coach.audio.clip import Samples
from coach.audio.resampling import Resampler
from coach.document.files import opened, told, written_beside
from coach.errors import CoachError

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_WIDTHS = {_PCM: (1, 2, 3, 4), _FLOAT: (4, 8)}
"""Bytes a sample that are understood, by the header's kind of sample."""
_CHANNELS, _RATES = range(1, 65), range(1000, 384_001)
_SECONDS = 1.0
"""How much sound is held at a time while a file is read."""


@dataclass(frozen=True)
class Wav:
    """What a file's header says, and where its samples lie."""

    file: Path
    kind: int
    channels: int
    rate: int
    width: int
    """Bytes in one channel's sample."""
    start: int
    frames: int

    def blocks(self) -> Iterator[Samples]:
        """The sound in its own rate, its channels mixed to one, a second at a time. Raises CoachError."""
        size = self.width * self.channels
        left = self.frames
        with _opened(self.file) as stream:
            stream.seek(self.start)
            while left > 0:
                raw = stream.read(min(left, round(_SECONDS * self.rate)) * size)
                left -= len(raw) // size
                if len(raw) < size:
                    return
                yield self._mono(raw[: len(raw) // size * size])

    def resampled(self, rate: int) -> Iterator[Samples]:
        """The same at `rate` samples a second."""
        resampler = Resampler(self.rate, rate)
        for block in self.blocks():
            yield resampler.feed(block)
        yield resampler.finish()

    def _mono(self, raw: bytes) -> Samples:
        if self.kind == _FLOAT:
            # A sample that is no number, or none that a loudspeaker could play, is silence.
            numbers = np.frombuffer(raw, f"<f{self.width}")
            sound = np.where(np.abs(numbers) <= 16, numbers, 0).astype(np.float32)
        elif self.width == 1:
            sound = (np.frombuffer(raw, np.uint8) - np.float32(128)) / np.float32(128)
        elif self.width == 3:  # widened at its low end to four bytes
            wide = np.zeros((len(raw) // 3, 4), np.uint8)
            wide[:, 1:] = np.frombuffer(raw, np.uint8).reshape(-1, 3)
            sound = wide.view("<i4")[:, 0].astype(np.float32) / np.float32(2**31)
        else:
            sound = np.frombuffer(raw, f"<i{self.width}").astype(np.float32) / np.float32(2 ** (8 * self.width - 1))
        return np.asarray(sound.reshape(-1, self.channels).mean(axis=1), np.float32)


def header(file: Path) -> Wav:
    """A WAV file's header. Raises CoachError for what is no regular file, no WAV file, or one of an unknown kind."""
    with _opened(file) as stream:
        riff = stream.read(12)
        if riff[:4] != b"RIFF" or riff[8:12] != b"WAVE":
            raise CoachError(f"{file} is not a WAV file.", f"To make one: ffmpeg -i {file.name} converted.wav")
        length = file.stat().st_size
        form: tuple[int, int, int, int] | None = None
        while len(chunk := stream.read(8)) == 8:
            name, size = chunk[:4], struct.unpack("<I", chunk[4:])[0]
            start = stream.tell()
            if name == b"fmt ":
                form = _form(stream.read(min(size, 64)))
            elif name == b"data" and form:
                return _checked(file, form, start, min(size, length - start))
            if start + size > length:
                break
            stream.seek(start + size + size % 2)
    raise CoachError(f"{file} is a WAV file without sound in it.")


def read(file: Path, rate: int) -> Samples:
    """A whole WAV file's sound at `rate`, its channels mixed to one. Raises CoachError."""
    return np.concatenate([np.zeros(0, np.float32), *header(file).resampled(rate)])


def _form(body: bytes) -> tuple[int, int, int, int] | None:
    """Kind, channels, rate and bits of a format chunk; None where it is too short."""
    if len(body) < 16:
        return None
    kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
    if kind == _EXTENSIBLE and len(body) >= 26:
        (kind,) = struct.unpack_from("<H", body, 24)
    return kind, channels, rate, bits


def _checked(file: Path, form: tuple[int, int, int, int], start: int, size: int) -> Wav:
    kind, channels, rate, bits = form
    width = bits // 8
    if bits % 8 or width not in _WIDTHS.get(kind, ()) or channels not in _CHANNELS or rate not in _RATES:
        raise CoachError(
            f"{file} is a WAV file of a kind that is not understood.",
            f"To convert it: ffmpeg -i {file.name} -c:a pcm_s16le converted.wav",
        )
    return Wav(file, kind, channels, rate, width, start, size // (width * channels))


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    try:
        with opened(file) as stream:
            yield stream
    except OSError as trouble:
        raise CoachError(
            f"{file} cannot be read: {trouble.strerror or trouble}.", "Check its name and its rights."
        ) from trouble


class Recording:
    """A 16-bit mono WAV file in the making: it takes its place when the `with` block ends well, and only then.

    Raises CoachError where the file cannot be written.
    """

    def __init__(self, file: Path, rate: int) -> None:
        self._file = file
        self._rate = rate
        self._open = contextlib.ExitStack()
        self._sound: wave.Wave_write | None = None

    def __enter__(self) -> Recording:
        stream = self._open.enter_context(written_beside(self._file))
        # Entered after the file, so that its header is complete before the file is put in place.
        self._sound = self._open.enter_context(wave.open(stream, "wb"))
        self._sound.setparams((1, 2, self._rate, 0, "NONE", ""))
        return self

    def write(self, samples: Samples) -> None:
        """Append samples at the recording's rate; what is beyond full scale is cut off."""
        assert self._sound is not None, "a Recording is written to inside its with block"
        with told(self._file):
            self._sound.writeframesraw(np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, at: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, trouble, at)
