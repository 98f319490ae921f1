"""Music, asked about in a workout: it goes on as if nothing had been said."""

from __future__ import annotations

import pytest

from coach.language.commands import Command, Order
from coach.session import events
from coach.session.directives import Hush, Music, Say, Tone
from coach.session.modes import Mode
from coach.session.orders import obey
from tests.session.workouts import Watched, plan


@pytest.fixture
def working() -> Watched:
    return Watched(plan()).until(events.Rep, n=2).run(1)


@pytest.mark.parametrize(("said", "plays"), [("pause the music", False), ("play the music", True), ("music on", True)])
def test_a_tone_and_the_set_goes_on(working: Watched, said: str, plays: bool) -> None:
    seen = len(working.out)
    working.say(said).run(2)
    new = working.out[seen:]
    assert [each.plays for each in new if isinstance(each, Music)] == [plays]
    assert [each.name for each in new if isinstance(each, Tone) and each.name == "heard"] == ["heard"]
    assert not [each for each in new if isinstance(each, Hush)]
    assert working.until(events.Rep, n=4).session.mode is Mode.WORK
    assert not working.events(events.Paused)


def test_the_pause_that_the_phrase_began_with_is_taken_back(working: Watched) -> None:
    began = working.clock
    obey(working.session, Order(Command.PAUSE), working.run(0.3).clock)
    obey(working.session, Order(Command.MUSIC_OFF), working.run(1).clock, began=began)
    working.until(events.Rep, n=3)
    assert len(working.events(events.Resumed)) == 1


def test_a_pause_that_was_wanted_stays(working: Watched) -> None:
    obey(working.session, Order(Command.PAUSE), working.clock)
    began = working.run(1).clock
    obey(working.session, Order(Command.PAUSE), working.run(0.3).clock)
    obey(working.session, Order(Command.MUSIC_OFF), working.run(1).clock, began=began)
    assert working.session.mode is Mode.PAUSED
    assert not working.events(events.Resumed)


def test_it_is_not_what_undo_takes_back(working: Watched) -> None:
    working.say("music off")
    assert not working.session.can_undo


def test_asleep_it_is_not_obeyed(working: Watched) -> None:
    working.say("stop listening").run(5).say("music off").run(1)
    assert not [each for each in working.out if isinstance(each, Music)]
    assert 'I\'ll stop listening. Say "hey coach" to wake me.' in [o.text for o in working.out if isinstance(o, Say)]
