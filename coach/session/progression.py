"""How hard the next session is: a pure function of what was done before.

Within a routine's ranges the repetitions rise first, then the sets, then the rung of the ladder, which begins again at
the low end. A rise in repetitions takes one session in which every set was done in full; a set more or a rung more
takes two at the top of the range, each felt at most 7 of 10; of an athlete's several bands each is a rung of its own.
Two sessions in a row that fell short, or were said to be too hard, take one step back. Pain takes two rungs down, or
leaves the exercise out. What the athlete asked for in the last session stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from coach.language.manner import Strength
from coach.routine.equipment import there
from coach.routine.model import Family, Range, Routine, Work
from coach.session.bands import UNNAMED, Bands
from coach.session.plan import Choice, works

Chosen = TypeVar("Chosen", bound=Choice)

EASY = 7
"""The hardest a session may have felt, of ten, for more to be asked."""
TOO_HARD = 9
"""Felt like this, a session counts as too hard though it was done in full."""
SECONDS_MORE = 5


@dataclass(frozen=True)
class DoneSet:
    """A set as it was done."""

    amount: int
    """Asked for, a side."""
    least: int
    """Done on the side that got least."""
    of: int
    """How many sets of this exercise the workout had."""
    why: str
    """As in SetFinished."""


@dataclass(frozen=True)
class Result:
    """What came of one exercise in one session."""

    routine: str
    slot: int
    began: str
    """The variant chosen for it, and `ended` the one in use at the end."""
    ended: str
    sets: int
    """Chosen, as is the amount, in the routine's unit; no sets where the exercise was left out."""
    amount: int
    done: tuple[DoneSet, ...] = ()
    effort: int | None = None
    hurt: tuple[str, ...] = ()
    """The variants in which pain was reported."""
    asked: tuple[str, ...] = ()
    """easier or harder, in order, as the athlete asked and did not take back; since the last pain."""
    band: str = ""
    """Which of the athlete's bands was in use at the end, by its name."""

    @property
    def left_out(self) -> bool:
        """Whether the exercise was left out."""
        return not self.sets and not self.done

    @property
    def telling(self) -> bool:
        """Something came of it: the session did not just end before its turn."""
        return bool(self.done or self.hurt or self.asked or self.left_out)

    @property
    def in_full(self) -> bool:
        """Whether all that was planned was done."""
        full = sum(done.least >= done.amount for done in self.done)
        return bool(self.done) and full >= self.done[0].of and not self.too_hard

    @property
    def easy(self) -> bool:
        """Whether it was easy."""
        return self.in_full and (self.effort is None or self.effort <= EASY)

    @property
    def too_hard(self) -> bool:
        """Whether it was too hard."""
        return "easier" in self.asked or (self.effort is not None and self.effort >= TOO_HARD)

    @property
    def fell_short(self) -> bool:
        """The athlete ended a set early. One that was skipped or cut off says nothing about strength."""
        return any(done.why == "done" and done.least < done.amount for done in self.done)


@dataclass(frozen=True)
class Advice(Choice):
    """A choice, and the line that explains it: its key, empty where there is nothing to explain, and what fills it."""

    why: str = ""
    fields: Mapping[str, str | int] = field(default_factory=dict)


def choose_all(
    routine: Routine,
    past: Mapping[str, Sequence[Result]],
    bands: Bands = UNNAMED,
    strength: Strength = "usual",
) -> dict[int, Advice]:
    """A choice for every slot of the routine; `past` has each family's results, newest last."""
    wanted = list(works(routine.blocks))
    equipment = {routine.families[work.family].variants[work.rung].equipment for work in wanted}
    chosen = {
        slot: choose(
            work,
            routine.families[work.family],
            past.get(work.family, ()),
            routine.slug,
            slot,
            equipment,
            bands,
            strength,
        )
        for slot, work in enumerate(wanted)
    }
    if any(choice.sets for choice in chosen.values()):
        return chosen
    # Who asks for a workout of which all was left out is to have its gentlest form, not an empty one.
    return {
        slot: _Ladder(work, routine.families[work.family], equipment, bands).from_the_bottom(chosen[slot])
        for slot, work in enumerate(wanted)
    }


