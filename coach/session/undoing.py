"""Taking orders back: what stood before each is kept, and gone back to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.session import events
from coach.session.directives import Say, Volume
from coach.session.modes import ON_HOLD, UNTOLD, Manner, Mode
from coach.session.put_aside import Frozen, put_off
from coach.session.standing import Standing
from coach.session.swapping import Swapping

AT_WORK = (Mode.WORK, Mode.COUNT_IN, Mode.SWITCH)


@dataclass(frozen=True)
class Moment:
    """All that an order can change, as it was before it."""

    command: Command
    standing: Standing
    frozen: Frozen
    held: bool
    manner: Manner
    effort_slot: int | None
    done_last: events.SetFinished | None
    rest_told: str
    waited: float


class Undoable(Swapping):
    """A workout of which the last orders can be taken back, one after the other."""

    _undoable: tuple[Moment, ...] = ()
    """What stood before the last orders, the latest at the end."""

    def remember(self, command: Command, at: float) -> None:
        """Keep what stands before this command, for undo."""
        held = self.mode in ON_HOLD
        moment = Moment(
            command,
            self.standing.copy(),
            self.kept(at),
            held,
            self.manner,
            self.effort_slot,
            self.done_last,
            self.rest_told,
            self.waited,
        )
        self._undoable = (*self._undoable[-19:], moment)

    def forget_last(self) -> None:
        """What was kept last is not needed: nothing was changed."""
        self._undoable = self._undoable[:-1]

    def undo(self, at: float) -> bool:
        """Go back to before the last order that changed something; False when there is none."""
        if not self._undoable:
            return False
        moment, underway = self._undoable[-1], self.underway
        untold = underway is Mode.BRIEFING
        self.forget_last()
        hurts = self._hurt_and_eased(moment)
        if hurts and moment.command is Command.EASIER:
            self.answer(at, self.script.line("undone_but_eased"))
            return True
        was, self.standing = self.standing, moment.standing
        self.plan = self.standing.plan
        for slot in hurts:
            self.standing.swap(slot, was.rungs[slot])  # nothing gets harder again that has hurt
        self.interrupt(at)
        closed = moment.standing.started and (was.index != moment.standing.index or not was.started)
        closed = closed and moment.done_last is not self.done_last
        reopened = moment.standing.index if closed else None
        self._report_undone(at, moment.command, reopened)
        for slot in range(len(was.rungs)):
            before, after = was.variant_of(slot), self.standing.variant_of(slot)
            if before.name != after.name:
                if self.script.moves_the_body(before, after):
                    self.standing.set_up_anew(slot)
                self.report_swap(at, slot, before.name, "undo")
        for slot, name in enumerate(was.bands):
            if name != self.standing.bands[slot]:
                self.report_band(at, slot, "undo")
        if self.manner != moment.manner:
            self.tune(moment.manner)
            self.emit(Volume(at, self.manner.volume))
        self.effort_slot = moment.effort_slot
        corrected = moment.command is Command.DID and moment.done_last and moment.done_last != self.done_last
        self.done_last = moment.done_last
        if corrected and not closed:
            self.report_correction(at)
        self.rest_told = moment.rest_told
        frozen, waited = moment.frozen, self.waited - moment.waited
        goes_on = self.resting and was.index == self.standing.index
        over = frozen.mode is Mode.REST and not goes_on
        if frozen.mode is Mode.REST and underway is Mode.COUNT_IN:
            over |= frozen.agenda[-1].at + waited <= at  # else it was cut short
        self.frozen = put_off(frozen, at - frozen.since if over else waited)
        self._go_on_undone(at, moment, was, self.script.line("undone_but_eased" if hurts else "undone"), untold=untold)
        return True

    def _hurt_and_eased(self, moment: Moment) -> list[int]:
        """The slots that have hurt, and were done harder before an order."""
        now, before = self.standing, moment.standing
        same = [slot for slot in self.hurt if now.plan.slots[slot].family is before.plan.slots[slot].family]
        return [slot for slot in same if before.rungs[slot] > now.rungs[slot]]

    def _report_undone(self, at: float, command: Command, reopened: int | None) -> None:
        index = self.standing.index
        self.emit(events.Undone(at=at, command=command, reopened=reopened, index=index, **self.stands()))

    def _go_on_undone(self, at: float, moment: Moment, was: Standing, line: str, *, untold: bool) -> None:
        """Back to the moment before: at once, or when one can be there."""
        here = self.standing
        elsewhere = was.set.slot != here.set.slot
        eased = here.set.slot in self.hurt and moment.frozen.mode is Mode.BRIEFING
        swapped, untold = was.variant != here.variant or eased, untold or eased
        if (elsewhere or swapped) and moment.frozen.underway is not Mode.CLOSING:
            line = self.script.line("undone_next", exercise=here.variant.name)
        score = self.score(at).wait(0.15).say("" if moment.held else line, priority=Priority.ANSWER)
        mode = Mode.ANSWER
        if moment.frozen.mode is Mode.REST and not moment.held:
            score.say(self._rest_given_back(score.at), priority=Priority.ANSWER)
        if swapped and not elsewhere and moment.frozen.underway not in UNTOLD and self.underway in UNTOLD:
            self.mode = Mode.ANSWER  # so that it is the moment gone back to that is underway
        if swapped and not elsewhere and self.underway not in UNTOLD:
            mode = self.go_on_with(score, was.variant, untold=untold)
        elif elsewhere and (self.underway in AT_WORK or self._is_elsewhere(moment)):
            self.tell_set_up(score)
            score.say(self.script.ready(self.manner.settle, first=False)).then(self.settle)
            mode = Mode.BRIEFING
        if moment.held:
            self.hold(at)
            self.answer_on_hold(at, line)
            if mode is Mode.BRIEFING:
                self.put_aside(at, score)
        elif mode is Mode.BRIEFING:
            self.frozen = None
            self.play(score, mode)
        else:
            if self.frozen and self.frozen.mode is Mode.WORK and (was.index, was.side) != (here.index, here.side):
                back = was.index == here.index and self.turn_told
                self.turn_told = False
                self.frozen = replace(self.frozen, mode=Mode.SWITCH if back else Mode.COUNT_IN)  # at one's own pace too
            self.play(score.then(self.thaw), mode)

    def _is_elsewhere(self, moment: Moment) -> bool:
        """Whether a set is gone back to that the athlete does not stand ready for any more: another came after it."""
        last = self.worked_last
        return moment.frozen.underway in AT_WORK and last is not None and last.variant != self.standing.variant

    def _rest_given_back(self, at: float) -> str:
        """How long a rest is as of `at` that an order had changed; empty where that is still to be said."""
        assert self.frozen is not None
        if any(isinstance(item, Say) and item.text == self.rest_told for item in self.frozen.agenda):
            return ""
        self.mode = Mode.ANSWER  # during which a rest goes on
        return self.rest_answer(at) if round(self.rest_left(at)) > 0 else ""

    def report_correction(self, at: float) -> None:
        """What was done in the set that is over is another number."""
        last = self.done_last
        assert last is not None
        self.emit(
            events.SetCorrected(at=at, exercise=last.exercise, index=last.index, done=last.done, variants=last.variants)
        )

    def report_band(self, at: float, slot: int, why: events.BandSwap) -> None:
        """Another of the athlete's bands is in use."""
        variant = self.standing.variant_of(slot)
        name = self.manner.bands.chosen(variant.equipment, self.standing.bands[slot])
        self.emit(
            events.BandChanged(
                at=at,
                family=variant.family,
                exercise=variant.name,
                slot=slot,
                equipment=variant.equipment,
                to=name,
                why=why,
            )
        )

    @property
    def can_undo(self) -> bool:
        """Whether an order was kept that can be taken back."""
        return bool(self._undoable)
