"""A workout that was broken off is offered, and anything may be said to that."""

from __future__ import annotations

import pytest

from coach.language.commands import Command
from coach.session import events
from coach.session.directives import Hush, Tone
from coach.session.modes import Mode, Offer
from coach.session.questions import not_understood
from tests.session.workouts import Watched, plan

AGAIN = 'Say "yes" to go on from there, "no" to start afresh, or "end workout" to leave it.'
QUESTION = "Welcome back. You stopped Test at set three of four. Yes or no: go on from there?"


def offered(seconds: float = 20) -> Watched:
    return Watched(plan(), offer=Offer(plan(), 2)).run(seconds)


@pytest.mark.parametrize("seconds", [1, 20])
def test_what_answers_the_question_is_listened_for(seconds: float) -> None:
    watched = offered(seconds)
    assert {Command.YES, Command.NO, Command.RESUME, Command.PAUSE, Command.END} <= watched.session.expects()
    assert watched.session.offered() == (Command.YES, Command.NO)
    watched.say("talk slower").run(0.5)
    assert watched.session.mode is Mode.ANSWER
    assert Command.YES in watched.session.expects()


@pytest.mark.parametrize("words", ["stop", "stop it", "please stop"])
@pytest.mark.parametrize("seconds", [1, 20])
def test_stop_silences_it_and_leaves_it_for_another_day(words: str, seconds: float) -> None:
    watched = offered(seconds)
    at = watched.clock
    watched.say(words).run()
    assert next(o.at for o in watched.out if isinstance(o, Hush)) == at
    assert watched.lines()[-1] == "Another day, then. I keep your place."
    assert watched.session.finished
    assert not watched.session.begun
    assert not watched.events(events.OfferAnswered, events.SessionStarted)


@pytest.mark.parametrize("words", ["wait", "give me a minute", "pause"])
def test_who_needs_a_moment_is_waited_for_in_silence(words: str) -> None:
    watched = offered(1).say(words)
    watched.out.clear()
    watched.run(300)
    assert watched.lines() == []
    assert watched.session.mode is Mode.OFFER
    watched.say("yes").run(3)
    assert [event.accepted for event in watched.events(events.OfferAnswered)] == [True]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("what did you say", QUESTION),
        ("how long is this workout", "About five minutes in all, about two minutes to go."),
        ("which exercise is this", "Next comes the bridge, set one of two."),
        ("what's next", "Next comes the bridge, set one of two."),
    ],
)
def test_a_question_about_it_is_answered_and_it_stands(words: str, answer: str) -> None:
    watched = offered().say(words).run(20)
    assert watched.lines()[-2:] == [answer, AGAIN]
    assert watched.session.mode is Mode.OFFER


def test_the_voice_can_be_changed_while_it_is_asked() -> None:
    watched = offered(1).say("talk slower").run(30)
    assert watched.session.manner.rate < 175
    assert watched.lines()[-2:] == [QUESTION, AGAIN], "begun again, in the slower voice"


def test_after_an_answer_is_cut_short_another_order_leaves_nothing_behind() -> None:
    watched = offered(1).say("talk slower").run(0.5).say("wait").run(1).say("no").run(5)
    assert [event.accepted for event in watched.events(events.OfferAnswered)] == [False]
    assert watched.session.frozen is None


def test_what_is_not_understood_brings_a_tone_and_then_what_can_be_said() -> None:
    watched = offered()
    watched.out.clear()
    not_understood(watched.session, watched.clock)
    watched.run(3)
    assert [o.name for o in watched.out if isinstance(o, Tone)] == ["not_understood"]
    not_understood(watched.session, watched.clock)
    assert watched.run(5).lines() == [AGAIN]
