"""Whether what was heard was a command. Every ground is a function of its own; the first that objects is the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from coach.ear.recognizer import UNKNOWN, Transcript


@dataclass(frozen=True)
class Utterance:
    """What is known of one stretch of speech when it is judged."""

    heard: Transcript
    """By the grammar of phrases, numbers and decoys."""
    freely: Transcript | None = None
    """By the unrestricted decoder, from the same samples."""
    coach_said: str = ""
    """The words the coach was saying, lower case, empty when he was silent."""
    seconds: float = 0.0
    """From where the speech began to where it ended."""


@dataclass(frozen=True)
class Bench:
    """What the grounds judge by."""

    phrases: frozenset[str]
    expected: frozenset[str] | None = None
    """The phrases that make sense in the session's present state; None for all."""
    thresholds: dict[str, float] = field(default_factory=dict)


Ground = Callable[[Utterance, Bench], str | None]
"""Returns what speaks against taking an utterance for a command, or None."""


def is_a_phrase(utterance: Utterance, bench: Bench) -> str | None:
    text = utterance.heard.text
    if text in bench.phrases:
        return None
    if not text.replace(UNKNOWN, "").strip():
        return "no known words"
    return "not a phrase"


def makes_sense_now(utterance: Utterance, bench: Bench) -> str | None:
    if bench.expected is None or utterance.heard.text in bench.expected:
        return None
    return "makes no sense now"


GROUNDS: tuple[Ground, ...] = (is_a_phrase, makes_sense_now)


def judge(utterance: Utterance, bench: Bench) -> str | None:
    """Why the utterance is rejected; None when it is a command."""
    return next((objection for ground in GROUNDS if (objection := ground(utterance, bench))), None)
