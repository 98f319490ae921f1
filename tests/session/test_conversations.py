"""Whatever is said in a workout, and however it is set up: what the coach says is true, and comes in time."""

from __future__ import annotations

import pytest

from tests.session.conversations import HASTY, Conversation
from tests.session.oracle import breaches


def check(talk: Conversation) -> None:
    for breach in breaches(talk):
        raise AssertionError(f"{breach}\n{talk.manner}\n{talk.transcript(around=breach.at)}")


@pytest.mark.parametrize("number", range(40))
def test_a_conversation(number: int) -> None:
    check(Conversation(number))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(40, 1000))
def test_another_conversation(number: int) -> None:
    check(Conversation(number))


@pytest.mark.parametrize("number", range(40))
def test_a_hasty_conversation(number: int) -> None:
    check(Conversation(number, HASTY))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(40, 1000))
def test_another_hasty_conversation(number: int) -> None:
    check(Conversation(number, HASTY))


def test_a_conversation_that_asks_for_the_rest_to_come_in_the_set_up() -> None:
    check(Conversation(900140))
