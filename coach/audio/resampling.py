"""From one number of samples a second to another."""

from __future__ import annotations

from typing import Any

import numpy as np

from coach.audio.clip import Samples


def resampled(sound: Samples, rate: int, wanted: int) -> Samples:
    """A whole sound at `wanted` samples a second instead of `rate`."""
    if rate == wanted or not len(sound):
        return sound
    import soxr

    return np.asarray(soxr.resample(sound, rate, wanted), np.float32)


class Resampler:
    """The same for sound that comes a stretch at a time."""

    def __init__(self, rate: int, wanted: int) -> None:
        self._stream: Any = None
        if rate != wanted:
            import soxr

            self._stream = soxr.ResampleStream(rate, wanted, 1)

    def feed(self, sound: Samples) -> Samples:
        """What there is of the result by now: late by the filter's length, some milliseconds."""
        return sound if self._stream is None else np.asarray(self._stream.resample_chunk(sound), np.float32)

    def finish(self) -> Samples:
        """The rest of it."""
        silence = np.zeros(0, np.float32)
        return (
            silence if self._stream is None else np.asarray(self._stream.resample_chunk(silence, last=True), np.float32)
        )
