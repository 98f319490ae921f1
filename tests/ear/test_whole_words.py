"""Where a word begins and ends, when a decoder has found the middle of it."""

import numpy as np

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.utterance import whole


def sound(*parts: tuple[float, float]) -> Samples:
    """Noise: seconds and level of each part."""
    random = np.random.default_rng(3)
    return np.concatenate([level * random.standard_normal(round(s * EAR_RATE)) for s, level in parts]).astype(
        np.float32
    )


def seconds(x: Samples, begin: float, end: float) -> tuple[float, float]:
    first, last = whole(x, round(begin * EAR_RATE), round(end * EAR_RATE))
    return round(first / EAR_RATE, 2), round(last / EAR_RATE, 2)


def test_what_the_decoder_cut_off_is_part_of_the_word() -> None:
    begin, end = seconds(sound((0.5, 1e-4), (0.6, 0.1), (0.5, 1e-4)), 0.8, 0.9)
    assert abs(begin - 0.5) <= 0.04
    assert abs(end - 1.1) <= 0.04


def test_the_silence_before_a_stop_consonant_is_within_it() -> None:
    _, end = seconds(sound((0.5, 1e-4), (0.3, 0.1), (0.08, 1e-4), (0.06, 0.03), (0.5, 1e-4)), 0.5, 0.8)
    assert abs(end - 0.94) <= 0.04


def test_another_word_is_not() -> None:
    _, end = seconds(sound((0.5, 1e-4), (0.3, 0.1), (0.25, 1e-4), (0.3, 0.1), (0.5, 1e-4)), 0.5, 0.8)
    assert abs(end - 0.8) <= 0.04


def test_in_a_loud_room_it_stays_where_the_decoder_found_it() -> None:
    begin, end = seconds(sound((0.5, 0.05), (0.3, 0.1), (0.5, 0.05)), 0.5, 0.8)
    assert abs(begin - 0.5) <= 0.04
    assert abs(end - 0.8) <= 0.04


def test_talk_without_end_reaches_no_further_than_a_word() -> None:
    begin, end = seconds(sound((3.0, 0.1)), 1.0, 1.2)
    assert begin >= 0.58
    assert end <= 1.62


def test_nothing_is_no_fault() -> None:
    assert whole(np.zeros(0, np.float32), 0, 0) == (0, 0)
    assert whole(np.zeros(100, np.float32), 20, 60) == (20, 60)
