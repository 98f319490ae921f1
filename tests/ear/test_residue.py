import numpy as np
import pytest

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.cancel.cancellers import FRAME
from coach.ear.cancel.residue import Residue


def noise(seconds: float, level: float, seed: int = 0) -> Samples:
    return (level * np.random.default_rng(seed).standard_normal(round(seconds * EAR_RATE))).astype(np.float32)


def between(low: float, high: float, sound: Samples) -> Samples:
    """The part of the sound between two frequencies in Hz."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / EAR_RATE)
    return np.fft.irfft(spectrum * ((hertz >= low) & (hertz < high)), len(sound)).astype(np.float32)


def hiss(seconds: float, level: float, seed: int = 1) -> Samples:
    return between(4000, 8000, noise(seconds, level, seed))


def voiced(seconds: float, level: float, seed: int = 2) -> Samples:
    return between(0, 1500, noise(seconds, level, seed))


def follow(residue: Residue, left: Samples, echo: Samples, words: bool = True) -> list[float]:
    """The excess after each frame."""
    out = []
    for start in range(0, len(left) - FRAME + 1, FRAME):
        part = slice(start, start + FRAME)
        residue.step(left[part], echo[part], words=words, heard=bool(echo[part].any()))
        out.append(residue.excess)
    return out


@pytest.fixture
def learned() -> Residue:
    """Has heard a coach whose vowels are left at a thousandth, and whose hisses at a twentieth."""
    residue = Residue()
    low, high = voiced(6, 0.1), hiss(6, 0.03)
    follow(residue, 0.03 * low + 0.2 * high, low + high)
    return residue


def test_the_coachs_hiss_after_a_pause_does_not_stand_out_although_more_of_it_is_left(learned: Residue) -> None:
    quiet = noise(1, 1e-5)
    follow(learned, quiet, quiet)
    loud = hiss(0.4, 0.1, seed=5)
    assert max(follow(learned, 0.2 * loud, loud)) < 6


def test_an_athlete_far_under_the_echo_stands_out(learned: Residue) -> None:
    coach = voiced(0.4, 0.1, seed=6) + hiss(0.4, 0.03, seed=7)
    athlete = noise(0.4, 0.02, seed=8)
    assert max(follow(learned, 0.03 * coach + athlete, coach)) > 9
    assert learned.over_coach > 9


def test_in_a_room_as_loud_as_the_athlete_nothing_stands_out_but_it_is_not_the_coach_either(learned: Residue) -> None:
    coach, room = voiced(6, 0.1, seed=6) + hiss(6, 0.03, seed=7), noise(6, 0.02, seed=8)
    assert max(follow(learned, 0.03 * coach + room, coach)[-50:]) < 6
    assert learned.over_coach > 9


def test_what_comes_out_of_digital_silence_does_not_stand_out(learned: Residue) -> None:
    silence = np.zeros(2 * EAR_RATE, np.float32)
    follow(learned, silence, silence)
    assert max(follow(learned, noise(0.5, 5e-5), noise(0.5, 1e-6))) < 3


def test_until_the_coach_has_spoken_for_three_seconds_nothing_stands_out() -> None:
    residue = Residue()
    coach = voiced(2.5, 0.1)
    assert not any(follow(residue, coach, coach))
    assert not residue.known


def test_tones_teach_it_nothing_about_words() -> None:
    residue = Residue()
    tone = voiced(6, 0.1)
    follow(residue, 0.001 * tone, tone, words=False)
    assert not residue.known
