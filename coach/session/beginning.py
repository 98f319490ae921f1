"""How a workout begins: one that was broken off is offered, or the opening is said."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from coach.language.delivery import Priority
from coach.session import briefing, events
from coach.session.briefing import Worn
from coach.session.course import QUESTION_SECONDS, Course
from coach.session.directives import Say, Volume
from coach.session.modes import Manner, Mode, Offer
from coach.session.plan import Plan, Slot
from coach.session.score import BREATH, Measure
from coach.session.script import Script
from coach.session.standing import Standing
from coach.session.timeline import Tuned

SHORT_BREATH = 0.3
"""Seconds between the lines to somebody who is in a hurry."""


class Beginning(Course):
    """A course with what comes before its first exercise."""

    def __init__(
        self,
        plan: Plan,
        script: Script,
        measure: Measure,
        manner: Manner | None = None,
        offer: Offer | None = None,
        tuned: Tuned = lambda manner: True,
    ) -> None:
        super().__init__(plan, script, measure, manner, tuned)
        self.offer = offer
        self.begun = False
        """Whether there is a workout, rather than an offer of one."""
        self._needs_told: list[str] = []
        """What was said that the workout takes, and anew after orders that changed that."""
        if offer is None:
            self.open(0.0)
        else:
            self._make_offer(offer)

    def _make_offer(self, offer: Offer) -> None:
        """Ask, ask once more, then wait for as long as it takes: the offer stands until it is answered."""
        score = self.score(0.0).say(*self.script.notices).tone("question", 0.3)
        score.say(self.offered_in_words(offer), priority=Priority.ANSWER).wait(QUESTION_SECONDS)
        self.play(score.say(self.script.line("offer.again"), priority=Priority.ANSWER), Mode.OFFER)

    def offered_in_words(self, offer: Offer) -> str:
        """What was broken off and where, as a question."""
        title, of = offer.plan.routine.title, len(offer.plan.sets)
        return self.script.line("offer.ask", title=title, n=offer.index + 1, of=of)

    def leave_offer(self, at: float) -> None:
        """Neither go on nor start afresh: the offer is made again another day."""
        line = self.script.line("offer.left")
        self._status = "ended"
        self.play(self.score(at).say(line, priority=Priority.ANSWER).then(self.over), Mode.FINISHED)

    def take_up(self, at: float) -> None:
        """Go on with the workout that was broken off."""
        if self.offer is None:
            return
        self.plan = self.offer.plan
        self.script = Script(self.script.language, self.plan, self.script.notices, self.script.so_far)
        here = self.standing = Standing.at_start(self.plan, self.offer.index, self.offer.part)
        self._start(at)
        if here.open_sides:
            self.brief(at + 0.4, "brief.again", self.script.left(here, with_side=True) if any(here.done) else "")
        else:
            self.set_begins(at)
            self.finish_set(at + 0.4, "completed")

    def open(self, at: float) -> None:
        """From the beginning."""
        self._start(at)
        lines = briefing.opening(self.script, self.plan, self.manner.bands)
        self._needs_told = [needs] if (needs := self._needs()) in lines else []
        self.play(self.score(at).say(*lines).then(self.brief_first), Mode.OPENING)

    def _needs(self) -> str:
        """What the workout takes as it stands."""
        here, chosen = self.standing, self.manner.bands.chosen
        variants = ((here.variant_of(slot), here.bands[slot]) for slot in here.to_come)
        worn = [Worn(variant, chosen(variant.equipment, band)) for variant, band in variants]
        return briefing.needs(self.script, worn)

    def tell_needs_anew(self, at: float) -> None:
        """Where orders in the opening have changed what the workout takes, that is what is said, or said once more."""
        needs = self._needs()
        if self.mode is not Mode.OPENING or not self._needs_told or needs == self._needs_told[-1]:
            return
        due = next((item for item in self.agenda if isinstance(item, Say) and item.text in self._needs_told), None)
        score = self.score(due.at if due else at).say(needs)
        until = due.at + self.measure(due.text, due.pace) + BREATH if due else at
        first = [item for item in self.agenda if due and item.at < due.at]
        later = [replace(item, at=item.at + score.at - until) for item in self.agenda if item is not due][len(first) :]
        self.agenda = deque([*first, *score.items, *later])
        self._needs_told.append(needs)

    def _start(self, at: float) -> None:
        self.begun = True
        routine = self.plan.routine
        choices = [
            {
                "family": slot.family.name,
                "exercise": slot.variant.name,
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
        equipment = slot.variant.equipment
        return self.manner.bands.chosen(equipment, slot.choice.band)

    def brief_first(self, at: float) -> None:
        """The first briefing."""
        self.brief(at, "brief.first")

    def begin_at_once(self, at: float, key: str) -> None:
        """The set at hand for somebody who was ready before it was named, as `key` does: in a breath or two, and on."""
        here = self.standing
        number = here.set.slot
        score = self.score(at).happens(self.exercise_started(at))
        score.say(
            self.script.named(key, here.slot, here.rungs[number], here.amount),
            self.script.reason(here.slot),
            *briefing.told_in_a_hurry(self.script, here.slot, Worn(here.variant, self.band), self.worked_last),
            breath=SHORT_BREATH,
        )
        here.briefed.add(number)
        self.play(score.then(self.count_in), Mode.BRIEFING)
