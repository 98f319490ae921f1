"""Orders that change the exercise where the athlete stands: another variant, another tempo, how hard it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from coach.language.commands import Command, Order
from coach.language.delivery import Priority
from coach.session import events, questions, strength
from coach.session.modes import Mode
from coach.session.session import Session

SLOWEST, FASTEST = 2.0, 0.6
"""Bounds of how much a tempo is stretched by "slower" and "faster" ..."""
STRETCH = 1.2
"""... and by how much at a time."""


def easier(session: Session, order: Order, at: float) -> None:
    """One rung down the ladder; where the load is too much, the next lighter band before that."""
    if order.of_load and _band_beside(session, -1):
        strength.lighter(session, replace(order, command=Command.LIGHTER), at)
        return
    here, torn = session.standing, session.torn
    without = here.rung_without(here.set.slot, torn) if torn and session.meant == here.set.slot else None
    if without is not None:
        _swap(session, order, at, without - here.rungs[here.set.slot], "easier", torn)
    else:
        _swap(session, order, at, -1, "easier")


def harder(session: Session, order: Order, at: float) -> None:
    """One rung up the ladder; where the load is too little, the next heavier band before that."""
    if session.mode is Mode.HURT:
        # Nobody in pain means this: asked again, it was something else.
        session.ask_hurt(at)
        return
    if order.of_load and _band_beside(session, 1):
        strength.heavier(session, replace(order, command=Command.HEAVIER), at)
        return
    _swap(session, order, at, 1, "harder")


def _band_beside(session: Session, steps: int) -> bool:
    """Whether another band can take the place of the one in the exercise that is meant; in pain that is not enough."""
    here = session.standing
    at_hand = session.meant == here.set.slot and session.underway is not Mode.CLOSING
    bands = session.manner.bands
    return at_hand and session.mode is not Mode.HURT and bool(bands.beside(here.variant.equipment, session.band, steps))


def _swap(
    session: Session, order: Order, at: float, rungs: int, why: Literal["easier", "harder"], torn: str = ""
) -> None:
    here, script = session.standing, session.script
    slot = session.meant
    rung = here.rungs[slot] + rungs
    at_hand = slot == here.set.slot and session.mode is not Mode.CLOSING
    if not 0 <= rung < len(session.plan.slots[slot].family.variants):
        easiest = "swap.easiest" if here.started else "swap.easiest_before"
        end = {"easier": easiest if at_hand else "swap.easiest_done", "harder": "swap.hardest"}[why]
        session.answer(at, script.line(end))
        return
    session.remember(order.command, at)
    old, untold = here.variant_of(slot), session.underway is Mode.BRIEFING
    rest = session.rest_left(at)
    later = script.line("swap.no_band_later") if torn and session.do_without(at, torn) else ""
    here.swap(slot, rung)
    new = here.variant_of(slot)
    reason: events.Swap = "hurts" if session.mode is Mode.HURT else "replaced" if torn else why  # a band is for today
    session.report_swap(at, slot, old.name, reason)
    moves = script.moves_the_body(old, new)
    if (moves and session.underway is Mode.REST) or (not at_hand and (moves or new.move != old.move)):
        here.set_up_anew(slot)  # told before its next set
    if not at_hand:
        session.tell(at, script.line(f"swap.{why}_later", exercise=new.name))
        return
    back = session.underway not in (Mode.OPENING, Mode.REST) and session.changing(old, untold=untold)
    name = script.line("swap.back" if back else f"swap.{why}", exercise=new.name)
    if session.underway is Mode.OPENING:
        session.tell(at, name)
        return
    score = session.score(at + 0.4).say("" if session.stands_still else name, later, priority=Priority.ANSWER)
    if session.underway is Mode.REST:
        if slot in here.briefed:
            score.say(*script.changes(old, new, whole=False), priority=Priority.ANSWER)
        mode = session.rest_on(score, at + rest)
    else:
        mode = session.go_on_with(score, old, untold=untold)
    if session.stands_still:
        session.put_aside(at, score)
        session.answer(at, name)
        return
    session.goes_on(at)
    session.interrupt(at)
    session.tone("swap", at)
    session.play(score, mode)


def slower(session: Session, order: Order, at: float) -> None:
    """Count more slowly."""
    _stretch(session, order, at, STRETCH, "answer.slower", "answer.slowest")


def faster(session: Session, order: Order, at: float) -> None:
    """Count faster."""
    _stretch(session, order, at, 1 / STRETCH, "answer.faster", "answer.fastest")


def _stretch(session: Session, order: Order, at: float, factor: float, said: str, at_the_end: str) -> None:
    here = session.standing
    stretch = here.stretch[here.set.slot] * factor
    if session.underway is Mode.CLOSING:
        _say_unless_answering(session, at, session.script.line("rest.all_sets"))
        return
    if not FASTEST <= stretch <= SLOWEST or here.variant.hold:  # a second is a second
        _say_unless_answering(session, at, session.script.line(at_the_end))
        return
    session.remember(order.command, at)
    before = here.tempo
    here.count_slower(stretch)
    waiting = []
    if session.mode is Mode.WORK and not session.self_paced:
        waiting = session.drop_answer_in_set()
        session.retime(before)
    if waiting:
        questions.answer_after_all(session, at, waiting)
    else:
        _say_unless_answering(session, at, session.script.line(said))


def _say_unless_answering(session: Session, at: float, line: str) -> None:
    """An answer that is being given goes on, and a tone says that the order was heard."""
    if session.mode is Mode.ANSWER:
        session.tone("heard", at)
    else:
        session.answer(at, line)


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
