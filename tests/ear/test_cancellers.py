import sys

import numpy as np
import pytest

from bench.ear.rooms import convolve, room_response
from coach.audio.clip import EAR_RATE, Samples
from coach.ear.cancel.cancellers import FRAME, Aec3, Gate, LinearCanceller, detector

from .conftest import Scene


def frames(*sounds: Samples) -> list[tuple[Samples, ...]]:
    return [
        tuple(sound[start : start + FRAME] for sound in sounds) for start in range(0, len(sounds[0]) - FRAME + 1, FRAME)
    ]


def cancelled(mic: Samples, played: Samples) -> Samples:
    canceller = LinearCanceller()
    return np.concatenate([canceller.process(*frame)[0] for frame in frames(mic, played)])


def power(sound: Samples) -> float:
    return float(10 * np.log10(np.mean(sound.astype(np.float64) ** 2) + 1e-12))


@pytest.fixture
def coach(scene: Scene) -> Samples:
    said = (
        "Stand tall, feet under your hips. Press your right leg straight back, as if closing a drawer with your heel."
    )
    return scene(said, 0.3, said, 0.3, said, 0.3, voice="espeak:")


@pytest.fixture
def echo(coach: Samples) -> Samples:
    return convolve(coach, room_response(np.random.default_rng(3), delay=0.1, reverberation=0.3, direct=0.5))


def test_the_coach_is_cancelled_within_ten_seconds(coach: Samples, echo: Samples) -> None:
    left = cancelled(echo, coach)[10 * EAR_RATE : 16 * EAR_RATE]
    assert power(echo[10 * EAR_RATE : 16 * EAR_RATE]) - power(left) > 15


def test_the_athlete_survives_the_linear_canceller(coach: Samples, echo: Samples, scene: Scene) -> None:
    athlete = scene(12.0, "next exercise")
    mic = echo.copy()
    mic[: len(athlete)] += athlete
    spoken = slice(12 * EAR_RATE, len(athlete) // FRAME * FRAME)
    left = cancelled(mic, coach)
    assert power(left[spoken] - athlete[spoken]) < power(athlete[spoken]) - 8


def test_nothing_is_touched_while_nothing_is_played(scene: Scene) -> None:
    mic = scene(0.5, "next", 0.5)
    left = cancelled(mic, np.zeros_like(mic))
    assert np.array_equal(left, mic[: len(left)])


def test_the_canceller_rests_once_the_echo_has_died_away(coach: Samples, echo: Samples) -> None:
    canceller = LinearCanceller()
    for frame in frames(echo[:EAR_RATE], coach[:EAR_RATE]):
        canceller.process(*frame)
    assert not canceller.idle
    silence = np.zeros(FRAME, np.float32)
    for _ in range(40):
        canceller.process(silence, silence)
    assert canceller.idle


def test_aec3_leaves_next_to_nothing_of_the_coach(coach: Samples, echo: Samples) -> None:
    aec = Aec3()
    left = np.concatenate([aec.process(mic, played, mic) for mic, played in frames(echo, coach)])
    later = slice(5 * EAR_RATE, 16 * EAR_RATE)
    assert power(echo[later]) - power(left[later]) > 25


def test_without_its_wheel_the_detector_tells_nothing_while_the_coach_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "livekit.rtc", None)
    gate = detector()
    assert isinstance(gate, Gate)
    assert gate.name == "gate"
    assert not gate.process(np.ones(FRAME, np.float32), np.ones(FRAME, np.float32), np.ones(FRAME, np.float32)).any()
