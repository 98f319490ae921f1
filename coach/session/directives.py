"""What the session asks of the loop. Each is to happen at `at`, in seconds on the audio clock; Events count too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Priority(IntEnum):
    """Who gives way: a line of a higher priority cuts one of a lower; the count is never cut nor late."""

    CHATTER = 0
    CUE = 1
    BRIEFING = 2
    COUNT = 3
    ANSWER = 4
    SAFETY = 5


class Pace(StrEnum):
    """How fast a line is spoken; each has its own words a minute in the settings."""

    TALK = "talk"
    COUNT = "count"


@dataclass(frozen=True)
class Say:
    at: float
    text: str
    priority: Priority
    pace: Pace = Pace.TALK


@dataclass(frozen=True)
class Tone:
    """An earcon: heard, not_understood, paused, resumed, tick, count_in, halfway, rest, done, swap."""

    at: float
    name: str


@dataclass(frozen=True)
class Hush:
    """Fade out everything that sounds, at once."""

    at: float


@dataclass(frozen=True)
class Volume:
    """How loud the coach speaks from now on, 0 to 1 of full scale."""

    at: float
    level: float
