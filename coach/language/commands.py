"""What an athlete can ask for. The phrases that mean each are data: coach/language/<code>.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Command(StrEnum):
    """What an athlete can ask for."""

    READY = "ready"
    NEXT = "next"
    SKIP_TO = "skip to"
    BACK = "back"
    PAUSE = "pause"
    RESUME = "resume"
    DONE = "done"
    EASIER = "easier"
    HARDER = "harder"
    HURTS = "hurts"
    SOMETHING_ELSE = "something else"
    NO_WALL = "no wall"
    NO_CHAIR = "no chair"
    HEAVIER = "heavier"
    LIGHTER = "lighter"
    BAND = "band"
    STUCK = "stuck"
    BAND_BROKE = "band broke"
    BAND_ROLLS = "band rolls"
    REPEAT = "repeat"
    EXPLAIN = "explain"
    WHY = "why"
    STATUS = "status"
    WHICH = "which"
    LENGTH = "length"
    REST_LEFT = "rest left"
    UPCOMING = "upcoming"
    PROGRESS = "progress"
    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    QUIETER = "quieter"
    TALK_MORE = "talk more"
    TALK_LESS = "talk less"
    TALK_FASTER = "talk faster"
    TALK_SLOWER = "talk slower"
    HIGHER_VOICE = "higher voice"
    DEEPER_VOICE = "deeper voice"
    ANOTHER_VOICE = "another voice"
    MORE_REST = "more rest"
    SKIP_REST = "skip rest"
    EXTRA_SET = "extra set"
    AGAIN = "again"
    MORE = "more"
    DID = "did"
    OTHER_SIDE = "other side"
    UNDO = "undo"
    END = "end"
    YES = "yes"
    NO = "no"
    NUMBER = "number"
    HELP = "help"
    MUSIC_OFF = "music off"
    MUSIC_ON = "music on"
    WAKE = "wake"
    SLEEP = "sleep"


UNNAMED = frozenset({Command.NUMBER, Command.BAND, Command.SKIP_TO})
"""What has no phrase of its own: a number, or a name that is the athlete's or the routine's, belongs to it."""


@dataclass(frozen=True)
class Order:
    """A command as given: by voice, by key, typed or from a script."""

    command: Command
    number: int | None = None
    """With Command.NUMBER: zero to one hundred. With BAND: which of the athlete's bands, from 0. With MORE and DID: how
    many, where that was said."""
    family: str = ""
    """With SKIP_TO: that of the exercise."""
    timed: bool = field(default=False, compare=False)
    """With STATUS: whether it was asked how long is left, rather than how many."""
    leaves: bool = field(default=False, compare=False)
    """With PAUSE: whether it means to have no more of it, rather than a moment's silence."""
    declines: bool = field(default=False, compare=False)
    """With PAUSE: whether it is a no where something was asked."""
    text: str = field(default="", compare=False)
    """The phrase that meant it, where there was one."""
    reassures: bool = field(default=False, compare=False)
    """With RESUME: whether it says how the athlete is, rather than what to do."""
    unwell: bool = field(default=False, compare=False)
    """With STUCK: whether it is the athlete that something is wrong with, rather than the exercise."""
    sure: bool = field(default=False, compare=False)
    """With DONE: whether it was asked if the sides to come are to be left out."""
    of_load: bool = field(default=False, compare=False)
    """With EASIER and HARDER: whether it is about the load, rather than the exercise."""
