"""How a line is spoken: how fast, and which other lines give way to it."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Literal, cast

Earcon = Literal[
    "heard",
    "not_understood",
    "paused",
    "resumed",
    "tick",
    "tock",
    "count",
    "count_in",
    "swap",
    "rest",
    "done",
    "question",
    "here",
]
"""Short sounds that say what would take a sentence: audio/tones.py makes them."""


PriorityName = Literal["chatter", "cue", "briefing", "count", "answer", "safety"]
"""How the event stream calls a priority."""


class Priority(IntEnum):
    """Who gives way: a line of a higher priority cuts one of a lower; the count is never cut nor late."""

    CHATTER = 0
    CUE = 1
    BRIEFING = 2
    COUNT = 3
    ANSWER = 4
    SAFETY = 5

    @property
    def word(self) -> PriorityName:
        """As the event stream has it."""
        return cast(PriorityName, self.name.lower())


class Pace(StrEnum):
    """How fast a line is spoken; each has its own words a minute in the settings."""

    TALK = "talk"
    COUNT = "count"
