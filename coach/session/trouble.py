"""Orders of somebody who cannot go on: stop at once, then say what can be done."""

from __future__ import annotations

from coach.language.commands import Order
from coach.language.delivery import Priority
from coach.session.modes import Mode
from coach.session.session import Session


def stuck(session: Session, order: Order, at: float) -> None:
    """They cannot do it, cry for help, or are not well: then nothing else is offered."""
    script = session.script
    if order.unwell:
        _stop(session, at, *script.lines("trouble.unwell"))
        return
    _stop(session, at, script.line("trouble.stuck"), script.line(f"trouble.else{session.ways_on()}"))
    session.stuck_since = session.paused_at


def band_broke(session: Session, order: Order, at: float) -> None:
    """It may have hit them."""
    _stop(session, at, *session.script.lines("trouble.band_broke"))


def band_rolls(session: Session, order: Order, at: float) -> None:
    """It has to be put right before they go on."""
    _stop(session, at, *session.script.lines("trouble.band_rolls"))


def _stop(session: Session, at: float, *lines: str) -> None:
    if session.mode in (Mode.PAUSED, Mode.HURT):
        session.answer_on_hold(at, *lines, priority=Priority.SAFETY)
    else:
        session.pause(at, *lines)
