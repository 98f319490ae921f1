"""A course that can be put aside at any moment, and gone on with from there."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from coach.language.delivery import Pace, Priority
from coach.session.beginning import Beginning
from coach.session.directives import Say, Tone
from coach.session.events import ExerciseStarted
from coach.session.modes import ON_HOLD, REBUILT, Manner, Mode
from coach.session.score import BREATH, Item, Step

TOLD_FROM = 8.0
"""Seconds that a rest has to have left for its length to be told again."""


@dataclass(frozen=True)
class Frozen:
    """A moment kept for later: what was going on, and all that was still to come as of `since`."""

    mode: Mode
    agenda: tuple[Item, ...]
    since: float
    beneath: Frozen | None = None
    """What an answer had interrupted, where an answer was put aside."""

    @property
    def underway(self) -> Mode:
        """The mode, or the one that an answer, a pause or a question had interrupted."""
        interrupts = self.mode in ON_HOLD or self.mode is Mode.ANSWER
        return self.beneath.underway if interrupts and self.beneath else self.mode


def _later(frozen: Frozen, at: float) -> Iterator[Item]:
    """What was to come, each thing as much later as was waited."""
    return (replace(item, at=max(at, item.at + at - frozen.since)) for item in frozen.agenda)


def put_off(frozen: Frozen, seconds: float) -> Frozen:
    """The same moment, so much later."""
    later = tuple(replace(item, at=item.at + seconds) for item in frozen.agenda)
    beneath = frozen.beneath and put_off(frozen.beneath, seconds)
    return Frozen(frozen.mode, later, frozen.since + seconds, beneath)


class Resumable(Beginning):
    """Keeps what was going on, and goes on with it."""

    frozen: Frozen | None = None
    """What was put aside; None while nothing is."""
    waited = 0.0
    """Seconds by which all that was to come has been put off by waits."""

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
        self.waited += 0.0 if answered else at - frozen.since
        if answered and frozen.mode is Mode.WORK and self.at_own_pace:
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
            self.tell_needs_anew(at)

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

    def rest_answer(self, at: float, *then: str) -> str:
        """The same, as an answer, which `then` follows; who asks late puts off the end of the rest by that."""
        left = self.rest_left(at)
        kept = self.frozen if self.mode is Mode.ANSWER and self.frozen else self.kept(at)
        if self.mode not in ON_HOLD and kept.mode is Mode.REST:
            until = self.score(at).say(self.time_left(left), *then).at
            ends = (item.at for item in self._caught_up(kept, until) if isinstance(item, Step))
            left = max(left, max(ends, default=at) - at + self.lead_in())
        return self.time_left(left)

    def time_left(self, seconds: float) -> str:
        """So many seconds of rest are left, in words."""
        return self.script.line("answer.rest", time=self.script.language.duration(seconds))

    def tell_rest(self, at: float) -> None:
        """How long the rest in hand still is, where nothing else is about to be said in it."""
        line = self.time_left(self.rest_left(at))  # which is not put off by it
        until = at + self.measure(line, Pace.TALK) + BREATH
        soon = any(isinstance(item, Say | Step) and item.at < until for item in self.agenda)
        if self.rest_left(at) > TOLD_FROM and not soon:
            self.agenda.appendleft(Say(at, line, Priority.ANSWER))

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
            late = free + gap - item.at
            if isinstance(item, Say) and item.text in self.script.lines("rest.ten_seconds") and late > 1:
                continue  # it is not ten seconds any more
            item = replace(item, at=item.at + max(0.0, late))
            free = item.at + seconds
            yield item

    def takes_up(self, item: Item) -> bool:
        """Whether it is of the count-in, which nobody waits in."""
        if isinstance(item, Say):
            return item.text == self.standing.variant.brace
        return isinstance(item, Tone) and item.name == "count_in"

    def say_instead(self, other: Callable[[str], str]) -> None:
        """Let what each line has become be said in its place, where it is still to come or may be begun again."""

        def instead(item: Item) -> Item:
            return replace(item, text=other(item.text)) if isinstance(item, Say) else item

        if self.speaking:
            self.speaking = replace(self.speaking, text=other(self.speaking.text))
        self.agenda = deque(map(instead, self.agenda))
        frozen = self.frozen
        self.frozen = frozen and replace(frozen, agenda=tuple(map(instead, frozen.agenda)))

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

    @property
    def moment(self) -> Mode:
        """The mode, or the one that an answer interrupts."""
        return self.frozen.mode if self.mode is Mode.ANSWER and self.frozen else self.mode

    @property
    def underway(self) -> Mode:
        """The mode, or the one that an answer, a pause or a question interrupts."""
        return Frozen(self.mode, (), self.now, self.frozen).underway

    @property
    def unnamed(self) -> bool:
        """Whether another exercise is gone on to whose name is only about to be said."""
        agenda = self.frozen.agenda if self.mode in ON_HOLD and self.frozen else self.agenda
        return any(isinstance(item, ExerciseStarted) for item in agenda)

    @property
    def meant(self) -> int:
        """The slot that "too hard" and pain are about: in a rest the one just done, until the next is named."""
        here = self.standing
        return here.just_done if self.underway is Mode.REST and not here.named else here.set.slot

    def next_one(self) -> int | None:
        """The set that "next" goes on to: in a rest that which was announced and has not begun, in pain as well."""
        here = self.standing
        coming = here.not_begun() if self.underway is Mode.REST else None
        return here.next_exercise() if coming is None else coming

    def ways_on(self) -> str:
        """What is not open to the athlete, as the end of a line's key: nothing easier is known, nothing comes next."""
        easiest = "_easiest" if self.standing.rungs[self.meant] == 0 else ""
        last = self.underway is Mode.CLOSING or self.next_one() is None
        return f"{easiest}{'_last' if last else ''}"

    def rest_left(self, at: float) -> float:
        """Seconds until the rest in hand is over; 0 where there is none. A pause puts it off, an answer does not."""
        frozen = innermost = self.frozen
        while innermost and innermost.beneath:
            innermost = innermost.beneath
        since = frozen.since if frozen and self.mode is not Mode.ANSWER else at
        agenda = innermost.agenda if innermost else self.agenda
        ends = [item.at - since for item in agenda if isinstance(item, Step) and item.do == self.rest_over]
        return max(0.0, ends[0]) + self.lead_in() if ends else 0.0
