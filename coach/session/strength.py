"""Orders about how strong the band is: a heavier or a lighter one, or one that the athlete took unasked."""

from __future__ import annotations

from coach.language.commands import Order
from coach.language.delivery import Priority
from coach.session import events
from coach.session.modes import ON_HOLD, Mode
from coach.session.plan import MOVE_BREATH
from coach.session.session import Session


def heavier(session: Session, order: Order, at: float) -> None:
    """The next heavier band."""
    if session.mode is Mode.HURT:
        # Nobody in pain means this: asked again, it was something else.
        session.ask_hurt(at)
        return
    _step(session, order, at, 1, "heavier")


def lighter(session: Session, order: Order, at: float) -> None:
    """The next lighter band."""
    _step(session, order, at, -1, "lighter")


def _step(session: Session, order: Order, at: float, steps: int, why: events.BandSwap) -> None:
    here = session.standing
    if not session.band:
        session.answer(at, session.script.line(_none(session)))
        return
    name = session.manner.bands.beside(here.variant.equipment, session.band, steps)
    if not name:
        session.answer(at, session.script.line(f"band.{why}_none"))
        return
    session.remember(order.command, at)
    session.take_band(at, name, why)
    line = session.script.line("band.change", band=f"{name} {here.variant.equipment}")
    if not here.started or session.mode in ON_HOLD:
        session.answer(at, line)
        return
    switch = here.variant.turn_to(here.side) if session.underway is Mode.SWITCH and here.variant.sides else ""
    session.interrupt(at)
    session.tone("swap", at)
    score = session.score(at + 0.4).say(line, switch, priority=Priority.ANSWER, breath=MOVE_BREATH)
    score.say(session.script.left(here, with_side=False))
    score.say(session.script.ready(session.manner.settle, first=False)).then(session.settle)
    session.play(score, Mode.BRIEFING)


def took(session: Session, order: Order, at: float) -> None:
    """The athlete has another band on than was said: noted, and on."""
    names, equipment = session.manner.bands.names, session.standing.variant.equipment
    name = names[order.number] if order.number is not None and order.number < len(names) else ""
    if not session.band or session.manner.bands.chosen(equipment, name) != name:
        session.answer(at, session.script.line(_none(session)))
        return
    session.remember(order.command, at)
    session.take_band(at, name, "took")
    session.answer(at, session.script.line("band.took", band=f"{name} {equipment}"))


def _none(session: Session) -> str:
    return "band.not_here" if session.standing.variant.equipment == "none" else "band.only_one"
