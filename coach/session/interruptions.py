"""What interrupts a workout: an answer, a pause, a question."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from coach.language.delivery import Pace, Priority
from coach.session import events
from coach.session.course import QUESTION_SECONDS, STILL_PAUSED
from coach.session.directives import Hush, Say
from coach.session.modes import ON_HOLD, Manner, Mode, Offer
from coach.session.plan import Plan
from coach.session.put_aside import Resumable, put_off
from coach.session.score import BREATH, Beat, Item, Measure, Score, Step
from coach.session.script import Script
from coach.session.timeline import Tuned

SOON = 0.3
"""Seconds: an answer that comes later than this is announced by a tone."""


@dataclass(frozen=True)
class Trouble:
    """What somebody is answered who was stopped by trouble, and says yes or no to what they were told."""

    since: float
    """When the pause for it began."""
    yes: Sequence[str]
    no: Sequence[str]
    torn: str = ""
    """The equipment that broke."""


def _is_answer(item: Item) -> TypeGuard[Say]:
    return isinstance(item, Say) and item.priority is Priority.ANSWER


class Interruptible(Resumable):
    """A course that answers, waits and asks at any moment."""

    _paused = False
    """Whether a pause was reported whose end has not been."""

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
        self.hurt: set[int] = set()
        """The exercises that have hurt, by slot."""
        self.paused_at = 0.0
        """When the last pause began."""
        self.stuck_since: float | None = None
        """When the last pause began of somebody who could not go on."""
        self._trouble: Trouble | None = None
        self.held_before: Mode | None = None
        """Where a question interrupted a wait: that wait."""
        self._question = ""
        """The key of the question whether to end, and ..."""
        self.asked_until = 0.0
        """... when it had stood for a breath, or will have."""

    def drop_answer(self, at: float) -> None:
        """Break an answer off, and go on with what it had interrupted."""
        self.hush(at)
        self.thaw(at)

    def interrupt(self, at: float) -> None:
        """Be silent for an order that changes the course; what had been put aside is forgotten."""
        self.hush(at)
        self.said_enough()
        self.frozen = None

    def answer(self, at: float, *lines: str, after_next: str = "") -> None:
        """Say something that was asked for, without losing the place, the beat or the silence.

        `after_next`: what to say instead when it can only be said after the next count.
        """
        if self.mode is Mode.WORK and len(lines) == 1 and self._answer_in_gap(at, lines[0], after_next or lines[0]):
            return
        if self.mode is Mode.WORK and self.standing.variant.hold and self._answer_in_hold(at, lines):
            return
        if self.mode in ON_HOLD:
            self.answer_on_hold(at, *lines)
            return
        self.emit(Hush(at))
        self.said_enough()
        if self.mode is not Mode.ANSWER:
            # One answer takes the place of another.
            self.freeze(at)
        self.speaking = None
        score = self.score(at).wait(0.15).say(*lines, priority=Priority.ANSWER)
        self.play(score.then(self.thaw), Mode.ANSWER)

    def _answer_in_gap(self, at: float, line: str, after_next: str) -> bool:
        """Before the next count or right after it; False when neither gap is long enough."""
        counts = [item for item in self.agenda if isinstance(item, Beat) and item.word][:2]
        if not counts:
            return False
        gaps = [(line, max(at, self._counted_until, self._spoken_until) + 0.1, counts[0].at)]
        if len(counts) > 1:
            gaps.append((after_next, counts[0].at + self.measure(counts[0].word, Pace.COUNT) + 0.1, counts[1].at))
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

    def _answer_in_hold(self, at: float, lines: tuple[str, ...]) -> bool:
        """While the seconds of a hold go on; False when that would talk over the last ones, which are counted."""
        counts = [item.at for item in self.agenda if isinstance(item, Beat) and item.word]
        start = max(at, self._spoken_until) + 0.1
        score = self.score(start).say(*lines, priority=Priority.ANSWER)
        if not counts or score.at > counts[0]:
            return False
        self.drop_answer_in_set()  # one answer takes the place of another
        others = [item for item in self.agenda if not self._overlaps(item, start, score.at)]
        self.agenda = deque(sorted([*others, *score.items], key=lambda item: item.at))
        return True

    def drop_answer_in_set(self) -> list[str]:
        """Say no more of an answer that is given while a set goes on; what was still to come of it."""
        answer = [item for item in self.agenda if _is_answer(item)]
        self.agenda = deque(item for item in self.agenda if item not in answer)
        return [item.text for item in answer]

    @property
    def answering(self) -> bool:
        """Whether an answer or a question is being said, or is still to be."""
        return any(map(_is_answer, self._to_be_said()))

    def answer_waits(self, at: float) -> bool:
        """Whether a set goes on in which something is still to be answered, and nothing of that was said yet."""
        begun = self.speaking is not None and _is_answer(self.speaking) and at < self._spoken_until + BREATH
        return self.mode is Mode.WORK and not begun and any(map(_is_answer, self.agenda))

    def _overlaps(self, item: Item, start: float, end: float) -> bool:
        return isinstance(item, Say) and item.at < end and item.at + self.measure(item.text, item.pace) > start

    def answer_on_hold(self, at: float, *lines: str, priority: Priority = Priority.ANSWER) -> None:
        """Say it in a wait, which goes on afterwards, as long as it had still to go; a question that was cut is asked
        again, and what to do in trouble. One answer takes the place of another here too, and of one put aside.
        """
        self.emit(Hush(at))
        self.said_enough()
        self._drop_answer_put_aside()
        score = self.score(at).wait(0.15).say(*lines, priority=priority)
        score.say(self._trouble_cut(at, lines), priority=Priority.SAFETY)
        if self.mode is Mode.ASK_END and at < self.asked_until - BREATH:
            score.tone("question", 0.3).say(self.script.line(self._question), priority=Priority.ANSWER)
            self.asked_until = score.at
        still = (item for item in self.agenda if not _is_answer(item))
        still = (item for item in still if not (isinstance(item, Say) and item.text in lines))
        later = [replace(item, at=item.at + score.at - at) for item in still]
        self.agenda = deque([*score.items, *later])

    def _trouble_cut(self, at: float, lines: tuple[str, ...]) -> str:
        """The line about what to do in trouble that is cut by these, and is not to come anyway; empty where none is."""
        cut = self.speaking
        if self.mode is not Mode.PAUSED or cut is None or cut.priority is not Priority.SAFETY:
            return ""
        to_come = {*lines, *(item.text for item in self.agenda if isinstance(item, Say))}
        return cut.text if at < self._spoken_until and cut.text not in to_come else ""

    def _drop_answer_put_aside(self) -> None:
        """Of what was put aside, let an answer be as if it had been given."""
        frozen = self.frozen
        if frozen is None or frozen.mode is not Mode.ANSWER or frozen.beneath is None:
            return
        beneath = frozen.beneath
        self.frozen = put_off(beneath, frozen.since - beneath.since)
        if beneath.mode is Mode.REST:  # which an answer does not put off
            self.frozen = replace(self.frozen, agenda=tuple(self._caught_up(beneath, frozen.since)))

    def pause(self, at: float, *lines: str) -> None:
        """Silence after these lines, until the athlete wants to go on."""
        self.emit(Hush(at))
        self.freeze(at)
        self.paused_at = at
        self.hold(at, *lines)

    @property
    def stands_still(self) -> bool:
        """Whether it is paused, and stays so until the athlete wants to go on: not for who was stuck, and is offered a
        way on."""
        return self.mode is Mode.PAUSED and self.stuck_since != self.paused_at

    def in_trouble(self, *, yes: Sequence[str], no: Sequence[str], torn: str = "") -> None:
        """The pause is for this trouble: these lines answer a yes, and a no; `torn`: the equipment that broke."""
        self._trouble = Trouble(self.paused_at, yes, no, torn)

    @property
    def torn(self) -> str:
        """The equipment that broke, while it is waited for what is done about it; empty where none did."""
        trouble = self._trouble
        waits = self.mode in ON_HOLD and trouble is not None and trouble.since == self.paused_at
        return trouble.torn if trouble and waits else ""

    def forget_trouble(self) -> None:
        """What the pause was for is over."""
        self._trouble = None

    @property
    def trouble(self) -> Trouble | None:
        """What the pause in hand is for; None where it is for nothing of the kind."""
        same = self.mode is Mode.PAUSED and self._trouble is not None and self._trouble.since == self.paused_at
        return self._trouble if same else None

    def hold(self, at: float, *lines: str) -> None:
        """Be paused: a tone, what there is to say, and one reminder after a good while."""
        if not self._paused:
            self._paused = True
            self.emit(events.Paused(at=at))
        score = self.score(at).tone("paused", 0.4 if lines else 0.0).say(*lines, priority=Priority.SAFETY)
        self.play(score.wait(STILL_PAUSED).say(self.script.line("pause.reminder")), Mode.PAUSED)

    def report_going_on(self, at: float) -> None:
        """A pause, or a wait in pain, is over."""
        self._paused = False
        self.emit(events.Resumed(at=at))

    def play(self, score: Score, mode: Mode) -> None:
        """As in Timeline; whatever goes on instead of a pause ends it."""
        if self._paused and mode not in ON_HOLD and mode is not Mode.FINISHED:
            self.report_going_on(self.now)
        super().play(score, mode)

    def set_up_left(self, at: float) -> str:
        """How long it still is to the set whose set-up is being told, or that one gets into position for, in words;
        empty where that is said after any answer."""
        if not self.manner.settle or self.mode in ON_HOLD:
            return self.script.line("brief.ready_wait")
        frozen = self.frozen if self.mode is Mode.ANSWER and self.frozen else self.kept(at)
        if self._about_to_begin(frozen):
            return ""
        last = frozen.agenda[-1]
        settling = isinstance(last, Step) and last.do == self.settle
        left = last.at - frozen.since + (self.manner.settle - BREATH if settling else 0.0)
        if not self.resting:
            return self.script.ready(left, first=False)
        left += self.count_in_seconds()
        line = ""
        for _ in range(2):  # to say it takes time too
            line = self.time_left(left + self.measure(line, Pace.TALK) + BREATH)
        return line

    def ask_end(self, at: float, key: str) -> None:
        """Silence means no."""
        self.held_before = self.mode if self.mode in ON_HOLD else None
        self.freeze(at)
        self.put_question(at, key)

    def put_question(self, at: float, key: str) -> None:
        """Ask whether to end, from the beginning of the question."""
        self.emit(Hush(at))
        self.said_enough()
        score = self.score(at).tone("question", 0.3).say(self.script.line(key), priority=Priority.ANSWER)
        self._question, self.asked_until = key, score.at
        self.play(score.wait(QUESTION_SECONDS).then(self.carry_on), Mode.ASK_END)

    def carry_on(self, at: float) -> None:
        """Back from the question to what it interrupted; it may still be asked."""
        self.hush(at)
        if self.held_before is not None:
            self.hold(at)
            return
        score = self.score(at).tone("resumed", 0.3).say(self.script.line("end.carrying_on"), priority=Priority.ANSWER)
        self.play(score.then(self.thaw), Mode.ANSWER)

    def interrupt_question(self, at: float) -> None:
        """Another order came instead of an answer: back to what the question interrupted, without a word."""
        self.hush(at)
        if self.held_before is not None:
            self.mode, self.agenda = Mode.PAUSED, deque()
        else:
            self.thaw(at)

    def release(self, at: float) -> None:
        """End a wait: a count-in where a set was interrupted."""
        self.hush(at)
        self.agenda.clear()
        self.thaw(at + 0.3)

    def ask_hurt(self, at: float) -> None:
        """Stop, ask once, ask once more, then wait in silence for as long as it takes."""
        slot = self.meant
        if self.mode is not Mode.OPENING:
            self.hurt.add(slot)
        ways = self.ways_on()
        self.emit(Hush(at))
        self.said_enough()
        self.freeze(at)
        score = self.score(at).wait(0.2)
        for key in (f"hurts.ask{ways}", f"hurts.again{ways}"):
            score.say(self.script.line(key), priority=Priority.SAFETY).wait(QUESTION_SECONDS)
        self.play(score.say(self.script.line("hurts.quiet"), priority=Priority.SAFETY), Mode.HURT)
