"""What an ear tells: somebody began to speak, stopped, and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.ear.decide.judge import Utterance


@dataclass(frozen=True)
class Opened:
    """Somebody who is not the coach began to speak. All times here are seconds on the loudspeaker's clock."""

    at: float


@dataclass(frozen=True)
class Closed:
    """They stopped."""

    at: float


@dataclass(frozen=True)
class Decision:
    """What was made of an utterance."""

    text: str
    accepted: bool
    reason: str
    """Why it was rejected; empty when it was accepted."""
    start: float
    end: float
    """When the speech ended, as near as is known: for an early decision the time it was made."""
    decided: float
    early: bool = False
    """Made while the speech went on: a longer decision about the same utterance may follow."""
    doubtful: bool = False
    """Not accepted, but likely enough to ask whether it was said."""
    unanswered: bool = False
    """Somebody spoke to the coach, as far as can be told, and it was not obeyed."""
    utterance: Utterance | None = field(default=None, compare=False, repr=False)
    """What it was judged by; None for an early one."""
