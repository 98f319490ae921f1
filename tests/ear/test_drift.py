import numpy as np
import pytest

from bench.ear.rooms import convolve, distort, drifted, room_response
from coach.audio.clip import EAR_RATE, Samples
from coach.ear.cancel.cancellers import FRAME, LinearCanceller
from coach.ear.cancel.drift import Reference

from .conftest import Scene

LINE = "Lean forward a little from the ankles. Keep your right leg straight and press it back. Hips level."


@pytest.fixture
def coach(scene: Scene) -> Samples:
    return scene(*([LINE, 0.3] * 6), voice="espeak:")


def echo_of(coach: Samples, ppm: float) -> Samples:
    response = room_response(np.random.default_rng(5), delay=0.12, reverberation=0.3, direct=0.6)
    return drifted(convolve(distort(coach), response), ppm)


def run(mic: Samples, coach: Samples) -> tuple[Reference, Samples]:
    """The reference after all of it, and what was left of the echo."""
    reference, canceller, left = Reference(), LinearCanceller(), []
    for start in range(0, len(mic) - FRAME + 1, FRAME):
        part = slice(start, start + FRAME)
        played, leapt = reference.retime(mic[part], coach[part])
        if leapt:
            canceller.begin_with(reference.echo_path())
        left.append(canceller.process(mic[part], played)[0])
    return reference, np.concatenate(left)


@pytest.mark.parametrize("ppm", [100, -60, 15])
def test_the_drift_of_two_clocks_is_found_to_a_millionth(coach: Samples, ppm: float) -> None:
    reference, _ = run(echo_of(coach, ppm), coach)
    assert reference.drift == pytest.approx(ppm, abs=1)


def test_one_clock_is_left_alone(coach: Samples) -> None:
    reference, _ = run(echo_of(coach, 0), coach)
    assert reference.drift == 0


def test_one_second_that_agrees_elsewhere_is_no_drift(coach: Samples) -> None:
    """A tick agrees with itself a period later, ten samples; one such shift moved the reference for ever."""
    mic = echo_of(coach, 0)
    mic[9 * EAR_RATE : 10 * EAR_RATE] = mic[9 * EAR_RATE - 10 : 10 * EAR_RATE - 10].copy()
    reference, _ = run(mic, coach)
    assert reference.drift == 0


def test_the_canceller_works_with_two_clocks_as_with_one(coach: Samples) -> None:
    mic = echo_of(coach, 100)
    _, left = run(mic, coach)
    later = slice(15 * EAR_RATE, 25 * EAR_RATE)
    assert 10 * np.log10((mic[later] ** 2).mean() / (left[later] ** 2).mean()) > 15


def test_the_athlete_does_not_disturb_it(coach: Samples, scene: Scene) -> None:
    mic = echo_of(coach, 100)
    athlete = scene(*(["next exercise", 1.0] * 6))
    mic[: len(athlete)] += athlete[: len(mic)]
    reference, _ = run(mic, coach)
    assert reference.drift == pytest.approx(100, abs=2)
