"""Who spoke to the coach and was not obeyed is owed an answer; who talked of other things is not."""

from dataclasses import replace
from typing import Any

import pytest

from coach.ear.decide.addressed import is_owed_an_answer, is_worth_a_question
from coach.ear.decide.judge import ECHO, NOT_A_PHRASE, NOT_NOW, Utterance
from coach.ear.recognizer import Transcript

from .test_judge import RULES


def said(text: str, free: str = "", **known: Any) -> Utterance:
    heard = Transcript(text, start=1.0, end=2.2, score=100.0)
    return Utterance(heard, Transcript(free or text, start=1.0, end=2.2, score=100.0), **known)


def test_a_word_that_was_doubted_may_have_been_said() -> None:
    assert is_owed_an_answer(said("next", likely=0.5), 'may be "back"', RULES)
    assert not is_owed_an_answer(said("next", likely=0.1), 'may be "back"', RULES)
    assert not is_owed_an_answer(said("slower", "snow boy", likely=0.5), 'sounds more like "snow boy"', RULES)


def test_several_words_that_both_decoders_hear_were_meant_for_the_coach() -> None:
    assert is_owed_an_answer(said("make it easier", "make it is here"), 'may be "harder"', RULES)
    assert is_owed_an_answer(said("what's next go", "what's next coat"), NOT_A_PHRASE, RULES)


def test_talk_in_which_the_grammar_hears_words_of_commands_was_not() -> None:
    assert not is_owed_an_answer(said("slower voice", "snow boy"), NOT_A_PHRASE, RULES)
    assert not is_owed_an_answer(said("[unk] [unk] next", "the weather next"), NOT_A_PHRASE, RULES)
    assert not is_owed_an_answer(said("okay please", "okay please"), NOT_A_PHRASE, RULES)


def test_a_command_out_of_season_is_answered_but_no_single_word() -> None:
    unasked = replace(RULES, expected=frozenset({"next"}))
    assert is_owed_an_answer(said("carry on"), NOT_NOW, unasked)
    assert not is_owed_an_answer(said("yes"), NOT_NOW, unasked)


@pytest.mark.parametrize("known", [{"among_talk": True}, {"coach_says": "lift your hips"}, {"speech_before": 0.4}])
def test_talk_and_the_coachs_own_voice_are_not(known: dict[str, Any]) -> None:
    assert not is_owed_an_answer(said("next", likely=0.5, **known), 'may be "back"', RULES)


def test_a_long_sentence_and_an_echo_are_not() -> None:
    long = said("make it next please", "make it next please we always take the back road")
    assert not is_owed_an_answer(long, NOT_A_PHRASE, RULES)
    assert not is_owed_an_answer(said("next exercise", likely=0.5), ECHO, RULES)


DEAR = replace(RULES, vocabulary=replace(RULES.vocabulary, needed=lambda text: 0.75, asked=lambda text: 0.5))


def test_it_is_asked_about_between_the_two_probabilities() -> None:
    assert is_worth_a_question(said("next exercise", likely=0.6), DEAR)
    assert not is_worth_a_question(said("next exercise", likely=0.4), DEAR)
    assert not is_worth_a_question(said("next exercise"), DEAR)


def test_nothing_is_asked_in_talk_or_where_something_else_speaks_against_it() -> None:
    assert not is_worth_a_question(said("next exercise", likely=0.6, among_talk=True), DEAR)
    assert not is_worth_a_question(said("next exercise", likely=0.6, echoes=True), DEAR)
    assert not is_worth_a_question(said("next", likely=0.6), replace(DEAR, expected=frozenset({"stop"})))
