"""Sound in WAV files."""

from __future__ import annotations

import contextlib
import os
import wave
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np

from coach.audio.clip import Samples
from coach.errors import CoachError


class Recording:
    """A 16-bit mono WAV file in the making: written beside, renamed when the `with` block ends well, else deleted.

    Raises CoachError where the file cannot be written.
    """

    def __init__(self, file: Path, rate: int) -> None:
        self._file = file
        self._beside = file.with_name(f".{file.name}.{os.getpid()}")
        self._rate = rate
        self._open = contextlib.ExitStack()
        self._sound: wave.Wave_write | None = None

    def __enter__(self) -> Recording:
        with _told(self._file):
            stream = self._open.enter_context(self._beside.open("wb"))
            self._sound = self._open.enter_context(wave.open(stream, "wb"))
            self._sound.setparams((1, 2, self._rate, 0, "NONE", ""))
        return self

    def write(self, samples: Samples) -> None:
        assert self._sound is not None, "a Recording is written to inside its with block"
        with _told(self._file):
            self._sound.writeframesraw(np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())

    def __exit__(
        self, kind: type[BaseException] | None, trouble: BaseException | None, at: TracebackType | None
    ) -> None:
        try:
            with _told(self._file):
                self._open.close()
                if trouble is None:
                    self._beside.replace(self._file)
        finally:
            self._beside.unlink(missing_ok=True)


def read(file: Path, rate: int) -> Samples:
    """A PCM WAV file's sound at `rate`, its channels mixed to one. Raises CoachError with the reason when it cannot."""
    try:
        with wave.open(str(file)) as sound:
            found, width, channels = sound.getframerate(), sound.getsampwidth(), sound.getnchannels()
            raw = sound.readframes(sound.getnframes())
    except OSError as trouble:
        raise CoachError(f"{file} cannot be read: {trouble.strerror}.") from trouble
    except (wave.Error, EOFError) as trouble:
        raise CoachError(
            f"{file} is not a WAV file of whole numbers (PCM): {str(trouble) or 'it is cut short'}.",
            hint=f"Convert it:  ffmpeg -i {file.name} -c:a pcm_s16le converted.wav",
        ) from trouble
    if not found:
        raise CoachError(f"{file} says it has no samples a second.")
    samples = _decoded(raw, width)
    frames = samples[: len(samples) // channels * channels].reshape(-1, channels)
    samples = np.asarray(frames.mean(axis=1), np.float32)
    if found == rate or not len(samples):
        return samples
    import soxr

    return np.asarray(soxr.resample(samples, found, rate), np.float32)


def _decoded(raw: bytes, width: int) -> Samples:
    raw = raw[: len(raw) // width * width]
    if width == 1:
        return (np.frombuffer(raw, np.uint8) / 128 - 1).astype(np.float32)
    if width == 3:  # widened at its low end to four bytes
        wide = np.zeros((len(raw) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(raw, np.uint8).reshape(-1, 3)
        raw, width = wide.tobytes(), 4
    return (np.frombuffer(raw, f"<i{width}") / float(1 << (8 * width - 1))).astype(np.float32)


@contextlib.contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as trouble:
        raise CoachError(f"{file} cannot be written: {trouble.strerror}.") from trouble
