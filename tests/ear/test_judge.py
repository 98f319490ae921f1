from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coach.ear.decide.judge import (
    UNPROVEN,
    Rules,
    Utterance,
    can_wait_in_company,
    is_a_phrase,
    is_a_word_at_all,
    is_likeliest_of_all_words,
    is_long_enough,
    is_no_other_command,
    is_not_the_coach,
    is_over,
    is_plain_in_company,
    is_plain_or_louder_than_the_room,
    judge,
    judge_early,
    makes_sense_now,
    stands_alone,
    was_called,
)
from coach.ear.decide.thresholds import Thresholds
from coach.ear.decide.whose_words import without_call
from coach.ear.recognizer import Transcript
from coach.errors import CoachError

from .conftest import VOCABULARY

LIMITS = Thresholds(likelier=-0.5, likelier_lenient=-2.0, ambiguous=0.5)
RULES = Rules(VOCABULARY, LIMITS)
NEXT = Transcript("next", start=1.0, end=1.4, score=100.0)


def heard(text: str, score: float = 100.0, *, opinion: str = "", opinion_score: float = 0.0, **known: Any) -> Utterance:
    said = Transcript(text, start=1.0, end=1.4, score=score)
    return Utterance(said, Transcript(opinion or text, 1.0, 1.4, opinion_score or score), **known)


def test_a_clear_command_is_taken() -> None:
    assert judge(heard("next"), RULES) is None


@pytest.mark.parametrize(
    ("text", "reason"), [("next the", "not a phrase"), ("[unk]", "no known words"), ("[unk] next", "not a phrase")]
)
def test_only_a_whole_phrase_is_one(text: str, reason: str) -> None:
    assert is_a_phrase(heard(text), RULES) == reason


def test_what_makes_no_sense_now_is_rejected() -> None:
    waiting = replace(RULES, expected=frozenset({"ready"}))
    assert makes_sense_now(heard("next"), waiting) == "makes no sense now"
    assert makes_sense_now(heard("ready"), waiting) is None


@pytest.mark.parametrize("text", ["next", "end workout", "give me a minute", "yes"])
def test_where_somebody_speaks_on_it_was_no_command(text: str) -> None:
    assert is_over(heard(text, went_on=0.04), RULES) is None
    assert is_over(heard(text, went_on=0.1), RULES) == "part of talk"


def test_a_phrase_at_the_end_of_what_another_decoder_hears_as_a_sentence_is_none() -> None:
    assert is_over(heard("next", led_in=0.3), RULES) is None
    assert is_over(heard("next", led_in=0.5), RULES) == "part of talk"
    assert is_over(heard("next", led_in=0.5, coach_says="flat"), RULES) is None, "the coach may have said that"


def test_a_number_that_was_asked_for_counts_in_a_sentence() -> None:
    assert is_over(heard("eight", led_in=0.5, went_on=0.5), RULES) is None


def test_a_shout_counts_whatever_follows_it() -> None:
    assert is_over(heard("stop", opinion="top", went_on=0.5), RULES) is None
    assert is_over(heard("it hurts", went_on=0.5), RULES) is None
    assert is_over(heard("it hurts", opinion="it does", went_on=0.5), RULES) == "part of talk"
    assert is_over(heard("stop", went_on=0.5, own_word=True), RULES) == "part of talk", "nobody else heard it"


def test_a_click_is_too_short_for_a_word() -> None:
    click = Utterance(Transcript("no", start=1.0, end=1.1), NEXT)
    assert is_long_enough(click, RULES) == "too short"


def test_a_word_that_fits_much_better_wins() -> None:
    assert is_likeliest_of_all_words(heard("done", 100, opinion="garden", opinion_score=104), RULES) == (
        'sounds more like "garden"'
    )


def test_a_word_that_fits_hardly_better_does_not() -> None:
    assert is_likeliest_of_all_words(heard("done", 100, opinion="garden", opinion_score=100.3), RULES) is None


