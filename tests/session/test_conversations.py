"""Whatever is said in a workout, and however it is set up: what the coach says is true, and comes in time."""

from __future__ import annotations

import pytest

from tests.session.conversations import Conversation
from tests.session.oracle import breaches


def check(number: int) -> None:
    talk = Conversation(number)
    for breach in breaches(talk):
        raise AssertionError(f"{breach}\n{talk.manner}\n{talk.transcript(around=breach.at)}")


@pytest.mark.parametrize("number", range(40))
def test_a_conversation(number: int) -> None:
    check(number)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(40, 1000))
def test_another_conversation(number: int) -> None:
    check(number)
