"""Orders that come while a workout that was broken off is offered: going on, starting afresh, or neither."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from coach.language.commands import Command, Order
from coach.language.delivery import Priority
from coach.session import events
from coach.session.modes import Mode
from coach.session.session import Session
from coach.session.standing import Standing

Handlers = Mapping[Command, Callable[[Session, Order, float], None]]

BESIDE = {
    *(Command.LOUDER, Command.QUIETER, Command.TALK_MORE, Command.TALK_LESS, Command.TALK_FASTER, Command.TALK_SLOWER),
    *(Command.HIGHER_VOICE, Command.DEEPER_VOICE, Command.ANOTHER_VOICE, Command.PROGRESS, Command.SLEEP),
    *(Command.MUSIC_OFF, Command.MUSIC_ON, Command.WAKE),
}
"""Orders that do here what they do anywhere."""


def answer_offer(session: Session, order: Order, at: float, handlers: Handlers) -> None:
    """The answer to the offer; a question about it, answered; what is neither brings what can be said."""
    match order.command:
        case Command.YES | Command.READY | Command.RESUME:
            session.interrupt(at)
            session.emit(events.OfferAnswered(at=at, accepted=True))
            session.take_up(at)
        case Command.NO | Command.NEXT | Command.AGAIN:
            session.interrupt(at)
            session.emit(events.OfferAnswered(at=at, accepted=False))
            session.open(at + 0.3)
        case Command.PAUSE if order.leaves:
            session.interrupt(at)
            session.leave_offer(at + 0.2)
        case Command.PAUSE:
            session.interrupt(at)
            session.play(session.score(at).tone("paused"), Mode.OFFER)
        case Command.END:
            session.ask_end(at, "end.ask")
        case Command.NUMBER:
            return
        case Command.HURTS:
            _tell(session, at, session.script.line("hurts.quiet"), priority=Priority.SAFETY)
        case Command.UNDO if session.can_undo:
            handlers[order.command](session, order, at)
        case command if command in BESIDE:
            handlers[command](session, order, at)
        case _:
            _tell(session, at, _answer(session, order.command))


def _answer(session: Session, command: Command) -> str:
    """What a question about the offered workout is answered with; empty where it is no such question."""
    offer = session.offer
    assert offer is not None
    here, script = Standing.at_start(offer.plan, offer.index, offer.part), session.script
    match command:
        case Command.REPEAT:
            return session.offered_in_words(offer)
        case Command.STATUS | Command.LENGTH:
            about = script.language.about
            return script.line("answer.length", minutes=about(offer.plan.seconds), left=about(here.seconds_left()))
        case Command.WHICH | Command.UPCOMING:
            return script.line("answer.which_next", exercise=here.variant.name, n=here.set.set, of=here.set.of)
        case _:
            return ""


def _tell(session: Session, at: float, line: str, *, priority: Priority = Priority.ANSWER) -> None:
    session.interrupt(at)
    lines = (line, session.script.line("offer.again"))
    session.play(session.score(at + 0.2).say(*lines, priority=priority), Mode.OFFER)
