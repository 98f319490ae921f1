"""Delays that leap or creep: clocks that differ for long, sound that is lost, long rests. The rooms are simulated."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bench.ear.rooms import convolve, drifted, room_response
from coach.audio.clip import EAR_RATE, Heard, Samples
from coach.audio.pairing import Pairing
from coach.audio.simulated import Acoustics, Room
from coach.ear.cancel.cancellers import FRAME, LinearCanceller
from coach.ear.cancel.drift import Reference

from .conftest import Scene

LINES = (
    "Lean forward a little from the ankles. Keep your right leg straight and press it back. Hips level.",
    "Stand tall, feet under your hips. Press your right leg straight back, as if closing a drawer with your heel.",
)


class Cancelling:
    """What the ear does with the echo, and how much of it is left."""

    def __init__(self) -> None:
        self.reference = Reference()
        self._linear = LinearCanceller()
        self._pending = np.zeros((2, 0), np.float32)
        self._energies: list[tuple[float, float]] = []
        self.leaps: list[int] = []

    def feed(self, heard: Heard) -> None:
        if heard.leap:
            self.leaps.append(heard.leap)
            if self.reference.leap(heard.leap):
                self._linear.begin_with(self.reference.echo_path())
        both = np.concatenate((self._pending, (heard.mic, heard.played)), axis=1)
        whole = both.shape[1] // FRAME * FRAME
        for start in range(0, whole, FRAME):
            mic, played = both[:, start : start + FRAME]
            played, leapt = self.reference.retime(mic, played)
            if leapt:
                self._linear.begin_with(self.reference.echo_path())
            left, _ = self._linear.process(mic, played)
            self._energies.append((float(np.dot(mic, mic)), float(np.dot(left, left))))
        self._pending = both[:, whole:]

    def removed(self, start: float, end: float) -> float:
        """By how many dB the echo was weakened between these times."""
        mic, left = np.array(self._energies[int(start * 50) : int(end * 50)]).sum(axis=0)
        return float(10 * np.log10(mic / left))


Coach = Callable[[float], Samples]


@pytest.fixture
def coach(scene: Scene) -> Coach:
    def speak(seconds: float) -> Samples:
        said = scene(LINES[0], 0.4, LINES[1], 0.4, voice="espeak:")
        said[np.abs(said) < 1e-3] = 0  # a voice's pauses are silent, as the mixer's are
        return np.resize(said, round(seconds * EAR_RATE) // FRAME * FRAME)

    return speak


def in_a_room(said: Samples, ppm: float = 0.0, delay: float = 0.12) -> Samples:
    echo = convolve(said, room_response(np.random.default_rng(5), delay, reverberation=0.25, direct=0.6))
    noise = 1e-4 * np.random.default_rng(1).standard_normal(len(echo))
    return (drifted(echo, ppm) + noise).astype(np.float32)


def paired(mic: Samples, said: Samples, lost_at: float = 0.0, lost: int = 0) -> Cancelling:
    """As it goes when from `lost_at` on so many samples of the microphone do not arrive."""
    pairing, cancelling = Pairing(), Cancelling()
    gone = range(round(lost_at * EAR_RATE), round(lost_at * EAR_RATE) + lost)
    for start in range(0, len(said), FRAME):
        pairing.played(said[start : start + FRAME])
        pairing.heard(mic[[at for at in range(start, start + FRAME) if at not in gone]])
        cancelling.feed(pairing.take())
    return cancelling


@pytest.mark.parametrize("ppm", [-400, 400])
def test_clocks_that_differ_for_long_cost_neither_the_echo_path_nor_time(coach: Coach, ppm: float) -> None:
    """The 44 ms by which they come to differ in this time are more than the loudspeaker's delay."""
    room, cancelling, waiting = (
        Room(EAR_RATE, echo=0, noise=40, acoustics=Acoustics(delay=0.04, drift=ppm)),
        Cancelling(),
        0.0,
    )
    taken = 0
    for n, block in enumerate(coach(110).reshape(-1, room.block), start=1):
        heard = room.exchange(block)
        cancelling.feed(heard)
        taken += len(heard.mic)
        came = n * FRAME * (1 + ppm * 1e-6) + sum(min(0, leap) for leap in cancelling.leaps)
        waiting = max(waiting, (came - taken) / EAR_RATE)
    assert cancelling.leaps
    assert cancelling.reference.drift == pytest.approx(ppm, abs=2)
    assert cancelling.removed(90, 108) > cancelling.removed(20, 40) - 2
    assert waiting < 0.04


@pytest.mark.parametrize(("lost", "ppm"), [(2_000, 0), (2_000, 100), (160, 0), (160, 100)])
def test_after_the_microphone_lost_sound_the_echo_is_soon_taken_out_as_before(
    coach: Coach, lost: int, ppm: float
) -> None:
    said = coach(34)
    cancelling = paired(in_a_room(said, ppm), said, lost_at=21.0, lost=lost)
    assert cancelling.removed(21.2, 22) < 3, "it does harm"
    assert cancelling.removed(26, 33) > cancelling.removed(14, 21) - 3


def test_the_drift_goes_on_while_the_coach_is_silent(coach: Coach) -> None:
    said = coach(70)
    said[20 * EAR_RATE : 60 * EAR_RATE] = 0
    cancelling = paired(in_a_room(said, 100), said)
    assert cancelling.removed(60, 62) > 10
    assert cancelling.removed(63, 69) > cancelling.removed(14, 20) - 3
