"""Orders that change how many reps, steps or seconds the set at hand has."""

from __future__ import annotations

from coach.language.commands import Order
from coach.language.delivery import Priority
from coach.session.modes import Mode
from coach.session.score import Beat
from coach.session.session import Session

MOST = 100
"""What can be counted in words."""


def more(session: Session, order: Order, at: float) -> None:
    """So many more in this set, one where no number was said."""
    here = session.standing
    if session.underway in (Mode.OPENING, Mode.REST, Mode.CLOSING):
        session.answer(at, _why_not(session))
        return
    session.remember(order.command, at)
    over = session.mode is Mode.BRIEFING and here.started and not here.open_sides
    before = _left(session)
    here.add(min(order.number or 1, MOST - here.amount))
    left = dict(zip(before, _left(session), strict=True))
    session.say_instead(lambda text: left.get(text, text))
    dose = session.script.dose(here.slot, here.rungs[here.set.slot], here.amount)
    said = session.script.line("answer.more", dose=dose)
    if over:  # and it was about to be said so
        session.interrupt(at)
        score = session.score(at + 0.15).say(said, priority=Priority.ANSWER)
        mode = session.go_on_with(score, here.variant, untold=False)
        session.play(score, mode)
        return
    if session.mode is Mode.WORK and not session.self_paced:
        if any(isinstance(item, Beat) for item in session.agenda):
            session.retime(here.tempo)
        else:
            session.work(at)
    session.answer(at, said)


def _left(session: Session) -> list[str]:
    """How the coach says what is left, where it does."""
    return [session.script.left(session.standing, with_side=with_side) for with_side in (False, True)]


def did(session: Session, order: Order, at: float) -> None:
    """So many were done, all where no number was said, and the set is over; said later, the record is corrected."""
    here = session.standing
    if not here.started:
        _correct(session, order, at)
        return
    n = min(order.number or here.amount, here.amount)
    if not here.begun and session.mode is not Mode.HURT:  # the side that was done just now, between two sides
        session.remember(order.command, at)
        session.correct_side(at, n)
        session.answer(at, session.script.line("answer.corrected", amount=session.script.language.count(n, here.unit)))
        return
    if session.self_paced and n == here.amount:
        session.remember(order.command, at)
        session.own_count(at, n)
        return
    if session.side_over(order.command, at, n):
        return
    session.remember(order.command, at)
    here.correct(here.side, n)
    session.interrupt(at)
    session.finish_set(at, "done")


def _correct(session: Session, order: Order, at: float) -> None:
    """What was done in the set that is over, as long as another has not begun."""
    last = session.done_last
    if last is None:
        session.answer(at, _why_not(session))
        return
    session.remember(order.command, at)
    n = order.number or last.amount
    session.correct_last(at, n)
    amount = session.script.language.count(n, last.unit)
    session.answer(at, session.script.line("answer.corrected", amount=amount))


def _why_not(session: Session) -> str:
    over = session.underway in (Mode.REST, Mode.CLOSING)
    return session.script.line("cannot.set_over" if over else "cannot.no_set")
