"""Which workouts to offer, and why: the same answer to the same history, at the same hour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from coach.session.plan import Plan

Reason = Literal["unfinished", "usual", "waiting", "new", "short", ""]
"""Why a workout is offered; empty where nothing speaks for it in particular."""

OFFERED = 3
"""So many at a time: more are not remembered by ear."""
AT_THIS_HOUR = 2.0
"""Hours around the present one in which a workout counts as done at this time of day."""
LATELY = timedelta(days=60)
REST = timedelta(hours=20)
"""A workout that was done more recently is rather not offered again."""
NEARLY = 1.2
"""A workout may be so many times as long as was asked for."""
_SHORT, _LONG = 12, 20
"""Minutes up to which, and from which on, a workout is short or long."""


@dataclass(frozen=True)
class Candidate:
    """A workout that can be chosen."""

    slug: str
    plan: Plan
    """As it would be done today."""
    names: tuple[str, ...] = ()
    """What it is called, in words that can be said."""
    on_floor: bool = False
    """Some of it is done lying, kneeling or sitting."""
    lacking: bool = False
    """It needs what the athlete does not have."""

    @property
    def title(self) -> str:
        """As it is announced."""
        return self.plan.routine.title

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return max(1, round(self.plan.seconds / 60))


@dataclass(frozen=True)
class Done:
    """A workout that was begun once."""

    slug: str
    when: datetime
    """The athlete's own time."""
    finished: bool = True


@dataclass(frozen=True)
class Wish:
    """What the athlete said about it. Later wishes are added to earlier ones."""

    minutes: int | None = None
    """At most about so many."""
    short: bool = False
    long: bool = False
    no_floor: bool = False
    no_band: bool = False

    def suits(self, candidate: Candidate) -> bool:
        """Whether a workout is like that."""
        return not (
            (self.minutes is not None and candidate.minutes > self.minutes * NEARLY)
            or (self.short and candidate.minutes > _SHORT)
            or (self.long and candidate.minutes < _LONG)
            or (self.no_floor and candidate.on_floor)
            or (self.no_band and any("band" in name.lower() for name in candidate.plan.equipment))
        )

    def misses(self, candidate: Candidate) -> float:
        """How far a workout is from it: what cannot be done at all weighs more than minutes."""
        missed = 0.0
        if self.no_floor and candidate.on_floor:
            missed += 100
        if self.no_band and candidate.plan.equipment:
            missed += 100
        wanted = self.minutes or (_SHORT if self.short else _LONG if self.long else candidate.minutes)
        return missed + abs(candidate.minutes - wanted)


@dataclass(frozen=True)
class Suggestion:
    """A workout to offer."""

    candidate: Candidate
    reason: Reason


def suggest(
    candidates: Sequence[Candidate],
    done: Sequence[Done],
    now: datetime,
    wish: Wish = Wish(),
    turned_down: Collection[str] = (),
) -> tuple[list[Suggestion], bool]:
    """Up to OFFERED workouts, the best first, and whether they are what was wished for; `done` may be in any order.

    Those that were `turned_down` come only where nothing else is left, and then from the top.
    """
    suiting = [candidate for candidate in candidates if wish.suits(candidate)]
    if not suiting:
        nearest = sorted(candidates, key=lambda it: (wish.misses(it), it.slug))[:OFFERED]
        return [Suggestion(candidate, "") for candidate in nearest], False
    left = [candidate for candidate in suiting if candidate.slug not in turned_down] or suiting
    weighed = [(_weigh(candidate, done, now, wish), candidate) for candidate in left]
    weighed.sort(key=lambda it: (-it[0][0], it[1].minutes, it[1].slug))
    return [Suggestion(candidate, reason) for (_, reason), candidate in weighed[:OFFERED]], True


def usual(candidates: Sequence[Candidate], done: Sequence[Done], now: datetime) -> Candidate | None:
    """What was done most often lately, of two the one done last; None where nothing was."""
    lately = [each for each in done if now - each.when <= LATELY] or list(done)
    known = {candidate.slug: candidate for candidate in candidates}
    times = [each for each in lately if each.slug in known]
    if not times:
        return None
    count = {each.slug: sum(other.slug == each.slug for other in times) for each in times}
    return known[max(times, key=lambda each: (count[each.slug], each.when)).slug]


def _weigh(candidate: Candidate, done: Sequence[Done], now: datetime, wish: Wish) -> tuple[float, Reason]:
    """How much speaks for it, and what speaks for it most."""
    own = sorted((each for each in done if each.slug == candidate.slug), key=lambda each: each.when)
    reasons: list[tuple[float, Reason]] = []
    if own and not own[-1].finished and now - own[-1].when <= LATELY:
        reasons.append((3.0, "unfinished"))
    at_this_hour = [each for each in done if _hours_apart(each.when, now) <= AT_THIS_HOUR]
    here = sum(each.slug == candidate.slug for each in at_this_hour)
    if here >= 2:
        reasons.append((2.0 + here / len(at_this_hour), "usual"))
    if len(own) >= 2 and now - own[-1].when > timedelta(days=7):
        reasons.append((1.0 + min(1.0, (now - own[-1].when) / LATELY), "waiting"))
    if done and not own:
        reasons.append((1.0, "new"))
    if candidate.minutes <= _SHORT and (now.hour < 9 or now.hour >= 21):
        reasons.append((0.5, "short"))
    weight, reason = max(reasons, default=(0.0, ""))
    if own and now - own[-1].when < REST and reason != "unfinished":
        weight, reason = weight - 3, ""
    if candidate.lacking:
        weight -= 10
    if wish.minutes is not None:
        weight -= abs(candidate.minutes - wish.minutes) / 10
    return weight, reason


def _hours_apart(one: datetime, other: datetime) -> float:
    """Between two times of the day, whatever the day."""
    minutes = abs((one.hour * 60 + one.minute) - (other.hour * 60 + other.minute))
    return min(minutes, 24 * 60 - minutes) / 60
