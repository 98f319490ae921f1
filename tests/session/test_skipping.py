"""An exercise asked for by its name: told like any that comes next, and what lies between is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coach import language
from coach.dialogue.names import exercise_phrases
from coach.language.commands import Command, Order
from coach.routine.library import Library
from coach.session import events
from coach.session.modes import Mode
from coach.session.orders import obey
from tests.session.workouts import Watched, plan, work

THREE = (work("bridge", 1, 4, rung=0), work("kickback", 2, 3), work("bridge", 1, 20, rung=1, unit="second"))


def skip_to(watched: Watched, family: str, seconds: float = 4.0) -> list[str]:
    """What is heard in the next seconds."""
    watched.out.clear()
    obey(watched.session, Order(Command.SKIP_TO, family=family), watched.clock)
    return watched.run(seconds).lines()


def test_it_is_told_like_any_exercise_that_comes_next_and_the_rest_is_not_done() -> None:
    watched = Watched(plan(work("kickback"), work("bridge", 1))).until(events.Rep, n=2)
    assert skip_to(watched, "bridge")[0] == "Next: bridge. Six reps."
    (finished,) = watched.events(events.SetFinished)
    assert (finished.done, finished.why) == ({"right leg": 2, "left leg": 0}, "skipped")
    started = watched.events(events.ExerciseStarted)[-1]
    assert (started.family, started.index) == ("bridge", 2)
    watched.run()
    done = watched.events(events.SetFinished)
    assert [(each.family, each.index) for each in done] == [("kickback", 0), ("bridge", 2)]


def test_undo_takes_it_back() -> None:
    watched = Watched(plan(work("kickback"), work("bridge", 1))).until(events.Rep, n=2)
    skip_to(watched, "bridge")
    watched.say("undo").until(events.Rep, n=3, side="right leg")
    assert "Undone. Back to banded kickback." in watched.lines()


def test_in_the_opening_nothing_of_the_opening_is_lost() -> None:
    watched = Watched(plan()).run(1)
    heard = skip_to(watched, "bridge", 40)
    assert heard[0] == "Bridge first, then."
    assert 'If anything hurts, say "it hurts".' in heard
    assert heard.index('If anything hurts, say "it hurts".') < heard.index("First: bridge. Six reps.")
    assert watched.say("undo").run(1).session.standing.index == 0


@pytest.mark.parametrize(
    ("moment", "family", "said"),
    [
        (lambda: Watched(plan()).run(1), "kickback", "That one comes next."),
        (lambda: Watched(plan()).until(events.Rep, n=2), "kickback", "We're there already."),
        (lambda: Watched(plan()).until(events.RestStarted).run(4), "kickback", "That one comes next."),
        (lambda: Watched(plan()).until(events.SetStarted, family="bridge"), "kickback", "You've done that one today."),
        (lambda: Watched(plan()).until(events.SetFinished, index=3).run(1), "bridge", "You've done that one today."),
        (lambda: Watched(plan()).until(events.Rep, n=2), "plank", "That one isn't in this workout."),
    ],
)
def test_where_there_is_nowhere_to_go_it_is_said_and_nothing_changes(
    moment: Callable[[], Watched], family: str, said: str
) -> None:
    watched = moment()
    index = watched.session.standing.index
    assert said in skip_to(watched, family)
    assert watched.session.standing.index == index
    assert not watched.session.can_undo


def test_what_was_jumped_over_can_be_gone_back_to() -> None:
    watched = Watched(plan()).run(1)
    skip_to(watched, "bridge", 1)
    watched.until(events.SetStarted, family="bridge").run(3)
    assert skip_to(watched, "kickback")[0] == "Banded kickback. Six reps each leg."
    assert watched.session.standing.index == 0


def test_the_same_movement_later_on_is_the_one_that_is_meant() -> None:
    watched = Watched(plan(*THREE)).until(events.Rep, n=2)
    skip_to(watched, "bridge")
    assert watched.session.standing.index == 3


def test_in_pain_what_is_left_is_left_for_pain() -> None:
    watched = Watched(plan()).until(events.Rep, n=2).say("it hurts").run(2)
    skip_to(watched, "bridge")
    assert watched.events(events.SetFinished)[0].why == "hurts"
    assert watched.session.mode is Mode.BRIEFING


def test_the_names_that_people_use_are_understood() -> None:
    english = language.load()
    phrases = exercise_phrases(english, Library().routine("beginner-bands"))
    wanted = {
        "skip to kickbacks": "glute kickback",
        "skip to the lateral walk": "lateral walk",
        "skip to the bridge": "glute bridge",
        "go to the bridge": "glute bridge",
        "skip to the clamshells": "clamshell",
        "skip to pull aparts": "band pull-apart",
        "skip to the rows": "band row",
        "skip to squats": "squat",
    }
    assert {said: phrases[said].family for said in wanted} == wanted, "the last is none of this workout's"
    assert "skip to the wall" not in exercise_phrases(english, Library().routine("no-band"))


def test_what_is_to_be_done_is_told_anew_where_the_opening_skips_to_an_exercise_and_undo_takes_that_back() -> None:
    watched = Watched(plan()).run(0.5)
    told = skip_to(watched, "bridge", 8.0)
    assert told[1].startswith("Test. One exercise, about ")
    watched = Watched(plan()).run(0.5)
    skip_to(watched, "bridge", 1.0)
    watched.say("undo").run(8)
    assert "Test. Two exercises, about five minutes." in watched.lines()
