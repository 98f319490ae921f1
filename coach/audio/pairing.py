"""Brings together what was played and what was heard, sample by sample, at the ear's rate."""

from __future__ import annotations

import numpy as np

from coach.audio.clip import EAR_RATE, Heard, Samples

SLACK = 0.25
"""Seconds by which one side may run ahead of the other before it is put right; callbacks come in bursts."""

_NOTHING = np.zeros(0, np.float32)


class Pairing:
    """Two queues at EAR_RATE, emptied in step. Neither grows: where the clocks of two devices drift apart by more than
    SLACK, or one of them lost sound, the microphone's side is padded with silence or its oldest samples are left out.
    """

    def __init__(self, start: float = 0.0) -> None:
        """`start`: the time of the first sample, in seconds on the loudspeaker's clock."""
        self.padded = 0
        """Samples of silence put in for sound that the microphone did not bring."""
        self.left_out = 0
        """Samples that the microphone brought and nothing was played beside."""
        self._played = _NOTHING
        self._mic = _NOTHING
        self._start = start
        self._taken = 0

    def played(self, samples: Samples) -> None:
        self._played = np.concatenate((self._played, samples))

    def heard(self, samples: Samples) -> None:
        self._mic = np.concatenate((self._mic, samples))

    def take(self) -> Heard:
        """Everything that both sides have."""
        lag = len(self._played) - len(self._mic)
        if lag > SLACK * EAR_RATE:
            self.padded += lag
            self.heard(np.zeros(lag, np.float32))
        elif -lag > SLACK * EAR_RATE:
            self.left_out -= lag
            self._mic = self._mic[-lag:]
        n = min(len(self._played), len(self._mic))
        heard = Heard(self._mic[:n], self._played[:n], self._start + self._taken / EAR_RATE)
        self._mic, self._played = self._mic[n:], self._played[n:]
        self._taken += n
        return heard


class Resampler:
    """A stream of blocks brought to another rate, 13 ms late and evenly. Lasting silence costs nothing."""

    _LINGER = 4

    def __init__(self, rate: float, wanted: float) -> None:
        self._rates = rate, wanted
        self._stream = None
        self._silent = 0
        """How many blocks in a row were silent; after a few there is nothing else left in the filter."""
        if rate != wanted:
            import soxr

            # At a variable rate it answers evenly; at a fixed one in bursts, up to 40 ms apart.
            self._stream = soxr.ResampleStream(rate, wanted, 1, vr=True)

    def __call__(self, samples: Samples) -> Samples:
        if self._stream is None or not len(samples):
            return samples
        self._silent = 0 if samples.any() else self._silent + 1
        length = len(samples) * self._rates[1] / self._rates[0]
        if self._silent > self._LINGER and length.is_integer():
            return np.zeros(int(length), np.float32)
        return np.asarray(self._stream.resample_chunk(np.ascontiguousarray(samples, np.float32)))
