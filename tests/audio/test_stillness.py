from collections.abc import Iterator

import numpy as np
import pytest

from coach.audio.clip import Samples
from coach.audio.stillness import Sameness, Stillness

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
    assert not proven(Stillness(), 1e-6 * NOISE, SPEAKING, 60)


def test_a_microphone_that_brings_nothing_is_not_a_still_one() -> None:
    assert told_after(np.zeros(0, np.float32), SPEAKING, 60) is None


def proven(stillness: Stillness, heard: Samples, played: Samples, seconds: float) -> bool:
    """After blocks like `heard`: noise is never the same twice."""
    blocks = (heard * CHANCE.uniform(0.5, 1.0, len(heard)).astype(np.float32) for _ in range(round(seconds / 0.02)))
    return any(stillness.proven(block, RATE, played, 0.02) for block in blocks)


CHANCE = np.random.default_rng(0)
NOISE = CHANCE.standard_normal(320).astype(np.float32)
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


FROZEN: Samples = np.asarray(np.random.default_rng(1).integers(-40, 40, RATE) / 32768, np.float32)
"""A second of a quiet room, as 16 bits have it."""


def repeated(period: int) -> Iterator[Samples]:
    """Blocks of a stretch that comes again and again."""
    while True:
        for start in range(0, period, 320):
            yield FROZEN[start : min(start + 320, period)]


@pytest.mark.parametrize("used", [True, False])
@pytest.mark.parametrize("period", [1, 160, 441, 4096, 15_000])
def test_a_driver_that_repeats_its_last_buffer_is_a_dead_microphone_whatever_was_heard_before(
    period: int, used: bool
) -> None:
    stillness = Stillness()
    if used:  # by somebody with a headset
        assert not proven(stillness, NOISE, SPEAKING, 10)
    blocks, seconds = repeated(period), 0.0
    while not stillness.proven(block := next(blocks), RATE, SILENT, 0.02):
        seconds += len(block) / RATE
        assert seconds < 11.1 + 3 * period / RATE
    assert seconds > 9.9


def test_a_stretch_that_is_repeated_no_more_is_new_at_once_and_the_microphone_back_once_that_lasts() -> None:
    sameness, blocks, live = Sameness(), repeated(1_000), np.random.default_rng(2)
    assert not [sameness.is_new(next(blocks), RATE) for _ in range(400)][-1]
    assert sameness.is_new(FROZEN[-320:], RATE)
    back = [sameness.is_back(live.standard_normal(320).astype(np.float32), RATE) for _ in range(250)]
    assert back.index(True) * 0.02 == pytest.approx(3.5, abs=0.1)


def test_one_that_is_back_with_another_stretch_that_it_repeats_is_not_back() -> None:
    sameness, blocks, others = Sameness(), repeated(1_000), repeated(16_000)
    assert not [sameness.is_new(next(blocks), RATE) for _ in range(400)][-1]
    assert not any(sameness.is_back(next(others), RATE) for _ in range(1_000))


@pytest.mark.parametrize("late", [0, 320, 1_600])
def test_ticks_that_come_back_as_they_were_played_are_life(late: int) -> None:
    """From a microphone that is the loudspeaker's own sound there is no noise that would make each another one."""
    stillness, second = Stillness(), np.zeros(RATE, np.float32)
    second[4_000:5_600] = FROZEN[:1_600] * 500
    for start in range(0, 60 * RATE, 320):
        mic, played = (np.take(second, np.arange(at, at + 320), mode="wrap") for at in (start - late, start))
        assert not stillness.proven(mic, RATE, played, 0.02)


def test_ticks_of_a_loudspeaker_that_is_gone_excuse_nothing() -> None:
    stillness, tick = Stillness(), FROZEN[:1_600] * 500
    for n in range(500):
        part = tick[n % 5 * 320 :][:320]
        assert not stillness.proven(part, RATE, part, 0.02)
    blocks = repeated(1_000)
    assert any(stillness.proven(next(blocks), RATE, np.zeros(0, np.float32), 0.02) for _ in range(1_000))


@pytest.mark.parametrize("often", [1.0, 0.1, 0.001])
def test_a_quiet_room_never_repeats_itself(often: float) -> None:
    """However seldom its least bit is anything but 0."""
    stillness, quiet = Stillness(), np.random.default_rng(3)
    for _ in range(3_000):
        block: Samples = np.asarray((quiet.random(320) < often) * quiet.integers(-2, 3, 320) / 32768, np.float32)
        assert not stillness.proven(block, RATE, SILENT, 0.02)


def test_one_that_was_told_before_is_told_again_only_once_it_has_followed_the_coach() -> None:
    assert not proven(Stillness(told=True), 0 * NOISE, SPEAKING, 30)
    follows = Stillness(told=True)
    assert not proven(follows, NOISE, SPEAKING, 2)
    assert proven(follows, 0 * NOISE, SPEAKING, 6)
