"""The menu in the simulated room, and what happens to a workout of which something was left out."""

from __future__ import annotations

import time
from io import StringIO
from pathlib import Path

import pytest

from coach.app.athlete import Utterance, spoken
from coach.app.hearing import Hearing, made
from coach.app.log import Log
from coach.app.loop import Workout
from coach.app.notices import Notices
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.app.stage import Stage, Talking, understood
from coach.audio.simulated import Room
from coach.dialogue.menu import Menu
from coach.ear.recognizer import SpeechModel
from coach.journal import resume
from coach.journal.store import Journal
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.session import events, tailoring
from coach.session.briefing import opening
from coach.session.events import Event
from coach.session.plan import make_plan
from coach.session.script import Script
from coach.session.session import Session
from coach.session.tailoring import limited
from coach.terminal.keys import Lines
from coach.terminal.plain import Plain
from tests.dialogue.workouts import EN, NOON, SHIPPED, measure

RATE = 48_000


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(Settings())


def test_the_menu_hears_over_its_own_voice_and_one_no_takes_a_guess_back(studio: Studio) -> None:
    voice = studio.voice(RATE)
    menu = Menu(EN, voice.seconds, SHIPPED, [], NOON)
    said = spoken([Utterance(6.5, say="something else"), Utterance(12.0, say="lower body with a band"),
                   Utterance(16.5, say="no"), Utterance(21.0, say="the second one")])  # fmt: skip
    seen: list[Event] = []
    ear = studio.make_ear(understood(menu))
    talk = Talking(
        menu,
        voice,
        Room(RATE, athlete=said, echo=0.0),
        hearing=Hearing(made(ear), _raise),
        following=Following([seen.append]),
    )
    talk.run(until=lambda: talk.now > 40)
    given = [event.command for event in seen if isinstance(event, events.CommandGiven)]
    assert given == ["other", "routine", "no", "second"]
    assert menu.chosen is not None
    assert talk.over


@pytest.mark.parametrize("words", ["ready", "repeat"])
def test_a_workout_after_the_menu_knows_the_echo_and_hears_over_the_coachs_first_line(
    studio: Studio, tmp_path: Path, words: str
) -> None:
    """An ear that knew nothing of it refused both, as the coach's echo as far as is known yet."""
    voice, seen, begins = studio.voice(RATE), list[Event](), 26.0
    said = spoken([Utterance(20.0, say="the first one"), Utterance(begins + 0.9, say=words)])
    room = Room(RATE, athlete=said, echo=0.0, noise=30)
    with (tmp_path / "nothing").open("w+") as typed:
        display = Plain(studio.language, StringIO())
        stage = Stage(
            studio, Notices(studio), room, None, voice, display, Lines(typed.fileno()), lambda event: None, Log(None)
        )
        menu = Menu(EN, voice.seconds, SHIPPED, [], NOON)
        talk = Talking(menu, voice, room, hearing=_ready(stage.open_ear(understood(menu))))
        while talk.now < begins:
            talk.step()
        stage.begin()
        routine = Library().routine("prerun-warmup")
        hearing = _ready(stage.open_ear(studio.commands(routine)))
    session = studio.session(routine, voice)
    workout = Workout(session, voice, room, hearing=hearing, following=Following([seen.append]))
    workout.run(until=lambda: workout.now > 3)
    assert [event.command for event in seen if isinstance(event, events.CommandGiven)] == [words]


def _ready(hearing: Hearing | None) -> Hearing:
    assert hearing is not None
    while hearing.ear is None:
        time.sleep(0.01)
    return hearing


def _raise(error: Exception) -> None:
    raise error


def test_a_workout_of_which_something_was_left_out_is_gone_on_with_where_it_broke_off(tmp_path: Path) -> None:
    routine = Library().routine("hotel-room")
    whole = make_plan(routine)
    plan = limited(whole, tailoring.at_most(whole, 1))
    session = Session(plan, Script(EN, plan), measure)
    with Journal(tmp_path / "journal.sqlite") as journal:
        while not any(event.index == 2 for event in _started(session, journal)):
            pass
    with Journal(tmp_path / "journal.sqlite") as journal:
        broken_off = resume.unfinished(journal)
        assert broken_off is not None
        choices = resume.choices(broken_off, routine)
        assert choices is not None
        again = limited(make_plan(routine, choices), broken_off.kept)
        assert again.sets == plan.sets
        assert broken_off.index == 2


def _started(session: Session, journal: Journal) -> list[events.SetStarted]:
    out = [event for event in session.advance(session.now + 0.5) if isinstance(event, Event)]
    for event in out:
        journal.record(event)
    return [event for event in out if isinstance(event, events.SetStarted)]


def test_what_was_announced_is_not_said_again() -> None:
    plan = make_plan(Library().routine("hotel-room"))
    assert not any("Hotel room" in line for line in opening(Script(EN, plan, announced=True), plan))
    assert any("Hotel room" in line for line in opening(Script(EN, plan), plan))


def test_every_phrase_of_the_talks_can_be_heard(studio: Studio) -> None:
    speech = SpeechModel(studio.model)
    phrases = [phrase for talk in EN.talks.values() for said in talk.values() for phrase in said if "{" not in phrase]
    assert speech.unknown(phrases) == set()
    numbers = [EN.number(n) for n in EN.minutes_asked]
    assert speech.unknown(numbers) == set()


def test_the_ear_of_a_menu_acts_on_stop_at_once_and_knows_what_follows_a_phrase() -> None:
    vocabulary = understood(Menu(EN, measure, SHIPPED, (), NOON))
    assert vocabulary.urgent == {"stop"}
    assert any(phrase.endswith("minutes please") for phrase in vocabulary.phrases)
    assert vocabulary.phrase_in("i want to do the hotel room today") == "the hotel room"
