"""The course of a workout: what follows what, as long as nobody says anything.

Each part of a workout (a briefing, a set, a rest) is entered at a moment and writes an agenda that ends with the step
into the next.
"""

from __future__ import annotations

from typing import Any

from coach.language.delivery import Pace, Priority
from coach.session import beat, events
from coach.session.directives import Say, Volume
from coach.session.modes import Manner, Mode, Offer
from coach.session.plan import Plan, PlannedSet, switch_seconds
from coach.session.score import BREATH, Beat, Measure, Score
from coach.session.script import Script
from coach.session.standing import Standing
from coach.session.timeline import Timeline, Tuned

MOVE_BREATH = 1.2
"""Seconds after each line that asks the body to do something."""
TICK = 0.8
"""Seconds between the two ticks that lead into the first rep."""
QUESTION_SECONDS = 8.0
"""How long an answer is waited for, before the question comes once more."""
LONG_BEFORE = 8.0
"""A set-up that comes later than this is worth a word about the band now: there is time to move it."""
STILL_PAUSED = 90.0


class Course(Timeline):
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
        super().__init__(measure, manner or Manner(), tuned)
        self.plan = plan
        self.script = script
        self.offer = offer
        self.standing = Standing.at_start(plan)
        self.effort_slot: int | None = None
        """The exercise that "how hard was that" was asked about, until it is answered or the next set begins."""
        self._status = "completed"
        self._worked: dict[int, int] = {}
        """Slot by index of every set with work done in it."""
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
        self.play(self.score(at).say(*self.script.opening()).then("brief_first"), Mode.OPENING)

    def _start(self, at: float) -> None:
        routine = self.plan.routine
        choices = [
            {
                "family": slot.family.name,
                "exercise": slot.family.variants[slot.choice.rung].name,
                "rung": slot.choice.rung,
                "sets": slot.choice.sets,
                "amount": slot.choice.amount,
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

    def brief_first(self, at: float) -> None:
        self.brief(at, "brief.first")

    def brief(self, at: float, key: str = "") -> None:
        """Set-up and movement of the set that comes next; `key` names it first, where that has not been said."""
        here = self.standing
        number = here.set.slot
        first = not self.standing.briefed
        score = self.score(at).happens(self.exercise_started(at))
        if key:
            score.say(self.script.named(key, here.slot, here.rungs[number], here.amount))
            if here.set.set > 1:
                score.say(self.script.line("brief.set", n=here.set.set, of=here.set.of))
        if number not in self.standing.briefed:
            score.say(self.script.reason(here.slot) if here.set.set == 1 else "")
            score.say(*here.variant.setup, here.variant.move, breath=MOVE_BREATH)
        score.say(self.script.ready(self.manner.settle, first=first)).then("settle")
        self.standing.briefed.add(number)
        self.play(score, Mode.BRIEFING)

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
        score = self.score(at)
        if self.manner.settle:
            score.wait(max(0.0, self.manner.settle - BREATH)).then("count_in")
        else:
            score.wait(QUESTION_SECONDS).say(self.script.line("brief.waiting"))
        self.play(score, Mode.SETTLING)

    def count_in(self, at: float) -> None:
        """The side, where there is one, and two ticks."""
        self.play(self._counted_in(at), Mode.COUNT_IN)

    def _counted_in(self, at: float) -> Score:
        score = self.score(at)
        if self.standing.side_name:
            score.say(self.script.line("set.last_side", side=self.standing.side_name), breath=0.3)
        return score.tone("count_in", TICK).tone("count_in", TICK).then("work")

    def recount(self, at: float) -> None:
        """Back into a set that was interrupted: two, one."""
        counts = self.script.language.numbers
        score = self.score(at).wait(0.2)
        for n in (2, 1):
            score.items.append(Say(score.at, counts[n], Priority.COUNT, Pace.COUNT))
            score.wait(1.0)
        self.play(score.then("work"), Mode.COUNT_IN)

    def work(self, at: float) -> None:
        """The beats of the side at hand, from where it stands."""
        here = self.standing
        if not here.started:
            here.started = True
            self.effort_slot = None
            self.emit(self._set_started(at))
        done = here.done[here.side]
        teach = here.set.set == 1 and not done
        remarks = beat.Remarks(
            counts=self.script.language.numbers,
            cues=self._cues(),
            halfway=self.script.line("set.halfway"),
            three_more=self.script.line("set.three_more"),
            ten_more=self.script.line("set.ten_more"),
            teach=teach,
        )
        if here.variant.hold:
            items = [*self.score(at).tone("tick").items, *beat.hold(here.amount, done, at, remarks, self.measure)]
            end = at + here.amount - done
        elif self.manner.pacing == "self":
            self._work_self_paced(at, teach)
            return
        else:
            top = self.manner.count_at == "top"
            items = beat.reps(here.variant, here.tempo, here.amount, done, at, remarks, self.measure, at_top=top)
            end = at + (here.amount - done) * here.tempo.seconds
            if not top and done < here.amount:
                end += self.measure(remarks.counts[min(here.amount, 100)], Pace.COUNT) + 0.2
        score = self.score(end)
        score.items = items
        self.play(score.then("side_done"), Mode.WORK)

    def _work_self_paced(self, at: float, teach: bool) -> None:
        """Quiet until the athlete says "done", or has counted to the last rep."""
        here = self.standing
        score = self.score(at)
        if here.done[here.side] >= here.amount:
            self.play(score.then("side_done"), Mode.WORK)
            return
        score.tone("tick", 0.2)
        if teach:
            amount = self.script.language.count(here.amount, here.unit)
            score.say(self.script.line("set.own_pace", amount=amount), priority=Priority.CUE)
        self.play(score, Mode.WORK)

    def own_count(self, at: float, n: int) -> None:
        """The athlete counted a rep aloud, or says that all are done."""
        here = self.standing
        for rep in range(here.done[here.side] + 1, min(n, here.amount) + 1):
            here.done[here.side] = rep
            self.emit(events.Rep(at=at, n=rep, of=here.amount, side=here.side_name))
        if here.done[here.side] == here.amount:
            self.play(self.score(at + 0.2).then("side_done"), Mode.WORK)

    @property
    def self_paced(self) -> bool:
        """Whether a set is being done at the athlete's own pace."""
        return self.mode is Mode.WORK and self.manner.pacing == "self" and not self.standing.variant.hold

    def _cues(self) -> list[str]:
        """This side's cues, beginning with another one in each set and on each side."""
        cues = self.standing.variant.cues
        first = (self.standing.set.set - 1 + self.standing.side + self.standing.done[self.standing.side]) % max(
            1, len(cues)
        )
        return [cue if cue.endswith((".", "!")) else f"{cue}." for cue in (*cues[first:], *cues[:first])]

    def _set_started(self, at: float) -> events.SetStarted:
        return events.SetStarted(at=at, side=self.standing.side_name, **self._this_set())

    def _this_set(self) -> dict[str, Any]:
        """What both events about a set say of it."""
        here = self.standing
        return {
            "exercise": here.variant.name,
            "family": here.slot.family.name,
            "slot": here.set.slot,
            "set": here.set.set,
            "of": here.set.of,
            "amount": here.amount,
            "unit": here.unit,
            "index": here.index,
            "tempo": str(here.tempo),
        }

    def _beat(self, beat: Beat) -> None:
        here = self.standing
        here.done[here.side] = beat.n
        kind = events.HoldSecond if here.variant.hold else events.Rep
        self.emit(kind(at=beat.at, n=beat.n, of=here.amount, side=here.side_name))
        if beat.word:
            self.emit(Say(beat.at, beat.word, Priority.COUNT, Pace.COUNT))

    def side_done(self, at: float) -> None:
        side = self.standing.open_side()
        if side is None:
            self.finish_set(at, "completed")
        else:
            self.switch(at, side)

    def switch(self, at: float, side: int) -> None:
        """Time to move to another side, then its name and two ticks."""
        here = self.standing
        here.side = side
        score = self.score(at).happens(events.SideChanged(at=at, side=here.side_name or ""))
        score.say(here.variant.switch, breath=0.0)
        lead_in = self._counted_in(0.0).at
        score.until(max(score.at, at + switch_seconds(here.variant) - lead_in))
        score.items += self._counted_in(score.at).items
        self.play(score, Mode.SWITCH)

    def close_set(self, at: float, why: str) -> bool:
        """Report the set in hand as over; False when no work had begun in it."""
        here = self.standing
        if not here.started:
            return False
        if any(here.done):
            self._worked[here.index] = here.set.slot
        self.emit(events.SetFinished(at=at, done=here.sides_done, why=why, **self._this_set()))
        here.started = False
        return True

    def finish_set(self, at: float, why: str) -> None:
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
            score.say(self.script.line("rest.then_set", n=here.set.set, of=here.set.of))
        else:
            if ask:
                score.say(self.script.line("rest.effort"), breath=2.5)
            score.say(self.script.named("brief.next", here.slot, here.rungs[here.set.slot], here.amount))
            score.say(self.script.stay_down(here.variant, before))
        end = at + seconds
        if here.set.slot in self.standing.briefed:
            lead_in = self._counted_in(0.0).at
            if seconds >= 40:
                score.until(end - 10 - lead_in).say(self.script.line("rest.ten_seconds"))
            score.until(end - lead_in).then("rest_over")
        else:
            set_up = self.score(0.0).say(*here.variant.setup, here.variant.move, breath=MOVE_BREATH).at
            if score.at + LONG_BEFORE < end - set_up:
                score.say(self.script.band(here.variant, before))
            score.until(end - set_up).then("rest_over")
        self.play(score, Mode.REST)

    def _set_done(self, planned: PlannedSet) -> str:
        if planned.set == planned.of > 1:
            return self.script.line("rest.all_sets", n=planned.of)
        return self.script.line("rest.done")

    def rest_over(self, at: float) -> None:
        self.emit(events.RestFinished(at=at))
        if self.standing.set.slot in self.standing.briefed:
            self.count_in(at)
        else:
            self.brief(at)

    def _close(self, at: float, ask: bool) -> None:
        score = self.score(at).tone("done", 0.5)
        if ask:
            score.say(self.script.line("rest.effort")).wait(QUESTION_SECONDS)
        self.play(score.then("complete"), Mode.CLOSING)

    def complete(self, at: float) -> None:
        self.finish(at, "completed")

    def finish(self, at: float, status: str) -> None:
        """The summary, and the end."""
        worked = self._worked
        score = self.score(at).say(
            self.script.summary(f"end.{status}", len(set(worked.values())), len(worked), at), priority=Priority.ANSWER
        )
        score.then("over")
        self._status = status
        self.play(score, Mode.FINISHED)

    def over(self, at: float) -> None:
        self._finished(at, self._status)

    def _finished(self, at: float, status: str) -> None:
        self.mode = Mode.FINISHED
        self.emit(events.SessionFinished(at=at, status=status, sets=len(self._worked), seconds=at))
