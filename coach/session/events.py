"""What happened: the one truth that captions, journal, --events, tests and benchmarks read.

Every event's `at` is in seconds on the audio clock since the session began. Its name in the stream is its class's,
in snake case. Fields that are None are left out of the record. The names and meanings are a promise to users.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Event:
    at: float

    @classmethod
    def name(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def record(self) -> dict[str, Any]:
        """The event as it stands in the stream: at, event, then its own fields."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "at"}
        return {"at": round(self.at, 4), "event": self.name()} | {
            key: round(value, 4) if isinstance(value, float) else value
            for key, value in own.items()
            if value is not None
        }

    def line(self) -> str:
        return json.dumps(self.record(), ensure_ascii=False)


@dataclass(frozen=True, kw_only=True)
class SessionStarted(Event):
    routine: str
    """The routine's slug."""
    title: str
    sets: int
    """How many sets are planned."""
    seconds: float
    """About how long it will take."""
    index: int = 0
    """The set it begins with: more than 0 when it goes on from where an earlier one was broken off."""
    path: str | None = None
    """The routine's file, where it is not one that a name finds."""
    choices: list[dict[str, Any]] | None = None
    """What is worked with, by slot: family, exercise, rung, sets, amount (in the routine's unit) and of (how many
    sets of it the workout has, in all rounds)."""


@dataclass(frozen=True, kw_only=True)
class OfferAnswered(Event):
    """The athlete was asked whether to go on with a workout that had been broken off."""

    accepted: bool


@dataclass(frozen=True, kw_only=True)
class ExerciseStarted(Event):
    exercise: str
    """The variant's name."""
    family: str
    slot: int
    """Which of the routine's exercises this is, from 0; the same exercise twice in a routine has two slots."""
    of: int
    index: int | None = None
    """The set that comes next, as in SetStarted: where resuming would begin."""


@dataclass(frozen=True, kw_only=True)
class VariantChanged(Event):
    family: str
    slot: int
    from_: str
    to: str
    why: str
    """easier, harder, hurts, undo or progression."""

    def record(self) -> dict[str, Any]:
        record = super().record()
        return {("from" if key == "from_" else key): value for key, value in record.items()}


@dataclass(frozen=True, kw_only=True)
class SetStarted(Event):
    exercise: str
    family: str
    slot: int
    set: int
    """From 1, of this exercise."""
    of: int
    amount: int
    """Reps or steps a side, or seconds of a hold."""
    unit: str
    """rep, step or second."""
    index: int
    """The set's place in the whole workout, from 0: what resuming goes by."""
    side: str | None = None
    tempo: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rep(Event):
    """A rep (or step) was completed at `at`, the beat itself."""

    n: int
    of: int
    side: str | None = None


@dataclass(frozen=True, kw_only=True)
class Phase(Event):
    """A part of a rep began: effort, hold or return, by its word where the exercise names it."""

    phase: str
    n: int


@dataclass(frozen=True, kw_only=True)
class HoldSecond(Event):
    n: int
    of: int
    side: str | None = None


@dataclass(frozen=True, kw_only=True)
class SideChanged(Event):
    side: str


@dataclass(frozen=True, kw_only=True)
class SetFinished(Event):
    """`done` counts every side: {"right leg": 12, "left leg": 9}; {"": 12} where there are no sides."""

    exercise: str
    family: str
    slot: int
    set: int
    of: int
    amount: int
    unit: str
    index: int
    done: dict[str, int]
    tempo: str
    why: str
    """completed, done (the athlete said so), skipped, hurts, ended."""


@dataclass(frozen=True, kw_only=True)
class Effort(Event):
    """The athlete's answer to "how hard was that", 0 to 10."""

    family: str
    exercise: str
    slot: int
    effort: int


@dataclass(frozen=True, kw_only=True)
class RestStarted(Event):
    seconds: float
    next: str | None = None
    index: int | None = None
    """The set that comes next, as in SetStarted: where resuming would begin."""


@dataclass(frozen=True, kw_only=True)
class RestFinished(Event):
    pass


@dataclass(frozen=True, kw_only=True)
class Said(Event):
    """A line was heard from `at` until `until`; `cut` when it was broken off there."""

    text: str
    until: float
    priority: str
    cut: bool = False


@dataclass(frozen=True, kw_only=True)
class Sounded(Event):
    """An earcon began."""

    tone: str


@dataclass(frozen=True, kw_only=True)
class HeardSpeech(Event):
    text: str
    command: str | None
    accepted: bool
    reason: str
    speech_end: float

    @classmethod
    def name(cls) -> str:
        return "heard"

    def record(self) -> dict[str, Any]:
        return super().record() | {"command": self.command}


@dataclass(frozen=True, kw_only=True)
class CommandGiven(Event):
    command: str
    number: int | None = None
    by: str = "voice"
    """voice, key, typed or script."""

    @classmethod
    def name(cls) -> str:
        return "command"


@dataclass(frozen=True, kw_only=True)
class Undone(Event):
    """A command was taken back."""

    command: str
    reopened: int | None = None
    """The set that had been finished and goes on: what SetFinished last said of this index no longer holds."""
    index: int | None = None
    """The set being done, or the one that comes next, now that it is undone: where resuming would begin."""


@dataclass(frozen=True, kw_only=True)
class Paused(Event):
    pass


@dataclass(frozen=True, kw_only=True)
class Resumed(Event):
    pass


@dataclass(frozen=True, kw_only=True)
class DeviceLost(Event):
    device: str
    """microphone or loudspeaker."""


@dataclass(frozen=True, kw_only=True)
class DeviceBack(Event):
    device: str


@dataclass(frozen=True, kw_only=True)
class SoundMissed(Event):
    """The computer was too slow for a moment: the loudspeaker had nothing to play, and all that follows is later."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class Saved(Event):
    """A set is in the journal, on the disk."""

    index: int


@dataclass(frozen=True, kw_only=True)
class SessionFinished(Event):
    status: str
    """completed, ended, left waiting, interrupted."""
    sets: int
    """Sets with work done in them."""
    seconds: float
