"""What each command does, in each moment of a workout. One function a command; `obey` finds it."""

from __future__ import annotations

from collections.abc import Callable

from coach.session import events, questions
from coach.session.commands import Command, Order
from coach.session.course import MOVE_BREATH, TICK
from coach.session.directives import Hush, Priority
from coach.session.modes import ON_HOLD, Mode
from coach.session.session import Session

SLOWEST, FASTEST = 2.0, 0.6
"""Bounds of how much a tempo is stretched by "slower" and "faster" ..."""
STRETCH = 1.2
"""... and by how much at a time."""
MORE_REST = 30.0

BEFORE_SET = {Mode.BRIEFING, Mode.SETTLING}
QUESTIONS = {
    Command.STATUS,
    Command.UPCOMING,
    Command.PROGRESS,
    Command.REPEAT,
    Command.EXPLAIN,
    Command.WHY,
    Command.HELP,
    Command.LOUDER,
    Command.QUIETER,
    Command.NUMBER,
}
"""Orders that leave the course of the workout alone."""


def obey(session: Session, order: Order, at: float, by: str = "voice") -> None:
    """Do what the athlete asked for at `at`; what comes of it is in the session's next `advance`."""
    session.now = at
    session.emit(events.CommandGiven(at=at, command=order.command, number=order.number, by=by))
    command = order.command
    if session.mode is Mode.FINISHED:
        return
    if session.asleep:
        if command is Command.WAKE:
            session.asleep = False
            session.answer(at, session.script.line("awake"))
            return
        if command not in (Command.PAUSE, Command.HURTS):
            return
        session.asleep = False
    if command is not Command.HELP:
        session.helped = 0
    if session.mode is Mode.OFFER:
        _answer_offer(session, order, at)
        return
    if command not in QUESTIONS:
        if session.mode is Mode.ANSWER and command is not Command.PAUSE:
            session.speaking = None
            session.thaw(at)
        if session.mode is Mode.ASK_END and command in (Command.READY, Command.RESUME):
            no(session, order, at)
            return
        if session.mode is Mode.ASK_END and command not in (Command.YES, Command.NO, Command.END):
            session.interrupt_question(at)
    HANDLERS[command](session, order, at)


def _answer_offer(session: Session, order: Order, at: float) -> None:
    """Going on or starting afresh; anything else is answered with the question."""
    match order.command:
        case Command.YES | Command.READY | Command.RESUME:
            session.interrupt(at)
            session.emit(events.OfferAnswered(at=at, accepted=True))
            session.take_up(at)
        case Command.NO | Command.NEXT | Command.AGAIN:
            session.interrupt(at)
            session.emit(events.OfferAnswered(at=at, accepted=False))
            session.open(at + 0.3)
        case Command.END:
            session.interrupt(at)
            session.finish(at, "ended")
        case Command.NUMBER:
            return
        case Command.LOUDER | Command.QUIETER | Command.UNDO if session.undoable or order.command is not Command.UNDO:
            HANDLERS[order.command](session, order, at)
        case _:
            session.emit(Hush(at))
            session.play(
                session.score(at + 0.2).say(session.script.line("offer.again"), priority=Priority.ANSWER), Mode.OFFER
            )


def ready(session: Session, order: Order, at: float) -> None:
    mode = session.frozen.mode if session.mode in ON_HOLD and session.frozen else session.mode
    if mode is Mode.OPENING:
        session.interrupt(at)
        session.brief_first(at)
    elif mode in BEFORE_SET or session.mode is Mode.SWITCH:
        session.interrupt(at)
        session.tone("heard", at)
        session.count_in(at + 0.3)
    elif mode is Mode.REST:
        skip_rest(session, order, at)
    elif session.mode in ON_HOLD:
        resume(session, order, at)
    else:
        session.tone("heard", at)


def go_next(session: Session, order: Order, at: float) -> None:
    index = session.standing.next_exercise()
    if session.mode is Mode.CLOSING:
        session.interrupt(at)
        session.complete(at)
    elif index is None:
        session.ask_end(at, "end.ask_last")
    else:
        _go(session, order, at, index, "hurts" if session.mode is Mode.HURT else "skipped", "brief.next")


