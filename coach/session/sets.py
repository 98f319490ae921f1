"""A set from its count-in to its last side, on the beat or at the athlete's own pace."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from coach.language.delivery import Pace, Priority
from coach.session import beat, events
from coach.session.briefing import Worn
from coach.session.directives import Say
from coach.session.modes import Manner, Mode
from coach.session.plan import Plan, switch_seconds
from coach.session.remarks import remarks
from coach.session.score import BREATH, Beat, Measure, Score
from coach.session.script import Script
from coach.session.standing import Standing
from coach.session.timeline import Timeline, Tuned

TICK = 0.8
"""Seconds between the two ticks that lead into the first rep."""
TAKEN_UP = 0.6
"""Seconds between what takes the load up and the ticks, which leave more than a second and a half to do it."""

AFTER_LAST = 0.2
"""Seconds from the last count of a side to what comes after it."""


class Sets(Timeline):
    """Does the set at hand; what comes before and after it is the course's."""

    def __init__(
        self,
        plan: Plan,
        script: Script,
        measure: Measure,
        manner: Manner,
        tuned: Tuned,
    ) -> None:
        super().__init__(measure, manner, tuned)
        self.plan = plan
        self.script = script
        self.standing = Standing.at_start(plan)
        self.effort_slot: int | None = None
        """The exercise that "how hard was that" was asked about, until it is answered or the next set begins."""
        self.worked_last: Worn | None = None
        """Where the athlete's body and band are, as far as is known: as for what was done or told last."""
        self.on_the_way = False
        """Whether some was told of how to get ready for an exercise, and neither all of it nor a rep done since."""
        self.cued: defaultdict[int, Counter[str]] = defaultdict(Counter)
        """How often each cue was given, by the exercise's slot."""
        self.resting = False
        """Whether a rest was begun whose end has not been reported."""
        self.done_last: events.SetFinished | None = None
        """The set that was over last, as corrected since."""
        self._own_pace_told: set[int] = set()
        """The exercises, by slot, of which it was said how they are done at one's own pace."""
        self.turned_at = 0.0
        """When the last change of sides began, and ..."""
        self.turn_told = False
        """... whether it was said how to turn for it: who has turned over and hears that again turns back."""
        self._status: events.Status = "completed"
        self._worked: dict[int, int] = {}
        """Slot by index of every set with work done in it."""
        self.counted = 0
        """Reps, steps and seconds that were counted in the whole workout, and ..."""
        self.closed_with = 0
        """... as many of them as there were when a set was over last."""

    def count_in(self, at: float) -> None:
        """Which set and side come, what to turn to for them, what takes the load up, and two ticks."""
        here = self.standing
        if here.started and here.done[here.side] >= here.amount:
            # It was stopped after the last rep: there is nothing to count in.
            self.play(self.score(at).then(self.side_done), Mode.COUNT_IN)
        else:
            self.play(self._counted_in(at), Mode.COUNT_IN)

    def _counted_in(self, at: float, *, braced: bool = False) -> Score:
        """`braced`: the athlete has not let go of the load."""
        here = self.standing
        score = self.score(at)
        if not here.started and here.set.set > 1:
            key = "set.last" if here.set.set == here.set.of else "set.number"
            score.say(self.script.line(key, n=here.set.set), breath=0.3)
        if not here.started and here.turned and here.side_name and self.script.on_floor(here.variant):
            score.say(here.variant.turn_to(here.side))
            score.until(at + switch_seconds(here.variant))
        if here.side_name:
            score.say(self.script.line("set.last_side", side=here.side_name), breath=0.3)
        elif here.started and not here.variant.brace:
            score.say(self.script.line("set.goes_on"), breath=0.3)
        return self.taken_up(score, braced=braced)

    def taken_up(self, score: Score, *, braced: bool) -> Score:
        """What takes the load up, two ticks, and the first rep."""
        score.say("" if braced else self.standing.variant.brace, breath=TAKEN_UP)
        return score.tone("count_in", TICK).tone("count_in", TICK).then(self.work)

    def count_in_seconds(self, *, braced: bool = False) -> float:
        """How long it takes from what goes before a set, or a side, to its first rep."""
        with self.script.unsaid():
            return self._counted_in(0.0, braced=braced).at

    def work(self, at: float) -> None:
        """The beats of the side at hand, from where it stands."""
        here = self.standing
        self.is_there(at)
        here.briefed.add(here.set.slot)  # or the athlete did not want to hear it
        if not here.started:
            self.set_begins(at)
        here.begun = True
        done = here.done[here.side]
        between = remarks(self.script, here, self.cued[here.set.slot])
        if here.variant.hold:
            items = [*self.score(at).tone("tick").items, *beat.hold(here.amount, done, at, between, self.measure)]
            end = at + here.amount - done
        elif self.manner.pacing == "self":
            self._work_self_paced(at)
            return
        else:
            top = self.manner.count_at == "top"
            items = beat.reps(here.variant, here.tempo, here.amount, done, at, between, self.measure, at_top=top)
            end = at + (here.amount - done) * here.tempo.seconds
            if not top and done < here.amount:
                end += self.measure(between.counts[min(here.amount, 100)], Pace.COUNT) + AFTER_LAST
        score = self.score(end)
        score.items = items
        self.play(score.then(self.side_done), Mode.WORK)

    def is_there(self, at: float) -> None:
        """The athlete stands or lies ready for the exercise at hand."""
        self.worked_last = Worn(self.standing.variant, self.band)
        self.on_the_way = False

    def remark_anew(self, second: Beat) -> None:
        """A hold goes on, its seconds where they are, the next of them `second`: what is said between them is laid out
        anew."""
        here, start = self.standing, second.at - 1
        between = remarks(self.script, here, self.cued[here.set.slot])
        silent = self._spoken_until + BREATH
        items = beat.hold(here.amount, second.n - 1, start, between, self.measure, silent_until=silent)
        score = self.score(start + here.amount - second.n + 1)
        score.items = items
        self.play(score.then(self.side_done), Mode.WORK)

    def set_begins(self, at: float) -> None:
        """Its first rep, or the first after it was broken off, is about to be done."""
        here = self.standing
        self.end_rest(at)
        here.started = True
        self.effort_slot = None
        self.emit(self._set_started(at))

    def _work_self_paced(self, at: float) -> None:
        """Quiet until the athlete says "done", or has counted to the last rep."""
        here = self.standing
        score = self.score(at)
        if here.done[here.side] >= here.amount:
            self.play(score.then(self.side_done), Mode.WORK)
            return
        score.tone("tick", 0.2)
        if here.set.slot not in self._own_pace_told:
            self._own_pace_told.add(here.set.slot)
            amount = self.script.language.count(here.amount, here.unit)
            score.say(self.script.line("set.own_pace", amount=amount), priority=Priority.CUE)
        self.play(score, Mode.WORK)

    def own_count(self, at: float, n: int) -> None:
        """The athlete counted a rep aloud, or says that all are done."""
        here = self.standing
        for rep in range(here.done[here.side] + 1, min(n, here.amount) + 1):
            here.done[here.side] = rep
            self.counted += 1
            self.emit(events.Rep(at=at, n=rep, of=here.amount, side=here.side_name))
        if here.done[here.side] == here.amount:
            self.hush(at)
            self.play(self.score(at + 0.2).then(self.side_done), Mode.WORK)

    @property
    def self_paced(self) -> bool:
        """Whether a set is being done at the athlete's own pace."""
        return self.mode is Mode.WORK and self.at_own_pace

    @property
    def at_own_pace(self) -> bool:
        """Whether the set at hand is one to be done so."""
        return self.manner.pacing == "self" and not self.standing.variant.hold

    def end_rest(self, at: float) -> None:
        """Report that the rest is over, where there is one."""
        if self.resting:
            self.resting = False
            self.emit(events.RestFinished(at=at))

    def _set_started(self, at: float) -> events.SetStarted:
        here = self.standing
        before = any(here.done) or bool(here.over)
        return events.SetStarted(
            at=at,
            side=here.side_name,
            left=round(here.seconds_left()),
            done=here.sides_done if before else None,
            variants=here.variants_done if before else None,
            **self._this_set(),
        )

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
            "band": self.band or None,
            "over": here.sides_over or None,
        }

    @property
    def band(self) -> str:
        """Which of the athlete's bands is used for the exercise at hand; empty where nothing is known of bands."""
        return self.manner.bands.chosen(self.standing.variant.equipment, self.standing.bands[self.standing.set.slot])

    def _note(self, say: Say) -> None:
        super()._note(say)
        if say.priority is Priority.CUE:
            self.cued[self.standing.set.slot][say.text] += 1

    def _beat(self, beat: Beat) -> None:
        here = self.standing
        here.done[here.side] = beat.n
        self.counted += 1
        kind = events.HoldSecond if here.variant.hold else events.Rep
        self.emit(kind(at=beat.at, n=beat.n, of=here.amount, side=here.side_name))
        if beat.word:
            self.emit(Say(beat.at, beat.word, Priority.COUNT, Pace.COUNT))

    def side_done(self, at: float) -> None:
        """On to the next side, or the set is complete."""
        side = self.standing.open_side()
        if side is None:
            self.finish_set(at, "completed")
        else:
            self.switch(at, side)

    def switch(self, at: float, side: int) -> None:
        """Time to move to another side, then its name and two ticks."""
        here = self.standing
        here.turn_to(side)
        self.turned_at, self.turn_told = at, False
        self.emit(events.SideChanged(at=at, side=here.side_name or ""))
        self.change_sides(at, braced=not (self.standing.variant.switch and self.script.on_floor(self.standing.variant)))

    def change_sides(self, at: float, *, braced: bool = False) -> None:
        """What to do to change sides, the time for it, and the side's name.

        `braced`: the load is carried on meanwhile, as by who turns round standing.
        """
        here = self.standing
        score = self.score(at)
        if not self.turn_told and (turn := here.variant.turn_to(here.side)):
            score.say(turn, breath=0.0).then(self._told_to_turn)
        lead_in = self.count_in_seconds(braced=braced)
        score.until(max(score.at, at + switch_seconds(here.variant) - lead_in))
        score.items += self._counted_in(score.at, braced=braced).items
        self.play(score, Mode.SWITCH)

    def _told_to_turn(self, at: float) -> None:
        self.turn_told = True

    def close_set(self, at: float, why: events.SetEnd) -> bool:
        """Report the set in hand as over; False when no work had begun in it."""
        here = self.standing
        if not here.started:
            return False
        if any(here.done):
            self._worked[here.index] = here.set.slot
        self.closed_with = self.counted
        variants = here.variants_done
        mixed = variants if variants.keys() - {here.variant.name} else None
        self.done_last = events.SetFinished(at=at, done=here.sides_done, why=why, variants=mixed, **self._this_set())
        self.emit(self.done_last)
        here.started = False
        return True

    def worked(self, index: int) -> bool:
        """Whether any work was done in the set at `index`."""
        return index in self._worked

    def finish_set(self, at: float, why: events.SetEnd) -> None:
        """Every side is complete, or the set ends otherwise: what comes next?"""
        raise NotImplementedError
