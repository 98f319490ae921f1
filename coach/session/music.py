"""Orders about other programs' music: a tone, and the workout goes on as if nothing had been said."""

from __future__ import annotations

from coach.language.commands import Command, Order
from coach.session.directives import Music
from coach.session.modes import Mode
from coach.session.moves import resume
from coach.session.session import Session


def off(session: Session, order: Order, at: float) -> None:
    """Let it be silent. "Pause" was acted on before the rest of "pause the music" was heard: that is taken back."""
    if session.mode is Mode.PAUSED and session.began < session.paused_at:
        resume(session, Order(Command.RESUME), at)
    _tell(session, at, plays=False)


def on(session: Session, order: Order, at: float) -> None:
    """Let it play on."""
    _tell(session, at, plays=True)


def _tell(session: Session, at: float, *, plays: bool) -> None:
    session.emit(Music(at, plays))
    session.tone("heard", at)
