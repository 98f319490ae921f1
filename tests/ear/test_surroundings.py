import pytest

from coach.ear.decide.judge import Thresholds
from coach.ear.decide.surroundings import Company


def test_nobody_there():
    company = Company(enough=5)
    assert not company.talks(3.0)
    assert company.louder(1e-3) == 60
    assert company.speech_ended < 0 > company.talk_ended


def test_what_was_said_counts_for_a_quarter_of_a_minute():
    company = Company(enough=2)
    company.spoke(1.0, 1e-3, words=1)
    assert not company.talks(1.0)
    company.spoke(9.0, 1e-3, words=4)
    assert [company.talks(now) for now in (9.0, 15.9, 16.1, 24.1)] == [True, True, False, False]


def test_five_things_said_are_talk_and_four_are_not():
    company = Company(Thresholds().company)
    said = []
    for at in range(1, 6):
        company.spoke(at, 1e-3, words=2)
        said.append(company.talks(at))
    assert said == [False, False, False, False, True]


def test_talk_goes_on_over_a_pause_that_would_not_have_begun_it():
    company = Company(enough=5)
    for at in range(1, 6):
        company.spoke(at, 1e-3, words=2)
    assert [company.talks(now) for now in (5.0, 17.9, 18.1)] == [True, True, False]


def test_a_silence_ends_talk_although_nobody_asked_meanwhile():
    company = Company(enough=5)
    for at in (1, 2, 3, 4, 5):
        company.spoke(at, 1e-3, words=2)
    assert company.talks(5)
    for at in (31, 32, 33):
        company.spoke(at, 1e-3, words=2)
    assert not company.talks(33)


def test_a_single_word_is_speech_and_no_talk():
    company = Company(enough=5)
    company.spoke(1.0, 1e-3, words=3)
    company.spoke(2.0, 1e-3, words=1)
    assert (company.talk_ended, company.speech_ended) == (1.0, 2.0)


def test_louder_than_most_of_them():
    company = Company(enough=5)
    for power in (1e-4, 1e-3, 1e-3, 1e-1):
        company.spoke(1.0, power, words=2)
    assert company.louder(4e-3) == pytest.approx(6.02, abs=0.01)
    assert company.louder(0.0) == 60


def test_the_room_is_as_loud_as_most_that_was_heard_in_it_without_words():
    company = Company(enough=5)
    company.sounded(1.0, 1e-3)
    assert company.over_room(2.0, 1e-3) == 60  # a single sound tells nothing
    company.sounded(2.0, 4e-3)
    company.sounded(3.0, 1e-3)
    company.spoke(3.0, 1e-1, words=2)  # may have been the athlete
    assert company.over_room(4.0, 2e-3) == pytest.approx(3.01, abs=0.01)
    assert company.over_room(17.5, 2e-3) == 60  # only the last is left of them


def test_sounds_without_words_are_no_talk():
    company = Company(enough=2)
    company.sounded(1.0, 1e-3)
    company.sounded(2.0, 1e-3)
    assert not company.talks(2.0)
    assert company.louder(1e-3) == 60
