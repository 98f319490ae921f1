"""What an athlete says in a workout, each thing at its moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coach.app.athlete import Utterance
from coach.app.parts import Studio
from coach.app.render import RATE
from coach.routine.model import Routine
from coach.session.orders import obey
from coach.session.session import Session

Moment = tuple[str, Callable[[Session], bool]]
"""Words, and when they are to be said."""
THINKS, HEARD, CALLED, BREATH = 0.6, 1.4, 1.0, 1.0
"""Seconds until an athlete speaks, until a word has been understood, what a wake phrase adds, and after an order."""


def rehearsed(studio: Studio, routine: Routine, moments: Sequence[Moment]) -> tuple[list[Utterance], list[str]]:
    """What is said and when, and the commands that are meant.

    The moments are found by the session alone, to which each order is given when its words will have been heard.
    """
    settings = studio.settings
    session = studio.session(routine, studio.voice(RATE))
    said: list[Utterance] = []
    meant: list[str] = []
    at = 0.0
    for words, fits in moments:
        while not fits(session):
            at += 0.1
            session.advance(at)
            assert not session.finished, (words, said)
        order = studio.language.order(words)
        assert order is not None
        said.append(Utterance(at + THINKS, say=f"{settings.wake}. {words}" if settings.wake else words))
        meant.append(order.command.value)
        at += THINKS + HEARD + (CALLED if settings.wake else 0.0)
        session.advance(at)
        obey(session, order, at)
        at += BREATH
        session.advance(at)
    return said, meant
