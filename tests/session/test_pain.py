"""Somebody whom it hurts is stopped for, asked, and never made to do more for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.journal.store import Journal
from coach.language.commands import Command
from coach.session import events
from coach.session.modes import Mode
from tests.session.workouts import Watched, plan


def hurting() -> Watched:
    return Watched(plan()).until(events.Rep, n=3).run(1).say("it hurts").run(6)


@pytest.mark.parametrize("words", ["carry on", "resume", "continue", "no", "i'm fine"])
def test_who_is_fine_goes_on_with_the_set(words: str) -> None:
    watched = hurting().say(words).run(8)
    assert watched.session.mode is Mode.WORK
    assert [rep.n for rep in watched.events(events.Rep)][-2:] == [3, 4]


def test_what_makes_sense_then_is_listened_for() -> None:
    expected = hurting().session.expects()
    assert {Command.RESUME, Command.NO, Command.EASIER, Command.NEXT, Command.END} <= expected


def test_the_end_is_asked_for_and_needs_a_yes() -> None:
    watched = hurting().say("end workout").run(3)
    assert not watched.session.finished
    assert watched.lines()[-1] == "Yes or no: end here?"
    watched.say("yes").run()
    assert watched.events(events.SetFinished)[-1].why == "hurts"
    assert watched.events(events.SessionFinished)[0].status == "ended"


def test_silence_to_that_question_is_no_and_the_wait_goes_on() -> None:
    watched = hurting().say("end workout").run(30)
    assert watched.session.mode is Mode.PAUSED
    assert not watched.session.finished


def test_undo_makes_nothing_harder_that_has_hurt() -> None:
    watched = Watched(plan()).until(events.Rep, n=2).run(1).say("easier").until(events.Rep, n=3).run(1)
    rung = watched.session.standing.rungs[0]
    watched.say("it hurts").run(4).say("undo").run(4)
    assert watched.session.standing.rungs[0] == rung
    assert "It stays easier, since it hurt." in watched.lines()


def test_next_after_pain_in_a_rest_does_not_skip_what_was_not_begun() -> None:
    watched = Watched(plan()).until(events.SetFinished, index=1).run(9).say("it hurts").run(4).say("next").run(3)
    assert watched.events(events.ExerciseStarted)[-1].exercise == "bridge"


def test_pain_before_any_exercise_is_filed_under_none(tmp_path: Path) -> None:
    watched = Watched(plan()).run(1).say("it hurts").run(2)
    with Journal(tmp_path / "journal.sqlite") as journal:
        for event in watched.events(events.Event):
            journal.record(event)
        assert journal.database.execute("SELECT count(*) FROM pains").fetchone() == (0,)
