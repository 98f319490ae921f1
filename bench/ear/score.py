"""From what was said and what was done to the figures of the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.ear.scenes import Scene
from bench.ear.systems import ENGLISH, Outcome
from coach.language.commands import Command

_LATEST = 1.9
"""Seconds after its end until which a command can still be obeyed."""


@dataclass
class Score:
    given: int = 0
    obeyed: int = 0
    mistaken: int = 0
    """Commands issued that nobody gave, while somebody gave another."""
    false: int = 0
    """Commands issued while nobody gave any."""
    seconds: float = 0.0
    computing: float = 0.0
    waits: list[float] = field(default_factory=list)
    """End of word to obeyed, computing included."""
    stop_waits: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def score(scene: Scene, outcome: Outcome) -> Score:
    result = Score(given=len(scene.spoken), seconds=scene.seconds, computing=outcome.computing)
    left = [
        (text, order, at, took)
        for (text, at), took in zip(outcome.obeyed, outcome.slowest or [0.0] * len(outcome.obeyed), strict=True)
        if (order := ENGLISH.order(text)) and (order.command is Command.NUMBER) is scene.numbers
    ]
    for spoken in scene.spoken:
        meant = ENGLISH.order(spoken.phrase)
        within = [it for it in left if spoken.start - 0.1 <= it[2] <= spoken.end + _LATEST]
        right = [it for it in within if it[1] == meant]
        # "Stop" acts before "stop workout" is over; that is no mistake but how the fast ones work.
        begun = [it for it in within if it[1] != meant and spoken.phrase.startswith(f"{it[0]} ")]
        left = [it for it in left if it not in within]
        if right:
            result.obeyed += 1
            wait = right[0][2] + right[0][3] - spoken.end
            if outcome.timed:
                result.waits.append(wait)
            if outcome.timed and spoken.phrase in ("stop", "ouch"):
                result.stop_waits.append(wait)
        else:
            heard = [f"{it[0]}: taken" for it in within]
            heard += [
                f"{text}: {reason}"
                for text, reason, at in outcome.rejected
                if spoken.start - 0.1 <= at <= spoken.end + _LATEST
            ]
            opened = any(spoken.start - 0.3 < at < spoken.end + 0.3 for at in outcome.openings)
            result.misses.append(
                f"{spoken.phrase} ({spoken.voice}; {'; '.join(heard) or ('nothing' if opened else 'not opened')})"
            )
        result.mistaken += len([it for it in within if it not in right and it not in begun])
    result.false = len(left)
    return result


def quantiles(waits: Iterable[float]) -> str:
    ordered = sorted(waits)
    if not ordered:
        return "-"

    def at(share: float) -> float:
        return ordered[min(round(share * len(ordered)), len(ordered) - 1)]

    return f"{at(0.5):.2f} / {at(0.95):.2f} s"