def test_words_that_sound_the_same_have_to_fit_better_by_more() -> None:
    assert is_likeliest_of_all_words(heard("next", 100, opinion="text", opinion_score=101.5), RULES) is None
    assert is_likeliest_of_all_words(heard("next", 100, opinion="text", opinion_score=103), RULES)


def test_two_commands_equally_likely_are_neither() -> None:
    either = Utterance(replace(NEXT, others=(("back", 99.9),)), NEXT)
    assert is_no_other_command(either, RULES) == 'may be "back"'


def test_two_phrases_of_one_command_are_no_doubt() -> None:
    same = Utterance(replace(NEXT, others=(("next exercise", 99.9),)), NEXT)
    assert is_no_other_command(same, RULES) is None


def test_talk_just_before_makes_a_command_part_of_it() -> None:
    assert stands_alone(heard("next", talk_before=0.4, over_company=0.0), RULES) == "part of talk"
    assert stands_alone(heard("next", talk_before=3.0, over_company=0.0), RULES) is None


def test_a_single_word_just_before_spoils_a_single_word_but_not_a_phrase_of_several() -> None:
    assert stands_alone(heard("next", speech_before=0.4, over_company=0.0), RULES) == "part of talk"
    assert stands_alone(heard("next exercise", speech_before=0.4, over_company=0.0), RULES) is None


def test_over_the_coach_the_athletes_own_energy_has_to_show() -> None:
    assert is_not_the_coach(heard("pause", over_echo=-3.0, coach_says="lift your hips"), RULES) == "the coach's echo"
    assert is_not_the_coach(heard("pause", over_echo=6.0, coach_says="lift your hips"), RULES) is None


def test_it_has_to_show_more_in_the_words_that_the_coach_is_saying() -> None:
    line = "pause whenever you like"
    assert is_not_the_coach(heard("pause", over_echo=6.0, coach_says=line), RULES) == "the coach's own words"
    assert is_not_the_coach(heard("pause", over_echo=12.0, coach_says=line), RULES) is None


def test_where_more_of_the_coachs_line_is_heard_than_a_command_it_is_his_however_clear() -> None:
    line = "for anything else say help first banded monster walk"
    assert is_not_the_coach(heard("help", opinion="say help", coach_says=line), RULES) == "the coach's own words"
    assert is_not_the_coach(heard("help", opinion="help first", coach_says=line), RULES) == "the coach's own words"
    assert is_not_the_coach(heard("help", opinion="oh help", coach_says=line), RULES) is None
    assert is_not_the_coach(heard("help", opinion="say help", coach_says="lift your hips"), RULES) is None


def test_with_a_wake_phrase_commands_count_only_soon_after_it_and_stop_always() -> None:
    noisy = Rules(replace(VOCABULARY, wake="hey coach"), LIMITS)
    assert was_called(heard("next", since_called=20.0), noisy) == "not called before"
    assert was_called(heard("next", since_called=5.0), noisy) is None
    assert was_called(heard("stop", since_called=20.0), noisy) is None
    assert was_called(heard("hey coach", since_called=20.0), noisy) is None


def test_the_first_check_that_objects_is_the_reason() -> None:
    assert judge(heard("next the", talk_before=0.1, over_echo=-9), RULES) == "not a phrase"


def test_a_model_that_nobody_calibrated_has_the_defaults(tmp_path: Path) -> None:
    assert Thresholds.of(tmp_path) == Thresholds()


def test_thresholds_that_cannot_be_read_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "coach.yaml").write_text("thresholds: [1, 2")
    with pytest.raises(CoachError, match="cannot be read"):
        Thresholds.of(tmp_path)


def test_stop_needs_to_stand_out_less_than_the_others_but_not_while_the_coach_says_it() -> None:
    assert is_not_the_coach(heard("stop", over_echo=3.5, coach_says="lift your hips"), RULES) is None
    assert is_not_the_coach(heard("next", over_echo=3.5, coach_says="lift your hips"), RULES) == "the coach's echo"
    assert is_not_the_coach(heard("stop", over_echo=6.0, coach_says="stop there"), RULES) == "the coach's own words"