def back(session: Session, order: Order, at: float) -> None:
    index = session.standing.previous_exercise()
    if index is None:
        session.answer(at, session.script.line("cannot.first_exercise"))
    else:
        _go(session, order, at, index, "skipped", "brief.again")


def _go(session: Session, order: Order, at: float, index: int, why: str, key: str) -> None:
    session.remember(order.command, at)
    session.interrupt(at)
    session.close_set(at, why)
    session.standing.begin_set(index)
    session.effort_slot = None
    session.tone("swap", at)
    session.brief(at + 0.4, key)


def pause(session: Session, order: Order, at: float) -> None:
    if session.mode is Mode.PAUSED:
        session.tone("paused", at)
    else:
        session.pause(at)


def resume(session: Session, order: Order, at: float) -> None:
    if session.mode in (Mode.PAUSED, Mode.HURT) and session.frozen:
        session.emit(events.Resumed(at=at))
        frozen = session.frozen
        if frozen.mode is Mode.SETTLING:
            session.interrupt(at)
            session.count_in(at + 0.3)
        else:
            session.release(at)
        session.tone("resumed", at)
    elif session.mode in BEFORE_SET:
        ready(session, order, at)
    else:
        session.answer(at, session.script.line("cannot.not_paused"))


def done(session: Session, order: Order, at: float) -> None:
    """Ends the set; at one's own pace and not counted aloud, it says that this side is complete."""
    if session.self_paced and not session.standing.done[session.standing.side]:
        session.remember(order.command, at)
        session.own_count(at, session.standing.amount)
        return
    if session.standing.started:
        why = "hurts" if session.mode is Mode.HURT else "done"
        session.remember(order.command, at)
        session.interrupt(at)
        session.finish_set(at, why)
    elif session.mode is Mode.REST:
        session.answer(at, session.script.line("cannot.resting"))
    elif session.mode is Mode.CLOSING:
        session.interrupt(at)
        session.complete(at)
    else:
        session.answer(at, session.script.line("cannot.no_set"))


def easier(session: Session, order: Order, at: float) -> None:
    _swap(session, order, at, -1, "easier", "swap.easiest")


def harder(session: Session, order: Order, at: float) -> None:
    if session.mode is Mode.HURT:
        # Nobody in pain means this: asked again, it was something else.
        session.ask_hurt(at)
        return
    _swap(session, order, at, 1, "harder", "swap.hardest")


def _swap(session: Session, order: Order, at: float, rungs: int, why: str, at_the_end: str) -> None:
    here = session.standing
    slot = here.set.slot
    rung = here.rungs[slot] + rungs
    if session.mode is Mode.CLOSING or not 0 <= rung < len(here.slot.family.variants):
        session.answer(at, session.script.line(at_the_end))
        return
    session.remember(order.command, at)
    old = here.variant
    here.swap(slot, rung)
    session.report_swap(at, slot, old.name, "hurts" if session.mode is Mode.HURT else why)
    lines = session.script.swapped(f"swap.{why}", old, here.variant)
    if session.mode is Mode.PAUSED or session.mode is Mode.OPENING or session.mode is Mode.REST:
        session.answer(at, *(lines[:1] if session.mode is Mode.REST else lines))
    elif here.started:
        _go_on_swapped(session, at, lines)
    else:
        session.interrupt(at)
        session.tone("swap", at)
        score = session.score(at + 0.4).say(*lines, breath=MOVE_BREATH)
        score.say(session.script.ready(session.manner.settle, first=False)).then("settle")
        session.play(score, Mode.BRIEFING)


