"""A workout as its rules need it: what was heard, what was ordered, when a run of beats began."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.language.commands import Command
from coach.routine.model import Variant
from coach.session import events
from coach.session.directives import Tone
from coach.session.sets import TICK
from tests.session.conversations import Conversation, library

CUTS_SHORT = {
    *(Command.READY, Command.SKIP_REST, Command.RESUME, Command.YES, Command.AGAIN, Command.BACK, Command.NEXT),
    Command.SKIP_TO,
}
"""Orders by which somebody wants to begin without hearing all of it."""


@dataclass(frozen=True)
class Breach:
    """A rule that was broken."""

    rule: str
    at: float
    what: str


class Heard:
    """A conversation as its rules need it."""

    def __init__(self, talk: Conversation) -> None:
        self.talk = talk
        self.lines = talk.lines()
        self.whole = [line for line in self.lines if not line.cut]
        self.commands = [o for o in talk.out if isinstance(o, events.CommandGiven)]
        self.variants = {v.name: v for family in library().families.values() for v in family.variants}

    def commands_between(self, start: float, end: float) -> set[str]:
        return {o.command for o in self.commands if start - 1e-6 <= o.at <= end + 1e-6}

    def cut_short(self, before: float) -> set[str]:
        """The set-ups and movements that the athlete did not want to hear: how those go is known."""
        known: set[str] = set()
        now: Variant | None = None
        hurried = False
        for item in self.talk.out:
            if item.at > before:
                break
            if isinstance(item, events.ExerciseStarted):
                now = self.variants[item.exercise]
                known |= {*now.setup, now.move} if hurried else set()
                hurried = False
            elif isinstance(item, events.VariantChanged) and now is not None and item.from_ == now.name:
                now = self.variants[item.to]
            elif isinstance(item, events.CommandGiven) and item.command in CUTS_SHORT and now is not None:
                known |= {*now.setup, now.move}
            elif isinstance(item, events.SetStarted):
                hurried = False
            if isinstance(item, events.CommandGiven) and item.command is Command.READY:
                hurried = True  # about the exercise that comes, where none begins
        return known

    def last_at(self, before: float, *kinds: type[events.Event]) -> float:
        """When one of these last happened; -1 where none did."""
        return max((o.at for o in self.talk.events(*kinds) if o.at < before - 1e-6), default=-1.0)

    def begins(self) -> Iterator[tuple[float, str | None]]:
        """The moment and the side of each run of beats: after a count-in, a change of sides, an interruption."""
        due = True
        start: float | None = None
        for item in self.talk.out:
            if isinstance(item, Tone) and item.name == "count_in":
                start = item.at + TICK
            if isinstance(item, events.CommandGiven | events.SideChanged | events.SetStarted):
                due = True
            if isinstance(item, events.Rep | events.HoldSecond):
                if due:
                    yield (item.at if start is None else start), item.side
                due, start = False, None
