import numpy as np
import pytest

from coach.audio.clip import Samples
from coach.audio.streams import Stillness

RATE = 16_000
SILENT, SPEAKING = np.zeros(960, np.float32), np.full(960, 0.1, np.float32)


def told_after(heard: Samples, played: Samples, seconds: float) -> float | None:
    stillness = Stillness()
    for block in range(round(seconds / 0.02)):
        if stillness.proven(heard, RATE, played, 0.02):
            return block * 0.02
    return None


@pytest.mark.parametrize("value", [0.0, -0.25])
def test_the_very_same_value_for_ten_seconds_of_the_coachs_talk_is_a_dead_microphone(value: float) -> None:
    assert told_after(np.full(320, value, np.float32), SPEAKING, 15) == pytest.approx(10, abs=0.1)


def test_silence_proves_nothing_while_the_coach_is_silent_too() -> None:
    assert told_after(np.zeros(320, np.float32), SILENT, 60) is None


def test_the_faintest_change_is_life() -> None:
    faint = np.zeros(320, np.float32)
    faint[100] = 1e-6
    assert told_after(faint, SPEAKING, 60) is None


def test_a_microphone_that_brings_nothing_is_not_a_still_one() -> None:
    assert told_after(np.zeros(0, np.float32), SPEAKING, 60) is None


def proven(stillness: Stillness, heard: Samples, played: Samples, seconds: float) -> bool:
    return any(stillness.proven(heard, RATE, played, 0.02) for _ in range(round(seconds / 0.02)))


NOISE = np.random.default_rng(0).standard_normal(320).astype(np.float32)
NOTHING = np.zeros(320, np.float32)


def test_a_gated_microphone_that_has_carried_a_word_is_not_gone() -> None:
    stillness = Stillness()
    assert not proven(stillness, NOTHING, SPEAKING, 5)
    assert not proven(stillness, NOISE, SPEAKING, 0.6)
    assert not proven(stillness, NOTHING, SPEAKING, 300)


def test_counts_in_a_set_are_enough_for_one_that_the_coach_has_always_moved() -> None:
    stillness = Stillness()
    assert not proven(stillness, NOISE, SPEAKING, 20)
    counted = [proven(stillness, NOTHING, SPEAKING, 0.4) or proven(stillness, NOTHING, SILENT, 3.6) for _ in range(4)]
    assert counted == [False, False, False, True]


def test_an_echo_that_comes_late_in_a_silent_room_follows_the_coach() -> None:
    stillness = Stillness()
    for _ in range(10):  # a count, heard a little later
        assert not proven(stillness, NOTHING, SPEAKING, 0.14)
        assert not proven(stillness, NOISE, SPEAKING, 0.26)
        assert not proven(stillness, NOISE, SILENT, 0.14)
        assert not proven(stillness, NOTHING, SILENT, 3.4)
    assert proven(stillness, NOTHING, SPEAKING, 6.0)


def test_one_that_the_coach_has_always_moved_is_gone_after_five_seconds_of_stillness() -> None:
    stillness = Stillness()
    assert not proven(stillness, NOISE, SPEAKING, 20)
    assert not proven(stillness, NOTHING, SPEAKING, 4.9)
    assert proven(stillness, NOTHING, SPEAKING, 0.3)
