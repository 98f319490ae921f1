"""The workout as a state machine: orders and time go in, lines, tones and events come out.

The course of the workout is in course.py, how it is interrupted in interruptions.py, how orders are taken back in
undoing.py. What each command does is in orders.py.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from coach.language.commands import Command, Order
from coach.session import events
from coach.session.briefing import Known, known
from coach.session.course import QUESTION_SECONDS
from coach.session.directives import Say
from coach.session.modes import BEFORE_SET, MOMENTS, Manner, Mode, Offer
from coach.session.plan import Plan, Slot
from coach.session.score import Item, Measure
from coach.session.script import Script
from coach.session.sets import TAKEN_UP
from coach.session.timeline import Directive, Tuned
from coach.session.undoing import Undoable

TRIED_AGAIN = 20.0
"""Seconds within which somebody who was not understood tries again."""


@dataclass(frozen=True)
class Told:
    """A question and what it was answered with."""

    order: Order
    lines: frozenset[str]


class Session(Undoable):
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
        self.asleep = False
        self.by: events.By = "voice"
        """How the last order came."""
        self.began = 0.0
        """When it began to be said."""
        self.told_of: Told | None = None
        """What was answered last about the moment it was asked in."""
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
        self.answer(
            at,
            self.script.line(
                f"doubt.{order.command.replace(' ', '_')}", exercise=order.family, side=self.standing.side_name
            ),
        )

    def wondered(self, at: float) -> Order | None:
        """What was asked about, while an answer is waited for."""
        if self._doubted is None or at - self._doubted[1] > QUESTION_SECONDS:
            return None
        return self._doubted[0]

    def forget_doubt(self) -> None:
        """The question is answered, or is none any more."""
        self._doubted = None

    def answer_of_the_moment(self, at: float, order: Order, *lines: str, after_next: str = "") -> None:
        """An answer that is true now; asked for it again, it is given anew."""
        self.tell_of_the_moment(order, *lines, after_next)
        self.answer(at, *lines, after_next=after_next)

    def tell_of_the_moment(self, order: Order, *lines: str) -> None:
        """These lines are true for the moment: asked for again, `order` is answered anew."""
        self.told_of = Told(order, frozenset(lines))

    def forget_effort(self) -> None:
        """Nobody waits for "how hard was that" to be answered any more, nor is it still to be asked."""
        self.effort_slot = None
        asked = set(self.script.lines("rest.effort"))
        if self.speaking and self.speaking.text in asked and self.now < self._spoken_until:
            self.hush(self.now)

        def stays(item: Item) -> bool:
            return not (isinstance(item, Say) and item.text in asked)

        self.agenda = deque(filter(stays, self.agenda))
        if self.frozen:
            self.frozen = replace(self.frozen, agenda=tuple(filter(stays, self.frozen.agenda)))

    def leave(self, at: float, status: events.Status) -> list[Directive]:
        """The workout ends at once and without a word: Ctrl-C, a script that has run out."""
        if not self.finished:
            self.close_set(at, "ended")
            self._finished(at, self._status if self.mode is Mode.FINISHED else status)
            self.agenda.clear()
        return self.advance(at)

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
        self.report_correction(at)

    def side_over(self, command: Command, at: float, n: int | None = None) -> bool:
        """At one's own pace a side ends where the athlete says so, with `n` done or as many as were counted; False
        where the set ends with it.
        """
        here = self.standing
        if not self.self_paced or not any(side != here.side for side in here.open_sides):
            return False
        self.remember(command, at)
        self._let_side_be_over(at, here.side, here.done[here.side] if n is None else n)
        self.hush(at)
        self.play(self.score(at + 0.2).then(self.side_done), Mode.WORK)
        return True

    def correct_side(self, at: float, n: int) -> None:
        """Let so many have been done on the side before the one at hand, which has not begun."""
        here = self.standing
        self._let_side_be_over(at, (here.side - 1) % len(here.done), n)

    def _let_side_be_over(self, at: float, side: int, n: int) -> None:
        here = self.standing
        here.correct(side, n)
        here.over.add(side)
        self.emit(events.SideOver(at=at, side=(here.variant.sides or ("",))[side], done=n))

    def take_band(self, at: float, name: str, why: events.BandSwap) -> None:
        """Another of the athlete's bands is used for the exercise at hand."""
        here = self.standing
        here.bands[here.set.slot] = name
        self.report_band(at, here.set.slot, why)

    def put_in(self, slot: int, other: Slot, rung: int) -> None:
        """Another exercise in the place of a slot's, today."""
        here = self.standing
        slots = [other if each.number == slot else each for each in here.plan.slots]
        self.plan = here.plan = replace(here.plan, slots=tuple(slots))
        here.rungs[slot], here.bands[slot], here.stretch[slot] = rung, "", 1.0
        here.amounts[slot] = other.amount(rung, other.choice.amount)
        here.briefed.discard(slot)
        here.turn_to(0)
        here.begin_set(here.index)

    def how_to_undo(self) -> str:
        """How a set that was left comes back, to somebody who hardly knows the exercise, once; else empty."""
        here = self.standing
        if self._told_undo or self.by != "voice" or known(here.slot, here.rungs[here.set.slot]) is Known.WELL:
            return ""
        self._told_undo = True
        return self.script.line("undo_how")

    def put_off(self, seconds: float) -> None:
        """Let everything that is to come wait so much longer; what is being told is told first. Nobody carries the load
        meanwhile: what takes it up is said after that, again where it was said.
        """
        agenda = list(self.agenda)
        telling = self.mode in (Mode.OPENING, *BEFORE_SET)
        taken_up = (place for place, item in enumerate(agenda) if self.takes_up(item))
        first = agenda[: next(taken_up, len(agenda) - 1)] if telling else []
        later = [replace(item, at=item.at + seconds) for item in agenda[len(first) :]]
        brace = self.standing.variant.brace
        if brace and later and self.takes_up(later[0]) and not isinstance(later[0], Say):
            if self.speaking and self.speaking.text == brace:
                self.speaking = None
            score = self.score(later[0].at).say(brace, breath=TAKEN_UP)
            later = [*score.items, *(replace(item, at=item.at + score.at - later[0].at) for item in later)]
        self.agenda = deque([*first, *later])
        self.say_instead(lambda text: self.script.put_off(text, seconds))

    def offered(self) -> tuple[Command, ...]:
        """The commands that fit the moment, the likeliest first: NUMBER before all others where one was asked for."""
        if self.asleep:
            return (Command.WAKE,)
        expected = self.expects()
        fitting = self.script.language.moments[MOMENTS.get(self.moment, "settling")]
        asked = () if self.effort_slot is None else (Command.NUMBER,)
        return (*asked, *(command for command in fitting if command in expected))

    def expects(self) -> frozenset[Command]:
        """The commands that make sense now: of several that a key has, the first of these counts."""
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

    def understands(self) -> frozenset[Command]:
        """What the ear may take speech for: people say "carry on" and "hey coach" at any moment, and are never wrong
        with it.
        """
        expected = self.expects()
        return expected if self.asleep else expected | {Command.RESUME, Command.WAKE}
