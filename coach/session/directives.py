"""What the session asks of the loop. Each is to happen at `at`, in seconds on the audio clock; Events count too."""

from __future__ import annotations

from dataclasses import dataclass

from coach.language.delivery import Earcon, Pace, Priority


@dataclass(frozen=True)
class Say:
    """A line begins to be said."""

    at: float
    text: str
    priority: Priority
    pace: Pace = Pace.TALK


@dataclass(frozen=True)
class Tone:
    """An earcon begins."""

    at: float
    name: Earcon


@dataclass(frozen=True)
class Hush:
    """Fade out everything that sounds, at once."""

    at: float


@dataclass(frozen=True)
class Music:
    """Other programs' music: to be paused, or played again."""

    at: float
    plays: bool


@dataclass(frozen=True)
class Volume:
    """How loud the coach speaks from now on, 0 to 1 of full scale."""

    at: float
    level: float
