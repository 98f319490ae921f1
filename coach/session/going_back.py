"""Back to how it was before an order, or would be without it: told by name, with the time to get there."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from coach.language.commands import Command
from coach.language.delivery import Pace, Priority
from coach.routine.model import Tempo
from coach.session import events
from coach.session.course import QUESTION_SECONDS
from coach.session.directives import Say, Volume
from coach.session.modes import BEFORE_SET, UNTOLD, Manner, Mode
from coach.session.plan import MOVE_BREATH
from coach.session.put_aside import Frozen, put_off
from coach.session.score import Beat, Score
from coach.session.sets import AFTER_LAST
from coach.session.standing import Standing
from coach.session.swapping import Swapping

AT_WORK = (Mode.WORK, Mode.COUNT_IN, Mode.SWITCH)


@dataclass(frozen=True)
class Moment:
    """All that an order can change, as it was before it."""

    command: Command
    standing: Standing
    frozen: Frozen
    held: Mode | None
    """In what it waited for the athlete, where it did."""
    manner: Manner
    effort_slot: int | None
    done_last: events.SetFinished | None
    rest_told: str
    waited: float
    counted: int
    closed_with: int


class GoingBack(Swapping):
    """A workout in which an order may be taken back."""

    def wait_in_pain(self, at: float, line: str) -> None:
        """Say it and what can be done now, and wait for as long as it takes."""
        self.hush(at)
        self.said_enough()
        self.mode = Mode.HURT
        ways = self.script.line(f"hurts.again{self.ways_on()}")
        score = self.score(at).wait(0.15).say(line, priority=Priority.ANSWER)
        score.say(ways, priority=Priority.SAFETY).wait(QUESTION_SECONDS)
        self.play(score.say(self.script.line("hurts.quiet"), priority=Priority.SAFETY), Mode.HURT)

    def be_again(self, at: float, manner: Manner) -> None:
        """Coach as before."""
        if self.manner != manner:
            self.tune(manner)
            self.emit(Volume(at, self.manner.volume))

    def go_back(self, at: float, moment: Moment, hurts: list[int]) -> None:
        """On from this moment, with those slots as easy as they are that have hurt (`hurts`). A set begun since is
        over, with what was done of it.
        """
        underway = self.underway
        untold = underway is Mode.BRIEFING
        last = self.done_last
        if self.counted > moment.counted:
            self.close_set(at, "skipped")  # what was done since stays done
        self.closed_with = moment.closed_with
        was, self.standing = self.standing, moment.standing
        self.plan = self.standing.plan
        for slot in hurts:
            self.standing.swap(slot, was.rungs[slot])  # nothing gets harder again that has hurt
        self.interrupt(at)
        closed = moment.standing.started and (was.index != moment.standing.index or not was.started)
        closed = closed and moment.done_last is not last
        reopened = moment.standing.index if closed else None
        self.report_undone(at, moment.command, reopened)
        self.report_changes(at, was)
        self.be_again(at, moment.manner)
        self.effort_slot = moment.effort_slot
        corrected = moment.command is Command.DID and moment.done_last and moment.done_last != last
        self.done_last = moment.done_last
        if corrected and not closed:
            self.report_correction(at)
        self.rest_told = moment.rest_told
        frozen, waited = moment.frozen, self.waited - moment.waited
        goes_on = self.resting and was.index == self.standing.index
        over = frozen.mode is Mode.REST and not goes_on
        if frozen.mode is Mode.REST and underway is Mode.COUNT_IN:
            over |= frozen.agenda[-1].at + waited <= at  # else it was cut short
        self.frozen = put_off(frozen, at - frozen.since if over else waited)
        self._go_on_undone(at, moment, was, self.script.line("undone_but_eased" if hurts else "undone"), untold=untold)

    def report_changes(self, at: float, was: Standing) -> None:
        """Which variants and bands are others than before."""
        for slot in range(len(was.rungs)):
            before, after = was.variant_of(slot), self.standing.variant_of(slot)
            if before.name != after.name:
                if self.script.moves_the_body(before, after):
                    self.standing.set_up_anew(slot)
                self.report_swap(at, slot, before.name, "undo")
        for slot, name in enumerate(was.bands):
            if name != self.standing.bands[slot]:
                self.report_band(at, slot, "undo")

    def report_undone(self, at: float, command: Command, reopened: int | None) -> None:
        """An order was taken back; the set at `reopened` goes on that was over."""
        index = self.standing.index
        self.emit(events.Undone(at=at, command=command, reopened=reopened, index=index, **self.stands()))

    def _go_on_undone(self, at: float, moment: Moment, was: Standing, line: str, *, untold: bool) -> None:
        """Back to the moment before: at once, or when one can be there."""
        here = self.standing
        elsewhere = was.set.slot != here.set.slot
        eased = here.set.slot in self.hurt and moment.frozen.mode is Mode.BRIEFING
        swapped, untold = was.variant != here.variant or eased, untold or eased
        if (elsewhere or swapped) and moment.frozen.underway is not Mode.CLOSING:
            line = self.script.line("undone_next", exercise=here.variant.name)
        score = self.score(at).wait(0.15).say("" if moment.held else line, priority=Priority.ANSWER)
        if moment.frozen.mode is Mode.REST and not moment.held:
            score.say(self._rest_given_back(score.at), priority=Priority.ANSWER)
        if moment.frozen.mode is Mode.REST:
            self._tell_in_rest(score, moment, was)
        if swapped and not elsewhere and moment.frozen.underway not in UNTOLD and self.underway in UNTOLD:
            self.mode = Mode.ANSWER  # so that it is the moment gone back to that is underway
        if swapped and not elsewhere and self.underway not in UNTOLD:
            mode = self.go_on_with(score, was.variant, untold=untold)
        elif elsewhere and (self.underway in AT_WORK or self._is_elsewhere(moment)):
            self.tell_set_up(score)
            mode = self._get_ready(score)
        else:
            mode = self._tell_difference(score, moment, was)
        if moment.held:
            self._wait_again(at, moment.held, line, score if mode is Mode.BRIEFING else None)
        elif mode is Mode.BRIEFING:
            self.frozen = None
            self.play(score, mode)
        else:
            if self.frozen and self.frozen.mode is Mode.WORK and (was.index, was.side) != (here.index, here.side):
                back = was.index == here.index and self.turn_told
                self.turn_told = False
                self.frozen = replace(self.frozen, mode=Mode.SWITCH if back else Mode.COUNT_IN)  # at one's own pace too
            self.play(score.then(self.thaw), mode)

    def _get_ready(self, score: Score) -> Mode:
        """How much of a set is left that is gone back to, and the time to get there."""
        here = self.standing
        score.say(self.script.left(here, with_side=False) if here.started else "")
        score.say(self.script.ready(self.manner.settle, first=False)).then(self.settle)
        return Mode.BRIEFING

    def _tell_in_rest(self, score: Score, moment: Moment, was: Standing) -> None:
        """What there is to do in a rest for the variant before, where its set-up is not told after it."""
        here = self.standing
        if here.set.slot not in here.briefed:
            return
        lines = self.told_again() if was.set.slot != here.set.slot else []
        if was.variant != here.variant and not lines:
            lines = self.script.changes(was.variant, here.variant, whole=False)
        if lines and moment.held:
            here.set_up_anew(here.set.slot)
        score.say(*lines, priority=Priority.ANSWER)

    def _tell_difference(self, score: Score, moment: Moment, was: Standing) -> Mode:
        """Another band to take, or how much is left after all."""
        here = self.standing
        same = was.variant == here.variant and was.set.slot == here.set.slot
        if same and was.bands != here.bands and moment.command is not Command.BAND:
            line = self.script.line("band.change", band=f"{self.band} {here.variant.equipment}")
            score.say(line, priority=Priority.ANSWER, breath=MOVE_BREATH)
            if here.started:
                return self._get_ready(score)
        elif moment.command is Command.AGAIN and here.started:
            score.say(self.script.left(here, with_side=False))
        return Mode.ANSWER

    def _wait_again(self, at: float, held: Mode, line: str, then: Score | None) -> None:
        """Go on waiting after this line, and what can be done; `then` is what is gone on with."""
        if held is Mode.HURT:
            self.mode = Mode.HURT
            if then is not None:
                self.put_aside(at, then)
            self.wait_in_pain(at, line)
            return
        self.mode = Mode.PAUSED
        trouble = self.trouble
        self.hold(at, line, trouble.yes[-1] if trouble else self.script.line("pause.reminder"))
        if then is not None:
            self.put_aside(at, then)

    def _is_elsewhere(self, moment: Moment) -> bool:
        """Whether the athlete does not stand ready any more for a set that is gone back to: another was begun or told
        of after it."""
        last = self.worked_last
        away = self.on_the_way or (last is not None and last.variant.family != self.standing.variant.family)
        return moment.frozen.underway in {*AT_WORK, *BEFORE_SET} and away

    def _rest_given_back(self, at: float) -> str:
        """How long a rest is as of `at` that an order had changed; empty where that is still to be said."""
        assert self.frozen is not None
        if any(isinstance(item, Say) and item.text == self.rest_told for item in self.frozen.agenda):
            return ""
        self.mode = Mode.ANSWER  # during which a rest goes on
        return self.rest_answer(at) if round(self.rest_left(at)) > 0 else ""

    def retime(self, before: Tempo) -> None:
        """A new tempo, voice or amount holds from the end of the rep in hand; that rep keeps its beat, at the tempo
        `before`."""
        current = next((item for item in self.agenda if isinstance(item, Beat)), None)
        if current is None:
            return
        here = self.standing
        if here.variant.hold:
            self.remark_anew(current)
            return
        rest_of_rep = 0.0
        if self.manner.count_at == "top":
            rest_of_rep = before.hold + before.back
        end = current.at + rest_of_rep
        kept = [item for item in self.agenda if item.at <= end]
        side, done = here.side, here.done[here.side]
        here.done[side] = current.n
        last = current.n >= here.amount and self.manner.count_at == "end"
        self.work(end + self.measure(current.word, Pace.COUNT) + AFTER_LAST if last else end)
        here.done[side] = done
        kept = [item for item in kept if item.at < end or isinstance(item, Beat)]
        self.agenda = deque([*kept, *self.agenda])

    def report_correction(self, at: float) -> None:
        """What was done in the set that is over is another number."""
        last = self.done_last
        assert last is not None
        self.emit(
            events.SetCorrected(at=at, exercise=last.exercise, index=last.index, done=last.done, variants=last.variants)
        )

    def report_band(self, at: float, slot: int, why: events.BandSwap) -> None:
        """Another of the athlete's bands is in use."""
        variant = self.standing.variant_of(slot)
        name = self.manner.bands.chosen(variant.equipment, self.standing.bands[slot])
        self.emit(
            events.BandChanged(
                at=at,
                family=variant.family,
                exercise=variant.name,
                slot=slot,
                equipment=variant.equipment,
                to=name,
                why=why,
            )
        )
