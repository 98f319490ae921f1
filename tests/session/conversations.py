"""Random workouts: any routine, any settings, any orders at any moments. The same number gives the same workout."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from coach import language
from coach.language import Language
from coach.language.commands import Command, Order
from coach.language.delivery import Pace
from coach.own import paths
from coach.routine.by_ear import estimated_seconds
from coach.routine.library import Library
from coach.routine.model import Circuit, Range, Routine, Work
from coach.session import events
from coach.session.directives import Hush, Say
from coach.session.modes import ON_HOLD, Manner, Mode
from coach.session.orders import obey
from coach.session.plan import make_plan
from coach.session.script import Script
from coach.session.session import Session
from coach.session.timeline import Directive

ROUTINES = (
    "accessory-bands",
    "beginner-bands",
    "hotel-room",
    "lower-body-bands",
    "no-band",
    "prerun-warmup",
    "standing-only",
)
SMALL: tuple[tuple[tuple[str, int, int, float], ...], ...] = (
    (("banded clamshell", 2, 4, 30), ("bent-over band row", 2, 5, 30), ("banded glute bridge", 2, 6, 20)),
    (("banded glute kickback", 1, 3, 20), ("bent-over band row", 2, 4, 30), ("banded clamshell", 1, 4, 20)),
    (("tall-kneeling band pull-apart", 2, 4, 30), ("banded clamshell", 1, 3, 20)),
    (("bent-over band row", 2, 4, 30), ("banded clamshell", 1, 6, 20)),
)
"""Exercise, sets, reps and rest: as people's own routines were found to go wrong."""
WEIGHTS = {Command.END: 0.3, Command.SLEEP: 0.2, Command.EASIER: 3, Command.HARDER: 2, Command.READY: 2}
"""How often an order is given beside the others; the end and sleep leave nothing to be tried."""
Happening = TypeVar("Happening", bound=events.Event)
UNHURRIED = (0.3, 2.0, 6.0, 15.0, 40.0, 90.0)
"""Seconds between two orders, about ..."""
HASTY = (0.15, 0.3, 0.5, 1.0, 1.5, 3.0, 5.0, 20.0)
"""... and of somebody who has said the next before the one before is answered."""
PATIENCE = 400
"""Orders to go on after which a workout is taken to hang."""


@dataclass(frozen=True)
class Line:
    """A line as it was heard."""

    say: Say
    until: float
    cut: bool

    @property
    def at(self) -> float:
        return self.say.at

    @property
    def text(self) -> str:
        return self.say.text


@cache
def english() -> Language:
    return language.load()


@cache
def library() -> Library:
    return Library([paths.routines()])


def routine(chance: random.Random) -> Routine:
    """One of the seven, a small one, or a circuit."""
    kind = chance.random()
    if kind < 0.5:
        return library().routine(chance.choice(ROUTINES))
    if kind < 0.85:
        blocks: tuple[Work | Circuit, ...] = tuple(_work(*each) for each in chance.choice(SMALL))
    else:
        plank = Work("plank", _rung("forearm plank")[1], Range(1, 1), Range(20, 30), "second", 10, 10)
        blocks = (Circuit(Range(2, 2), 20, (_work("banded squat", 1, 8, 10), plank)),)
    return Routine("small", "Small", blocks, library().families, library=library().families)


def _rung(name: str) -> tuple[str, int]:
    found = ((f.name, v.rung) for f in library().families.values() for v in f.variants if v.name == name)
    return next(found)


def _work(name: str, sets: int, reps: int, rest: float) -> Work:
    family, rung = _rung(name)
    return Work(family, rung, Range(sets, sets), Range(reps, reps), "rep", rest, rest)


def manner(chance: random.Random) -> Manner:
    """How somebody may have set the coach up."""
    return Manner(
        settle=chance.choice([15.0, 15.0, 15.0, 0.0, 1.0, 60.0]),
        verbosity=chance.choice(["coach", "coach", "counts", "sounds"]),
        ask_effort=chance.random() < 0.7,
        pacing=chance.choice(["coach", "coach", "coach", "self"]),
        count_at=chance.choice(["end", "top"]),
        rate=chance.choice([175, 175, 120, 300]),
    )


