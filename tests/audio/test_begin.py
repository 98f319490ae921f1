"""Two conversations through the same devices: the echo comes as late in the second as in the first."""

from __future__ import annotations

import time

import numpy as np
import pytest

from coach.audio.clip import EAR_RATE, Samples
from coach.audio.device import open_duplex
from coach.audio.duplex import Live

pytestmark = pytest.mark.live


def late(duplex: Live) -> int:
    """By how many samples, at EAR_RATE, what is played comes back."""
    noise = 0.2 * np.random.default_rng(0).standard_normal(3 * duplex.rate).astype(np.float32)
    heard = [
        duplex.exchange(block) for block in noise[: len(noise) // duplex.block * duplex.block].reshape(-1, duplex.block)
    ]
    mic, played = (np.concatenate([getattr(each, side) for each in heard]) for side in ("mic", "played"))
    return int(np.argmax(_alike(mic, played)))


def _alike(mic: Samples, played: Samples) -> Samples:
    size = 2 * len(mic)
    both = np.fft.irfft(np.fft.rfft(mic, size) * np.fft.rfft(played, size).conj())
    return np.asarray(both[:EAR_RATE], np.float32)


@pytest.mark.usefixtures("virtual_room")
def test_the_echo_comes_as_late_as_before() -> None:
    duplex = open_duplex("", "")
    try:
        duplex.begin()
        first = late(duplex)
        times = []
        for _ in range(3):
            time.sleep(0.3)  # a workout is made ready
            assert duplex.begin()
            times.append(late(duplex))
        assert times == [first] * 3
    finally:
        duplex.close()
