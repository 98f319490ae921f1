"""What happened: the one truth that captions, journal, --events, tests and benchmarks read.

Every event's `at` is in seconds on the audio clock since the session began. Its name in the stream is its class's,
in snake case. Fields that are None are left out of the record. The names and meanings are a promise to users.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from typing import Any, Literal

from coach.errors import Device
from coach.language.delivery import PriorityName
from coach.routine.model import Unit

SetEnd = Literal["completed", "done", "skipped", "hurts", "ended"]
"""Why a set was over; done: the athlete said so."""
Swap = Literal["easier", "harder", "hurts", "undo", "progression", "replaced"]
"""Why another variant took the place of one; replaced: by one of another family, for today."""
BandSwap = Literal["heavier", "lighter", "took", "undo"]
"""Why another band is used; took: the athlete said that it is on."""
Status = Literal["completed", "ended", "left waiting", "interrupted"]
"""How a session was over; ended: the athlete said so."""
By = Literal["voice", "key", "typed", "page", "script"]
"""How a command came."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something happened, `at` so many seconds after the session began."""

    at: float

    @classmethod
    def name(cls) -> str:
        """What it is called in the stream."""
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
        """The event as one line of JSON."""
        return json.dumps(self.record(), ensure_ascii=False)


@dataclass(frozen=True, kw_only=True)
class Waiting(Event):
    """`coach listen` waits to be called. Nothing that it hears meanwhile is told."""


@dataclass(frozen=True, kw_only=True)
class Woken(Event):
    """It was called, `at` seconds after it began to wait."""


@dataclass(frozen=True, kw_only=True)
class RoutineChosen(Event):
    """The athlete has chosen from the menu, whose times begin at 0 of their own."""

    routine: str
    """The routine's slug."""


@dataclass(frozen=True, kw_only=True)
class SessionStarted(Event):
    """The workout begins, or goes on from where it was broken off."""

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
    """An exercise was named: its set-up comes next."""

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
    """Another variant is done from here on."""

    family: str
    slot: int
    from_: str
    to: str
    why: Swap
    unit: Unit | None = None
    """What the set at hand is counted in now, where it has been begun, and ..."""
    amount: int | None = None
    """... how much of it there is to be, a side."""
    done: dict[str, int] | None = None
    """As in Undone."""
    variants: dict[str, dict[str, int]] | None = None
    """As in Undone."""
    over: list[str] | None = None
    """As in SetStarted."""

    def record(self) -> dict[str, Any]:
        """As in Event."""
        record = super().record()
        return {("from" if key == "from_" else key): value for key, value in record.items()}


@dataclass(frozen=True, kw_only=True)
class BandChanged(Event):
    """Another of the athlete's bands is used from here on; `to` is its name."""

    family: str
    exercise: str
    slot: int
    equipment: str
    to: str
    why: BandSwap


@dataclass(frozen=True, kw_only=True)
class SetStarted(Event):
    """The first rep of a set begins."""

    exercise: str
    family: str
    slot: int
    set: int
    """From 1, of this exercise."""
    of: int
    amount: int
    """Reps or steps a side, or seconds of a hold."""
    unit: Unit
    index: int
    """The set's place in the whole workout, from 0: what resuming goes by."""
    side: str | None = None
    tempo: str | None = None
    band: str | None = None
    """Which of the athlete's bands, where the settings name more than one."""
    left: float | None = None
    """About how many seconds the workout still takes from here."""
    done: dict[str, int] | None = None
    """What was done of it, by side, before the workout was broken off in it."""
    variants: dict[str, dict[str, int]] | None = None
    """The same for each variant."""
    over: list[str] | None = None
    """The sides of which the athlete has said that they are done, with less than there was to be."""


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
    """A second of a hold is over."""

    n: int
    of: int
    side: str | None = None


@dataclass(frozen=True, kw_only=True)
class SideChanged(Event):
    """The set goes on with another side."""

    side: str


@dataclass(frozen=True, kw_only=True)
class SideOver(Event):
    """The athlete says that a side is done, with other than what was to be done or was counted."""

    side: str
    done: int
    """What counts from now on."""


