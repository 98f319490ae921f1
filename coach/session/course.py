"""The course of a workout: what follows what, as long as nobody says anything.

Each part of a workout (a briefing, a set, a rest) is entered at a moment and writes an agenda that ends with the step
into the next.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

from coach.language.delivery import Pace, Priority
from coach.session import briefing, events
from coach.session.briefing import Worn
from coach.session.directives import Say
from coach.session.modes import Manner, Mode
from coach.session.plan import MOVE_BREATH, Plan, PlannedSet
from coach.session.score import BREATH, Measure, Score
from coach.session.script import Script
from coach.session.sets import Sets
from coach.session.timeline import Tuned

QUESTION_SECONDS = 8.0
"""How long an answer is waited for, before the question comes once more."""
GET_THERE = 8.0
"""Seconds at least from what is said of an exercise done before, as in a circuit's second round, to its count-in ..."""
BAND_SECONDS = 6.0
"""... and so many more where a band goes on, off or elsewhere."""
EFFORT_BREATH = 2.5
"""Seconds for the answer to "how hard was that" before the next exercise is named."""
NAMED_AGAIN = 10.0
"""Seconds: a set that is named sooner than this before it begins is named then only."""
TIME_SECONDS = 2.5
"""About what it takes to say how long a rest is."""
WARNED_FROM = 40.0
"""Seconds: a rest as long as this is told to be over soon."""
ROUND = 5
"""A rest that has to be longer than the routine wants is told in a round number of seconds."""
STILL_PAUSED = 90.0


