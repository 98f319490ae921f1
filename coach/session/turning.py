"""The order for the other side, in a set and on the way to it."""

from __future__ import annotations

from coach.language.commands import Order
from coach.session import events
from coach.session.modes import Mode
from coach.session.session import Session


def other_side(session: Session, order: Order, at: float) -> None:
    """Turn to another side; what is still to be told is told for that."""
    here = session.standing
    side = here.open_side()
    if len(here.done) < 2 or session.mode is Mode.CLOSING:
        session.answer(at, session.script.line("cannot.no_other_side"))
        return
    if side is None or side == here.side:
        session.answer(at, session.script.line("cannot.side_done"))
        return
    session.remember(order.command, at)
    told = here.set.slot in here.briefed
    if here.started and session.mode is not Mode.BRIEFING:
        session.interrupt(at)
        session.switch(at, side)
        return
    if here.started:
        _turn_on_the_way(session, at, side)
    elif session.mode is Mode.BRIEFING and not told and session.sided([*here.variant.setup, here.variant.move]):
        here.turn_to(side)
        session.interrupt(at)
        session.brief_anew(at + 0.15)
        return
    else:
        here.turn_to(side)
        if told and here.variant.turn_to(side):
            here.turned = not here.turned  # who has got there has to turn round
    session.answer(at, session.script.line("set.last_side", side=here.side_name))


def _turn_on_the_way(session: Session, at: float, side: int) -> None:
    """In a set that is about to go on, with another variant or another band."""
    here, script = session.standing, session.script
    left = [script.left(here, with_side=with_side) for with_side in (False, True)]
    here.turn_to(side)
    session.turned_at, session.turn_told = at, False
    session.emit(events.SideChanged(at=at, side=here.side_name or ""))
    now_left = script.left(here, with_side=False)
    set_up = {*here.variant.setup, here.variant.move}
    set_up |= {script.mirrored(line) for line in set_up}

    def instead(text: str) -> str:
        return now_left if text in left else script.mirrored(text) if text in set_up else text

    session.say_instead(instead)
    session.turn_before_going_on()
