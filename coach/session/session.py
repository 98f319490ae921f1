"""The workout as a state machine: orders and time go in, lines, tones and events come out.

The course of the workout is in course.py, how it is interrupted in interruptions.py; here orders are kept and taken
back. What each command does is in orders.py.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from coach.language.commands import Command, Order
from coach.language.delivery import Priority
from coach.routine.model import Tempo
from coach.session import events
from coach.session.briefing import Known, known
from coach.session.course import QUESTION_SECONDS
from coach.session.directives import Say, Volume
from coach.session.modes import MOMENTS, ON_HOLD, UNTOLD, Manner, Mode, Offer
from coach.session.plan import Plan, Slot
from coach.session.put_aside import Frozen, put_off
from coach.session.score import Beat, Measure, Step
from coach.session.script import Script
from coach.session.standing import Standing
from coach.session.swapping import Swapping
from coach.session.timeline import Directive, Tuned

TRIED_AGAIN = 20.0
"""Seconds within which somebody who was not understood tries again."""


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


class Session(Swapping):
    """A workout that can be interrupted, asked and corrected at any moment."""

    def __init__(
        self,
        plan: Plan,
        script: Script,
        measure: Measure,
        manner: Manner | None = None,
        offer: Offer | None = None,
        tuned: Tuned = lambda manner: True,
    ) -> None:
        super().__init__(plan, script, measure, manner, offer, tuned)
        self._undoable: list[Moment] = []
        self.asleep = False
        self.by: events.By = "voice"
        """How the last order came."""
        self.began = 0.0
        """When it began to be said."""
        self._told_undo = False
        """It was said how an order is taken back."""
        self._helped = 0
        """How often help was asked for in a row."""
        self._missed_at: float | None = None
        """When something was not understood, and nothing since."""
        self._doubted: tuple[Order, float] | None = None
        """What was asked whether it was said, and when."""

    def hear(self, at: float, command: events.CommandGiven, began: float | None = None) -> None:
        """An order came at `at`; it began to be said when it `began`."""
        self.now = at
        self.by = command.by
        self.began = at if began is None else began
        self._missed_at = None
        self.emit(command)

    def be(self, manner: Manner) -> None:
        """Coach otherwise from now on; a voice that is to sound otherwise is a matter for `tune`."""
        self.manner = manner

    def fall_asleep(self) -> None:
        """Understand nothing but being woken, "stop" and pain."""
        self.asleep = True

    def wake_up(self) -> None:
        """Understand everything again."""
        self.asleep = False

    def asked_for_help(self) -> int:
        """How often in a row it was asked for before this time."""
        self._helped += 1
        return self._helped - 1

    def forget_help(self) -> None:
        """The next time is the first."""
        self._helped = 0

    def missed_again(self, at: float) -> bool:
        """Something was not understood; whether it is the second time, with nothing understood in between."""
        self.now = at
        again = self._missed_at is not None and at - self._missed_at <= TRIED_AGAIN
        self._missed_at = None if again else at
        return again

    def wonder(self, order: Order, at: float) -> None:
        """Ask whether this was said; silence means no."""
        self._doubted = (order, at)
        self.answer(at, self.script.line(f"doubt.{order.command.replace(' ', '_')}", exercise=order.family))

    def wondered(self, at: float) -> Order | None:
        """What was asked about, while an answer is waited for."""
        if self._doubted is None or at - self._doubted[1] > QUESTION_SECONDS:
            return None
        return self._doubted[0]

    def forget_doubt(self) -> None:
        """The question is answered, or is none any more."""
        self._doubted = None

    def forget_effort(self) -> None:
        """Nobody waits for "how hard was that" to be answered any more."""
        self.effort_slot = None

    def leave(self, at: float, status: events.Status) -> list[Directive]:
        """The workout ends at once and without a word: Ctrl-C, a script that has run out."""
        if not self.finished:
            self.close_set(at, "ended")
            self._finished(at, self._status if self.mode is Mode.FINISHED else status)
            self.agenda.clear()
        return self.advance(at)

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
        )
        self._undoable = [*self._undoable[-19:], moment]

    def forget_last(self) -> None:
        """What was kept last is not needed: nothing was changed."""
        self._undoable.pop()

    def undo(self, at: float) -> bool:
        """Go back to before the last order that changed something; False when there is none."""
        if not self._undoable:
            return False
        moment, untold = self._undoable.pop(), self.underway is Mode.BRIEFING
        was, self.standing = self.standing, moment.standing
        self.plan = self.standing.plan
        same = {slot for slot in range(len(was.rungs)) if self.plan.slots[slot].family is was.plan.slots[slot].family}
        hurts = [slot for slot in self.hurt & same if self.standing.rungs[slot] > was.rungs[slot]]
        for slot in hurts:
            self.standing.swap(slot, was.rungs[slot])  # nothing gets harder again that has hurt
        self.interrupt(at)
        closed = moment.standing.started and (was.index != moment.standing.index or not was.started)
        reopened = moment.standing.index if closed else None
        self.emit(events.Undone(at=at, command=moment.command, reopened=reopened, index=self.standing.index))
        for slot in range(len(was.rungs)):
            before, after = was.variant_of(slot), self.standing.variant_of(slot)
            if before.name != after.name:
                if self.script.moves_the_body(before, after):
                    self.standing.set_up_anew(slot)
                self.report_swap(at, slot, before.name, "undo")
        for slot, name in enumerate(was.bands):
            if name != self.standing.bands[slot]:
                self._report_band(at, slot, "undo")
        if self.manner != moment.manner:
            self.tune(moment.manner)
            self.emit(Volume(at, self.manner.volume))
        self.effort_slot = moment.effort_slot
        corrected = moment.command is Command.DID and moment.done_last and moment.done_last != self.done_last
        self.done_last = moment.done_last
        if corrected and not closed:
            self._report_correction(at)
        self.rest_told = moment.rest_told
        over = moment.frozen.mode is Mode.REST and not (self.resting and was.index == self.standing.index)
        frozen = moment.frozen
        self.frozen = put_off(frozen, at - frozen.since) if over else frozen
        self._go_on_undone(at, moment, was, self.script.line("undone_but_eased" if hurts else "undone"), untold=untold)
        return True

    def _go_on_undone(self, at: float, moment: Moment, was: Standing, line: str, *, untold: bool) -> None:
        """Back to the moment before: at once, or when one can be there."""
        here = self.standing
        elsewhere = was.set.slot != here.set.slot
        eased = here.set.slot in self.hurt and moment.frozen.mode is Mode.BRIEFING
        swapped, untold = was.variant != here.variant or eased, untold or eased
        if elsewhere or swapped:
            line = self.script.line("undone_next", exercise=here.variant.name)
        score = self.score(at).wait(0.15).say("" if moment.held else line, priority=Priority.ANSWER)
        mode = Mode.ANSWER
        if swapped and not elsewhere and self.underway not in UNTOLD:
            mode = self.go_on_with(score, was.variant, untold=untold)
        elif elsewhere and self.underway in (Mode.WORK, Mode.COUNT_IN, Mode.SWITCH):
            self.tell_set_up(score)
            score.say(self.script.ready(self.manner.settle, first=False)).then(self.settle)
            mode = Mode.BRIEFING
        if moment.held:
            self.hold(at)
            self._answer_on_hold(at, (line,))
            if mode is Mode.BRIEFING:
                self.put_aside(at, score)
        elif mode is Mode.BRIEFING:
            self.frozen = None
            self.play(score, mode)
        else:
            turned = moment.frozen.mode is Mode.WORK and (was.index, was.side) != (here.index, here.side)
            self.play(score.then(self._work_anew if turned else self.thaw), mode)

    def _work_anew(self, at: float) -> None:
        """On with another side than a moment ago, at one's own pace too."""
        self.frozen = None
        self.count_in(at)

    def correct_last(self, at: float, n: int) -> None:
        """Let so many have been done in the set that is over, on each side that was done at all."""
        last = self.done_last
        assert last is not None
        begun = [side for side, done in last.done.items() if done] or list(last.done)
        done = {side: n if side in begun else 0 for side in last.done}
        variants = dict(last.variants or {})
        for side in begun:
            left = n
            for name, sides in variants.items():
                here = left if name == last.exercise else min(left, sides.get(side, 0))
                variants[name] = sides | {side: here}
                left -= here
        self.done_last = replace(last, done=done, variants=variants or None)
        self._report_correction(at)

    def _report_correction(self, at: float) -> None:
        last = self.done_last
        assert last is not None
        self.emit(
            events.SetCorrected(at=at, exercise=last.exercise, index=last.index, done=last.done, variants=last.variants)
        )

    def take_band(self, at: float, name: str, why: events.BandSwap) -> None:
        """Another of the athlete's bands is used for the exercise at hand."""
        here = self.standing
        here.bands[here.set.slot] = name
        self._report_band(at, here.set.slot, why)

    def _report_band(self, at: float, slot: int, why: events.BandSwap) -> None:
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

    def put_in(self, slot: int, other: Slot, rung: int) -> None:
        """Another exercise in the place of a slot's, today."""
        here = self.standing
        slots = [other if each.number == slot else each for each in here.plan.slots]
        self.plan = here.plan = replace(here.plan, slots=tuple(slots))
        here.rungs[slot], here.bands[slot], here.stretch[slot] = rung, "", 1.0
        here.amounts[slot] = other.amount(rung, other.choice.amount)
        here.briefed.discard(slot)
        here.begin_set(here.index)

    def how_to_undo(self) -> str:
        """How a set that was left comes back, to somebody who hardly knows the exercise, once; else empty."""
        here = self.standing
        if self._told_undo or self.by != "voice" or known(here.slot, here.rungs[here.set.slot]) is Known.WELL:
            return ""
        self._told_undo = True
        return self.script.line("undo_how")

    @property
    def can_undo(self) -> bool:
        """Whether an order was kept that can be taken back."""
        return bool(self._undoable)

    def retime(self, before: Tempo) -> None:
        """A new tempo holds from the end of the rep in hand; that rep keeps its beat, at the tempo `before`."""
        current = next((item for item in self.agenda if isinstance(item, Beat)), None)
        if current is None or self.standing.variant.hold:
            return
        here = self.standing
        rest_of_rep = 0.0
        if self.manner.count_at == "top":
            rest_of_rep = before.hold + before.back
        end = current.at + rest_of_rep
        kept = [item for item in self.agenda if item.at <= end]
        side, done = here.side, here.done[here.side]
        here.done[side] = current.n
        self.work(end)
        here.done[side] = done
        kept = [item for item in kept if item.at < end or isinstance(item, Beat)]
        self.agenda = deque([*kept, *self.agenda])

    def put_off(self, seconds: float) -> None:
        """Let everything that is to come wait so much longer; what is being told is told first."""
        telling = self.mode in (Mode.OPENING, Mode.BRIEFING)
        first = [item for item in self.agenda if telling and not isinstance(item, Step)]
        later = [replace(item, at=item.at + seconds) for item in self.agenda if item not in first]
        settle = self.manner.settle
        announced = {self.script.ready(settle, first=first_time) for first_time in (True, False)}
        longer = self.script.ready(settle + seconds if settle else 0, first=False)
        if self.speaking and self.speaking.text in announced:
            self.speaking = replace(self.speaking, text=longer)
        told = (replace(i, text=longer) if isinstance(i, Say) and i.text in announced else i for i in first)
        self.agenda = deque([*told, *later])

    def offered(self) -> tuple[Command, ...]:
        """The commands that fit the moment, the likeliest first: NUMBER before all others where one was asked for."""
        if self.asleep:
            return (Command.WAKE,)
        expected = self.expects()
        fitting = self.script.language.moments[MOMENTS.get(self.moment, "settling")]
        asked = () if self.effort_slot is None else (Command.NUMBER,)
        return (*asked, *(command for command in fitting if command in expected))

    def expects(self) -> frozenset[Command]:
        """The commands that make sense now: what the ear may take speech for."""
        if self.asleep:
            return frozenset({Command.WAKE, Command.PAUSE, Command.HURTS, Command.STUCK})
        out = {Command.WAKE}
        offered = self.moment is Mode.OFFER
        if not offered and self.mode not in (Mode.ASK_END, Mode.HURT) and not self.wondered(self.now):
            out |= {Command.YES, Command.NO}
        if self.effort_slot is None and not self.self_paced:
            out.add(Command.NUMBER)
        if not offered and self.mode not in (Mode.PAUSED, Mode.HURT):
            out.add(Command.RESUME)
        return frozenset(Command) - out
