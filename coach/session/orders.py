"""What each command does, in each moment of a workout. One function a command, in moves, changes and questions; `obey`
finds it."""

from __future__ import annotations

from collections.abc import Callable

from coach.language.commands import Command, Order
from coach.session import (
    amounts,
    changes,
    events,
    moves,
    music,
    questions,
    replacing,
    skipping,
    strength,
    trouble,
    turning,
)
from coach.session.modes import Mode
from coach.session.offering import answer_offer
from coach.session.session import Session
from coach.session.sounding import LOUDNESS, VOICE

QUESTIONS = {
    Command.STATUS,
    Command.WHICH,
    Command.LENGTH,
    Command.REST_LEFT,
    Command.UPCOMING,
    Command.PROGRESS,
    Command.REPEAT,
    Command.EXPLAIN,
    Command.WHY,
    Command.HELP,
    *LOUDNESS,
    *VOICE,
    Command.NUMBER,
    Command.WAKE,
    Command.MUSIC_OFF,
    Command.MUSIC_ON,
}
"""Orders that leave the course of the workout alone."""

STOPS = {Command.PAUSE, Command.STUCK, Command.BAND_BROKE, Command.BAND_ROLLS}
"""Orders that let the workout stand still, whatever else is going on."""
TEMPO = {Command.SLOWER, Command.FASTER}
"""Orders that change how it goes on, and take no answer away."""


def obey(session: Session, order: Order, at: float, by: events.By = "voice", *, began: float | None = None) -> None:
    """Do what the athlete asked for at `at`; what comes of it is in the session's next `advance`. `began`: when they
    began to say it, where it was said.
    """
    command, family = order.command, order.family or None
    text = None if by == "voice" else order.text or None
    given = events.CommandGiven(at=at, command=command, number=order.number, family=family, by=by, text=text)
    session.hear(at, given, began)
    if session.mode is Mode.FINISHED:
        return
    if session.asleep:
        if command not in (Command.WAKE, Command.HURTS, *STOPS):
            return
        session.wake_up()
        if command is Command.WAKE:
            session.answer(at, session.script.line("awake"))
            return
    if command not in (Command.HELP, Command.WAKE):
        session.forget_help()
    if command not in (Command.WAKE, *LOUDNESS, *VOICE) and (doubted := session.wondered(at)):
        session.forget_doubt()
        if command is Command.NO or order.declines:
            session.answer(at, session.script.line("doubt.no"))
            return
        order = doubted if command in (Command.YES, doubted.command) else order
    _do(session, order, at)


def _do(session: Session, order: Order, at: float) -> None:
    command = order.command
    if command not in QUESTIONS:
        if session.mode is Mode.ANSWER and command not in STOPS | TEMPO:
            session.drop_answer(at)
        if session.mode is Mode.ASK_END and (order.declines or command in (Command.READY, Command.RESUME)):
            moves.no(session, order, at)
            return
        if session.mode is Mode.ASK_END and command not in (Command.YES, Command.NO, Command.END):
            session.interrupt_question(at)
    if session.moment is Mode.OFFER:
        answer_offer(session, order, at, HANDLERS)
    else:
        HANDLERS[command](session, order, at)


def doubt(session: Session, order: Order, at: float) -> None:
    """Something was perhaps said that it would be dear to get wrong: ask, unless that is what was just asked."""
    if session.asleep or session.mode in (Mode.OFFER, Mode.HURT, Mode.ASK_END, Mode.CLOSING, Mode.FINISHED):
        questions.not_understood(session, at)
    elif (doubted := session.wondered(at)) and doubted.command is order.command:
        obey(session, order, at)
    else:
        session.wonder(order, at)


HANDLERS: dict[Command, Callable[[Session, Order, float], None]] = {
    Command.READY: moves.ready,
    Command.NEXT: moves.go_next,
    Command.BACK: moves.back,
    Command.SKIP_TO: skipping.skip_to,
    Command.PAUSE: moves.pause,
    Command.RESUME: moves.resume,
    Command.DONE: moves.done,
    Command.EASIER: changes.easier,
    Command.HARDER: changes.harder,
    Command.HURTS: moves.hurts,
    Command.SOMETHING_ELSE: replacing.something_else,
    Command.NO_WALL: replacing.no_wall,
    Command.NO_CHAIR: replacing.no_chair,
    Command.HEAVIER: strength.heavier,
    Command.LIGHTER: strength.lighter,
    Command.BAND: strength.took,
    Command.STUCK: trouble.stuck,
    Command.BAND_BROKE: trouble.band_broke,
    Command.BAND_ROLLS: trouble.band_rolls,
    Command.REPEAT: questions.repeat,
    Command.EXPLAIN: questions.explain,
    Command.WHY: questions.why,
    Command.STATUS: questions.status,
    Command.WHICH: questions.which,
    Command.LENGTH: questions.length,
    Command.REST_LEFT: questions.rest_left,
    Command.UPCOMING: questions.upcoming,
    Command.PROGRESS: questions.progress,
    Command.SLOWER: changes.slower,
    Command.FASTER: changes.faster,
    Command.LOUDER: questions.loudness,
    Command.QUIETER: questions.loudness,
    Command.TALK_MORE: questions.talk_more,
    Command.TALK_LESS: questions.talk_less,
    Command.TALK_FASTER: questions.voice,
    Command.TALK_SLOWER: questions.voice,
    Command.HIGHER_VOICE: questions.voice,
    Command.DEEPER_VOICE: questions.voice,
    Command.ANOTHER_VOICE: questions.voice,
    Command.MORE_REST: moves.more_rest,
    Command.SKIP_REST: moves.skip_rest,
    Command.EXTRA_SET: moves.extra_set,
    Command.AGAIN: moves.again,
    Command.MORE: amounts.more,
    Command.DID: amounts.did,
    Command.OTHER_SIDE: turning.other_side,
    Command.UNDO: moves.undo,
    Command.END: moves.end,
    Command.YES: moves.yes,
    Command.NO: moves.no,
    Command.NUMBER: changes.number,
    Command.HELP: questions.help_,
    Command.MUSIC_OFF: music.off,
    Command.MUSIC_ON: music.on,
    Command.WAKE: questions.wake,
    Command.SLEEP: questions.sleep,
}
