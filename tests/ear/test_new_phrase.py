from collections.abc import Callable

import pytest

from coach.ear.decide.new_phrase import check_phrase
from coach.ear.recognizer import SpeechModel
from coach.language.commands import Command

from .conftest import ENGLISH, MODEL

TAKEN = {phrase: order.command for phrase, order in ENGLISH.phrases.items()}

Knows = Callable[[str], bool]


@pytest.fixture(scope="module")
def knows() -> Knows:
    return SpeechModel(MODEL).knows


def test_a_phrase_of_its_own_is_welcome(knows: Knows) -> None:
    assert check_phrase("move along", Command.NEXT, TAKEN, knows, ENGLISH) is None


def test_a_phrase_that_sounds_like_anothers_is_refused_with_its_name(knows: Knows) -> None:
    objection = check_phrase("text", Command.PAUSE, TAKEN, knows, ENGLISH)
    assert objection is not None
    assert objection.reason == '"text" sounds like "next"'


def test_another_phrase_for_the_same_may_sound_like_it(knows: Knows) -> None:
    assert check_phrase("text", Command.NEXT, TAKEN, knows, ENGLISH) is None


def test_a_word_that_the_model_cannot_hear_is_named(knows: Knows) -> None:
    objection = check_phrase("frobnicate", Command.PAUSE, TAKEN, knows, ENGLISH)
    assert objection is not None
    assert objection.reason == 'the speech model does not know "frobnicate"'
    assert objection.better == ()


@pytest.mark.parametrize("phrase", ["text", "go", "no"])
def test_three_better_ones_come_with_the_refusal_and_would_be_taken(knows: Knows, phrase: str) -> None:
    objection = check_phrase(phrase, Command.PAUSE, TAKEN, knows, ENGLISH)
    assert objection is not None
    assert len(set(objection.better)) == 3
    assert all(check_phrase(better, Command.PAUSE, TAKEN, knows, ENGLISH) is None for better in objection.better)
