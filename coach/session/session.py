"""The workout as a state machine: orders and time go in, lines, tones and events come out.

The course of the workout is in course.py; here it is put aside, gone on with, asked about and taken back. What each
command does with that is in orders.py.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from coach.errors import Device
from coach.language.commands import Command
from coach.language.delivery import Pace, Priority
from coach.routine.model import Tempo
from coach.session import events
from coach.session.course import QUESTION_SECONDS, STILL_PAUSED, Course
from coach.session.directives import Hush, Say, Volume
from coach.session.modes import ON_HOLD, REBUILT, Manner, Mode, Offer
from coach.session.plan import Plan
from coach.session.score import Beat, Item, Measure, Step
from coach.session.script import Script
from coach.session.standing import Standing
from coach.session.timeline import Directive, Tuned

SOON = 0.3
"""Seconds: an answer that comes later than this is announced by a tone."""


@dataclass(frozen=True)
class Frozen:
    """A moment kept for later: what was going on, and all that was still to come as of `since`."""

    mode: Mode
    agenda: tuple[Item, ...]
    since: float
    beneath: Frozen | None = None
    """What an answer had interrupted, where an answer was put aside."""


@dataclass(frozen=True)
class Moment:
    """All that an order can change, as it was before it."""

    command: Command
    standing: Standing
    frozen: Frozen
    held: bool
    manner: Manner
    effort_slot: int | None


class Session(Course):
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
        self.frozen: Frozen | None = None
        self.held_before: Mode | None = None
        """Where a question interrupted a wait: that wait."""
        self._undoable: list[Moment] = []
        self.asleep = False
        self._helped = 0
        """How often help was asked for in a row."""

    def hear(self, at: float, command: events.CommandGiven) -> None:
        """An order came at `at`."""
        self.now = at
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

    # Interruptions.

    def kept(self, at: float) -> Frozen:
        """The moment as it is, to go on from later. A line that would be broken off is begun again then."""
        if self.frozen is not None and self.mode is not Mode.ANSWER:
            return self.frozen
        line = self.speaking
        if line is not None and line.priority in (Priority.BRIEFING, Priority.ANSWER) and at < self._spoken_until:
            return Frozen(self.mode, (line, *self.agenda), line.at, self.frozen)
        return Frozen(self.mode, tuple(self.agenda), at, self.frozen)

    def freeze(self, at: float) -> None:
        """Put aside what is going on."""
        self.frozen = self.kept(at)
        self.agenda.clear()
        self.speaking = None

    def thaw(self, at: float) -> None:
        """Go on with what was put aside."""
        frozen, self.frozen = self.frozen, None
        if frozen is None:
            return
        if frozen.mode is Mode.WORK and self.manner.pacing == "self" and not self.standing.variant.hold:
            self.mode, self.agenda = Mode.WORK, deque()
        elif frozen.mode in REBUILT and self.standing.started:
            self.recount(at)
        elif frozen.mode in REBUILT:
            self.count_in(at)
        else:
            self.mode, self.frozen = frozen.mode, frozen.beneath
            self.agenda = deque(replace(item, at=item.at + at - frozen.since) for item in frozen.agenda)

    def drop_answer(self, at: float) -> None:
        """Break an answer off, and go on with what it had interrupted."""
        self.speaking = None
        self.thaw(at)

    def interrupt(self, at: float) -> None:
        """Be silent for an order that changes the course; what had been put aside is forgotten."""
        self.emit(Hush(at))
        self.speaking = None
        self.frozen = None

    def answer(self, at: float, *lines: str, after_next: str = "") -> None:
        """Say something that was asked for, without losing the place, the beat or the silence.

        `after_next`: what to say instead when it can only be said after the next count.
        """
        if self.mode is Mode.WORK and len(lines) == 1 and self._answer_in_gap(at, lines[0], after_next or lines[0]):
            return
        self.emit(Hush(at))
        if self.mode in ON_HOLD:
            self._answer_on_hold(at, lines)
            return
        if self.mode is not Mode.ANSWER:
            # One answer takes the place of another.
            self.freeze(at)
        self.speaking = None
        score = self.score(at).wait(0.15).say(*lines, priority=Priority.ANSWER)
        self.play(score.then(self.thaw), Mode.ANSWER)

    def _answer_in_gap(self, at: float, line: str, after_next: str) -> bool:
        """Before the next count or right after it; False when neither gap is long enough."""
        counts = [item for item in self.agenda if isinstance(item, Beat) and item.word][:2]
        if len(counts) < 2:
            return False
        gaps = [
            (line, max(at, self._counted_until) + 0.1, counts[0].at),
            (after_next, counts[0].at + self.measure(counts[0].word, Pace.COUNT) + 0.1, counts[1].at),
        ]
        for text, start, end in gaps:
            until = start + self.measure(text, Pace.TALK)
            if until + 0.1 <= end:
                break
        else:
            return False
        if start > at + SOON:
            self.tone("heard", at)
        others = [item for item in self.agenda if not self._overlaps(item, start, until)]
        self.agenda = deque(sorted([*others, Say(start, text, Priority.ANSWER)], key=lambda item: item.at))
        return True

    def _overlaps(self, item: Item, start: float, end: float) -> bool:
        return isinstance(item, Say) and item.at < end and item.at + self.measure(item.text, item.pace) > start

    def _answer_on_hold(self, at: float, lines: tuple[str, ...]) -> None:
        """The wait goes on afterwards, as long as it had still to go."""
        score = self.score(at).wait(0.15).say(*lines, priority=Priority.ANSWER)
        later = [replace(item, at=item.at + score.at - at) for item in self.agenda]
        self.agenda = deque([*score.items, *later])

    def pause(self, at: float) -> None:
        """Silence, until the athlete wants to go on."""
        self.emit(Hush(at))
        self.freeze(at)
        self.emit(events.Paused(at=at))
        self.hold(at)

    def hold(self, at: float) -> None:
        """Be paused: a tone, and one reminder after a good while."""
        score = self.score(at).tone("paused").wait(STILL_PAUSED).say(self.script.line("pause.reminder"))
        self.play(score, Mode.PAUSED)

    def device_lost(self, device: Device, at: float) -> None:
        """Without a loudspeaker wait, as if told to; without a microphone say so and go on: the keys are left."""
        if self.mode is Mode.FINISHED:
            return
        if device == "microphone":
            self.answer(at, self.script.line("device.no_microphone"))
        elif self.mode is not Mode.PAUSED:
            self.pause(at)

    def device_back(self, device: Device, at: float) -> None:
        """Say so; what waits goes on waiting."""
        if self.mode is Mode.FINISHED:
            return
        self.answer(at, self.script.line("device.hears_again" if device == "microphone" else "device.back"))

    def ask_end(self, at: float, key: str) -> None:
        """Silence means no."""
        self.held_before = self.mode if self.mode in ON_HOLD else None
        self.emit(Hush(at))
        self.freeze(at)
        score = self.score(at).tone("question", 0.3).say(self.script.line(key), priority=Priority.ANSWER)
        self.play(score.wait(QUESTION_SECONDS).then(self.carry_on), Mode.ASK_END)

    def carry_on(self, at: float) -> None:
        """Back from the question to what it interrupted."""
        if self.held_before is not None:
            self.hold(at)
            return
        score = self.score(at).tone("resumed", 0.3).say(self.script.line("end.carrying_on"), priority=Priority.ANSWER)
        self.play(score.then(self.thaw), Mode.ANSWER)

    def interrupt_question(self, at: float) -> None:
        """Another order came instead of an answer: back to what the question interrupted, without a word."""
        self.emit(Hush(at))
        if self.held_before is not None:
            self.mode, self.agenda = Mode.PAUSED, deque()
        else:
            self.thaw(at)

    def release(self, at: float) -> None:
        """End a wait: a count-in where a set was interrupted."""
        self.emit(Hush(at))
        self.agenda.clear()
        self.thaw(at + 0.3)

    def ask_hurt(self, at: float) -> None:
        """Stop, ask once, ask once more, then wait in silence for as long as it takes."""
        self.emit(Hush(at))
        self.freeze(at)
        easiest = "_easiest" if self.standing.rungs[self.standing.set.slot] == 0 else ""
        score = self.score(at).wait(0.2)
        for key in (f"hurts.ask{easiest}", f"hurts.again{easiest}"):
            score.say(self.script.line(key), priority=Priority.SAFETY).wait(QUESTION_SECONDS)
        self.play(score.say(self.script.line("hurts.quiet"), priority=Priority.SAFETY), Mode.HURT)

    def remember(self, command: Command, at: float) -> None:
        """Keep what stands before this command, for undo."""
        held = self.mode in ON_HOLD
        moment = Moment(command, self.standing.copy(), self.kept(at), held, self.manner, self.effort_slot)
        self._undoable = [*self._undoable[-19:], moment]

    def forget_last(self) -> None:
        """What was kept last is not needed: nothing was changed."""
        self._undoable.pop()

    def undo(self, at: float) -> bool:
        """Go back to before the last order that changed something; False when there is none."""
        if not self._undoable:
            return False
        moment = self._undoable.pop()
        was, self.standing = self.standing, moment.standing
        self.interrupt(at)
        closed = moment.standing.started and (was.index != moment.standing.index or not was.started)
        reopened = moment.standing.index if closed else None
        self.emit(events.Undone(at=at, command=moment.command, reopened=reopened, index=self.standing.index))
        for slot, (before, after) in enumerate(zip(was.rungs, self.standing.rungs, strict=True)):
            if before != after:
                self.report_swap(at, slot, was.variant_of(slot).name, "undo")
        if self.manner != moment.manner:
            self.tune(moment.manner)
            self.emit(Volume(at, self.manner.volume))
        self.effort_slot = moment.effort_slot
        self.frozen = moment.frozen
        lines = [self.script.line("undone")]
        if was.set.slot != self.standing.set.slot:
            lines = [self.script.line("undone_next", exercise=self.standing.variant.name)]
        if moment.held:
            self.hold(at)
            self._answer_on_hold(at, tuple(lines))
        else:
            score = self.score(at).wait(0.15).say(*lines, priority=Priority.ANSWER)
            self.play(score.then(self.thaw), Mode.ANSWER)
        return True

    def report_swap(self, at: float, slot: int, before: str, why: events.Swap) -> None:
        """Another variant is in use."""
        variant = self.standing.variant_of(slot)
        self.emit(
            events.VariantChanged(at=at, family=variant.family, slot=slot, from_=before, to=variant.name, why=why)
        )

    # What the orders ask about.

    @property
    def can_undo(self) -> bool:
        """Whether an order was kept that can be taken back."""
        return bool(self._undoable)

    @property
    def moment(self) -> Mode:
        """The mode, or the one that an answer interrupts."""
        return self.frozen.mode if self.mode is Mode.ANSWER and self.frozen else self.mode

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
        """Let everything that is to come wait so much longer."""
        self.agenda = deque(replace(item, at=item.at + seconds) for item in self.agenda)

    def rest_left(self, at: float) -> float:
        """Seconds until the rest in hand is over; 0 where there is none."""
        agenda, since = (self.frozen.agenda, self.frozen.since) if self.frozen else (tuple(self.agenda), at)
        ends = [item.at - since for item in agenda if isinstance(item, Step) and item.do == self.rest_over]
        return max(0.0, ends[0]) if ends else 0.0

    def expects(self) -> frozenset[Command]:
        """The commands that make sense now: what the ear may take speech for."""
        if self.asleep:
            return frozenset({Command.WAKE, Command.PAUSE, Command.HURTS})
        out = {Command.WAKE}
        if self.mode not in (Mode.ASK_END, Mode.HURT):
            out |= {Command.YES, Command.NO}
        if self.effort_slot is None and not self.self_paced:
            out.add(Command.NUMBER)
        if self.mode is not Mode.PAUSED:
            out.add(Command.RESUME)
        return frozenset(Command) - out