class Conversation:
    """A workout in which an athlete says anything at any moment, and all that came of it."""

    def __init__(self, seed: int, gaps: Sequence[float] = UNHURRIED) -> None:
        chance = random.Random(seed)
        self._begin(routine(chance), manner(chance))
        self._talk(chance, gaps)

    @classmethod
    def scripted(cls, routine: Routine, said: Sequence[tuple[float, str]]) -> Conversation:
        """A workout with what is said at these seconds, and then only what lets it go on."""
        talk = cls.__new__(cls)
        talk._begin(routine, Manner())
        for at, words in said:
            talk._pass(at - talk.clock)
            order = english().order(words)
            assert order is not None, words
            obey(talk.session, order, talk.clock)
        talk._finish()
        return talk

    def _begin(self, routine: Routine, manner: Manner) -> None:
        self.plan = make_plan(routine)
        self.manner = manner
        self._rate = self.manner.rate
        self.session = Session(self.plan, Script(english(), self.plan), self.measure, self.manner, None, self._tuned)
        self.out: list[Directive] = []
        self._until: list[float] = []
        """Where each of `out` would end."""
        self.clock = 0.0

    def measure(self, text: str, pace: Pace) -> float:
        """A voice at so many words a minute."""
        return estimated_seconds(text) * 175 / (self._rate if pace is Pace.TALK else 250)

    def _tuned(self, manner: Manner) -> bool:
        self._rate = manner.rate
        return True

    def _talk(self, chance: random.Random, gaps: Sequence[float]) -> None:
        commands = list(Command)
        weights = [WEIGHTS.get(command, 1.0) for command in commands]
        for _ in range(chance.randrange(14)):
            self._pass(chance.choice(gaps) * chance.uniform(0.5, 1.5))
            command = chance.choices(commands, weights)[0]
            number = chance.randrange(13) if command is Command.NUMBER else None
            self._say(command, number, chance.choice(self.plan.slots).family.name)
        self._finish()

    def _finish(self) -> None:
        for _ in range(PATIENCE):
            self._pass(600.0)
            if self.session.finished:
                return
            self._go_on()
        raise AssertionError("the workout does not end")

    def _go_on(self) -> None:
        if self.session.asleep:
            self._say(Command.WAKE)
        elif self.session.mode in ON_HOLD - {Mode.ASK_END}:
            self._say(Command.RESUME)
        else:
            self._say(Command.DONE if self.session.self_paced else Command.READY)

    def _say(self, command: Command, number: int | None = None, family: str = "") -> None:
        obey(self.session, Order(command, number, family if command is Command.SKIP_TO else ""), self.clock)

    def _pass(self, seconds: float) -> None:
        end = self.clock + seconds
        while self.clock < end and not self.session.finished and not (self.session.waiting and seconds >= 600):
            self.clock = min(end, self.clock + 0.25)
            self.out += self.session.advance(self.clock)
            for item in self.out[len(self._until) :]:
                self._until.append(item.at + (self.measure(item.text, item.pace) if isinstance(item, Say) else 0.0))

    def lines(self) -> list[Line]:
        """What was heard, each line until it ended or was cut by silence."""

        lines = []
        for place, item in enumerate(self.out):
            if isinstance(item, Say):
                until = self._until[place]
                hush = next((o.at for o in self.out[place:] if o.at >= until or isinstance(o, Hush)), until)
                lines.append(Line(item, min(until, hush), hush < until - 1e-6))
        return lines

    def events(self, *kinds: type[Happening]) -> list[Happening]:
        return [o for o in self.out if isinstance(o, kinds)]

    def transcript(self, around: float | None = None) -> str:
        """What came, as text; 40 seconds each way of a moment where one is named."""
        return "\n".join(
            f"{o.at:8.2f} {o.text if isinstance(o, Say) else o}"
            for o in self.out
            if around is None or abs(o.at - around) < 40
        )
