"""What people say around a phrase changes nothing; a cry for help is heard without one."""

from __future__ import annotations

import pytest

from coach import language
from coach.language.commands import Command, Order

EN = language.load()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Hey coach, stop please.", Order(Command.PAUSE)),
        ("could you slow down please", Order(Command.SLOWER)),
        ("okay coach, next", Order(Command.NEXT)),
        ("um, next", Order(Command.NEXT)),
        ("i want to stop", Order(Command.PAUSE)),
        ("i want to stop the workout", Order(Command.END)),
        ("can we start again now", Order(Command.AGAIN)),
        ("okay eight", Order(Command.NUMBER, 8)),
        ("Two more, please", Order(Command.MORE, 2)),
    ],
)
def test_the_words_around_a_phrase_change_nothing(said: str, meant: Order) -> None:
    assert EN.order(said) == meant


@pytest.mark.parametrize("said", ["stop, stop", "stop please stop", "wait, stop", "next next", "yes okay", "okay, yes"])
def test_a_phrase_said_again_is_that_phrase(said: str) -> None:
    assert EN.order(said) is not None


@pytest.mark.parametrize(
    "said", ["next back", "yes no", "two three", "please", "okay now coach the weather", "easier for my mother", "go"]
)
def test_other_words_beside_a_phrase_are_no_order(said: str) -> None:
    assert EN.order(said) is None


def test_the_phrase_that_is_meant_is_the_longest() -> None:
    assert EN.phrase_in("please stop listening") == "stop listening"
    assert EN.phrase_in("okay") == "okay"
    assert EN.phrase_in("okay go back now") == "go back"


@pytest.mark.parametrize("said", ["oh my god stop", "no no stop", "my tooth hurts", "i think i fell"])
def test_a_cry_in_a_few_words_stops_and_asks(said: str) -> None:
    assert EN.order(said) == Order(Command.STUCK)


@pytest.mark.parametrize(
    "said", ["it doesn't hurt", "i can't stop laughing", "we got off at the next stop by the river", "do not wait"]
)
def test_what_is_denied_or_told_at_length_is_no_cry(said: str) -> None:
    assert EN.order(said) is None


def test_what_denies_stop_is_no_command_either() -> None:
    assert EN.order("don't stop") is None, 'too like "stop" to mean its opposite'
