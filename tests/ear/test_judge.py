from dataclasses import replace

import pytest

from coach.ear.judge import (
    Court,
    Thresholds,
    Utterance,
    is_a_phrase,
    is_likeliest_of_all_words,
    is_long_enough,
    is_no_other_command,
    is_not_the_coach,
    judge,
    makes_sense_now,
    stands_alone,
    was_called,
)
from coach.ear.recognizer import Transcript
from coach.errors import CoachError

from .conftest import ENGLISH, MODEL

COURT = Court(frozenset(ENGLISH.phrases), meanings=ENGLISH.order, thresholds=Thresholds.of(MODEL))
NEXT = Transcript("next", start=1.0, end=1.4, score=100.0)


def heard(text: str, score: float = 100.0, *, opinion: str = "", opinion_score: float = 0.0, **known) -> Utterance:
    said = Transcript(text, start=1.0, end=1.4, score=score)
    return Utterance(said, Transcript(opinion or text, score=opinion_score or score), **known)


def test_a_clear_command_is_taken():
    assert judge(heard("next"), COURT) is None


@pytest.mark.parametrize(
    ("text", "reason"), [("next the", "not a phrase"), ("[unk]", "no known words"), ("[unk] next", "not a phrase")]
)
def test_only_a_whole_phrase_is_one(text, reason):
    assert is_a_phrase(heard(text), COURT) == reason


def test_what_makes_no_sense_now_is_rejected():
    waiting = replace(COURT, expected=frozenset({"ready"}))
    assert makes_sense_now(heard("next"), waiting) == "makes no sense now"
    assert makes_sense_now(heard("ready"), waiting) is None


def test_a_click_is_too_short_for_a_word():
    click = Utterance(Transcript("no", start=1.0, end=1.1), NEXT)
    assert is_long_enough(click, COURT) == "too short"


def test_a_word_that_fits_much_better_wins():
    assert is_likeliest_of_all_words(heard("done", 100, opinion="garden", opinion_score=104), COURT) == (
        'sounds more like "garden"'
    )


def test_a_word_that_fits_hardly_better_does_not():
    assert is_likeliest_of_all_words(heard("done", 100, opinion="garden", opinion_score=100.3), COURT) is None


def test_words_that_sound_the_same_have_to_fit_better_by_more():
    assert is_likeliest_of_all_words(heard("next", 100, opinion="text", opinion_score=101.5), COURT) is None
    assert is_likeliest_of_all_words(heard("next", 100, opinion="text", opinion_score=103), COURT)


def test_two_commands_equally_likely_are_neither():
    either = Utterance(replace(NEXT, others=(("back", 99.9),)), NEXT)
    assert is_no_other_command(either, COURT) == 'may be "back"'


def test_two_phrases_of_one_command_are_no_doubt():
    same = Utterance(replace(NEXT, others=(("next exercise", 99.9),)), NEXT)
    assert is_no_other_command(same, COURT) is None


def test_talk_just_before_makes_a_command_part_of_it():
    assert stands_alone(heard("next", talk_before=0.4), COURT) == "part of talk"
    assert stands_alone(heard("next", talk_before=3.0), COURT) is None


def test_a_single_word_just_before_spoils_a_single_word_but_not_a_phrase_of_several():
    assert stands_alone(heard("next", speech_before=0.4), COURT) == "part of talk"
    assert stands_alone(heard("next exercise", speech_before=0.4), COURT) is None


def test_over_the_coach_the_athletes_own_energy_has_to_show():
    assert is_not_the_coach(heard("pause", over_echo=-3.0, coach_says="lift your hips"), COURT) == "the coach's echo"
    assert is_not_the_coach(heard("pause", over_echo=6.0, coach_says="lift your hips"), COURT) is None


def test_it_has_to_show_more_in_the_words_that_the_coach_is_saying():
    line = "pause whenever you like"
    assert is_not_the_coach(heard("pause", over_echo=6.0, coach_says=line), COURT) == "the coach's own words"
    assert is_not_the_coach(heard("pause", over_echo=12.0, coach_says=line), COURT) is None


def test_with_a_wake_phrase_commands_count_only_soon_after_it_and_stop_always():
    noisy = replace(COURT, wake="hey coach")
    assert was_called(heard("next", since_called=20.0), noisy) == "not called before"
    assert was_called(heard("next", since_called=5.0), noisy) is None
    assert was_called(heard("stop", since_called=20.0), noisy) is None
    assert was_called(heard("hey coach", since_called=20.0), noisy) is None


def test_the_first_ground_that_objects_is_the_reason():
    assert judge(heard("next the", talk_before=0.1, over_echo=-9), COURT) == "not a phrase"


def test_a_model_that_nobody_calibrated_has_the_defaults(tmp_path):
    assert Thresholds.of(tmp_path) == Thresholds()


def test_thresholds_that_cannot_be_read_are_a_sentence(tmp_path):
    (tmp_path / "coach.yaml").write_text("thresholds: [1, 2")
    with pytest.raises(CoachError, match="cannot be read"):
        Thresholds.of(tmp_path)


def test_stop_needs_to_stand_out_less_than_the_others_but_not_while_the_coach_says_it():
    court = replace(COURT, urgent=frozenset({"stop"}))
    assert is_not_the_coach(heard("stop", over_echo=-1.0, coach_says="lift your hips"), court) is None
    assert is_not_the_coach(heard("next", over_echo=-1.0, coach_says="lift your hips"), court) == "the coach's echo"
    assert is_not_the_coach(heard("stop", over_echo=6.0, coach_says="stop there"), court) == "the coach's own words"
