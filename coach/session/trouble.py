"""Orders of somebody who cannot go on: stop at once, then say what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from coach.language.commands import Command, Order
from coach.language.delivery import Priority
from coach.session.instead import instead
from coach.session.modes import Mode
from coach.session.session import Session


def stuck(session: Session, order: Order, at: float) -> None:
    """They cannot do it, cry for help, or are not well: then nothing else is offered, not by a question about pain
    either.
    """
    script = session.script
    if order.unwell:
        lines = script.lines("trouble.unwell")
        if session.mode is Mode.HURT:
            session.pause(at, *lines)
        else:
            _stop(session, at, lines)
        session.in_trouble(yes=lines[-1:], no=lines)
        return
    ways = script.line(f"trouble.else{session.ways_on()}")
    _stop(session, at, [script.line("trouble.stuck"), ways])
    session.in_trouble(yes=[ways], no=[ways])
    session.stuck_since = session.paused_at


def band_broke(session: Session, order: Order, at: float) -> None:
    """It may have hit them."""
    script, exercise, torn = session.script, session.standing.variant, ""
    if session.underway is Mode.CLOSING:
        what_now = script.line("rest.all_sets")
    elif exercise.equipment == "none":
        what_now = script.line("trouble.band_broke_none", exercise=exercise.name)
    else:
        what_now = script.line(f"trouble.band_broke{_ways_without(session)}")
        torn = exercise.equipment
    lines = [script.line("trouble.band_hit"), what_now]
    _stop(session, at, lines)
    session.in_trouble(yes=lines, no=[what_now], torn=torn)
    if torn:
        session.stuck_since = session.paused_at  # what does without the band is gone on with at once


def _ways_without(session: Session) -> str:
    """How to go on without the band at hand, as the end of a line's key."""
    here = session.standing
    slot, equipment = here.set.slot, here.variant.equipment
    if here.rung_without(slot, equipment) is not None:
        return "_easier"
    missing, rung = here.missing | {equipment}, here.rungs[slot]
    if instead(session.script, session.plan, slot, rung, here.declined, missing, session.manner.kit):
        return "_else"
    return "_last" if session.next_one() is None else ""


def band_rolls(session: Session, order: Order, at: float) -> None:
    """It has to be put right before they go on, or come off."""
    script, exercise = session.script, session.standing.variant
    if exercise.equipment == "none":
        lines = [script.line("trouble.band_rolls_none", exercise=exercise.name)]
    else:
        lines = script.lines("trouble.band_rolls")
    _stop(session, at, lines)
    session.in_trouble(yes=lines[-1:], no=lines)


def answered(session: Session, order: Order, at: float) -> bool:
    """A yes or a no of somebody who was stopped: they were asked nothing, but what they were told may have sounded
    like a question. False where nobody is in trouble.
    """
    trouble = session.trouble
    if trouble is None:
        return False
    lines = trouble.yes if order.command is Command.YES else trouble.no
    session.answer_on_hold(at, *lines, priority=Priority.SAFETY)
    return True


def _stop(session: Session, at: float, lines: Sequence[str]) -> None:
    if session.mode in (Mode.PAUSED, Mode.HURT):
        session.answer_on_hold(at, *lines, priority=Priority.SAFETY)
    else:
        session.pause(at, *lines)
