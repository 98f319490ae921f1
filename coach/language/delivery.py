"""How a line is spoken: how fast, and which other lines give way to it."""

from __future__ import annotations

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
