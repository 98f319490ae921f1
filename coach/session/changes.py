"""Orders that change the exercise where the athlete stands: another variant, another tempo, how hard it was."""

from __future__ import annotations

from coach.language.commands import Order
from coach.language.delivery import Priority
from coach.routine.model import Variant
from coach.session import events
from coach.session.modes import Mode
from coach.session.plan import MOVE_BREATH
from coach.session.session import Session
from coach.session.sets import TICK

SLOWEST, FASTEST = 2.0, 0.6
"""Bounds of how much a tempo is stretched by "slower" and "faster" ..."""
STRETCH = 1.2
"""... and by how much at a time."""


def easier(session: Session, order: Order, at: float) -> None:
    """One rung down the ladder."""
    _swap(session, order, at, -1, "easier", "swap.easiest")


def harder(session: Session, order: Order, at: float) -> None:
    """One rung up the ladder."""
    if session.mode is Mode.HURT:
        # Nobody in pain means this: asked again, it was something else.
        session.ask_hurt(at)
        return
    _swap(session, order, at, 1, "harder", "swap.hardest")


def _swap(session: Session, order: Order, at: float, rungs: int, why: events.Swap, at_the_end: str) -> None:
    here = session.standing
    slot = here.set.slot
    rung = here.rungs[slot] + rungs
    if session.mode is Mode.CLOSING or not 0 <= rung < len(here.slot.family.variants):
        session.answer(at, session.script.line(at_the_end))
        return
    session.remember(order.command, at)
    old = here.variant
    here.swap(slot, rung)
    session.report_swap(at, slot, old.name, "hurts" if session.mode is Mode.HURT else why)
    lines = session.script.swapped(f"swap.{why}", old, here.variant)
    if session.mode is Mode.REST:
        if session.script.moves_the_body(old, here.variant):
            here.set_up_anew()  # told when the rest is over, before the count-in
        session.answer(at, lines[0])
    elif session.mode is Mode.PAUSED or session.mode is Mode.OPENING:
        session.answer(at, *lines)
    elif here.started:
        _go_on_swapped(session, at, lines, old)
    else:
        session.interrupt(at)
        session.tone("swap", at)
        score = session.score(at + 0.4).say(*lines, breath=MOVE_BREATH)
        score.say(session.script.ready(session.manner.settle, first=False)).then(session.settle)
        session.play(score, Mode.BRIEFING)


def _go_on_swapped(session: Session, at: float, lines: list[str], old: Variant) -> None:
    """In the middle of a set: the new variant, what is left of the set, and on, as soon as one can be there."""
    here, script = session.standing, session.script
    turning = session.turning
    session.interrupt(at)
    session.tone("swap", at)
    left = here.amount - here.done[here.side]
    score = session.score(at + 0.4)
    if left <= 0 and here.open_side() is None:
        score.say(*lines[:1], script.line("swap.done_here"), priority=Priority.ANSWER)
        session.play(score.then(session.side_done), Mode.COUNT_IN)
        return
    score.say(*lines, priority=Priority.ANSWER, breath=MOVE_BREATH)
    if turning and here.variant.sides:
        score.say(here.variant.switch, priority=Priority.ANSWER, breath=MOVE_BREATH)
    score.say(script.line("swap.left", amount=script.language.count(left, here.unit)), priority=Priority.ANSWER)
    if script.moves_the_body(old, here.variant):
        score.say(script.ready(session.manner.settle, first=False)).then(session.settle)
        session.play(score, Mode.BRIEFING)
    elif turning:
        session.play(score.then(session.count_in), Mode.COUNT_IN)
    else:
        score.tone("count_in", TICK).tone("count_in", TICK).then(session.work)
        session.play(score, Mode.COUNT_IN)


def slower(session: Session, order: Order, at: float) -> None:
    """Count more slowly."""
    _stretch(session, order, at, STRETCH, "answer.slower", "answer.slowest")


def faster(session: Session, order: Order, at: float) -> None:
    """Count faster."""
    _stretch(session, order, at, 1 / STRETCH, "answer.faster", "answer.fastest")


def _stretch(session: Session, order: Order, at: float, factor: float, said: str, at_the_end: str) -> None:
    here = session.standing
    stretch = here.stretch[here.set.slot] * factor
    if not FASTEST <= stretch <= SLOWEST:
        session.answer(at, session.script.line(at_the_end))
        return
    session.remember(order.command, at)
    before = here.tempo
    here.count_slower(stretch)
    if session.mode is Mode.WORK and not session.self_paced:
        session.retime(before)
    session.answer(at, session.script.line(said))


def number(session: Session, order: Order, at: float) -> None:
    """A rep counted aloud, or how hard the exercise was."""
    if session.self_paced and order.number is not None:
        session.own_count(at, order.number)
        session.tone("tick", at)
        return
    slot = session.effort_slot
    if slot is None or order.number is None or order.number > 10:
        return
    session.forget_effort()
    variant = session.standing.variant_of(slot)
    session.emit(events.Effort(at=at, family=variant.family, exercise=variant.name, slot=slot, effort=order.number))
    session.tone("heard", at)
    if session.mode is Mode.CLOSING:
        session.play(session.score(at + 0.3).then(session.complete), Mode.CLOSING)