def known_by(choices: Mapping[int, Chosen], routine: Routine, times: Mapping[str, int]) -> dict[int, Chosen]:
    """The same choices, each knowing in how many earlier workouts its variant was done: `times` has that by name."""
    families = [routine.families[work.family] for work in works(routine.blocks)]
    return {
        slot: replace(choice, times=times.get(families[slot].variants[choice.rung].name, 0))
        for slot, choice in choices.items()
    }


def choose(
    work: Work,
    family: Family,
    past: Sequence[Result],
    routine: str,
    slot: int,
    equipment: Collection[str],
    bands: Bands = UNNAMED,
    strength: Strength = "usual",
) -> Advice:
    """What to do this time, in this slot of this routine.

    `past` holds the family's results in every routine, newest last: doses and rungs follow from this slot's own, pain
    from any. `equipment` is what the routine is done with; only the athlete's own wish goes to a rung that needs other.
    `bands` are those that the athlete has; by `strength` a slot that was never done begins a rung lower or higher.
    """
    ladder = _Ladder(work, family, equipment, bands)
    known = [result for result in past if result.telling and {result.began, result.ended} <= ladder.rungs.keys()]
    own = [result for result in known if (result.routine, result.slot) == (routine, slot)]
    start = Advice(ladder.first(strength), work.sets.low, work.amount.low)
    now = ladder.standing(own[-1]) if own else start
    hurt = next((result for result in (known[-1:] + own[-1:]) if result.hurt), None)
    if hurt is not None:
        return ladder.after_pain(now, hurt)
    if not own:
        return start
    last = own[-1]
    if last.left_out:
        return ladder.from_the_bottom(now)
    if last.asked and last.began != last.ended:
        return ladder.told(now, "progression.as_you_chose")
    alike = [result for result in own[-2:] if _alike(result, last)]
    return ladder.next(now, last, alike if len(alike) == 2 else [])


def _alike(one: Result, other: Result) -> bool:
    dose, other_dose = ((it.began, it.ended, it.band, it.sets, it.amount) for it in (one, other))
    return dose == other_dose


