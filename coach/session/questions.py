"""Orders that leave the course of the workout alone: questions, how loud and how much the coach speaks, and sleep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coach.language import sentence
from coach.language.commands import Command, Order
from coach.language.manner import Verbosity
from coach.session.directives import Say, Volume
from coach.session.modes import BEFORE_SET, MOMENTS, REBUILT, Mode
from coach.session.session import Session
from coach.session.sounding import FARTHEST, otherwise

VERBOSITY: tuple[Verbosity, ...] = ("sounds", "counts", "coach")


def repeat(session: Session, order: Order, at: float) -> None:
    """What was said last, once more; a line that was cut, and is begun again by itself, comes only then. What was told
    of the moment is told of this one.
    """
    if not session.repeatable:
        session.answer(at, session.script.line("answer.nothing_said"))
        return
    if session.answer_waits(at) or session.about_to_speak(at):
        session.tone("heard", at)  # that is what is wanted, and it comes
        return
    told = session.told_of
    stale = told.lines & {*session.repeatable} if told else set()
    if told and stale and (session.underway in REBUILT or stale == {*session.repeatable}):
        OF_THE_MOMENT[told.order.command](session, told.order, at)
        return
    counted_in = session.speaking if session.mode is Mode.COUNT_IN else None
    begun_again = counted_in.text if counted_in else session.begun_again(at)
    score = session.score(at)
    for text in session.repeatable:
        if text != begun_again and text not in stale:
            score.say(session.rest_line(score.at) if text == session.rest_told else text)
    session.answer(at, *(item.text for item in score.items if isinstance(item, Say)))


def explain(session: Session, order: Order, at: float) -> None:
    """How the exercise is done, on the side that it is done on."""
    here, script = session.standing, session.script
    lines = script.explanation(here.variant)
    session.answer(at, *(script.mirrored(line) if here.mirrored else line for line in lines))


def why(session: Session, order: Order, at: float) -> None:
    """What it is good for."""
    session.answer(at, session.standing.slot.family.why or session.script.line("answer.no_why"))


def status(session: Session, order: Order, at: float) -> None:
    """Where the athlete is; asked how long, in a set, what is left of it and of the workout."""
    lines = _place_in_words(session, at)
    if session.mode is Mode.WORK:
        now, then = (
            _time_in_words(session, beats=beats) if order.timed else _place_in_words(session, at, beats=beats)[0]
            for beats in (0, 1)
        )
        session.answer_of_the_moment(at, order, now, after_next=then)
    else:
        session.answer_of_the_moment(at, order, *lines)


def _place_in_words(session: Session, at: float, beats: int = 0) -> list[str]:
    """Place in set, exercise and workout, the nearest first; as it will be so many beats from now."""
    here, line = session.standing, session.script.line
    planned = here.set
    if session.moment is Mode.CLOSING:
        return [line("answer.nothing_next")]
    if here.started:
        if planned.of > 1:
            key = "answer.rep_side" if here.side_name else "answer.rep"
        else:
            key = "answer.rep_side_alone" if here.side_name else "answer.rep_alone"
        first = line(
            key,
            left=_left_of_side(session, beats),
            side=here.side_name,
            n=planned.set,
            of=planned.of,
        )
    else:
        first = line("answer.set", exercise=here.variant.name, n=planned.set, of=planned.of)
    slots = {later.slot for later in here.sets[here.index :]} - {planned.slot}
    minutes = session.script.language.about(here.seconds_left())
    if slots:
        exercises = session.script.language.count(len(slots), "move")
        to_come = line("answer.to_come", exercises=exercises, minutes=minutes)
    else:
        to_come = line("answer.last_exercise", minutes=minutes)
    resting = session.moment is Mode.REST and not here.started
    return [session.rest_answer(at, to_come) if resting else first, to_come]


def _time_in_words(session: Session, beats: int = 0) -> str:
    """What is left of the side at hand, as it will be so many beats from now, and of the workout."""
    minutes = session.script.language.about(session.standing.seconds_left())
    return session.script.line("answer.time", left=_left_of_side(session, beats), minutes=minutes)


def _left_of_side(session: Session, beats: int) -> int | str:
    """How many reps, or seconds in words, as it will be so many beats from now."""
    here = session.standing
    left = max(0, here.amount - here.done[here.side] - beats)
    return sentence(session.script.language.count(left, "second")) if here.variant.hold else left


def which(session: Session, order: Order, at: float) -> None:
    """The exercise at hand, and its set; in a rest and before the first one, what comes."""
    here = session.standing
    if session.underway in (Mode.REST, Mode.OPENING):
        key = "answer.which_next"
    elif session.underway is Mode.CLOSING:
        key = "answer.which_last"
    else:
        key = "answer.which_side" if here.side_name else "answer.which"
    exercise = here.variant.name
    session.answer(at, session.script.line(key, exercise=exercise, side=here.side_name, n=here.set.set, of=here.set.of))


def length(session: Session, order: Order, at: float) -> None:
    """How long the workout is, and what is left of it."""
    about = session.script.language.about
    if session.underway is Mode.CLOSING:
        session.answer(at, session.script.line("rest.all_sets"))
        return
    left = about(session.standing.seconds_left())
    line = session.script.line("answer.length", minutes=about(session.plan.seconds), left=left)
    session.answer_of_the_moment(at, order, line)


def rest_left(session: Session, order: Order, at: float) -> None:
    """How long the rest still is, to the first rep after it; in a set, the one after that."""
    here, script = session.standing, session.script
    if session.resting and session.underway in BEFORE_SET:
        session.answer_of_the_moment(at, order, session.set_up_left(at))
        return
    if session.underway is Mode.REST:
        said = session.rest_answer(at)
    elif session.underway is Mode.CLOSING:
        said = script.line("rest.all_sets")
    elif here.last or here.set.rest < 1:
        said = script.line("answer.no_rest_after")
    else:
        said = script.line("answer.rest_after", time=script.language.duration(session.rest_to_come()))
    session.answer_of_the_moment(at, order, said)


def _rest_given(session: Session, order: Order, at: float) -> None:
    """How long it still is, of which more was asked for; where the set has begun meanwhile, what was said to that."""
    if session.underway in BEFORE_SET and not session.resting:
        session.answer_of_the_moment(at, order, session.set_up_left(at))
    elif session.underway in (Mode.REST, *BEFORE_SET):
        rest_left(session, order, at)
    elif session.told_of:
        session.answer(at, *session.told_of.lines)


def upcoming(session: Session, order: Order, at: float) -> None:
    """What comes next."""
    here, script = session.standing, session.script
    coming = session.underway in (Mode.OPENING, Mode.REST)
    index = here.index if coming else here.next_exercise()
    if index is None or session.underway is Mode.CLOSING:
        session.answer(at, script.line("answer.nothing_next"))
        return
    slot = session.plan.slots[here.sets[index].slot]
    key = "brief.next" if coming else "answer.after_this"
    session.answer(at, script.named(key, slot, here.rungs[slot.number], here.amounts[slot.number]))


def progress(session: Session, order: Order, at: float) -> None:
    """How the athlete has been doing."""
    session.answer(at, session.script.so_far or session.script.line("answer.first_time"))


def help_(session: Session, order: Order, at: float) -> None:
    """Three things that fit the moment; asked again, the rest; once more, what to do about the band."""
    script = session.script
    has_band = session.standing.variant.equipment != "none"
    asked = session.asked_for_help()
    if asked == 1:
        lines = [*script.lines("help.rest_of_it"), *(script.lines("help.band") if has_band else [])]
    elif asked == 2 and has_band:
        lines = script.lines("help.band_trouble")
    else:
        session.forget_help()
        session.asked_for_help()
        lines = [_what_fits(session), script.line("help.more")]
    session.answer(at, *lines)


def _what_fits(session: Session) -> str:
    """What can be said at the moment."""
    if session.moment is Mode.OFFER:
        return session.script.line("offer.again")
    begins = session.moment is Mode.COUNT_IN and not session.standing.started
    key = f"help.{'settling' if begins else MOMENTS.get(session.moment, 'settling')}"
    if session.moment is Mode.HURT:
        key += session.ways_on()
    elif session.moment is Mode.CLOSING and session.effort_slot is None:
        key += "_unasked"
    return session.script.line(key)


def not_understood(session: Session, at: float) -> None:
    """Somebody spoke to the coach, and nothing came of it: a soft tone; the second time what fits the moment."""
    if session.asleep or session.mode is Mode.FINISHED:
        return
    if session.missed_again(at):
        session.answer(at, _what_fits(session))
    else:
        session.tone("not_understood", at)


def loudness(session: Session, order: Order, at: float) -> None:
    """A louder voice, or a softer one."""
    manner = otherwise(order.command, session.manner, session.script.language)
    if manner is None and session.mode is Mode.ANSWER:
        session.tone("heard", at)  # an answer goes on
        return
    if manner is None:
        session.answer(at, session.script.line(FARTHEST[order.command]))
        return
    session.remember(order.command, at)
    session.be(manner)
    session.emit(Volume(at, manner.volume))
    session.tone("heard", at)


def talk_more(session: Session, order: Order, at: float) -> None:
    """More words."""
    _talk(session, order, at, 1)


def talk_less(session: Session, order: Order, at: float) -> None:
    """Fewer words."""
    _talk(session, order, at, -1)


def _talk(session: Session, order: Order, at: float, change: int) -> None:
    level = min(max(VERBOSITY.index(session.manner.verbosity) + change, 0), len(VERBOSITY) - 1)
    if VERBOSITY[level] != session.manner.verbosity:
        session.remember(order.command, at)
        session.be(replace(session.manner, verbosity=VERBOSITY[level]))
    session.answer(at, session.script.line(f"answer.talk_{VERBOSITY[level]}"))


def voice(session: Session, order: Order, at: float) -> None:
    """Another way to speak; an answer goes on in it."""
    manner = otherwise(order.command, session.manner, session.script.language)
    session.remember(order.command, at)
    if manner is None or not session.tune(manner):
        session.forget_last()
        session.answer(at, session.script.line("answer.sounds_same"))
        return
    waiting = []
    if session.mode is Mode.WORK and not session.self_paced:
        waiting = session.drop_answer_in_set()
        session.retime(session.standing.tempo)
    if waiting:
        answer_after_all(session, at, waiting)
    elif session.mode is Mode.ANSWER:
        session.tone("heard", at)
    else:
        session.answer(at, session.script.line("answer.sounds_now"))


def answer_after_all(session: Session, at: float, waiting: list[str]) -> None:
    """What was asked is still answered where an order came before it could be: that is acknowledged with a tone."""
    session.tone("heard", at)
    told = session.told_of
    if told and told.lines & {*waiting}:
        OF_THE_MOMENT[told.order.command](session, told.order, at)
    else:
        session.answer(at, *waiting)


def wake(session: Session, order: Order, at: float) -> None:
    """Already awake: a tone."""
    session.tone("heard", at)


def sleep(session: Session, order: Order, at: float) -> None:
    """Stop listening, but for what wakes."""
    session.fall_asleep()
    session.answer(at, session.script.line("asleep"))


OF_THE_MOMENT: dict[Command, Callable[[Session, Order, float], None]] = {
    Command.STATUS: status,
    Command.LENGTH: length,
    Command.REST_LEFT: rest_left,
    Command.MORE_REST: _rest_given,
}
"""Questions whose answer is another one a little later."""
