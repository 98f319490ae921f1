"""The offer to go on with a workout that was broken off, in the simulated room and on a stage without sound."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from coach.app.athlete import Utterance, spoken
from coach.app.hearing import Hearing, made
from coach.app.live import do_one
from coach.app.log import Log
from coach.app.loop import Workout
from coach.app.notices import Notices
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.app.stage import Stage
from coach.audio.simulated import Room
from coach.journal.resume import unfinished
from coach.journal.store import Journal
from coach.language.delivery import Pace
from coach.own import paths
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event
from coach.session.modes import Offer
from coach.session.plan import make_plan
from coach.session.script import Script
from coach.session.session import Session
from coach.terminal.keys import Lines
from coach.terminal.plain import Plain
from coach.voice.silent import SilentVoice
from tests.app.test_live import Silent

RATE = 48_000


@pytest.mark.parametrize(
    ("words", "answered", "begun"),
    [("yes", [True], 1), ("never mind", [False], 1), ("carry on", [True], 1), ("stop", [], 0)],
)
def test_it_is_answered_by_voice(words: str, answered: list[bool], begun: int) -> None:
    studio, seen = Studio(Settings()), list[Event]()
    routine = Library().routine("prerun-warmup")
    voice = studio.voice(RATE)
    session = studio.session(routine, voice, offer=Offer(make_plan(routine), 1))
    room = Room(RATE, athlete=spoken([Utterance(9.5, say=words)]), echo=0.0, noise=30)
    hearing = Hearing(made(studio.make_ear(studio.commands(routine))), _raise)
    workout = Workout(session, voice, room, hearing=hearing, following=Following([seen.append]))
    workout.run(until=lambda: workout.now > 14)
    assert [event.accepted for event in seen if isinstance(event, events.OfferAnswered)] == answered
    assert sum(isinstance(event, events.SessionStarted) for event in seen) == begun
    assert workout.over == (not begun)


def _raise(error: Exception) -> None:
    raise error


def test_stop_ends_the_program_asks_nothing_more_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"COACH_{kind}_DIR", str(tmp_path / kind))
    _broken_off()
    (tmp_path / "typed").write_text("stop\n")
    studio, out = Studio(Settings()), StringIO()
    with (tmp_path / "typed").open() as typed:
        stage = Stage(
            studio, Notices(studio), Silent(), None, SilentVoice(RATE), Plain(studio.language, out),
            Lines(typed.fileno()), lambda event: None, Log(None),
        )  # fmt: skip
        assert not do_one(stage, Library())
    assert "Another day, then. I keep your place." in out.getvalue()
    with Journal(paths.journal()) as journal:
        offer = unfinished(journal)
    assert offer is not None
    assert offer.index == 1


def _broken_off() -> None:
    """A workout of which one set was done."""
    plan = make_plan(Library().routine("prerun-warmup"))
    studio = Studio(Settings())
    session = Session(plan, Script(studio.language, plan), _measure, studio.manner)
    paths.journal().parent.mkdir(parents=True, exist_ok=True)
    with Journal(paths.journal()) as journal:
        done = 0
        while not done:
            out = [each for each in session.advance(session.now + 0.5) if isinstance(each, Event)]
            for event in out:
                journal.record(event)
            done = sum(isinstance(event, events.SetFinished) for event in out)


def _measure(text: str, pace: Pace) -> float:
    return len(text.split()) / 3
