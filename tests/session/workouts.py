"""Small routines and a patient observer, for tests of the session."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from coach import language
from coach.language.commands import Command, Order
from coach.language.delivery import Pace
from coach.routine.model import Family, Range, Routine, Tempo, Variant, Work
from coach.session.directives import Say
from coach.session.events import By, Event
from coach.session.modes import Manner, Offer
from coach.session.orders import obey
from coach.session.plan import Plan, make_plan
from coach.session.script import Script
from coach.session.session import Session
from coach.session.timeline import Directive

Happening = TypeVar("Happening", bound=Event)


def measure(text: str, pace: Pace) -> float:
    """A speaker who says three words a second, five when counting."""
    return len(text.split()) / (3 if pace is Pace.TALK else 5)


def variant(name: str, family: str, rung: int, **fields: object) -> Variant:
    given: dict[str, object] = {
        "equipment": "mini band",
        "setup": ("Stand tall.", "Feet under your hips."),
        "move": "Press your leg back.",
        "cues": ("Hips level.", "Stand tall."),
        "mistakes": ("Arching the back",),
        "tempo": Tempo(2, 0, 2),
        "band": "above the knees",
    }
    return Variant(name=name, family=family, rung=rung, **{**given, **fields})  # type: ignore[arg-type]


KICKBACK = Family(
    "kickback",
    (
        variant("bodyweight kickback", "kickback", 0, equipment="none", sides=("right leg", "left leg")),
        variant("banded kickback", "kickback", 1, sides=("right leg", "left leg")),
        variant("slow kickback", "kickback", 2, sides=("right leg", "left leg"), tempo=Tempo(3, 1, 3)),
    ),
    standard=1,
    why="It strengthens your push-off.",
)
BRIDGE = Family(
    "bridge",
    (
        variant("bridge", "bridge", 0, position="lying on your back"),
        variant("bridge hold", "bridge", 1, hold=True, seconds=Range(20, 30), position="lying on your back"),
        variant("single-leg bridge", "bridge", 2, sides=("right leg", "left leg"), position="lying on your back"),
    ),
    standard=0,
)
FAMILIES = {"kickback": KICKBACK, "bridge": BRIDGE}


def work(family: str, sets: int = 2, amount: int = 6, **fields: object) -> Work:
    given: dict[str, object] = {
        "rung": FAMILIES[family].standard,
        "sets": Range(sets, sets),
        "amount": Range(amount, amount),
        "unit": "rep",
        "rest": 20.0,
        "rest_after": 30.0,
    }
    return Work(family=family, **{**given, **fields})  # type: ignore[arg-type]


def an_order(command: Command, number: int | None = None) -> Order:
    """A command as it would be given in these workouts, with what belongs to it."""
    family = "bridge" if command is Command.SKIP_TO else ""
    return Order(command, number if command is Command.NUMBER else None, family)


def plan(*blocks: Work) -> Plan:
    return make_plan(Routine("test", "Test", blocks or (work("kickback"), work("bridge")), FAMILIES))


class Watched:
    """A session with everything that came out of it, in order."""

    def __init__(self, plan: Plan, manner: Manner | None = None, offer: Offer | None = None) -> None:
        english = language.load()
        self.session = Session(plan, Script(english, plan), measure, manner, offer)
        self.english = english
        self.out: list[Directive] = []
        self.clock = 0.0

    def run(self, seconds: float = float("inf")) -> Watched:
        """Let time pass: so long, or until nothing more happens by itself."""
        end = self.clock + seconds
        while self.clock < end and not self.session.finished and not (self.session.waiting and seconds == float("inf")):
            self.clock = min(end, self.clock + 0.5)
            self.out += self.session.advance(self.clock)
        return self

    def until(self, kind: type[Event], **fields: object) -> Watched:
        """Let time pass until such an event has come."""
        seen = len(self.out)
        for _ in range(100_000):
            if any(isinstance(o, kind) and _has(o, fields) for o in self.out[seen:]):
                return self
            assert not self.session.finished, f"the workout ended without {kind.__name__} {fields}"
            self.clock = round(self.clock + 0.02, 6)
            self.out += self.session.advance(self.clock)
        raise AssertionError(f"no {kind.__name__} {fields}")

    def until_line(self, text: str) -> Watched:
        """Let time pass until this line begins."""
        while self.lines()[-1:] != [text]:
            assert not self.session.finished, f"the workout ended without {text!r}"
            self.run(0.02)
        return self

    def say(self, words: str, by: By = "voice") -> Watched:
        order = self.english.order(words)
        assert order is not None, words
        obey(self.session, order, self.clock, by)
        return self

    def give(self, command: Command, number: int | None = None) -> Watched:
        obey(self.session, Order(command, number), self.clock)
        return self

    def events(self, *kinds: type[Happening]) -> list[Happening]:
        return [o for o in self.out if isinstance(o, kinds)]

    def lines(self) -> list[str]:
        return [o.text for o in self.out if isinstance(o, Say)]

    def transcript(self) -> str:
        return "\n".join(f"{o.at:7.2f} {o}" for o in self.out)


def _has(event: Event, fields: dict[str, object]) -> bool:
    return all(getattr(event, key) == value for key, value in fields.items())


def spoken(out: Iterable[object]) -> list[Say]:
    return [o for o in out if isinstance(o, Say)]
