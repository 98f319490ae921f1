"""What interrupts a workout, and how it is gone on with: an answer, a pause, a question, a lost device."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coach.errors import Device
from coach.language.delivery import Pace, Priority
from coach.session import events
from coach.session.course import QUESTION_SECONDS, STILL_PAUSED, Course
from coach.session.directives import Hush, Say
from coach.session.modes import ON_HOLD, REBUILT, Manner, Mode, Offer
from coach.session.plan import Plan
from coach.session.score import BREATH, Beat, Item, Measure, Step
from coach.session.script import Script
from coach.session.timeline import Tuned

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


def _later(frozen: Frozen, at: float) -> Iterator[Item]:
    """What was to come, each thing as much later as was waited."""
    return (replace(item, at=max(at, item.at + at - frozen.since)) for item in frozen.agenda)


def put_off(frozen: Frozen, seconds: float) -> Frozen:
    """The same moment, so much later."""
    later = tuple(replace(item, at=item.at + seconds) for item in frozen.agenda)
    beneath = frozen.beneath and put_off(frozen.beneath, seconds)
    return Frozen(frozen.mode, later, frozen.since + seconds, beneath)


class Interruptible(Course):
    """A course that can be put aside at any moment and gone on with from there."""

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
        self.hurt: set[int] = set()
        """The exercises that have hurt, by slot."""
        self.held_before: Mode | None = None
        """Where a question interrupted a wait: that wait."""
        self.asked_until = 0.0
        """When the question whether to end had stood for a breath, or will have."""
        self._told_once: set[str] = set()

    def kept(self, at: float) -> Frozen:
        """The moment as it is, to go on from later. A line that would be broken off is begun again then."""
        if self.frozen is not None and self.mode is not Mode.ANSWER:
            return self.frozen
        line = self.speaking
        if line is not None and line.priority in (Priority.BRIEFING, Priority.ANSWER) and at < self._spoken_until:
            return Frozen(self.mode, (line, *self.agenda), line.at, self.frozen)
        return Frozen(self.mode, tuple(self.agenda), at, self.frozen)

    def begun_again(self, at: float) -> str:
        """The line that was cut, or would be by an answer, and is begun again after it; empty where there is none."""
        kept = self.frozen or self.kept(at)
        first = kept.agenda[0] if kept.agenda and self.mode not in ON_HOLD else None
        return first.text if isinstance(first, Say) and first.at <= kept.since else ""

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
        answered = self.mode is Mode.ANSWER
        if answered and frozen.mode is Mode.WORK and self.manner.pacing == "self" and not self.standing.variant.hold:
            self.mode, self.agenda = Mode.WORK, deque()
        elif frozen.mode is Mode.SWITCH:
            self.change_sides(at)
        elif frozen.mode in REBUILT:
            self.count_in(at)
        elif answered and self.manner.settle and self._about_to_begin(frozen):
            self._settle_on(at, frozen)
        else:
            self.mode, self.frozen = frozen.mode, frozen.beneath and put_off(frozen.beneath, at - frozen.since)
            caught_up = answered and frozen.mode is Mode.REST
            self.agenda = deque(self._caught_up(frozen, at) if caught_up else _later(frozen, at))
            self._tell_rest_anew()

    def _tell_rest_anew(self) -> None:
        """Where the line that says how long a rest is was put aside with it, it says what is left now."""
        lines = [item for item in self.agenda if isinstance(item, Say) and item.text == self.rest_told]
        if self.mode is not Mode.REST or not lines:
            return
        (line,) = lines
        for _ in range(2):  # another length of the line may put off the end of the rest, which is then told
            self.rest_told = self.rest_line(line.at)
            new = replace(line, text=self.rest_told)
            longer = max(0.0, self.measure(new.text, new.pace) - self.measure(line.text, line.pace))
            later = [replace(i, at=i.at + longer) if isinstance(i, Say) and i.at > line.at else i for i in self.agenda]
            said = max(i.at + self.measure(i.text, i.pace) for i in later if isinstance(i, Say))
            later[-1] = replace(later[-1], at=max(later[-1].at, said + BREATH))
            self.agenda = deque(sorted((new if item == line else item for item in later), key=lambda item: item.at))
            line = new

    def rest_line(self, at: float) -> str:
        """How long the rest in hand is from now on, in words."""
        return self.script.line("rest.time", time=self.script.language.duration(round(self.rest_left(at))))

    def _about_to_begin(self, frozen: Frozen) -> bool:
        """Whether all has been said about the next set, and it begins by itself after a wait."""
        step = frozen.agenda[-1] if len(frozen.agenda) == 1 else None
        due = {Mode.BRIEFING: self.settle, Mode.SETTLING: self.count_in}.get(frozen.mode)
        return isinstance(step, Step) and step.do == due

    def _settle_on(self, at: float, frozen: Frozen) -> None:
        """The wait before a set has as long to go as it had, and that is said: an answer took time."""
        left = self.manner.settle
        if frozen.mode is Mode.SETTLING:
            left = math.ceil(frozen.agenda[-1].at - frozen.since)
        score = self.score(at).say(self.script.ready(left, first=False))
        self.play(score.wait(left - BREATH).then(self.count_in), Mode.SETTLING)

    def _caught_up(self, frozen: Frozen, at: float) -> Iterator[Item]:
        """What was to come: as soon as the lines before it allow, but no sooner than it was to, so that a rest ends in
        time."""
        free, was_free = at, frozen.since
        for item in frozen.agenda:
            gap = min(max(0.0, item.at - was_free), BREATH)
            seconds = self.measure(item.text, item.pace) if isinstance(item, Say) else 0.0
            was_free = max(was_free, item.at + seconds)
            item = replace(item, at=max(item.at, free + gap))
            free = item.at + seconds
            yield item

    def tune(self, manner: Manner) -> bool:
        """As in Timeline; what was put aside is laid out anew too."""
        before: dict[Say, float] = {}
        frozen = self.frozen
        while frozen:
            before |= {item: self.measure(item.text, item.pace) for item in frozen.agenda if isinstance(item, Say)}
            frozen = frozen.beneath
        if not super().tune(manner):
            return False
        self.frozen = self._laid_out_anew(self.frozen, before)
        return True

    def _laid_out_anew(self, frozen: Frozen | None, before: dict[Say, float]) -> Frozen | None:
        if frozen is None:
            return None
        agenda = tuple(self._stretched(frozen.agenda, before))
        return replace(frozen, agenda=agenda, beneath=self._laid_out_anew(frozen.beneath, before))

    def drop_answer(self, at: float) -> None:
        """Break an answer off, and go on with what it had interrupted."""
        self.emit(Hush(at))
        self.speaking = None
        self.thaw(at)

    def interrupt(self, at: float) -> None:
        """Be silent for an order that changes the course; what had been put aside is forgotten."""
        self.emit(Hush(at))
        self.speaking = None
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
        self.emit(Hush(at))
        self.said_enough()
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
            (line, max(at, self._counted_until, self._spoken_until) + 0.1, counts[0].at),
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

    def _answer_in_hold(self, at: float, lines: tuple[str, ...]) -> bool:
        """While the seconds of a hold go on; False when that would talk over the last ones, which are counted."""
        counts = [item.at for item in self.agenda if isinstance(item, Beat) and item.word]
        start = max(at, self._spoken_until) + 0.1
        score = self.score(start).say(*lines, priority=Priority.ANSWER)
        if not counts or score.at > counts[0]:
            return False
        others = [item for item in self.agenda if not self._overlaps(item, start, score.at)]
        self.agenda = deque(sorted([*others, *score.items], key=lambda item: item.at))
        return True

    def _overlaps(self, item: Item, start: float, end: float) -> bool:
        return isinstance(item, Say) and item.at < end and item.at + self.measure(item.text, item.pace) > start

    def _answer_on_hold(self, at: float, lines: tuple[str, ...]) -> None:
        """The wait goes on afterwards, as long as it had still to go."""
        score = self.score(at).wait(0.15).say(*lines, priority=Priority.ANSWER)
        still = (item for item in self.agenda if not (isinstance(item, Say) and item.text in lines))
        later = [replace(item, at=item.at + score.at - at) for item in still]
        self.agenda = deque([*score.items, *later])

    def pause(self, at: float, *lines: str) -> None:
        """Silence after these lines, until the athlete wants to go on."""
        self.emit(Hush(at))
        self.freeze(at)
        self.emit(events.Paused(at=at))
        self.hold(at, *lines)

    def hold(self, at: float, *lines: str) -> None:
        """Be paused: a tone, what there is to say, and one reminder after a good while."""
        score = self.score(at).tone("paused", 0.4 if lines else 0.0).say(*lines, priority=Priority.SAFETY)
        self.play(score.wait(STILL_PAUSED).say(self.script.line("pause.reminder")), Mode.PAUSED)

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

    def tell_once(self, key: str, at: float) -> None:
        """Say this line about the sound, the first time."""
        if key not in self._told_once and self.mode is not Mode.FINISHED:
            self._told_once.add(key)
            self.answer(at, self.script.line(key))

    def ask_end(self, at: float, key: str) -> None:
        """Silence means no."""
        self.held_before = self.mode if self.mode in ON_HOLD else None
        self.freeze(at)
        self.put_question(at, key)

    def put_question(self, at: float, key: str) -> None:
        """Ask whether to end, from the beginning of the question."""
        self.emit(Hush(at))
        score = self.score(at).tone("question", 0.3).say(self.script.line(key), priority=Priority.ANSWER)
        self.asked_until = score.at
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
        self.speaking = None
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
        slot = self.meant
        if self.mode is not Mode.OPENING:
            self.hurt.add(slot)
        self.emit(Hush(at))
        self.freeze(at)
        easiest = "_easiest" if self.standing.rungs[slot] == 0 else ""
        score = self.score(at).wait(0.2)
        for key in (f"hurts.ask{easiest}", f"hurts.again{easiest}"):
            score.say(self.script.line(key), priority=Priority.SAFETY).wait(QUESTION_SECONDS)
        self.play(score.say(self.script.line("hurts.quiet"), priority=Priority.SAFETY), Mode.HURT)

    @property
    def moment(self) -> Mode:
        """The mode, or the one that an answer interrupts."""
        return self.frozen.mode if self.mode is Mode.ANSWER and self.frozen else self.mode

    @property
    def underway(self) -> Mode:
        """The mode, or the one that an answer, a pause or a question interrupts."""
        mode, frozen = self.mode, self.frozen
        while frozen and (mode in ON_HOLD or mode is Mode.ANSWER):
            mode, frozen = frozen.mode, frozen.beneath
        return mode

    @property
    def meant(self) -> int:
        """The slot that "too hard" and pain are about: in a rest the one just done, until the next is named."""
        here = self.standing
        return here.just_done if self.underway is Mode.REST and not here.named else here.set.slot

    def rest_left(self, at: float) -> float:
        """Seconds until the rest in hand is over; 0 where there is none. A pause puts it off, an answer does not."""
        frozen = innermost = self.frozen
        while innermost and innermost.beneath:
            innermost = innermost.beneath
        since = frozen.since if frozen and self.mode is not Mode.ANSWER else at
        agenda = innermost.agenda if innermost else self.agenda
        ends = [item.at - since for item in agenda if isinstance(item, Step) and item.do == self.rest_over]
        return max(0.0, ends[0]) + self.lead_in() if ends else 0.0
