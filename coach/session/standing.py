"""Where the athlete stands in the workout: everything that a command can change and that undo gives back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from coach.routine.model import Tempo, Variant
from coach.session.beat import stretched
from coach.session.plan import Plan, PlannedSet, Slot, remaining_seconds


@dataclass(frozen=True)
class Part:
    """What was done of a set that was broken off."""

    family: str
    unit: str
    amount: int
    """As much of the unit as the set had, a side."""
    done: Mapping[str, int]
    """By side, in the order in which the sides were begun."""
    variants: Mapping[str, Mapping[str, int]]
    """The same for each variant that it was done in."""
    over: Collection[str] = ()
    """The sides that were said to be done with less than that."""


@dataclass
class Standing:
    """Where the athlete stands."""

    plan: Plan
    sets: list[PlannedSet]
    rungs: list[int]
    """Which variant is in use, by slot."""
    amounts: list[int]
    """Reps, steps or seconds a side, by slot."""
    bands: list[str]
    """Which of the athlete's bands is in use, by slot; empty for the lightest."""
    stretch: list[float]
    """How much slower than its tempo each slot is counted."""
    index: int = 0
    """The set being done, or the one that comes next."""
    side: int = 0
    extra: int = 0
    """How many more than planned this set has, a side."""
    done: list[int] = field(default_factory=list)
    """Completed in this set, by side."""
    over: set[int] = field(default_factory=set)
    """The sides of which the athlete has said that they are done, with fewer than there were to be."""
    carried: list[int] = field(default_factory=list)
    """How much of that was done before the variant at hand took over, by side."""
    earlier: dict[str, dict[str, int]] = field(default_factory=dict)
    """What of this set was done in each variant until then, by side."""
    turned: bool = False
    """Whether this exercise's set before ended on another side than this one begins with."""
    started: bool = False
    """Whether this set's first rep has begun."""
    begun: bool = False
    """Whether the side at hand has, since the athlete turned to it."""
    declined: frozenset[str] = frozenset()
    """Families that the athlete wanted something else for."""
    missing: frozenset[str] = frozenset()
    """Things that the athlete said are not there: a wall."""
    briefed: set[int] = field(default_factory=set)
    """The slots whose set-up has been told."""
    named: bool = True
    """Whether it has been said, in a rest, what comes after it."""

    @classmethod
    def at_start(cls, plan: Plan, index: int = 0, part: Part | None = None) -> Standing:
        """Before the set at `index`, or before what `part` leaves of it."""
        rungs = [slot.choice.rung for slot in plan.slots]
        amounts = [slot.amount(slot.choice.rung, slot.choice.amount) for slot in plan.slots]
        standing = cls(
            plan,
            list(plan.sets),
            rungs,
            amounts,
            [slot.choice.band for slot in plan.slots],
            [1.0] * len(plan.slots),
            index,
        )
        standing.begin_set(index)
        if part is not None:
            standing.take_up(part)
        return standing

    def copy(self) -> Standing:
        """The same, to be kept."""
        return Standing(
            self.plan,
            list(self.sets),
            list(self.rungs),
            list(self.amounts),
            list(self.bands),
            list(self.stretch),
            self.index,
            self.side,
            self.extra,
            list(self.done),
            set(self.over),
            list(self.carried),
            dict(self.earlier),
            self.turned,
            self.started,
            self.begun,
            self.declined,
            self.missing,
            set(self.briefed),
            self.named,
        )

    @property
    def set(self) -> PlannedSet:
        """The set at hand."""
        return self.sets[self.index]

    @property
    def slot(self) -> Slot:
        """Its place among the routine's exercises."""
        return self.plan.slots[self.set.slot]

    @property
    def variant(self) -> Variant:
        """The variant at hand."""
        return self.variant_of(self.set.slot)

    def variant_of(self, slot: int) -> Variant:
        """The variant in use for a slot."""
        return self.plan.slots[slot].family.variants[self.rungs[slot]]

    @property
    def unit(self) -> str:
        """What the set is counted in."""
        return self.slot.unit(self.rungs[self.set.slot])

    @property
    def amount(self) -> int:
        """How many a side."""
        return self.amounts[self.set.slot] + self.extra

    @property
    def tempo(self) -> Tempo:
        """The tempo it is counted at."""
        return stretched(self.variant.tempo, self.stretch[self.set.slot])

    @property
    def side_name(self) -> str | None:
        """The side at hand, where there are sides."""
        return self.variant.sides[self.side] if self.variant.sides else None

    @property
    def sides_done(self) -> dict[str, int]:
        """What was done, by side."""
        return dict(zip(self.variant.sides or ("",), self.done, strict=True))

    @property
    def sides_over(self) -> list[str]:
        """The sides that the athlete has said are done, by their names."""
        sides = self.variant.sides or ("",)
        return [sides[side] for side in sorted(self.over)]

    @property
    def variants_done(self) -> dict[str, dict[str, int]]:
        """What was done in each variant, by side, in the order in which they were first worked in."""
        sides = self.variant.sides or ("",)
        before = self.earlier.get(self.variant.name, {})
        here = {
            side: before.get(side, 0) + done - carried
            for side, done, carried in zip(sides, self.done, self.carried, strict=True)
        }
        return self.earlier | ({self.variant.name: here} if any(here.values()) else {})

    @property
    def last(self) -> bool:
        """Whether this is the last set."""
        return self.index == len(self.sets) - 1

    @property
    def mirrored(self) -> bool:
        """Whether left and right are the other way round than in the set-up, which is for the first side."""
        return len(self.variant.sides) == 2 and self.side == 1

    def begin_set(self, index: int) -> None:
        """Stand before this set, with nothing of it done."""
        self.turned = self.side != 0 and self.sets[index].slot == self.set.slot
        self.index = index
        self.side = 0
        self.extra = 0
        self.done = [0] * max(1, len(self.variant.sides))
        self.over = set()
        self.carried, self.earlier = list(self.done), {}
        self.started = self.begun = False

    def take_up(self, part: Part) -> None:
        """Stand in this set where it was broken off; at its beginning, where it cannot be compared with that."""
        sides = self.variant.sides or ("",)
        alike = (part.family, part.unit) == (self.variant.family, self.unit)
        if not alike or not {*part.done} <= {*sides}:
            return
        self.extra = part.amount - self.amount
        self.done = [part.done.get(side, 0) for side in sides]
        self.carried = list(self.done)
        self.earlier = {name: {**dict.fromkeys(sides, 0), **done} for name, done in part.variants.items()}
        self.over = {sides.index(side) for side in part.over if side in sides}
        begun = [sides.index(side) for side, done in part.done.items() if done]
        self.side = begun[-1] if begun else 0
        if self.side not in self.open_sides:
            following = self.open_side()
            self.side = self.side if following is None else following

    def add(self, amount: int) -> None:
        """Let this set have so many more, a side."""
        self.extra += amount

    def correct(self, side: int, n: int) -> None:
        """Let so many be done on a side, whatever was counted."""
        self.done[side] = n
        if n < self.carried[side]:
            name = (self.variant.sides or ("",))[side]
            self.carried[side] = n
            self.earlier = {
                variant: sides | {name: min(n, sides[name])} if name in sides else sides
                for variant, sides in self.earlier.items()
            }

    def set_up_anew(self, slot: int) -> None:
        """Let the set-up of a slot's exercise be told again before its next set."""
        self.briefed.discard(slot)

    @property
    def to_come(self) -> list[int]:
        """The slots of this set and those after it, each once, in their order."""
        return list(dict.fromkeys(planned.slot for planned in self.sets[self.index :]))

    @property
    def just_done(self) -> int:
        """The slot of the set before this one; this one's where there is none."""
        return self.sets[max(0, self.index - 1)].slot

    def turn_to(self, side: int) -> None:
        """Go on with this side."""
        self.side, self.begun = side, False

    def count_slower(self, stretch: float) -> None:
        """Count the exercise at hand so many times as slowly as its tempo says."""
        self.stretch[self.set.slot] = stretch

    def open_side(self) -> int | None:
        """The side to go on with after this one; None when every side is complete."""
        count = len(self.done)
        following = ((self.side + step) % count for step in range(1, count + 1))
        return next((side for side in following if side in self.open_sides), None)

    @property
    def open_sides(self) -> list[int]:
        """The sides of which some is still to be done."""
        return [side for side, done in enumerate(self.done) if done < self.amount and side not in self.over]

    def next_exercise(self) -> int | None:
        """The index of the first set after this one that is of another exercise."""
        return next((i for i in range(self.index + 1, len(self.sets)) if self.sets[i].slot != self.set.slot), None)

    def not_begun(self) -> int | None:
        """This set's index, where it is its exercise's first; None where the exercise has been begun."""
        fresh = self.index and self.sets[self.index - 1].slot != self.set.slot
        return self.index if fresh and not self.started else None

    def previous_exercise(self) -> int | None:
        """The index at which the exercise before this one began."""
        before = [i for i in range(self.index) if self.sets[i].slot != self.set.slot]
        if not before:
            return None
        first = before[-1]
        while first and self.sets[first - 1].slot == self.sets[first].slot:
            first -= 1
        return first

    def seconds_left(self) -> float:
        """About how long what is left of this set and all after it take, with their rests and briefings."""
        left = remaining_seconds(self.plan, self.sets[self.index :], self.rungs, self.amounts)
        return left - sum(self.done) * (1.0 if self.variant.hold else self.tempo.seconds)

    def swap(self, slot: int, rung: int) -> None:
        """Put another variant in, and keep the place in the set as far as the two can be compared."""
        old, was = self.variant_of(slot), self.amounts[slot]
        if slot == self.set.slot:
            self.earlier = self.variants_done
        unit = self.plan.slots[slot].unit(self.rungs[slot])
        self.rungs[slot] = rung
        new = self.variant_of(slot)
        if (unit == "second") != new.hold:
            self.amounts[slot] = self.plan.slots[slot].amount(rung, self.plan.slots[slot].choice.amount)
            self.extra = 0
        if slot != self.set.slot:
            return
        fraction = self.amounts[slot] / was
        done = [int(n * fraction) for n in self.done]
        if len(old.sides) != len(new.sides):
            # One count for both sides, or the same count for each: as far as this side had come.
            done, self.side, self.over = [done[self.side]] * max(1, len(new.sides)), 0, set()
        self.done, self.carried = done, list(done)

    def rung_without(self, slot: int, equipment: str) -> int | None:
        """The next easier variant for a slot that takes no equipment, where the one in use takes this."""
        if self.variant_of(slot).equipment != equipment:
            return None
        variants = self.plan.slots[slot].family.variants
        return next((rung for rung in range(self.rungs[slot] - 1, -1, -1) if variants[rung].equipment == "none"), None)

    def add_set(self, slot: int) -> None:
        """One more set of a slot, next in line. What stood next comes after it."""
        count = 1 + sum(planned.slot == slot for planned in self.sets)
        rest = max(planned.rest for planned in self.sets if planned.slot == slot)
        here = self.index if not self.started else self.index + 1
        self.sets.insert(here, PlannedSet(slot, 0, count, rest))
        order = 0
        for place, planned in enumerate(self.sets):
            if planned.slot == slot:
                order += 1
                self.sets[place] = PlannedSet(slot, order, count, planned.rest)