def test_what_comes_after_the_coachs_words_has_to_stand_out_as_far_as_his_own_words() -> None:
    said = Transcript("harder", start=1.0, end=1.4, score=100.0, cut=True)
    among = Utterance(said, said, over_echo=6.0, coach_says="you can say easier")
    assert is_not_the_coach(among, RULES) == "the coach's echo"
    assert is_not_the_coach(replace(among, over_echo=10.0), RULES) is None
    assert is_not_the_coach(replace(among, heard=replace(said, cut=False)), RULES) is None


def test_until_the_coach_has_been_heard_for_a_while_only_what_is_urgent_counts_over_him() -> None:
    early = heard("harder", over_echo=20.0, coach_says="next donkey kicks", echo_known=False)
    assert is_not_the_coach(early, RULES) == UNPROVEN
    assert is_not_the_coach(replace(early, coach_says=""), RULES) is None
    assert is_not_the_coach(heard("stop", over_echo=20.0, coach_says="next", echo_known=False), RULES) is None


def test_among_talk_any_word_that_fits_better_wins() -> None:
    start = heard("start", 100, opinion="star", opinion_score=100.1)
    assert judge(start, RULES) is None
    assert is_plain_in_company(replace(start, among_talk=False), RULES) is None
    assert is_plain_in_company(replace(start, among_talk=True), RULES) == 'among talk, and may be "star"'
    assert is_plain_in_company(heard("start", among_talk=True), RULES) is None


def test_over_the_coach_any_word_that_fits_better_wins_unless_the_athlete_is_clear() -> None:
    skip = heard("skip", opinion="sit", coach_says="sit tall on a firm chair", over_echo=5.5)
    assert judge(skip, RULES) == 'among talk, and may be "sit"'
    assert judge(replace(skip, over_echo=9.5), RULES) is None


def test_among_talk_a_phrase_stands_apart_or_is_nearer() -> None:
    among = heard("next", among_talk=True, speech_before=1.5, talk_before=1.5, over_company=1.0)
    assert judge(among, RULES) == "part of talk"
    assert judge(replace(among, speech_before=2.6), RULES) is None
    assert judge(replace(among, over_company=7.0), RULES) is None
    assert judge(replace(among, among_talk=False), RULES) is None
    assert judge(heard("stop", among_talk=True, speech_before=1.5, talk_before=1.5, over_company=1.0), RULES) is None


def test_what_follows_the_wake_phrase_in_one_breath_is_plain_among_talk() -> None:
    call, free = Transcript("hey coach next", score=100.0), Transcript("hey coach next", score=100.0)
    said = Utterance(without_call(call, "hey coach"), without_call(free, "hey coach"), among_talk=True)
    assert (said.heard.text, is_plain_in_company(said, RULES)) == ("next", None)
    assert is_plain_in_company(replace(said, opinion=free), RULES) == 'among talk, and may be "hey coach next"'


def test_somebody_nearer_than_those_who_talk_need_not_wait_for_a_pause() -> None:
    after = heard("next", speech_before=0.1, talk_before=0.1, over_company=1.0)
    assert judge(after, RULES) == "part of talk"
    assert judge(replace(after, over_company=7.0), RULES) is None


def test_where_a_free_decoder_hears_no_word_there_is_none() -> None:
    nothing = Utterance(NEXT, Transcript())
    assert is_a_word_at_all(nothing, RULES) == judge(nothing, RULES) == "sounds like no word"
    assert is_a_word_at_all(heard("next", opinion="text"), RULES) is None


def test_as_loud_as_the_room_a_phrase_has_to_be_plain() -> None:
    doubtful = heard("harder", opinion="order", over_room=0.4)
    assert judge(doubtful, RULES) == 'no louder than the room, and may be "order"'
    assert judge(replace(doubtful, over_room=1.6), RULES) is None
    assert judge(heard("harder", over_room=0.4), RULES) is None
    assert is_plain_or_louder_than_the_room(heard("stop", opinion="stock", over_room=0.4), RULES) is None


