"""The moments of a workout, and how the athlete wants to be coached in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coach.language.manner import CountAt, Pacing, Verbosity
from coach.session.bands import UNNAMED, Bands
from coach.session.plan import Plan
from coach.session.standing import Part


class Mode(StrEnum):
    """What the session is doing."""

    OFFER = "offer"
    OPENING = "opening"
    BRIEFING = "briefing"
    SETTLING = "settling"
    COUNT_IN = "count in"
    WORK = "work"
    SWITCH = "switch"
    REST = "rest"
    ANSWER = "answer"
    PAUSED = "paused"
    HURT = "hurt"
    ASK_END = "ask end"
    CLOSING = "closing"
    FINISHED = "finished"


ON_HOLD = {Mode.PAUSED, Mode.HURT, Mode.ASK_END}
"""Modes that wait for the athlete, with what they interrupted put aside."""
BEFORE_SET = {Mode.BRIEFING, Mode.SETTLING}
"""Modes in which the athlete gets into position."""
UNTOLD = {Mode.OPENING, Mode.REST, Mode.CLOSING}
"""Modes before anything was told about the exercise that comes next, or after the last."""
REBUILT = {Mode.WORK, Mode.COUNT_IN}
"""Modes that are entered anew with a count-in after an interruption; the others go on where they were."""

MOMENTS = {
    Mode.OFFER: "offer",
    Mode.WORK: "working",
    Mode.COUNT_IN: "working",
    Mode.SWITCH: "working",
    Mode.REST: "resting",
    Mode.PAUSED: "paused",
    Mode.HURT: "hurt",
    Mode.ASK_END: "asking",
    Mode.CLOSING: "closing",
}
"""What the language calls a mode, where it does not call it "settling"."""


@dataclass(frozen=True)
class Manner:
    """How the athlete wants to be coached."""

    settle: float = 15.0
    """Seconds from the end of a briefing until the set starts by itself; 0 waits for "ready"."""
    verbosity: Verbosity = "coach"
    volume: float = 0.8
    ask_effort: bool = True
    presence: bool = True
    """A soft sound where nothing else was heard for a while."""
    pacing: Pacing = "coach"
    count_at: CountAt = "end"
    bands: Bands = UNNAMED
    """Those that the athlete has."""
    kit: tuple[str, ...] = ()
    """What the athlete has, where that is known: mini band, long band, chair."""
    rate: int = 175
    """Words a minute."""
    pitch: int = 50
    """0 to 100."""
    voice: str = ""
    """The synthesiser's; empty for the language's own."""


@dataclass(frozen=True)
class Offer:
    """A workout that was broken off, to be gone on with from the set at `index`."""

    plan: Plan
    index: int
    part: Part | None = None
    """What was done of that set."""
