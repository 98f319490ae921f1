"""The course of a workout: what follows what, as long as nobody says anything.

Each part of a workout (a briefing, a set, a rest) is entered at a moment and writes an agenda that ends with the step
into the next.
"""

from __future__ import annotations

from coach.language.delivery import Priority
from coach.session import briefing, events
from coach.session.briefing import Worn
from coach.session.directives import Volume
from coach.session.modes import Manner, Mode, Offer
from coach.session.plan import MOVE_BREATH, Plan, PlannedSet, Slot
from coach.session.score import BREATH, Measure
from coach.session.script import Script
from coach.session.sets import Sets
from coach.session.standing import Standing
from coach.session.timeline import Tuned

QUESTION_SECONDS = 8.0
"""How long an answer is waited for, before the question comes once more."""
GET_THERE = 8.0
"""Seconds at least from the name of an exercise done before, as in a circuit's second round, to its count-in."""
STILL_PAUSED = 90.0


class Course(Sets):
    """One workout from the opening line to the summary, if nobody says anything."""

    def __init__(
        self,
        plan: Plan,
        script: Script,
        measure: Measure,
        manner: Manner | None = None,
        offer: Offer | None = None,
        tuned: Tuned = lambda manner: True,
    ) -> None:
        super().__init__(plan, script, measure, manner or Manner(), tuned)
        self.offer = offer
        if offer is None:
            self.open(0.0)
        else:
            self._make_offer(offer)

    def _make_offer(self, offer: Offer) -> None:
        """Ask, ask once more, then wait for as long as it takes: the offer stands until it is answered."""
        question = self.script.line(
            "offer.ask", title=offer.plan.routine.title, n=offer.index + 1, of=len(offer.plan.sets)
        )
        score = self.score(0.0).say(*self.script.notices).tone("question", 0.3)
        score.say(question, priority=Priority.ANSWER).wait(QUESTION_SECONDS)
        self.play(score.say(self.script.line("offer.again"), priority=Priority.ANSWER), Mode.OFFER)

    def take_up(self, at: float) -> None:
        """Go on with the workout that was broken off."""
        if self.offer is None:
            return
        self.plan = self.offer.plan
        self.script = Script(self.script.language, self.plan, self.script.notices, self.script.so_far)
        self.standing = Standing.at_start(self.plan, self.offer.index)
        self._start(at)
        self.brief(at + 0.4, "brief.again")

    def open(self, at: float) -> None:
        """From the beginning."""
        self._start(at)
        self.play(
            self.score(at).say(*briefing.opening(self.script, self.plan, self.manner.bands)).then(self.brief_first),
            Mode.OPENING,
        )

    def _start(self, at: float) -> None:
        routine = self.plan.routine
        choices = [
            {
                "family": slot.family.name,
                "exercise": slot.family.variants[slot.choice.rung].name,
                "rung": slot.choice.rung,
                "sets": slot.choice.sets,
                "amount": slot.choice.amount,
                "band": self._band_of(slot) or None,
                "of": sum(planned.slot == slot.number for planned in self.plan.sets),
            }
            for slot in self.plan.slots
        ]
        self.emit(
            events.SessionStarted(
                at=at,
                routine=routine.slug,
                title=routine.title,
                sets=len(self.plan.sets),
                seconds=self.plan.seconds,
                index=self.standing.index,
                path=routine.path or None,
                choices=choices,
            )
        )
        self.emit(Volume(at, self.manner.volume))

    def _band_of(self, slot: Slot) -> str:
        equipment = slot.family.variants[slot.choice.rung].equipment
        return self.manner.bands.chosen(equipment, slot.choice.band)

    def brief_first(self, at: float) -> None:
        """The first briefing."""
        self.brief(at, "brief.first")

    def begin_at_once(self, at: float) -> None:
        """The first set for somebody who was ready before it was named: in a breath or two, and on."""
        here = self.standing
        number = here.set.slot
        score = self.score(at).happens(self.exercise_started(at))
        score.say(self.script.named("brief.first", here.slot, here.rungs[number], here.amount))
        score.say(
            self.script.reason(here.slot),
            *briefing.told_in_a_hurry(self.script, here.slot, Worn(here.variant, self.band)),
        )
        here.briefed.add(number)
        self.play(score.then(self.count_in), Mode.BRIEFING)

    def brief(self, at: float, key: str = "") -> None:
        """Set-up and movement of the set that comes next; `key` names it first, where that has not been said."""
        here = self.standing
        number = here.set.slot
        first = not self.standing.briefed
        score = self.score(at).happens(self.exercise_started(at))
        if key:
            score.say(self.script.named(key, here.slot, here.rungs[number], here.amount))
            score.say(self.script.reason(here.slot) if here.set.set == 1 else "")
            if here.set.set > 1:
                score.say(self.script.line("brief.set", n=here.set.set, of=here.set.of))
        if number not in self.standing.briefed:
            score.say(*self._told(), breath=MOVE_BREATH)
        score.say(self.script.ready(self.manner.settle, first=first)).then(self.settle)
        self.standing.briefed.add(number)
        self.play(score, Mode.BRIEFING)

    def _told(self) -> list[str]:
        """What has to be told of the exercise at hand."""
        here, before = self.standing, self.worked_last
        another = before is not None and before.variant.family != here.variant.family
        return briefing.told(self.script, here.slot, Worn(here.variant, self.band), before if another else None)

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
        ask = self.manner.ask_effort and before.set == before.of
        self.effort_slot = before.slot if ask else None
        if here.last:
            self._close(at, ask)
            return
        here.begin_set(here.index + 1)
        self.rest(at, before.rest, before.slot, ask=ask)

    def rest(self, at: float, seconds: float, slot_before: int, *, ask: bool = False) -> None:
        """Silence of a length that was said, with what comes next named early enough to set up for it."""
        here = self.standing
        before = here.variant_of(slot_before)
        score = self.score(at).happens(
            events.RestStarted(at=at, seconds=seconds, next=here.variant.name, index=here.index)
        )
        score.tone("rest", 0.3).say(self._set_done(here.sets[here.index - 1]))
        if seconds >= 1:
            score.say(self.script.line("rest.time", time=self.script.language.duration(seconds)))
        if here.set.slot == slot_before:
            key = "rest.then_last_set" if here.set.set == here.set.of else "rest.then_set"
            score.say(self.script.line(key, n=here.set.set, of=here.set.of))
        else:
            if ask:
                score.say(self.script.line("rest.effort"), breath=2.5)
            score.say(self.script.named("brief.next", here.slot, here.rungs[here.set.slot], here.amount))
            score.say(self.script.reason(here.slot) if here.set.set == 1 else "")
            score.say(self.script.stay_down(here.variant, before))
        end = at + seconds
        lead_in = self.lead_in()
        if here.set.slot in here.briefed:
            if seconds >= 40:
                score.until(end - 10 - lead_in).say(self.script.line("rest.ten_seconds"))
            elif here.set.slot != slot_before:
                score.wait(GET_THERE)
            score.until(end - lead_in).then(self.rest_over)
        else:
            score.until(end - lead_in).then(self.rest_over)
        self.play(score, Mode.REST)

    def lead_in(self) -> float:
        """Seconds of a rest that the words before the next set take: its set-up where that is due, or its count-in."""
        here = self.standing
        if here.set.slot in here.briefed:
            return self._counted_in(0.0).at
        return self.score(0.0).say(*self._told(), breath=MOVE_BREATH).at

    def _set_done(self, planned: PlannedSet) -> str:
        if planned.set == planned.of > 1:
            return self.script.line("rest.all_sets")
        return self.script.line("rest.done")

    def rest_over(self, at: float) -> None:
        """On with the next set."""
        self.emit(events.RestFinished(at=at))
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
