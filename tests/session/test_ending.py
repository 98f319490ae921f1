"""Nothing ends a workout but a "yes" to a question that stood in silence, whoever was heard saying what."""

from __future__ import annotations

import pytest

from coach.language.commands import Command, Order
from coach.session import events
from coach.session.directives import Hush
from coach.session.modes import Mode, Offer
from coach.session.orders import obey

from .workouts import Watched, plan


@pytest.fixture
def working() -> Watched:
    return Watched(plan()).until(events.Rep, n=3)


def offered() -> Watched:
    return Watched(plan(), offer=Offer(plan(), 2)).run(15)


@pytest.mark.parametrize("before", ["", "it hurts", "pause"])
def test_a_yes_over_the_question_is_asked_again_and_one_after_it_counts(working: Watched, before: str) -> None:
    if before:
        working.say(before).run(3)
    working.say("end workout").until_line("Yes or no: end here?").run(1).say("yes").run(0.1)
    assert not working.session.finished
    assert working.session.mode is Mode.ASK_END
    working.until_line("Yes or no: end here?").run(3).say("yes").run()
    assert [event.status for event in working.events(events.SessionFinished)] == ["ended"]


def test_who_types_yes_is_not_asked_again(working: Watched) -> None:
    working.say("end workout").run(0.5)
    obey(working.session, Order(Command.YES), working.clock, "key")
    working.run()
    assert working.events(events.SessionFinished)


def test_the_end_is_asked_for_at_an_offer_too() -> None:
    assert offered().say("end workout").run(3).say("yes").run().events(events.SessionFinished)
    silent = offered().say("end workout").run(60)
    assert not silent.events(events.SessionFinished)
    assert silent.session.mode is Mode.OFFER
    silent.say("yes").run(2)
    assert [event.accepted for event in silent.events(events.OfferAnswered)] == [True]


def test_an_order_over_an_answer_at_the_offer_is_an_answer_to_the_offer() -> None:
    watched = offered()
    watched.session.answer(watched.clock, "My voice is back.")
    watched.run(0.5).say("next").run(1)
    assert [event.accepted for event in watched.events(events.OfferAnswered)] == [False]


def test_what_is_wrong_with_the_sound_is_said_once(working: Watched) -> None:
    for _ in range(3):
        working.session.tell_once("device.only_stop", working.clock)
        working.run(30)
    assert sum("only" in line for line in working.lines()) == 1


@pytest.mark.parametrize("words", ["no", "ready", "carry on"])
def test_an_answer_over_the_question_silences_it(words: str) -> None:
    watched = Watched(plan()).until(events.Rep, n=3).run(0.5).say("end workout").run(0.5)
    watched.out.clear()
    watched.say(words).run(0.1)
    assert isinstance(watched.out[1], Hush), "after the command itself"
