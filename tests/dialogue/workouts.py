"""A small shelf of workouts, and a menu over it that is fed with words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from coach import language
from coach.dialogue.choosing import Candidate, Done
from coach.dialogue.menu import Menu
from coach.dialogue.names import spoken_names
from coach.language.delivery import Pace
from coach.routine.library import Library
from coach.session.directives import Say
from coach.session.plan import make_plan
from coach.session.script import Script

EN = language.load()
NOON = datetime(2026, 6, 3, 12, 0)


def shipped() -> list[Candidate]:
    """The workouts that come with the coach, for somebody who has done none."""
    library = Library()
    found = []
    for listing in library.routines():
        routine = library.routine(listing.path)
        plan = make_plan(routine)
        script = Script(EN, plan)
        on_floor = any(script.on_floor(slot.family.variants[slot.choice.rung]) for slot in plan.used)
        found.append(Candidate(listing.slug, plan, spoken_names(routine, EN), on_floor))
    return found


def measure(text: str, pace: Pace) -> float:
    """Three words a second."""
    return len(text.split()) / 3


class Asked:
    """A menu, and what was said to it and by it."""

    def __init__(self, done: Sequence[Done] = (), now: datetime = NOON, *, waits: bool = True) -> None:
        self.menu = Menu(EN, measure, SHIPPED, done, now, waits=waits)
        self.at = 0.0

    def wait(self, seconds: float) -> list[str]:
        """What it says in the next seconds."""
        self.at += seconds
        return [each.text for each in self.menu.advance(self.at) if isinstance(each, Say)]

    def say(self, text: str, seconds: float = 60.0) -> list[str]:
        """What it says when it is told this."""
        self.menu.advance(self.at)
        assert self.menu.hear(self.at, text), text
        return self.wait(seconds)

    @property
    def chosen(self) -> str | None:
        """The slug of what is to be done."""
        return self.menu.chosen.candidate.slug if self.menu.chosen else None


SHIPPED = shipped()