@dataclass(frozen=True)
class _Ladder:
    work: Work
    family: Family
    equipment: Collection[str]
    bands: Bands

    @property
    def rungs(self) -> dict[str, int]:
        return {variant.name: variant.rung for variant in self.family.variants}

    def standing(self, last: Result) -> Advice:
        """Where the last session left off, within what the routine's file says today."""
        sets, amount = last.sets or self.work.sets.low, last.amount
        sets, amount = _within(sets, self.work.sets), _within(amount, self.work.amount)
        return Advice(self.rungs[last.ended], sets, amount, last.band)

    def next(self, now: Advice, last: Result, two_alike: Sequence[Result]) -> Advice:
        if two_alike and all(result.too_hard or result.fell_short for result in two_alike):
            return self.one_down(now)
        if not last.in_full:
            return now
        if now.amount < self.top(now.rung):
            more = min(now.amount + self.stride, self.top(now.rung))
            return self.told(replace(now, amount=more), "progression.more_amount", before=now.amount)
        if two_alike and all(result.easy for result in two_alike):
            return self.one_up(now)
        return now

    def one_up(self, now: Advice) -> Advice:
        """A set more, of no less work in all; with all the sets a heavier band; with the heaviest, the next rung."""
        if now.sets < self.work.sets.high:
            sets = now.sets + 1
            enough = -(-now.sets * now.amount // sets) if self._in_own_unit(now.rung) else now.amount
            more = replace(now, sets=sets, amount=max(enough, self.work.amount.low))
            return self.told(more, "progression.more_sets")
        if heavier := self.band_beside(now, 1):
            low = Advice(now.rung, self.work.sets.low, self.work.amount.low, heavier)
            return self.told(low, "progression.heavier_band", band=self.called(low))
        above = now.rung + 1
        if above == len(self.family.variants) or not self.equipped(above):
            return now
        return self.told(Advice(above, self.work.sets.low, self.work.amount.low), "progression.harder")

    def one_down(self, now: Advice) -> Advice:
        if self.low(now.rung) < now.amount:
            fewer = max(now.amount - self.stride, self.low(now.rung))
            return self.told(replace(now, amount=fewer), "progression.less_amount", before=now.amount)
        if now.sets > self.work.sets.low:
            return self.told(replace(now, sets=now.sets - 1), "progression.fewer_sets")
        if lighter := self.band_beside(now, -1):
            less = replace(now, band=lighter)
            return self.told(less, "progression.lighter_band", band=self.called(less))
        below = self.at_most(now.rung - 1)
        return now if below is None else self.told(Advice(below, now.sets, now.amount), "progression.easier")

    def after_pain(self, now: Advice, result: Result) -> Advice:
        """Two rungs below the easiest that hurt; out where that was the easiest there is.

        An athlete who went on and asked for harder afterwards is believed, up to the rung below the one that hurt.
        """
        rungs = {name: self.rungs.get(name, self.rungs[result.began]) for name in result.hurt}
        hurt = min(rungs, key=rungs.__getitem__)
        rung = rungs[hurt]
        wished = self.rungs[result.ended] if result.asked[-1:] == ("harder",) else rung - 2
        highest = min(max(wished, rung - 2, 0), rung - 1, now.rung)
        below = self.at_most(highest)
        if below is None:
            return Advice(now.rung, 0, now.amount, why="progression.left_out", fields={"exercise": hurt})
        return self.told(Advice(below, self.work.sets.low, self.work.amount.low), "progression.hurt", hurt=hurt)

    def from_the_bottom(self, now: Advice) -> Advice:
        """After the exercise was left out."""
        easiest = next((rung for rung in range(now.rung) if self.equipped(rung)), now.rung)
        return self.told(Advice(easiest, self.work.sets.low, self.work.amount.low), "progression.again")

    def told(self, choice: Advice, why: str, **more: str | int) -> Advice:
        exercise = self.family.variants[choice.rung].name
        fields = {"exercise": exercise, "sets": choice.sets, "amount": choice.amount, **more}
        return Advice(choice.rung, choice.sets, choice.amount, choice.band, why=why, fields=fields)

    def band_beside(self, now: Advice, steps: int) -> str:
        """The next heavier or lighter of the athlete's bands; empty where there is none."""
        return self.bands.beside(self.family.variants[now.rung].equipment, now.band, steps)

    def called(self, choice: Advice) -> str:
        """The band as it is spoken: green mini band."""
        return f"{choice.band} {self.family.variants[choice.rung].equipment}"

    def first(self, strength: Strength) -> int:
        """Where the athlete begins: a rung beside the routine's, where the equipment for one is there."""
        rung = self.work.rung
        if strength == "gentle":
            below = self.at_most(rung - 1)
            return rung if below is None else below
        above = rung + 1
        return above if strength == "strong" and above < len(self.family.variants) and self.equipped(above) else rung

    def at_most(self, rung: int) -> int | None:
        """The highest rung from here down that the equipment is there for."""
        return next((lower for lower in range(rung, -1, -1) if self.equipped(lower)), None)

    def equipped(self, rung: int) -> bool:
        return there(self.family.variants[rung].equipment, {*self.equipment, "none", ""})

    def top(self, rung: int) -> int:
        return self.work.amount.high if self._in_own_unit(rung) else 0

    def low(self, rung: int) -> int:
        return self.work.amount.low if self._in_own_unit(rung) else self.work.amount.high

    def _in_own_unit(self, rung: int) -> bool:
        """A hold among reps, or the other way round, has a fixed dose of its own."""
        return self.family.variants[rung].hold == (self.work.unit == "second")

    @property
    def stride(self) -> int:
        if self.work.unit == "second":
            return SECONDS_MORE
        return 2 if self.work.amount.high - self.work.amount.low >= 4 else 1


def _within(number: int, allowed: Range) -> int:
    return min(max(number, allowed.low), allowed.high)
