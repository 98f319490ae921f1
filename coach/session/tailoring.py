"""A plan for today only: fewer sets, fewer exercises. Nothing of it is remembered: progression sees sets that were not
done, not other choices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coach.session.plan import Plan

Kept = Mapping[int, int]
"""How many of its first sets each slot keeps; all of them where it is not named."""


@dataclass(frozen=True)
class Today:
    """What was agreed on before the workout began."""

    kept: Kept = field(default_factory=dict)
    announced: bool = False
    """The athlete has been told what the workout is."""


TODAY = Today()
"""Nothing was."""


def limited(plan: Plan, kept: Kept) -> Plan:
    """The same plan with no more than these sets. Where none would be left it stays as it is."""
    sets = [planned for planned in plan.sets if planned.set <= kept.get(planned.slot, planned.of)]
    if not sets:
        return plan
    of = {planned.slot: sum(other.slot == planned.slot for other in sets) for planned in sets}
    return replace(plan, sets=tuple(replace(planned, of=of[planned.slot]) for planned in sets))


def at_most(plan: Plan, sets: int) -> Kept:
    """So many sets of each exercise."""
    return {slot: min(sets, of) for slot, of in _sets(plan).items()}


def only(plan: Plan, family: str) -> Kept:
    """Nothing but this movement."""
    return {slot.number: 0 for slot in plan.slots if slot.family.name != family}


def starting_with(plan: Plan, family: str) -> Kept:
    """What comes before this movement is left out."""
    first = next((slot.number for slot in plan.slots if slot.family.name == family), 0)
    return {slot.number: 0 for slot in plan.slots if slot.number < first}


def shorter(plan: Plan) -> Kept:
    """A set less of each exercise; where each has one set already, the first two thirds of them."""
    sets = _sets(plan)
    if max(sets.values()) > 1:
        return {slot: max(1, of - 1) for slot, of in sets.items()}
    done = [slot for slot, of in sets.items() if of]
    return dict.fromkeys(done[-(len(done) // 3) :], 0) if len(done) >= 3 else {}


def _sets(plan: Plan) -> dict[int, int]:
    return {planned.slot: planned.of for planned in plan.sets}