@dataclass(frozen=True, kw_only=True)
class SetFinished(Event):
    """`done` counts every side: {"right leg": 12, "left leg": 9}; {"": 12} where there are no sides."""

    exercise: str
    family: str
    slot: int
    set: int
    of: int
    amount: int
    unit: Unit
    index: int
    done: dict[str, int]
    tempo: str
    why: SetEnd
    band: str | None = None
    """As in SetStarted."""
    variants: dict[str, dict[str, int]] | None = None
    """What was done in each variant, by side, where part of the set was done in another than `exercise`."""
    over: list[str] | None = None
    """As in SetStarted."""


@dataclass(frozen=True, kw_only=True)
class SetCorrected(Event):
    """The athlete says that more or less was done in a set that is over, or takes that back."""

    exercise: str
    index: int
    done: dict[str, int]
    """What counts from now on, as in SetFinished."""
    variants: dict[str, dict[str, int]] | None = None
    """As in SetFinished."""


@dataclass(frozen=True, kw_only=True)
class Effort(Event):
    """The athlete's answer to "how hard was that", 0 to 10."""

    family: str
    exercise: str
    slot: int
    effort: int


@dataclass(frozen=True, kw_only=True)
class RestStarted(Event):
    """A rest of a length that was said begins."""

    seconds: float
    """From here to the first rep, as it is said."""
    next: str | None = None
    index: int | None = None
    """The set that comes next, as in SetStarted: where resuming would begin."""
    planned: float | None = None
    """What the routine says, where it takes longer to get into position for what comes next."""


@dataclass(frozen=True, kw_only=True)
class RestFinished(Event):
    """The rest is over, and what comes next begins."""


@dataclass(frozen=True, kw_only=True)
class Said(Event):
    """A line was heard from `at` until `until`; `cut` when it was broken off there."""

    text: str
    until: float
    priority: PriorityName
    cut: bool = False


@dataclass(frozen=True, kw_only=True)
class Sounded(Event):
    """An earcon began."""

    tone: str


@dataclass(frozen=True, kw_only=True)
class HeardSpeech(Event):
    """The ear made up its mind about something that was said."""

    text: str
    command: str | None
    accepted: bool
    reason: str
    speech_end: float

    @classmethod
    def name(cls) -> str:
        """As in Event."""
        return "heard"

    def record(self) -> dict[str, Any]:
        """As in Event."""
        return super().record() | {"command": self.command}


@dataclass(frozen=True, kw_only=True)
class CommandGiven(Event):
    """The athlete asked for something, and was understood."""

    command: str
    number: int | None = None
    family: str | None = None
    by: By = "voice"
    text: str | None = None
    """The phrase that was typed, or that a key or a tap stands for; what was spoken is in `heard`."""

    @classmethod
    def name(cls) -> str:
        """As in Event."""
        return "command"


@dataclass(frozen=True, kw_only=True)
class Undone(Event):
    """A command was taken back."""

    command: str
    reopened: int | None = None
    """The set that had been finished and goes on: what SetFinished last said of this index no longer holds."""
    index: int | None = None
    """The set being done, or the one that comes next, now that it is undone: where resuming would begin."""
    done: dict[str, int] | None = None
    """What is done of that set, by side, where it has been begun."""
    variants: dict[str, dict[str, int]] | None = None
    """The same for each variant."""
    over: list[str] | None = None
    """As in SetStarted."""


@dataclass(frozen=True, kw_only=True)
class Paused(Event):
    """The workout stands still until the athlete wants to go on."""


@dataclass(frozen=True, kw_only=True)
class Resumed(Event):
    """It goes on."""


@dataclass(frozen=True, kw_only=True)
class DeviceLost(Event):
    """A microphone or loudspeaker is gone."""

    device: Device


@dataclass(frozen=True, kw_only=True)
class DeviceBack(Event):
    """It is there again."""

    device: Device


@dataclass(frozen=True, kw_only=True)
class SoundMissed(Event):
    """The computer was too slow for a moment: the loudspeaker had nothing to play, and all that follows is later."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class SoundLost(Event):
    """Sound was lost on its way to the loudspeaker or from the microphone, so much of it at least: the computer was too
    slow for a moment, and what was said then may not have been heard."""

    seconds: float


@dataclass(frozen=True, kw_only=True)
class Saved(Event):
    """A set is in the journal, on the disk."""

    index: int


@dataclass(frozen=True, kw_only=True)
class SessionFinished(Event):
    """The workout is over."""

    status: Status
    sets: int
    """Sets with work done in them."""
    seconds: float
