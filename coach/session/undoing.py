"""Taking orders back: what stood before each is kept, and gone back to."""

from __future__ import annotations

from dataclasses import replace

from coach.language.commands import Command
from coach.session.going_back import GoingBack, Moment
from coach.session.modes import ON_HOLD, Mode
from coach.session.since import IN_PASSING, LEAVING, MANNERS, TEMPO, told_in_passing, without
from coach.session.standing import Standing


class Undoable(GoingBack):
    """A workout of which the last orders can be taken back, one after the other."""

    _undoable: tuple[Moment, ...] = ()
    """What stood before the last orders, the latest at the end."""

    def remember(self, command: Command, at: float) -> None:
        """Keep what stands before this command, for undo."""
        self._undoable = (*self._undoable[-19:], self._moment(command, self.standing.copy(), at))

    def forget_last(self) -> None:
        """What was kept last is not needed: nothing was changed."""
        self._undoable = self._undoable[:-1]

    def undo(self, at: float) -> bool:
        """Go back to before the last order that changed something; False when there is none. What was done since stays:
        then only what the order changed is as it was, and one that was too long ago stays too.
        """
        if not self._undoable:
            return False
        moment = self._undoable[-1]
        self.forget_last()
        hurts = self._hurt_and_eased(moment)
        if hurts and moment.command is Command.EASIER:
            self._answer_undone(at, self.script.line("undone_but_eased"))
            return True
        if self.mode is Mode.HURT:
            moment = replace(moment, held=Mode.HURT)  # nobody in pain is counted in for it
        in_passing = moment.command in IN_PASSING and self.mode is Mode.WORK
        moved_on = moment.command in {*MANNERS, *TEMPO} and self.underway is not moment.frozen.underway
        if self.counted > moment.counted or moved_on or in_passing:
            done_since = self._but_for(at, moment, hurts)
            if done_since is None:
                return True
            moment = done_since
        self.go_back(at, moment, hurts)
        return True

    def _but_for(self, at: float, moment: Moment, hurts: list[int]) -> Moment | None:
        """The moment to go back to after an order since which more was done; None where that has been answered."""
        here, command = self.standing, moment.command
        now = here if command in MANNERS else without(command, moment.standing, here, hurts)
        if now is None and (command not in LEAVING or self.closed_with > moment.counted):
            key = "undo_late_left" if command is Command.NEXT and here.previous_exercise() is not None else "undo_late"
            self._answer_undone(at, self.script.line(key))
            return None
        if now is None:
            return moment
        if command in IN_PASSING:
            self._undo_in_passing(at, moment, now)
            return None
        slot = here.set.slot
        later = next((each for each, rung in enumerate(here.rungs) if rung != now.rungs[each]), None)
        if later is not None and now.rungs[slot] == here.rungs[slot]:
            self.standing = now
            self.report_undone(at, command, None)
            self.report_changes(at, here)
            self._answer_undone(at, self.script.line("undone_later", exercise=now.variant_of(later).name))
            return None
        return self._moment(command, now, at)

    def _moment(self, command: Command, standing: Standing, at: float) -> Moment:
        """All that the command can change, as it is now but for how the athlete stands."""
        return Moment(
            command,
            standing,
            self.kept(at),
            self.mode if self.mode in ON_HOLD else None,
            self.manner,
            self.effort_slot,
            self.done_last,
            self.rest_told,
            self.waited,
            self.counted,
            self.closed_with,
        )

    def _undo_in_passing(self, at: float, moment: Moment, now: Standing) -> None:
        """How it is counted or spoken is as before, and a set goes on meanwhile."""
        here, before = self.standing, self.standing.tempo
        if moment.command in MANNERS:
            self.be_again(at, moment.manner)
        counts = self.mode is Mode.WORK and not (self.manner.pacing == "self" and not here.variant.hold)
        if moment.command is Command.MORE:  # what was done is done, with the rep in hand
            now.extra = max(now.extra, here.done[here.side] + counts - here.amount + here.extra)
            left = {self._left(with_side): self._left(with_side, now) for with_side in (False, True)}
            self.say_instead(lambda text: left.get(text, text))
        self.standing = now
        self.report_undone(at, moment.command, None)
        if counts:
            self.drop_answer_in_set()
            self.retime(before)
        line = self.script.line(told_in_passing(moment.command))
        if moment.command is Command.MORE:
            line = self.script.line("answer.more", dose=self.script.dose(now.slot, now.rungs[now.set.slot], now.amount))
        self._answer_undone(at, line)

    def _left(self, with_side: bool, standing: Standing | None = None) -> str:
        return self.script.left(standing or self.standing, with_side=with_side)

    def _answer_undone(self, at: float, line: str) -> None:
        """Say it; in pain with what can be done now."""
        if self.mode is Mode.HURT:
            self.wait_in_pain(at, line)
        else:
            self.answer(at, line)

    def _hurt_and_eased(self, moment: Moment) -> list[int]:
        """The slots that have hurt, and were done harder before an order."""
        now, before = self.standing, moment.standing
        same = [slot for slot in self.hurt if now.plan.slots[slot].family is before.plan.slots[slot].family]
        return [slot for slot in same if before.rungs[slot] > now.rungs[slot]]

    @property
    def can_undo(self) -> bool:
        """Whether an order was kept that can be taken back."""
        return bool(self._undoable)
