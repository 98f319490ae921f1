"""Going on with another variant: what there is to do for it, and the time to do it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import Any

from coach.language.delivery import Priority
from coach.routine.model import Variant
from coach.session import events
from coach.session.losing import Losing
from coach.session.modes import Mode
from coach.session.plan import MOVE_BREATH, switch_seconds
from coach.session.put_aside import Frozen
from coach.session.score import Score, Step


@dataclass(frozen=True)
class Before:
    """What the athlete stood ready for before variants were changed."""

    slot: int
    variant: Variant
    told: bool
    """Its set-up had been told to its end."""
    moved: bool = False
    """Some was told of what to do for another since."""


class Swapping(Losing):
    """A workout in which one variant may take the place of another at any moment."""

    _before: Before | None = None
    """How the athlete stood when variants began to be changed, until a change has been told."""

    def changing(self, old: Variant, *, untold: bool) -> bool:
        """Another variant has taken the place of `old`; True where the athlete, who was told nothing yet of what to do
        for the change before, still stands ready for this one.

        `untold`: the old one's set-up was not told to its end.
        """
        here, before = self.standing, self._before
        slot = here.set.slot
        if before is None or slot in here.briefed or before.slot != slot:
            self._before = Before(slot, old, told=not untold)
            return False
        return before.variant == here.variant and not before.moved

    def go_on_with(self, score: Score, old: Variant, *, untold: bool) -> Mode:
        """What to do for the variant at hand after `old`, what is left of a set, and on, as soon as one can be there.

        `untold`: the old one's set-up was not told to its end. Returns the mode to play it in.
        """
        here, script = self.standing, self.script
        slot = here.set.slot
        self.changing(old, untold=untold)
        before = self._before
        assert before is not None
        old, untold = before.variant, before.moved or not before.told
        here.set_up_anew(slot)  # until it has been told to its end
        turning = self.underway is Mode.SWITCH
        if here.started and here.done[here.side] >= here.amount:
            side = here.open_side()
            if side is None:
                score.say(script.line("swap.done_here"), priority=Priority.ANSWER).then(self.side_done)
                return Mode.BRIEFING
            turning = True
            here.turn_to(side)
            self.emit(events.SideChanged(at=self.now, side=here.side_name or ""))
        changes = script.changes(old, here.variant, whole=untold)
        told = [script.mirrored(line) if here.mirrored else line for line in changes]
        if told:
            score.then(self._moves)
        score.say(*told, priority=Priority.ANSWER, breath=MOVE_BREATH)
        score.then(self.briefed)
        moves = untold or not here.started or script.moves_the_body(old, here.variant)
        turns_at = score.at
        if turning and here.variant.sides and told == changes:  # else the side to lie on has just been told
            score.say(here.variant.turn_to(here.side), priority=Priority.ANSWER, breath=MOVE_BREATH)
        if here.started:
            score.say(script.left(here, with_side=not moves and not turning), priority=Priority.ANSWER)
        if moves:
            score.say(script.ready(self.manner.settle, first=False)).then(self.settle)
        elif turning:
            score.until(turns_at + switch_seconds(here.variant) - self.count_in_seconds()).then(self.count_in)
        else:
            self.taken_up(score, braced=here.variant.brace == old.brace)
        return Mode.BRIEFING

    def turn_before_going_on(self) -> None:
        """Where a set goes on at once after what is being told, sides are changed first."""
        last = self.agenda[-1]
        if isinstance(last, Step) and last.do == self.work:
            tail = [item for item in self.agenda if item is last or self.takes_up(item)]
            first = [item for item in self.agenda if item not in tail]
            self.agenda = deque([*first, Step(tail[0].at, self.change_sides)])

    def tell_set_up(self, score: Score) -> None:
        """As in Course: where the athlete stood before counts no more."""
        self._before = None
        super().tell_set_up(score)

    def _moves(self, at: float) -> None:
        """From now on the athlete does what is told for the change."""
        self._before = self._before and replace(self._before, moved=True)

    def briefed(self, at: float) -> None:
        """As in Course: the athlete stands ready for the variant at hand."""
        super().briefed(at)
        self._before = None

    def work(self, at: float) -> None:
        """As in Sets; the same holds for who is ready before all was told."""
        super().work(at)
        self._before = None

    def put_aside(self, at: float, score: Score) -> None:
        """On hold, let this be what is gone on with."""
        mode = Mode.REST if self.underway is Mode.REST else Mode.BRIEFING
        self.waited += at - self.frozen.since if self.frozen else 0.0
        self.frozen = Frozen(mode, tuple(score.items), at)

    def put_rest_aside(self, at: float, seconds: float, slot_before: int, first: str) -> None:
        """On hold, let a rest be what is gone on with, as in Course."""
        mode, agenda = self.mode, self.agenda
        self.waited += at - self.frozen.since if self.frozen else 0.0
        self.rest(at, seconds, slot_before, first=first)
        self.frozen = Frozen(Mode.REST, tuple(self.agenda), at)
        self.mode, self.agenda = mode, agenda

    def tell(self, at: float, line: str) -> None:
        """Say it; who was stopped by pain, or was stuck, goes on after it."""
        if self.mode in (Mode.HURT, Mode.PAUSED) and not self.stands_still:
            self.goes_on(at)
            self.release(at)
        self.answer(at, line)

    def goes_on(self, at: float) -> None:
        """Report that a pause is over, where there was one."""
        if self.mode is Mode.PAUSED:
            self.report_going_on(at)

    def report_swap(self, at: float, slot: int, before: str, why: events.Swap) -> None:
        """Another variant is in use."""
        here, variant = self.standing, self.standing.variant_of(slot)
        stands = self.stands() if slot == here.set.slot else {}
        if stands:
            stands |= {"unit": here.unit, "amount": here.amount}
        self.emit(
            events.VariantChanged(
                at=at, family=variant.family, slot=slot, from_=before, to=variant.name, why=why, **stands
            )
        )

    def do_without(self, at: float, equipment: str) -> bool:
        """Let none of what comes after the exercise at hand take this equipment, as far as there is an easier variant
        without, today; whether there was any such."""
        here = self.standing
        here.missing |= {equipment}
        rungs = {slot: here.rung_without(slot, equipment) for slot in here.to_come if slot != here.set.slot}
        found = {slot: rung for slot, rung in rungs.items() if rung is not None}
        for slot, rung in found.items():
            before = here.variant_of(slot).name
            here.swap(slot, rung)
            here.set_up_anew(slot)
            self.report_swap(at, slot, before, "replaced")
        return bool(found)

    def stands(self) -> dict[str, Any]:
        """How far the set at hand is done, for events; nothing where it has not been begun."""
        here = self.standing
        if not (here.started or any(here.done) or here.over):
            return {}
        return {"done": here.sides_done, "variants": here.variants_done, "over": here.sides_over or None}
