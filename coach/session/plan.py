"""A routine made concrete: which variant, how many sets, how many reps, in which order.

The routine says 2-3 sets of 8-12; a plan says three sets of eight, the second of them fifth in the workout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.routine.by_ear import estimated_seconds
from coach.routine.model import Circuit, Family, Routine, Unit, Variant, Work

DEFAULT_REPS = 10
"""For a variant counted in reps where the routine's dose is in seconds."""

SWITCH_SECONDS = 4.0
ROLL_OVER_SECONDS = 8.0

OPENING_SECONDS = 5.0
"""About what is said before the first exercise is named."""
NAMED_SECONDS = 13.0
"""About what goes before the set-up of another exercise: the length of the rest, and what comes next."""
SETTLE_SECONDS = 20.5
"""About what lies between a set-up and its first rep: "ready when you are", fifteen seconds, the count-in."""
CLOSING_SECONDS = 14.0
"""About the last question and the summary."""
MOVE_BREATH = 1.2
"""Seconds after each line that asks the body to do something."""


@dataclass(frozen=True)
class Choice:
    """What progression, resuming or the athlete chose for one slot, within the routine's ranges."""

    rung: int
    sets: int
    """0: the exercise is left out."""
    amount: int
    """In the routine's own unit."""
    band: str = ""
    """Which of the athlete's bands, by its name; empty for the lightest."""
    times: int = 0
    """In how many earlier workouts this rung was done."""


@dataclass(frozen=True)
class Slot:
    """One exercise of the routine; the same exercise twice has two slots."""

    number: int
    family: Family
    work: Work
    choice: Choice

    @property
    def variant(self) -> Variant:
        """The one that was chosen for today."""
        return self.family.variants[self.choice.rung]

    def unit(self, rung: int) -> Unit:
        """rep, step or second: what a set on this rung is counted in."""
        variant = self.family.variants[rung]
        return "second" if variant.hold else variant.unit

    def amount(self, rung: int, chosen: int) -> int:
        """How much a set on this rung is, `chosen` being the dose in the routine's own unit."""
        variant = self.family.variants[rung]
        if variant.hold == (self.work.unit == "second"):
            return chosen
        return variant.seconds.low if variant.hold else DEFAULT_REPS


@dataclass(frozen=True)
class PlannedSet:
    """A set as planned."""

    slot: int
    set: int
    """From 1, of this slot's sets."""
    of: int
    rest: float
    """Seconds of rest after it."""


@dataclass(frozen=True)
class Plan:
    """A routine laid out in sets."""

    routine: Routine
    slots: tuple[Slot, ...]
    sets: tuple[PlannedSet, ...]

    @property
    def used(self) -> tuple[Slot, ...]:
        """The slots that have sets."""
        wanted = {planned.slot for planned in self.sets}
        return tuple(slot for slot in self.slots if slot.number in wanted)

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Those that were chosen for today, of the slots that have sets."""
        return tuple(slot.variant for slot in self.used)

    @property
    def equipment(self) -> tuple[str, ...]:
        """What has to be at hand, in order of use."""
        used = (variant.equipment for variant in self.variants)
        return tuple(dict.fromkeys(name for name in used if name and name != "none"))

    @property
    def needs(self) -> tuple[str, ...]:
        """What the room must have beside the equipment, in order of use."""
        return needed(self.variants)

    @property
    def seconds(self) -> float:
        """About how long the workout takes, if nobody says anything."""
        return OPENING_SECONDS + remaining_seconds(
            self, self.sets, [s.choice.rung for s in self.slots], [s.choice.amount for s in self.slots]
        )


def needed(variants: Iterable[Variant]) -> tuple[str, ...]:
    """What the room must have for these beside their equipment, in order of use."""
    return tuple(dict.fromkeys(need for variant in variants for need in variant.needs))


def make_plan(routine: Routine, choices: Mapping[int, Choice] | None = None) -> Plan:
    """Resolve every range: to the low end, or to what `choices` says for a slot; no sets leave a slot out."""
    slots: list[Slot] = []
    for number, work in enumerate(works(routine.blocks)):
        choice = (choices or {}).get(number) or Choice(work.rung, work.sets.low, work.amount.low)
        slots.append(Slot(number, routine.families[work.family], work, choice))
    sets = _sets(routine.blocks, iter(slots))
    return Plan(routine, tuple(slots), tuple(_numbered(sets)))


def works(blocks: Sequence[Work | Circuit]) -> Iterator[Work]:
    """Every exercise in its order: its place among them is its slot."""
    for block in blocks:
        if isinstance(block, Circuit):
            yield from works(block.blocks)
        else:
            yield block


def _sets(blocks: Sequence[Work | Circuit], slots: Iterator[Slot]) -> list[tuple[int, float]]:
    """(slot, rest after) of every set, in the order they are done."""
    done: list[tuple[int, float]] = []
    for block in blocks:
        if isinstance(block, Circuit):
            one_round = _sets(block.blocks, slots)
            if one_round:
                last_slot, _ = one_round[-1]
                done += [*one_round[:-1], (last_slot, block.rest)] * block.rounds.low
        else:
            slot = next(slots)
            if slot.choice.sets:
                done += [(slot.number, block.rest)] * (slot.choice.sets - 1) + [(slot.number, block.rest_after)]
    return done


def _numbered(sets: list[tuple[int, float]]) -> Iterator[PlannedSet]:
    count: dict[int, int] = {}
    slots = [slot for slot, _ in sets]
    for slot, rest in sets:
        count[slot] = count.get(slot, 0) + 1
        yield PlannedSet(slot, count[slot], slots.count(slot), rest)


def side_seconds(slot: Slot, rung: int, amount: int, stretch: float = 1.0) -> float:
    """How long one side of a set takes."""
    variant = slot.family.variants[rung]
    return float(amount) if variant.hold else amount * variant.tempo.seconds * stretch


def switch_seconds(variant: Variant) -> float:
    """Time to move from one side to the other."""
    return ROLL_OVER_SECONDS if variant.switch else SWITCH_SECONDS


def briefing_seconds(variant: Variant) -> float:
    """How much time a new exercise's set-up takes, until its first rep."""
    told = [line for line in (*variant.setup, variant.move, variant.brace) if line]
    return sum(estimated_seconds(line) + MOVE_BREATH for line in told) + SETTLE_SECONDS


def remaining_seconds(plan: Plan, sets: Sequence[PlannedSet], rungs: Sequence[int], amounts: Sequence[int]) -> float:
    """About how long these sets, their rests and their briefings take."""
    total = CLOSING_SECONDS
    rest = 0.0
    for planned in sets:
        slot = plan.slots[planned.slot]
        rung = rungs[planned.slot]
        variant = slot.family.variants[rung]
        sides = max(1, len(variant.sides))
        total += sides * side_seconds(slot, rung, amounts[planned.slot]) + (sides - 1) * switch_seconds(variant)
        total += max(rest, NAMED_SECONDS + briefing_seconds(variant)) if planned.set == 1 else rest
        rest = planned.rest
    return total
