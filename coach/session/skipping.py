"""The order for an exercise by its name, past what lies between."""

from __future__ import annotations

from coach.language.commands import Order
from coach.session.briefing import least_known, title
from coach.session.modes import Mode
from coach.session.moves import go_to
from coach.session.session import Session


def skip_to(session: Session, order: Order, at: float) -> None:
    """On to the exercise of this name; back to it where it was jumped over. Nothing that was done is done again."""
    here, line = session.standing, session.script.line
    wanted = {slot.number for slot in here.plan.slots if slot.family.name == order.family}
    places = [index for index, planned in enumerate(here.sets) if planned.slot in wanted]
    elsewhere = [index for index in places if here.sets[index].slot != here.set.slot]
    ahead = [index for index in elsewhere if index > here.index]
    jumped_over = [index for index in elsewhere if not session.worked(index)]
    if not places:
        session.answer(at, line("cannot.not_in_it"))
    elif ahead and session.underway is Mode.OPENING:
        session.remember(order.command, at)
        before = _title(session)
        here.begin_set(ahead[0])
        now = _title(session)
        session.say_instead(lambda text: now if text == before else text)
        session.answer(at, line("answer.first", exercise=here.variant.name))
    elif ahead:
        go_to(session, order, at, ahead[0], "brief.next")
    elif here.set.slot in wanted and session.underway is not Mode.CLOSING:
        coming = session.underway in (Mode.OPENING, Mode.REST)
        session.answer(at, line("cannot.comes_next" if coming else "cannot.there_already"))
    elif jumped_over:
        go_to(session, order, at, jumped_over[0], "brief.again")
    else:
        session.answer(at, line("cannot.done_already"))


def _title(session: Session) -> str:
    """How the opening names what is to be done."""
    here, plan = session.standing, session.plan
    return title(session.script, plan, len(here.to_come), here.seconds_left(), least_known(plan))
