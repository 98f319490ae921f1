"""What is said between the counts: varied, ever less, and what this athlete was told least."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from coach.language.delivery import Priority
from coach.own import paths
from coach.routine.library import Library
from coach.session import events
from coach.session.plan import make_plan
from tests.session.workouts import Watched, plan, spoken, work

HALF = ("Halfway.", "That's half.")
THREE = ("Three more.", "The last three.")
CUES = ("Hips level.", "Stand tall.")


def done_before(times: int, *, sets: int = 3, amount: int = 12) -> Watched:
    made = plan(work("kickback", sets, amount))
    return Watched(make_plan(made.routine, {0: replace(made.slots[0].choice, times=times)})).run()


def cues(watched: Watched, number: int = 0) -> list[str]:
    """The cues given, in one of the sets or in all."""
    begun, ended = watched.events(events.SetStarted), watched.events(events.SetFinished)
    begin, end = (begun[number - 1].at, ended[number - 1].at) if number else (0.0, float("inf"))
    return [s.text for s in spoken(watched.out) if s.priority is Priority.CUE and s.text in CUES and begin < s.at < end]


def test_half_and_the_last_three_are_told_once_an_exercise_not_in_every_set() -> None:
    lines = done_before(0).lines()
    assert [line for line in lines if line in (*HALF, *THREE)] == ["Halfway.", "Three more."]


def test_who_knows_the_exercise_well_is_told_the_last_three_alone() -> None:
    lines = done_before(4).lines()
    assert [line for line in lines if line in (*HALF, *THREE)] == ["Three more."]


def test_cues_get_fewer_from_set_to_set_and_from_workout_to_workout() -> None:
    given = [len(cues(done_before(times))) for times in (0, 1, 4)]
    assert given == sorted(set(given), reverse=True)
    new = done_before(0)
    assert len(cues(new, 1)) > len(cues(new, 2)) > 0


def test_every_cue_is_given_as_often_as_the_others() -> None:
    counted = Counter(cues(done_before(0)))
    assert max(counted.values()) - min(counted.values()) <= 1


def test_the_next_workout_begins_with_another_cue() -> None:
    assert {cues(done_before(times))[0] for times in (0, 1)} == set(CUES)


def test_the_last_set_is_called_that_unasked() -> None:
    lines = done_before(0).lines()
    assert [line for line in lines if line in ("Set two.", "Set three.", "Last set.")] == ["Set two.", "Last set."]


@pytest.mark.parametrize("name", ["beginner-bands", "lower-body-bands"])
def test_no_workout_says_half_or_three_more_more_than_once_an_exercise(name: str) -> None:
    made = make_plan(Library([paths.routines()]).routine(name))
    lines = Counter(Watched(made).run().lines())
    assert sum(lines[line] for line in HALF) <= len(made.used)
    assert sum(lines[line] for line in THREE) <= len(made.used)


@pytest.mark.parametrize(("words", "answer"), [("slower", "slow"), ("faster", "fast")])
def test_a_second_of_a_hold_is_not_said_to_become_longer(words: str, answer: str) -> None:
    watched = Watched(plan(work("bridge", rung=1, unit="second", amount=20))).until(events.HoldSecond, n=4)
    watched.say(words).run(3)
    assert watched.lines()[-1] == f"This is as {answer} as I count."
