import pytest

from coach.ear.decide.surroundings import Surroundings
from coach.ear.decide.thresholds import Thresholds


def test_nobody_there() -> None:
    surroundings = Surroundings(enough=5)
    assert not surroundings.talks(3.0)
    assert surroundings.louder(1e-3) == 60
    assert surroundings.speech_ended < 0 > surroundings.talk_ended


def test_what_was_said_counts_for_a_quarter_of_a_minute() -> None:
    surroundings = Surroundings(enough=2)
    surroundings.spoke(1.0, 1e-3, words=1)
    assert not surroundings.talks(1.0)
    surroundings.spoke(9.0, 1e-3, words=4)
    assert [surroundings.talks(now) for now in (9.0, 15.9, 16.1, 24.1)] == [True, True, False, False]


def test_five_things_said_are_talk_and_four_are_not() -> None:
    surroundings = Surroundings(Thresholds().company)
    said = []
    for at in range(1, 6):
        surroundings.spoke(at, 1e-3, words=2)
        said.append(surroundings.talks(at))
    assert said == [False, False, False, False, True]


def test_talk_goes_on_over_a_pause_that_would_not_have_begun_it() -> None:
    surroundings = Surroundings(enough=5)
    for at in range(1, 6):
        surroundings.spoke(at, 1e-3, words=2)
    assert [surroundings.talks(now) for now in (5.0, 17.9, 18.1)] == [True, True, False]


def test_a_silence_ends_talk_although_nobody_asked_meanwhile() -> None:
    surroundings = Surroundings(enough=5)
    for at in (1, 2, 3, 4, 5):
        surroundings.spoke(at, 1e-3, words=2)
    assert surroundings.talks(5)
    for at in (31, 32, 33):
        surroundings.spoke(at, 1e-3, words=2)
    assert not surroundings.talks(33)


def test_a_single_word_is_speech_and_no_talk() -> None:
    surroundings = Surroundings(enough=5)
    surroundings.spoke(1.0, 1e-3, words=3)
    surroundings.spoke(2.0, 1e-3, words=1)
    assert (surroundings.talk_ended, surroundings.speech_ended) == (1.0, 2.0)


def test_louder_than_most_of_them() -> None:
    surroundings = Surroundings(enough=5)
    for power in (1e-4, 1e-3, 1e-3, 1e-1):
        surroundings.spoke(1.0, power, words=2)
    assert surroundings.louder(4e-3) == pytest.approx(6.02, abs=0.01)
    assert surroundings.louder(0.0) == 60


def test_the_room_is_as_loud_as_most_that_was_heard_in_it_without_words() -> None:
    surroundings = Surroundings(enough=5)
    surroundings.sounded(1.0, 1e-3)
    assert surroundings.over_room(2.0, 1e-3) == 60  # a single sound tells nothing
    surroundings.sounded(2.0, 4e-3)
    surroundings.sounded(3.0, 1e-3)
    surroundings.spoke(3.0, 1e-1, words=2)  # may have been the athlete
    assert surroundings.over_room(4.0, 2e-3) == pytest.approx(3.01, abs=0.01)
    assert surroundings.over_room(17.5, 2e-3) == 60  # only the last is left of them


def test_sounds_without_words_are_no_talk() -> None:
    surroundings = Surroundings(enough=2)
    surroundings.sounded(1.0, 1e-3)
    surroundings.sounded(2.0, 1e-3)
    assert not surroundings.talks(2.0)
    assert surroundings.louder(1e-3) == 60