def test_among_talk_only_stop_is_not_waited_for() -> None:
    assert can_wait_in_company(heard("hold on", among_talk=True), RULES) == "among talk"
    assert can_wait_in_company(heard("stop", among_talk=True), RULES) is None
    assert can_wait_in_company(heard("hold on"), RULES) is None


def test_a_beginning_is_not_acted_on_where_sound_was_missed_while_the_coach_speaks() -> None:
    in_pieces = heard("stop", over_echo=20.0, coach_says="this machine is busy", since_gap=0.9)
    assert judge_early(in_pieces, RULES) == "just after sound was missed"
    assert judge_early(replace(in_pieces, since_gap=-0.4), RULES) == "just after sound was missed"
    assert judge_early(replace(in_pieces, since_gap=1.1), RULES) is None
    assert judge_early(replace(in_pieces, coach_says=""), RULES) is None
    assert judge(in_pieces, RULES) is None, "it is obeyed when it is over"


def test_what_was_played_a_while_ago_is_no_athlete() -> None:
    late = heard("next", over_echo=20.0, echoes=True)
    assert judge(late, RULES) == "the coach's echo"
    assert judge(replace(late, coach_said="say next to go on"), RULES) == "the coach's own words"
    assert judge(replace(late, echoes=False, coach_said="say next to go on"), RULES) is None


def test_for_a_second_after_sound_was_missed_only_what_is_urgent_counts_unless_the_coach_has_said_it() -> None:
    just_after = heard("next", since_gap=0.8, coach_said="right leg")
    assert judge(just_after, RULES) == "just after sound was missed"
    assert judge(replace(just_after, since_gap=1.1), RULES) is None
    assert judge(heard("stop", since_gap=0.8), RULES) is None
    assert judge(heard("it hurts", since_gap=0.8, coach_said="if anything hurts say it hurts"), RULES) == (
        "just after sound was missed"
    )


@pytest.mark.parametrize("since", [-0.5, 0.0, 0.2])
def test_where_the_coach_has_been_silent_only_a_word_that_sound_may_be_missing_of_waits(since: float) -> None:
    in_silence = heard("next", since_gap=since)
    assert judge(in_silence, RULES) == "just after sound was missed"
    assert judge(replace(in_silence, since_gap=0.4), RULES) is None


def test_the_words_of_the_line_that_is_being_said_wait_for_longer_after_sound_was_missed() -> None:
    over_it = heard("back", since_gap=3.0, coach_says="press back", coach_said="press back")
    assert judge(over_it, RULES) == "just after sound was missed"
    assert judge(replace(over_it, since_gap=4.5), RULES) is None
    assert judge(replace(over_it, coach_says=""), RULES) is None


def test_no_decoder_speaks_against_what_is_likely_enough_for_what_a_mistake_costs() -> None:
    vocabulary = replace(VOCABULARY, needed={"stop": 0.14, "no": 0.5, "next": 0.75}.__getitem__)
    for text, enough, too_little in (("stop", 0.61, 0.58), ("no", 0.91, 0.89), ("next", 0.97, 0.95)):
        unlike = heard(text, opinion="potatoes", opinion_score=120.0)
        assert judge(replace(unlike, likely=enough), Rules(vocabulary)) is None
        assert judge(replace(unlike, likely=too_little), Rules(vocabulary)) == 'sounds more like "potatoes"'


def test_the_verifiers_own_word_is_not_measured_by_a_score_of_what_the_grammar_heard() -> None:
    unlike = heard("stop", opinion="non", opinion_score=140.0)
    assert judge(replace(unlike, likely=0.5), RULES) == 'sounds more like "non"'
    assert judge(replace(unlike, likely=0.5, own_word=True), Rules(replace(VOCABULARY, needed=lambda _: 0.14))) is None
