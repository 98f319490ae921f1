"""Nothing that only looks on can end or silence a workout."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import NoReturn

import pytest

from coach import language
from coach.app.onlookers import Following, Onlookers, Shown
from coach.language.delivery import Priority
from coach.session import events
from coach.session.events import Event
from coach.terminal.plain import Plain

PAUSED = events.Paused(at=1.0)


def broken() -> Callable[..., NoReturn]:
    """Something that fails, another one each time."""

    def fail(*_: object) -> NoReturn:
        raise ZeroDivisionError

    return fail


def test_one_that_fails_is_told_once_and_the_others_see_on() -> None:
    seen: list[Event] = []
    told: list[Exception] = []
    onlookers = Onlookers(Following([broken(), seen.append], record=broken(), safe=broken(), failed=told.append))
    for _ in range(3):
        assert onlookers.saw(PAUSED) == []
        assert onlookers.safe() == []
    assert seen == [PAUSED] * 3
    assert len(told) == 3, "the sink, the journal and its news"


def test_every_kind_of_onlooker_may_fail() -> None:
    told: list[Exception] = []
    onlookers = Onlookers(
        Following(speaking=broken(), judged=broken(), ticking=[broken()], news=broken(), failed=told.append)
    )
    onlookers.speaking("one", Priority.COUNT)
    onlookers.judged(None)  # type: ignore[arg-type]
    onlookers.tick(1.0)
    assert onlookers.news() == []
    assert onlookers.entered(broken()) == []
    assert len(told) == 5


def test_where_nobody_is_told_a_failure_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        Onlookers(Following([broken()])).saw(PAUSED)


def test_what_is_safe_and_what_is_new_is_passed_on() -> None:
    onlookers = Onlookers(Following(record=lambda event: (3,), safe=lambda: [1, 2], news=lambda: ["A line."]))
    assert onlookers.saw(PAUSED) == [3]
    assert onlookers.safe() == [1, 2]
    assert onlookers.news() == ["A line."]


class Broken(Plain):
    """A display that fails at every event."""

    def show(self, event: Event) -> None:
        raise ZeroDivisionError


def test_plain_lines_take_the_place_of_a_display_that_fails() -> None:
    english, out, told = language.load(), io.StringIO(), list[Exception]()
    with Shown(Broken(english, out), Plain(english, out), told.append) as shown:
        shown.speaking("Squat.", Priority.BRIEFING)
        shown.show(PAUSED)
        shown.show(PAUSED)
        shown.typing(":no")
        shown.unknown("nothing")
        shown.tick(1.0)
    assert len(told) == 1
    assert out.getvalue().splitlines()[:3] == ["Coach: Squat.", "Paused", "Paused"]


def test_where_both_fail_nothing_is_shown_and_nothing_raised() -> None:
    english, out, told = language.load(), io.StringIO(), list[Exception]()
    with Shown(Broken(english, out), Broken(english, out), told.append) as shown:
        shown.show(PAUSED)
        shown.show(PAUSED)
    assert len(told) == 2
    assert out.getvalue() == ""