def _go_on_swapped(session: Session, at: float, lines: list[str]) -> None:
    """In the middle of a set: the new variant, what is left of the set, two ticks, and on."""
    here, script = session.standing, session.script
    session.interrupt(at)
    session.tone("swap", at)
    left = here.amount - here.done[here.side]
    score = session.score(at + 0.4)
    if left <= 0 and here.open_side() is None:
        score.say(*lines[:1], script.line("swap.done_here"), priority=Priority.ANSWER)
        session.play(score.then("side_done"), Mode.COUNT_IN)
        return
    score.say(*lines, priority=Priority.ANSWER, breath=MOVE_BREATH)
    score.say(script.line("swap.left", amount=script.language.number(left)), priority=Priority.ANSWER)
    score.tone("count_in", TICK).tone("count_in", TICK).then("work")
    session.play(score, Mode.COUNT_IN)


def hurts(session: Session, order: Order, at: float) -> None:
    session.ask_hurt(at)


def slower(session: Session, order: Order, at: float) -> None:
    _stretch(session, order, at, STRETCH, "answer.slower", "answer.slowest")


def faster(session: Session, order: Order, at: float) -> None:
    _stretch(session, order, at, 1 / STRETCH, "answer.faster", "answer.fastest")


def _stretch(session: Session, order: Order, at: float, factor: float, said: str, at_the_end: str) -> None:
    here = session.standing
    stretch = here.stretch[here.set.slot] * factor
    if not FASTEST <= stretch <= SLOWEST:
        session.answer(at, session.script.line(at_the_end))
        return
    session.remember(order.command, at)
    before = here.tempo
    here.stretch[here.set.slot] = stretch
    if session.mode is Mode.WORK and not session.self_paced:
        session.retime(before)
    session.answer(at, session.script.line(said))


def more_rest(session: Session, order: Order, at: float) -> None:
    if session.mode not in (Mode.REST, Mode.SETTLING):
        session.answer(at, session.script.line(_why_not(session, "cannot.not_resting")))
        return
    session.remember(order.command, at)
    session.put_off(MORE_REST)
    session.answer(at, session.script.line("rest.more", time=session.script.language.duration(MORE_REST)))


def skip_rest(session: Session, order: Order, at: float) -> None:
    if session.mode is Mode.REST or (session.frozen and session.frozen.mode is Mode.REST):
        session.remember(order.command, at)
        session.interrupt(at)
        session.tone("heard", at)
        session.play(session.score(at + 0.3).then("rest_over"), Mode.REST)
    elif session.mode in BEFORE_SET:
        ready(session, order, at)
    else:
        session.answer(at, session.script.line(_why_not(session, "cannot.not_resting")))


def _why_not(session: Session, otherwise: str) -> str:
    return "cannot.working" if session.mode in (Mode.WORK, Mode.COUNT_IN, Mode.SWITCH) else otherwise


def extra_set(session: Session, order: Order, at: float) -> None:
    """Of the exercise being done; in a rest, of the one just finished."""
    here = session.standing
    session.remember(order.command, at)
    said = session.script.line("answer.one_more_set")
    if session.mode is Mode.CLOSING:
        rest = here.set.rest
        here.add_set(here.set.slot)
        here.begin_set(len(here.sets) - 1)
        session.interrupt(at)
        session.rest(at, rest, here.set.slot)
    elif session.mode is Mode.REST:
        left = session.rest_left(at)
        before = here.sets[here.index - 1].slot
        here.add_set(before)
        here.begin_set(here.index)
        session.interrupt(at)
        session.rest(at, left, before)
    else:
        here.add_set(here.set.slot)
        session.answer(at, said)


def again(session: Session, order: Order, at: float) -> None:
    """This set from its first rep; in a rest, the one just done."""
    here = session.standing
    index = here.index - 1 if session.mode is Mode.REST else here.index
    if not here.started and session.mode not in (Mode.REST, Mode.CLOSING):
        session.answer(at, session.script.line("cannot.no_set"))
        return
    session.remember(order.command, at)
    session.interrupt(at)
    here.begin_set(index)
    session.emit(session.exercise_started(at))
    score = session.score(at).tone("swap", 0.4).say(session.script.line("answer.from_the_top"))
    session.play(score.then("count_in"), Mode.COUNT_IN)


