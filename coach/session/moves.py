"""Orders that move through a workout: on, back, a pause, a rest, the end."""

from __future__ import annotations

from dataclasses import replace

from coach.language.commands import Order
from coach.language.delivery import Priority
from coach.session import events, trouble
from coach.session.modes import BEFORE_SET, ON_HOLD, Mode
from coach.session.session import Session

MORE_REST = 30.0
"""Seconds."""
KNOWN_OF = 0.5
"""Seconds after which somebody can know that sides are being changed; a "ready" that began sooner is not about that."""

SIDE_TO_COME = (Mode.SWITCH, Mode.COUNT_IN, *BEFORE_SET)
"""Moments in which a side may be about to begin: "done" may be about having got there."""


def ready(session: Session, order: Order, at: float) -> None:
    """Start the set, or cut short what comes before it."""
    mode = session.frozen.mode if session.mode in ON_HOLD and session.frozen else session.mode
    if mode is Mode.OPENING:
        session.interrupt(at)
        session.tone("heard", at)
        session.begin_at_once(at + 0.3, "brief.first")
    elif session.unnamed:
        session.interrupt(at)
        session.tone("heard", at)
        session.begin_at_once(at + 0.3, "brief.again")
    elif mode in BEFORE_SET or (session.mode is Mode.SWITCH and session.began >= session.turned_at + KNOWN_OF):
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
    """On to the next exercise."""
    index = session.next_one()
    if session.underway is Mode.CLOSING:
        session.interrupt(at)
        session.complete(at)
    elif index is None:
        session.ask_end(at, "end.ask_last")
    else:
        go_to(session, order, at, index, "brief.next")


def back(session: Session, order: Order, at: float) -> None:
    """Back to the exercise before: to what was left out of it, where that is not all of it or nothing."""
    here = session.standing
    index = here.previous_exercise()
    if index is None:
        session.answer(at, session.script.line("cannot.first_exercise"))
        return
    sets = [place for place in range(index, here.index) if here.sets[place].slot == here.sets[index].slot]
    left_out = (place for place in sets if not session.worked(place))
    go_to(session, order, at, next(left_out, index), "brief.again")


def go_to(session: Session, order: Order, at: float, index: int, key: str) -> None:
    """Leave what is being done for the set at `index`; `key` names its exercise."""
    why: events.SetEnd = "hurts" if session.mode is Mode.HURT and index > session.standing.index else "skipped"
    how_back = session.how_to_undo() if session.standing.started and why == "skipped" else ""
    torn = session.torn
    session.remember(order.command, at)
    session.interrupt(at)
    session.close_set(at, why)
    if torn:
        session.do_without(at, torn)
    session.standing.begin_set(index)
    session.forget_effort()
    session.tone("swap", at)
    session.brief(at + 0.4, key, then=how_back)


def pause(session: Session, order: Order, at: float) -> None:
    """Stand still."""
    if session.mode is Mode.PAUSED:
        session.tone("paused", at)
    else:
        session.pause(at)


def resume(session: Session, order: Order, at: float) -> None:
    """Go on from where it stood still; in a rest and before a set, begin."""
    if session.mode in (Mode.PAUSED, Mode.HURT) and session.frozen:
        session.report_going_on(at)
        session.forget_trouble()
        frozen = session.frozen
        if frozen.mode is Mode.SETTLING:
            session.interrupt(at)
            session.count_in(at + 0.3)
        else:
            session.release(at)
        session.tone("resumed", at)
        if frozen.mode is Mode.REST:
            session.tell_rest(at + 0.3)
    elif session.mode is Mode.REST and order.reassures:
        session.answer(at, session.script.line("cannot.not_paused"))
    elif session.mode is Mode.REST:
        skip_rest(session, order, at)
    elif session.mode in BEFORE_SET and not order.reassures:
        ready(session, order, at)
    else:
        session.tone("heard", at)  # it goes on as it is


def done(session: Session, order: Order, at: float) -> None:
    """Ends the set; at one's own pace, the side: all of it was done where nothing was counted aloud, and none of one
    that has not begun.
    """
    here = session.standing
    if session.self_paced and not here.done[here.side]:
        session.remember(order.command, at)
        session.own_count(at, here.amount)
        return
    if session.side_over(order.command, at):
        return
    if here.started and not here.begun and session.at_own_pace and session.mode is not Mode.HURT:
        session.answer(at, session.script.line("cannot.side_not_begun", side=here.side_name))
    elif here.started and not here.begun and session.mode in SIDE_TO_COME and not order.sure:
        session.wonder(replace(order, sure=True), at)
    elif here.started:
        why: events.SetEnd = "hurts" if session.mode is Mode.HURT else "done"
        session.remember(order.command, at)
        session.interrupt(at)
        session.finish_set(at, why)
    elif Mode.REST in (session.mode, session.frozen.mode if session.frozen else None):
        session.answer(at, session.script.line("cannot.resting"))
    elif session.underway is Mode.CLOSING:
        session.interrupt(at)
        session.complete(at)
    else:
        session.answer(at, session.script.line("cannot.no_set"))


def hurts(session: Session, order: Order, at: float) -> None:
    """Stop at once, and ask."""
    session.ask_hurt(at)


