"""A piece of sound, and the two ends of the loop that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono sound, full scale at -1 and 1."""

EAR_RATE = 16_000
"""Samples a second of everything the ear is given."""

BLOCK_SECONDS = 0.02
"""How much sound the loop handles at a time; a whole number of samples at 8, 16, 22.05, 44.1, 48 and 96 kHz."""


_LOUDEST = 16.0
"""Of a sample; nothing that is above it came from a microphone."""


def without_faults(sound: Samples) -> Samples:
    """What is no number, or none that a microphone could bring, is silence: in a filter it would stay for ever."""
    return np.where(np.abs(sound) <= _LOUDEST, sound, np.float32(0))


@dataclass(frozen=True, eq=False)
class Clip:
    """Sound that can be placed: its first sample is its audible start, silence before and after trimmed away."""

    samples: Samples
    rate: int

    @property
    def seconds(self) -> float:
        """How long it sounds."""
        return len(self.samples) / self.rate


@dataclass(frozen=True, eq=False)
class Heard:
    """What the microphone brought while one block was played.

    `mic` and `played` are equally long, at EAR_RATE, aligned by sample count: `played[i]` was handed to the loudspeaker
    when `mic[i]` was taken, so its echo comes back in `mic` somewhat later. `at` is the time of `played[0]`, in seconds
    on the loudspeaker's clock. Both are empty where there is no microphone, or while it brought nothing.
    """

    mic: Samples
    played: Samples
    at: float
    leap: int = 0
    """By how many samples more than before the echo comes after its reference, from here on, because so many silent
    samples that were played, or (below 0) so many that were heard, are left out before these."""
    gap: bool = False
    """Sound was lost on its way to the air or from the microphone, just before these or soon after."""
    lost: float = 0.0
    """Seconds of it that have become certain since the block before."""
    away: float = 0.0
    """Seconds since the block before, where the program stood still: it was stopped, or the computer slept."""


class Duplex(Protocol):
    """A loudspeaker and a microphone: real ones, simulated ones, or a timer.

    The loop calls `exchange` once a block, for ever; its number of calls is the clock. It returns as soon as the
    loudspeaker has room for the block: at once in the simulated room, in real time on a device.
    """

    rate: int
    """The loudspeaker's samples a second."""
    block: int
    """Samples in a block: BLOCK_SECONDS at `rate`."""

    @property
    def hears(self) -> bool:
        """Whether there is a microphone behind it."""
        ...

    @property
    def speaks(self) -> bool:
        """Whether there is a loudspeaker behind it."""
        ...

    @property
    def missed(self) -> int:
        """Samples of silence that were played because the loop came too late with its own."""
        ...

    def exchange(self, samples: Samples) -> Heard:
        """Play one block of `block` samples; return what was heard. Raises DeviceLost when a device has gone."""
        ...

    def begin(self) -> bool:
        """Let the clock begin at 0 again: what follows is another conversation through the same devices. Whether the
        echo still comes as it did: sample by sample the same is played beside what is heard.
        """
        ...

    def close(self) -> None:
        """Give the devices back."""
        ...
