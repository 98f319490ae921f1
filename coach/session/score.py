"""Writing down what happens when: lines one after the other, with breaths between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coach.language.delivery import Earcon, Pace, Priority
from coach.session.directives import Hush, Music, Say, Tone, Volume
from coach.session.events import Event

Measure = Callable[[str, Pace], float]
"""How many seconds a line takes to say."""

BREATH = 0.6
"""Seconds between one idea and the next."""


@dataclass(frozen=True)
class Step:
    """The session moves on by itself: what it does then, given the moment."""

    at: float
    do: Callable[[float], None]


@dataclass(frozen=True)
class Beat:
    """A rep, a step or a second of a hold is complete, and `word` counts it (nothing is said where it is empty)."""

    at: float
    n: int
    word: str


Item = Say | Tone | Hush | Volume | Music | Event | Step | Beat


class Score:
    """Items in time, written from `at` onwards; `at` moves on with every line and wait."""

    def __init__(self, at: float, measure: Measure) -> None:
        self.at = at
        self.items: list[Item] = []
        self._measure = measure

    def say(
        self, *lines: str, priority: Priority = Priority.BRIEFING, pace: Pace = Pace.TALK, breath: float = BREATH
    ) -> Score:
        """Each line that is not empty, and a breath after it, in seconds."""
        for line in lines:
            if line:
                self.items.append(Say(self.at, line, priority, pace))
                self.at += self._measure(line, pace) + breath
        return self

    def tone(self, name: Earcon, seconds: float = 0.0) -> Score:
        """An earcon, and so many seconds until what comes next."""
        self.items.append(Tone(self.at, name))
        return self.wait(seconds)

    def wait(self, seconds: float) -> Score:
        """Be silent for so long."""
        self.at += seconds
        return self

    def until(self, at: float) -> Score:
        """Be silent until then; nothing happens when it is past already."""
        self.at = max(self.at, at)
        return self

    def happens(self, event: Event) -> Score:
        """Report an event."""
        self.items.append(event)
        return self

    def then(self, step: Callable[[float], None]) -> Score:
        """Let the session go on with this step."""
        self.items.append(Step(self.at, step))
        return self