def more_rest(session: Session, order: Order, at: float) -> None:
    """Put off what comes after the rest, or after a set-up; who is waited for has all the time there is."""
    if session.mode in ON_HOLD:
        key = "hurts.quiet" if session.mode is Mode.HURT else "pause.reminder"
        session.answer(at, session.script.line(key))
        return
    if session.mode is Mode.COUNT_IN and not session.standing.started:
        session.remember(order.command, at)
        session.interrupt(at)
        more = session.script.line("rest.more", time=session.script.language.duration(MORE_REST))
        score = session.score(at + 0.15).say(more, priority=Priority.ANSWER)
        session.play(score.until(at + MORE_REST).then(session.count_in), Mode.SETTLING)
        session.tell_of_the_moment(order, more)
        return
    if session.mode not in (Mode.OPENING, Mode.REST, *BEFORE_SET):
        working = session.mode in (Mode.WORK, Mode.COUNT_IN, Mode.SWITCH)
        session.answer(at, session.script.line("cannot.working" if working else "cannot.not_resting"))
        return
    session.remember(order.command, at)
    session.put_off(MORE_REST)
    if session.mode is Mode.REST:
        session.warn_of_end(at, at + session.rest_left(at))
    more = session.script.line("rest.more", time=session.script.language.duration(MORE_REST))
    session.answer_of_the_moment(at, order, more)


def skip_rest(session: Session, order: Order, at: float) -> None:
    """End the rest."""
    if session.mode is Mode.REST or (session.frozen and session.frozen.mode is Mode.REST):
        session.remember(order.command, at)
        session.interrupt(at)
        session.tone("heard", at)
        session.play(session.score(at + 0.3).then(session.rest_over), Mode.REST)
    elif session.mode in BEFORE_SET:
        ready(session, order, at)
    elif session.mode is Mode.COUNT_IN:
        session.tone("heard", at)  # it is about to begin
    else:
        working = session.mode in (Mode.WORK, Mode.SWITCH)
        session.answer(at, session.script.line("cannot.working_on" if working else "cannot.not_resting"))


def extra_set(session: Session, order: Order, at: float) -> None:
    """Of the exercise being done; in a rest, of the one just finished."""
    here = session.standing
    session.remember(order.command, at)
    said = session.script.line("answer.one_more_set")
    closing = session.underway is Mode.CLOSING
    if not closing and session.underway is not Mode.REST:
        here.add_set(here.set.slot)
        session.answer(at, said)
        return
    rest = here.set.rest if closing else session.rest_left(at)
    before = here.set.slot if closing else here.just_done
    here.add_set(before)
    here.begin_set(len(here.sets) - 1 if closing else here.index)
    if session.mode in ON_HOLD:
        session.put_rest_aside(at, rest, before, said)
        session.answer(at, said)
    else:
        session.interrupt(at)
        session.rest(at, rest, before, first=said)


def again(session: Session, order: Order, at: float) -> None:
    """This set from its first rep; in a rest, the one just done."""
    here = session.standing
    index = here.index - 1 if session.underway is Mode.REST else here.index
    if not here.started and session.underway not in (Mode.REST, Mode.CLOSING):
        session.answer(at, session.script.line("cannot.no_set"))
        return
    session.remember(order.command, at)
    session.interrupt(at)
    here.begin_set(index)
    session.emit(session.exercise_started(at))
    score = session.score(at).tone("swap", 0.4).say(session.script.line("answer.from_the_top"))
    session.play(score.then(session.count_in), Mode.COUNT_IN)


def undo(session: Session, order: Order, at: float) -> None:
    """Take the last order back."""
    if not session.undo(at):
        session.answer(at, session.script.line("cannot.nothing_to_undo"))


def end(session: Session, order: Order, at: float) -> None:
    """End the workout, after a question where something is left of it."""
    if session.underway is Mode.CLOSING:
        session.interrupt(at)
        session.complete(at)
    else:
        session.ask_end(at, "end.ask")


def yes(session: Session, order: Order, at: float) -> None:
    """The answer to a question. One that was heard while the end was asked for may be the question's own."""
    if session.mode is Mode.ASK_END and session.by == "voice" and at < session.asked_until:
        session.put_question(at, "end.ask")
    elif session.mode is Mode.ASK_END:
        session.interrupt(at)
        session.close_set(at, "hurts" if session.held_before is Mode.HURT else "ended")
        session.finish(at + 0.2, "ended")
    elif session.mode is Mode.HURT:
        session.ask_hurt(at)
    elif trouble.answered(session, order, at):
        return
    elif session.effort_slot is not None:
        _ask_effort(session, at)
    else:
        _asked_nothing(session, at)


def no(session: Session, order: Order, at: float) -> None:
    """The answer to a question."""
    if session.mode is Mode.ASK_END:
        session.carry_on(at)
    elif session.mode is Mode.HURT:
        resume(session, order, at)
    elif trouble.answered(session, order, at):
        return
    elif session.effort_slot is not None:  # no wish to say how hard it was
        session.forget_effort()
        session.tone("heard", at)
        if session.mode is Mode.CLOSING:
            session.play(session.score(at + 0.3).then(session.complete), Mode.CLOSING)
    else:
        _asked_nothing(session, at)


def _ask_effort(session: Session, at: float) -> None:
    """How hard it was, unless that is being asked or about to be."""
    if session.comes({*session.script.lines("rest.effort")}):
        session.tone("heard", at)
    else:
        session.answer(at, session.script.line("rest.effort"))


def _asked_nothing(session: Session, at: float) -> None:
    """There was no question; but to who is waited for, "ready when you are" may have sounded like one."""
    if session.mode is Mode.BRIEFING:
        session.tone("heard", at)
    elif session.mode is Mode.SETTLING:
        session.answer(at, session.set_up_left(at))
    elif session.mode is Mode.PAUSED:
        session.answer(at, session.script.line("pause.reminder"))
    else:
        session.answer(at, session.script.line("cannot.no_question"))
