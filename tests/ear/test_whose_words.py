from collections.abc import Callable
from dataclasses import replace

import pytest

from coach.ear.decide.whose_words import (
    in_need,
    is_heard_whole,
    reread,
    unwrapped,
    without_call,
    without_others,
    without_remains,
)
from coach.ear.recognizer import Transcript

from .conftest import VOCABULARY
from .test_judge import NEXT, RULES

MURMUR = Transcript("[unk] [unk] one more set", 1.0, 2.0, 100.0, ends=(1.2, 1.4, 1.6, 1.8, 2.0))
"""Somebody talks until 1.4, then somebody else."""


@pytest.mark.parametrize(
    ("free", "whole"),
    [
        ("could you slow down", True),
        ("cut you slow down", True),
        ("we could all slow down", False),
        ("slow down", False),
        ("could you slow town", False),
    ],
)
def test_a_phrase_is_heard_whole_where_both_decoders_hear_much_the_same_around_it(free: str, whole: bool) -> None:
    heard = Transcript("slow down", 1.3, 2.0, said="could you slow down")
    assert is_heard_whole(heard, Transcript(free), RULES) is whole


def test_a_phrase_with_nothing_around_it_is_for_the_verifier() -> None:
    assert not is_heard_whole(Transcript("slow down"), Transcript("slow down"), RULES)


def louder_from(turn: float, decibels: float) -> Callable[[float, float], float]:
    """The power of a sound that is so much louder from there on."""
    return lambda start, end: 10 ** (decibels / 10) if start >= turn else 1.0


def test_what_holds_no_wake_phrase_stays_as_it_is() -> None:
    assert without_call(NEXT, "hey coach") is without_call(NEXT, "") is NEXT


OTHERWISE = Transcript("wonderful", 1.0, 1.6, 99.0)
UNCLEAR = Transcript("[unk]", 1.0, 1.6, 100.0, (("why", 99.9), ("hold on", 99.5), ("go back", 99.2)))


def test_a_phrase_of_several_words_that_fits_nearly_as_well_as_no_word_is_taken() -> None:
    again = reread(UNCLEAR, OTHERWISE, False, RULES)
    assert (again.text, again.score) == ("hold on", 99.5)
    assert ("[unk]", 100.0) in again.others


@pytest.mark.parametrize(
    "unclear",
    [
        replace(UNCLEAR, others=(("hold on", 98.9),)),  # fits too badly
        replace(UNCLEAR, others=(("why", 99.9),)),  # a single word sounds like many
        replace(UNCLEAR, text="next"),
    ],
)
def test_nothing_else_is_read_again(unclear: Transcript) -> None:
    assert reread(unclear, OTHERWISE, False, RULES) is unclear


def test_a_phrase_that_a_free_decoder_hears_alone_is_taken_among_other_words_and_talk() -> None:
    mixed, free = Transcript("voice more set", 0.2, 1.6, 100.0), Transcript("one more set", 0.9, 1.6, 96.0)
    assert reread(mixed, free, False, RULES) is reread(mixed, free, True, RULES) is free


@pytest.mark.parametrize(
    ("free", "expected"),
    [
        (Transcript("one more set", score=101.0), None),  # it was talk, and that fits better
        (Transcript("one more sitting", score=96.0), None),
        (Transcript("one more set", score=96.0), frozenset({"ready"})),
    ],
)
def test_not_what_talk_may_end_with_nor_what_nobody_waits_for(
    free: Transcript, expected: frozenset[str] | None
) -> None:
    mixed = Transcript("voice more set", 0.2, 1.6, 100.0)
    assert reread(mixed, free, False, replace(RULES, expected=expected)) is mixed


def test_nothing_is_read_again_among_talk() -> None:
    assert reread(UNCLEAR, OTHERWISE, True, RULES) is UNCLEAR


def test_unknown_words_so_much_softer_than_the_phrase_after_them_are_somebody_elses() -> None:
    said = without_others(MURMUR, louder_from(1.4, 5.5), RULES)
    assert (said.text, said.start, said.end, said.cut) == ("one more set", 1.4, 2.0, True)


@pytest.mark.parametrize(
    ("heard", "decibels"),
    [
        (MURMUR, 4.5),  # one breath
        (replace(MURMUR, text="slower [unk] one more set"), 20.0),  # a known word is no murmur
        (replace(MURMUR, text="[unk] [unk] one more sitting"), 20.0),  # no phrase
        (replace(MURMUR, ends=()), 20.0),
        (NEXT, 20.0),
    ],
)
def test_others_stay_as_they_are(heard: Transcript, decibels: float) -> None:
    assert without_others(heard, louder_from(1.4, decibels), RULES) is heard


def test_words_that_end_as_the_ear_opens_are_what_was_left_of_the_coach() -> None:
    after = replace(MURMUR, text="lift slower one more set")
    assert without_remains(after, 1.35, RULES).text == "one more set"
    assert without_remains(after, 1.05, RULES) is after
    phrase = replace(NEXT, ends=(1.4,))
    assert without_remains(phrase, 1.35, RULES) is phrase


def test_a_phrase_is_taken_out_of_the_words_around_it_with_its_times() -> None:
    said = Transcript("could you stop please", 1.0, 2.0, 100.0, ends=(1.2, 1.4, 1.7, 2.0))
    phrase = unwrapped(said, RULES)
    assert (phrase.text, phrase.words, phrase.start, phrase.end) == ("stop", "could you stop please", 1.4, 1.7)


def test_what_is_a_phrase_as_it_is_and_what_has_none_stay_as_they_are() -> None:
    assert unwrapped(NEXT, RULES) is NEXT
    assert unwrapped(MURMUR, RULES) is MURMUR


CRY = Transcript("[unk] stop this [unk]", 1.0, 2.0, 99.0, ends=(1.2, 1.5, 1.7, 2.0))


def test_a_cry_that_both_decoders_hear_stands_for_a_call_for_help() -> None:
    cry = in_need(CRY, Transcript("oh stop this thing", 1.0, 2.0, 100.0), RULES)
    assert (cry.text, cry.words) == ("help me", "oh stop this thing")


def test_where_the_other_decoder_hears_a_phrase_that_is_what_was_said() -> None:
    assert in_need(CRY, Transcript("i want to stop the workout", 1.0, 2.0, 100.0), RULES).text == CRY.text
    assert in_need(CRY, Transcript("please stop the workout", 1.0, 2.0, 100.0), RULES).text == "please stop the workout"


@pytest.mark.parametrize("free", ["oh shop this thing", "we were at the bus stop this morning", "don't stop this"])
def test_a_cry_that_one_decoder_hears_or_that_is_talk_or_denied_is_none(free: str) -> None:
    assert in_need(CRY, Transcript(free, 1.0, 2.0, 100.0), RULES) is CRY


def test_a_phrase_of_the_other_decoder_counts_where_the_grammar_hears_one_among_words_around_it() -> None:
    heard, free = Transcript("um help", 1.0, 1.4, 99.0), Transcript("again", 1.0, 1.4, 99.5)
    assert reread(heard, free, False, RULES) is free
    assert reread(heard, replace(free, text="a game"), False, RULES) is heard


def test_what_only_ever_follows_a_phrase_never_stands_alone_in_the_grammar() -> None:
    assert "now" not in VOCABULARY.around, 'it would be heard for "no"'
    assert "stop now" in VOCABULARY.around
    assert "please" in VOCABULARY.around