class Course(Sets):
    """One workout from its first exercise to the summary, if nobody says anything."""

    def __init__(
        self,
        plan: Plan,
        script: Script,
        measure: Measure,
        manner: Manner | None = None,
        tuned: Tuned = lambda manner: True,
    ) -> None:
        super().__init__(plan, script, measure, manner or Manner(), tuned)
        self.rest_told = ""
        """The line that said how long the rest is."""

    def brief(self, at: float, key: str = "", then: str = "") -> None:
        """Set-up and movement of the set that comes next; `key` names it first, where that has not been said, and
        `then` is what is said after its name."""
        here = self.standing
        number = here.set.slot
        score = self.score(at).happens(self.exercise_started(at))
        if key:
            self.said_enough()
            score.say(self.script.named(key, here.slot, here.rungs[number], here.amount), then)
            score.say(self.script.reason(here.slot) if here.set.set == 1 else "")
            if here.set.set > 1:
                score.say(self.script.line("brief.set", n=here.set.set, of=here.set.of))
        self._then_set_up(score)

    def brief_anew(self, at: float) -> None:
        """The set-up from its beginning, for another side than it was told for."""
        side = self.script.line("set.last_side", side=self.standing.side_name)
        self._then_set_up(self.score(at).say(side))

    def _then_set_up(self, score: Score) -> None:
        self.tell_set_up(score)
        score.say(self._ready()).then(self.settle)
        self.play(score, Mode.BRIEFING)

    def tell_set_up(self, score: Score) -> None:
        """As much of it as is not known."""
        here = self.standing
        known = here.set.slot in here.briefed
        lines = self.told_again() if known else self._told()
        here.turned = here.turned and not self.sided(lines)
        if lines:
            score.then(self._sets_out)
        score.say(*(self.script.mirrored(line) if here.mirrored else line for line in lines), breath=MOVE_BREATH)
        score.then(self.is_there)
        if not known:
            score.then(self.briefed)

    def _sets_out(self, at: float) -> None:
        self.on_the_way = True

    def sided(self, lines: Sequence[str]) -> bool:
        """Whether they say on which side one lies or moves: nobody has to turn round who does as they say."""
        return any(self.script.mirrored(line) != line for line in lines)

    def briefed(self, at: float) -> None:
        """The set-up has been told to its end."""
        self.standing.briefed.add(self.standing.set.slot)

    def _ready(self) -> str:
        """How the set will begin; in full the first time."""
        return self.script.ready(self.manner.settle, first=not self.standing.briefed)

    def _told(self) -> list[str]:
        """What has to be told of the exercise at hand."""
        here, before = self.standing, self.worked_last
        another = before is not None and before.variant.family != here.variant.family and not self.on_the_way
        return briefing.told(self.script, here.slot, Worn(here.variant, self.band), before if another else None)

    def told_again(self) -> list[str]:
        """Where body and band go, where another exercise came between this one and its set-up, or was told of."""
        here, before = self.standing, self.worked_last
        now = Worn(here.variant, self.band)
        if self.on_the_way:
            return briefing.from_anywhere(self.script, now, before)
        if before is None or before.variant.family == here.variant.family:
            return []
        return briefing.again(self.script, now, before)

    def exercise_started(self, at: float) -> events.ExerciseStarted:
        """Which exercise and set come next."""
        here = self.standing
        return events.ExerciseStarted(
            at=at,
            exercise=here.variant.name,
            family=here.slot.family.name,
            slot=here.set.slot,
            of=len(self.plan.slots),
            index=here.index,
        )

    def settle(self, at: float) -> None:
        """Wait while the athlete gets into position."""
        score = self.score(at)
        if self.manner.settle:
            score.wait(max(0.0, self.manner.settle - BREATH)).then(self.count_in)
        else:
            score.wait(QUESTION_SECONDS).say(self.script.line("brief.waiting"))
        self.play(score, Mode.SETTLING)

    def finish_set(self, at: float, why: events.SetEnd) -> None:
        """End the set; a rest, or the end of the workout, comes next."""
        here = self.standing
        self.close_set(at, why)
        before = here.set
        ask = self.manner.ask_effort and before.set == before.of and here.index in self._worked
        self.effort_slot = before.slot if ask else None
        if here.last:
            self._close(at, ask)
            return
        here.begin_set(here.index + 1)
        self.rest(at, before.rest, before.slot, ask=ask)

    def rest(self, at: float, seconds: float, slot_before: int, *, ask: bool = False, first: str = "") -> None:
        """A rest that lasts as long as is said, to the first rep, with the set-up of what comes next within it.

        It is longer than `seconds` where the words, and the time to get into position, take longer. `first`: what is
        said in place of that the set is done.
        """
        here = self.standing
        self.resting = True
        here.named = False
        fresh = here.set.slot not in here.briefed
        done = first or self._set_done(here.sets[here.index - 1])
        effort = self.script.line("rest.effort") if ask and here.set.slot != slot_before else ""
        told, following = self._length_of_rest(seconds, slot_before, done, effort)
        end = at + told
        score = self.score(at).happens(
            events.RestStarted(
                at=at,
                seconds=told,
                next=here.variant.name,
                index=here.index,
                planned=None if told == seconds else seconds,
            )
        )
        score.tone("rest", 0.3).say(done)
        if seconds >= 1:
            self.rest_told = self._rest_in_words(told)
            score.say(self.rest_told)
        score.say(effort, breath=EFFORT_BREATH).then(self._name_next).say(*following)
        begins = end - self.lead_in()
        if not fresh and told >= WARNED_FROM and end - NAMED_AGAIN + TIME_SECONDS < begins:
            score.until(end - NAMED_AGAIN).say(self.script.line("rest.ten_seconds"))
        self.play(score.until(begins).then(self.rest_over), Mode.REST)

    def _rest_in_words(self, seconds: float) -> str:
        return self.script.line("rest.time", time=self.script.language.duration(seconds))

    def _length_of_rest(self, seconds: float, slot_before: int, done: str, effort: str) -> tuple[float, list[str]]:
        """How long a rest is told to be that should take `seconds`, and what is said in it of what comes next."""
        another = self.standing.set.slot != slot_before
        fresh = self.standing.set.slot not in self.standing.briefed
        following = self._following(slot_before)
        lead_in = self.lead_in() + (self._get_there() if another and not fresh else 0.0)
        words = self.score(0.3).say(done, effort, *following).at + (EFFORT_BREATH if effort else 0.0)
        told = seconds
        while words + self.measure(self._rest_in_words(told), Pace.TALK) + BREATH + lead_in > told:
            told = ROUND * math.floor(told / ROUND + 1)
        if not another and words + lead_in > told - NAMED_AGAIN:
            following = []
        return told, following

    def warn_of_end(self, at: float, end: float) -> None:
        """Let it be told when a long rest has ten seconds left, where that is not told anyway and it ends at `end`."""
        line = self.script.line("rest.ten_seconds")
        told = any(isinstance(item, Say) and item.text in self.script.lines("rest.ten_seconds") for item in self.agenda)
        warned = end - NAMED_AGAIN
        room = at + WARNED_FROM < end and warned + TIME_SECONDS < end - self.lead_in()
        if room and not told and self.standing.set.slot in self.standing.briefed:
            said = Say(warned, line, Priority.BRIEFING)
            self.agenda = deque(sorted([*self.agenda, said], key=lambda item: item.at))

    def rest_to_come(self) -> float:
        """Seconds of the rest after the set at hand, as it will be told; not for the last set."""
        here, last, on_the_way = self.standing, self.worked_last, self.on_the_way
        before = here.set
        self.worked_last, self.on_the_way = Worn(here.variant, self.band), False
        self.standing = here.copy()
        self.standing.briefed.add(before.slot)
        sides = [(here.side + step) % len(here.done) for step in range(len(here.done))]
        self.standing.turn_to([here.side, *(side for side in sides if side in here.open_sides)][-1])  # where it ends
        self.standing.begin_set(here.index + 1)
        ask = self.manner.ask_effort and before.set == before.of and self.standing.set.slot != before.slot
        with self.script.unsaid():
            done = self._done_in_words(before)
            told, _ = self._length_of_rest(
                before.rest, before.slot, done, self.script.line("rest.effort") if ask else ""
            )
        self.standing, self.worked_last, self.on_the_way = here, last, on_the_way
        return told

    def _get_there(self) -> float:
        here, before = self.standing.variant, self.worked_last and self.worked_last.variant
        same = before is None or (before.equipment, before.band) == (here.equipment, here.band)
        return GET_THERE if same else GET_THERE + BAND_SECONDS

    def _name_next(self, at: float) -> None:
        """From here on it has been said what comes after the rest."""
        self.standing.named = True

    def _following(self, slot_before: int) -> list[str]:
        """What comes after a rest, in words."""
        here = self.standing
        if here.set.slot == slot_before:
            key = "rest.then_last_set" if here.set.set == here.set.of else "rest.then_set"
            return [self.script.line(key, n=here.set.set, of=here.set.of)]
        return [
            self.script.named("brief.next", here.slot, here.rungs[here.set.slot], here.amount),
            self.script.reason(here.slot) if here.set.set == 1 else "",
            self.script.stay_down(here.variant, here.variant_of(slot_before)),
            *(self.told_again() if here.set.slot in here.briefed else ()),
        ]

    def rest_on(self, score: Score, end: float) -> Mode:
        """The rest goes on after these lines until `end`, with another variant after it."""
        score.until(end - self.lead_in()).then(self.rest_over)
        return Mode.REST

    def lead_in(self) -> float:
        """Seconds of a rest that go to the next set: to its set-up where that is due, and its count-in."""
        here, settle = self.standing, self.manner.settle
        if here.set.slot in here.briefed:
            return self.count_in_seconds()
        with self.script.unsaid():
            told = self._told()
            set_up = self.score(0.0).say(*told, breath=MOVE_BREATH).say(self._ready()).at
        turned, here.turned = here.turned, here.turned and not self.sided(told)
        counted_in = self.count_in_seconds()
        here.turned = turned
        return set_up + max(0.0, settle - BREATH) + counted_in if settle else set_up

    def _set_done(self, planned: PlannedSet) -> str:
        if self.standing.index - 1 not in self._worked:
            return self.script.line("rest.left_out")
        return self._done_in_words(planned)

    def _done_in_words(self, planned: PlannedSet) -> str:
        return self.script.line("rest.all_sets" if planned.set == planned.of > 1 else "rest.done")

    def rest_over(self, at: float) -> None:
        """On with the next set."""
        if self.standing.set.slot in self.standing.briefed:
            self.count_in(at)
        else:
            self.brief(at)

    def _close(self, at: float, ask: bool) -> None:
        score = self.score(at).tone("done", 0.5)
        if ask:
            score.say(self.script.line("rest.effort")).wait(QUESTION_SECONDS)
        self.play(score.then(self.complete), Mode.CLOSING)

    def complete(self, at: float) -> None:
        """All sets are done."""
        self.finish(at, "completed")

    def finish(self, at: float, status: events.Status) -> None:
        """The summary, and the end."""
        worked = self._worked
        score = self.score(at).say(
            self.script.summary(f"end.{status}", len(set(worked.values())), len(worked), at), priority=Priority.ANSWER
        )
        score.then(self.over)
        self._status = status
        self.play(score, Mode.FINISHED)

    def over(self, at: float) -> None:
        """The last line has been said."""
        self._finished(at, self._status)

    def _finished(self, at: float, status: events.Status) -> None:
        self.mode = Mode.FINISHED
        self.emit(events.SessionFinished(at=at, status=status, sets=len(self._worked), seconds=at))