def other_side(session: Session, order: Order, at: float) -> None:
    here = session.standing
    side = here.open_side()
    if len(here.done) < 2 or side is None or side == here.side or session.mode in (Mode.REST, Mode.CLOSING):
        session.answer(at, session.script.line("cannot.no_other_side"))
        return
    session.remember(order.command, at)
    if here.started:
        session.interrupt(at)
        session.switch(at, side)
    else:
        here.side = side
        session.answer(at, session.script.line("set.last_side", side=here.side_name))


def undo(session: Session, order: Order, at: float) -> None:
    if not session.undo(at):
        session.answer(at, session.script.line("cannot.nothing_to_undo"))


def end(session: Session, order: Order, at: float) -> None:
    if session.mode is Mode.CLOSING:
        session.interrupt(at)
        session.complete(at)
    elif session.mode is Mode.HURT:
        session.interrupt(at)
        session.close_set(at, "hurts")
        session.finish(at + 0.2, "ended")
    else:
        session.ask_end(at, "end.ask")


def yes(session: Session, order: Order, at: float) -> None:
    if session.mode is Mode.ASK_END:
        session.interrupt(at)
        session.close_set(at, "ended")
        session.finish(at + 0.2, "ended")
    else:
        session.answer(at, session.script.line("cannot.no_question"))


def no(session: Session, order: Order, at: float) -> None:
    if session.mode is Mode.ASK_END:
        session.carry_on(at)
    else:
        session.answer(at, session.script.line("cannot.no_question"))


def number(session: Session, order: Order, at: float) -> None:
    if session.self_paced and order.number is not None:
        session.own_count(at, order.number)
        session.tone("tick", at)
        return
    slot = session.effort_slot
    if slot is None or order.number is None or order.number > 10:
        return
    session.effort_slot = None
    variant = session.standing.variant_of(slot)
    session.emit(events.Effort(at=at, family=variant.family, exercise=variant.name, slot=slot, effort=order.number))
    session.tone("heard", at)
    if session.mode is Mode.CLOSING:
        session.play(session.score(at + 0.3).then("complete"), Mode.CLOSING)


def wake(session: Session, order: Order, at: float) -> None:
    session.tone("heard", at)


def sleep(session: Session, order: Order, at: float) -> None:
    session.asleep = True
    session.answer(at, session.script.line("asleep"))


HANDLERS: dict[Command, Callable[[Session, Order, float], None]] = {
    Command.READY: ready,
    Command.NEXT: go_next,
    Command.BACK: back,
    Command.PAUSE: pause,
    Command.RESUME: resume,
    Command.DONE: done,
    Command.EASIER: easier,
    Command.HARDER: harder,
    Command.HURTS: hurts,
    Command.REPEAT: questions.repeat,
    Command.EXPLAIN: questions.explain,
    Command.WHY: questions.why,
    Command.STATUS: questions.status,
    Command.UPCOMING: questions.upcoming,
    Command.PROGRESS: questions.progress,
    Command.SLOWER: slower,
    Command.FASTER: faster,
    Command.LOUDER: questions.louder,
    Command.QUIETER: questions.quieter,
    Command.TALK_MORE: questions.talk_more,
    Command.TALK_LESS: questions.talk_less,
    Command.TALK_FASTER: questions.talk_faster,
    Command.TALK_SLOWER: questions.talk_slower,
    Command.HIGHER_VOICE: questions.higher_voice,
    Command.DEEPER_VOICE: questions.deeper_voice,
    Command.ANOTHER_VOICE: questions.another_voice,
    Command.MORE_REST: more_rest,
    Command.SKIP_REST: skip_rest,
    Command.EXTRA_SET: extra_set,
    Command.AGAIN: again,
    Command.OTHER_SIDE: other_side,
    Command.UNDO: undo,
    Command.END: end,
    Command.YES: yes,
    Command.NO: no,
    Command.NUMBER: number,
    Command.HELP: questions.help_,
    Command.WAKE: wake,
    Command.SLEEP: sleep,
}
