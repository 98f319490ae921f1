"""Somebody cannot go on; how much they do; where they are."""

from __future__ import annotations

import itertools

import pytest

from coach.session import events
from coach.session.modes import Manner, Mode
from tests.session.workouts import Watched, plan, work

UNWELL = "Sit or lie down, and breathe out slowly. If it does not ease soon, get help."


@pytest.fixture
def working() -> Watched:
    """In the first of two sets of six, three reps done on the right leg."""
    return Watched(plan(work("kickback", 2, 6), work("bridge", 1, 8))).until(events.Rep, n=3).run(2.4)


@pytest.mark.parametrize("said", ["help me", "my band broke", "the band rolls up", "oh my god stop"])
def test_trouble_stops_at_once_and_says_what_can_be_done(working: Watched, said: str) -> None:
    at = working.clock
    working.say(said).run(30)
    assert working.session.mode is Mode.PAUSED
    assert [event.at for event in working.events(events.Paused)] == [at]
    assert any("Stopped." in line for line in working.lines())
    assert not working.session.hurt
    working.say("resume").until(events.Rep, n=4)


@pytest.mark.parametrize("said", ["I feel sick", "I can't breathe"])
def test_who_is_not_well_is_told_to_rest_and_to_get_help_and_offered_no_other_exercise(
    working: Watched, said: str
) -> None:
    working.say(said).run(30)
    assert working.session.mode is Mode.PAUSED
    told = " ".join(working.lines())
    assert "get help" in told
    assert "easier" not in told
    working.say("easier").run(20)
    assert working.session.mode is Mode.PAUSED
    working.say("resume").until(events.Rep)


def test_who_is_not_well_and_says_yes_or_no_is_told_what_can_be_done_and_nothing_goes_on(working: Watched) -> None:
    working.say("I feel sick").run(20)
    working.out.clear()
    working.say("yes").run(10)
    assert working.lines() == ['Say "resume" when all is well again, or "end workout" to finish.']
    working.out.clear()
    working.say("no").run(15)
    assert "get help" in " ".join(working.lines())
    assert working.session.mode is Mode.PAUSED
    assert not working.events(events.Rep)


def test_who_is_not_well_while_asked_about_pain_is_not_asked_to_go_on(working: Watched) -> None:
    working.say("it hurts").run(2).say("I can't breathe").run(60)
    assert "easier" not in " ".join(working.lines()[working.lines().index("Stopped. " + UNWELL) :])
    working.say("resume").until(events.Rep, n=4)


def test_whom_the_band_may_have_hit_is_told_again_what_to_say(working: Watched) -> None:
    working.say("my band broke").run(20)
    working.out.clear()
    working.say("yes").run(12)
    assert working.lines()[0] == 'Stopped. Say "it hurts" if the band hit you.'
    working.say("no").run(8)
    assert "hit you" not in working.lines()[-1]
    assert working.session.mode is Mode.PAUSED


@pytest.mark.parametrize("said", ["my band broke", "the band rolls up"])
def test_of_a_band_in_an_exercise_without_one_only_what_is_true_is_told(said: str) -> None:
    watched = Watched(plan(work("kickback", 2, 6, rung=0))).until(events.Rep, n=3).say(said).run(20)
    told = " ".join(watched.lines())
    assert "Stopped." in told
    assert "bodyweight kickback" in told
    assert "another one on" not in told
    assert "sits well" not in told
    watched.say("resume").until(events.Rep, n=4)


def test_of_a_band_that_broke_at_the_very_end_it_is_told_that_it_was_the_end() -> None:
    watched = Watched(plan(work("kickback", 1, 2))).until(events.SetFinished).run(1).say("my band broke").run(15)
    assert watched.lines()[-1] == "That was the last set."


def test_two_more_are_counted_in_this_set_alone(working: Watched) -> None:
    working.say("two more").until(events.SetFinished)
    assert "Eight reps each leg, then." in working.lines()
    assert working.events(events.SetFinished)[-1].done == {"right leg": 8, "left leg": 8}
    working.until(events.SetFinished)
    assert working.events(events.SetFinished)[-1].done == {"right leg": 6, "left leg": 6}


def test_the_beat_is_kept_by_what_is_added(working: Watched) -> None:
    working.say("two more").until(events.Rep, n=8)
    at = [event.at for event in working.events(events.Rep)]
    assert [later - sooner for sooner, later in itertools.pairwise(at)] == pytest.approx([4.0] * 7)


def test_undo_takes_what_was_added_back(working: Watched) -> None:
    working.say("two more").run(1).say("undo").until(events.SetFinished)
    assert working.events(events.SetFinished)[-1].done == {"right leg": 6, "left leg": 6}


def test_seconds_are_added_to_a_hold() -> None:
    watched = Watched(plan(work("bridge", 1, 20, rung=1))).until(events.HoldSecond, n=5).say("ten more")
    watched.until(events.SetFinished)
    assert watched.events(events.SetFinished)[-1].done == {"": 30}


def test_i_did_so_many_ends_the_set_with_them(working: Watched) -> None:
    working.say("i did five").run(1)
    assert working.events(events.SetFinished)[-1].done == {"right leg": 5, "left leg": 0}
    assert working.session.mode is Mode.REST


def test_i_did_so_many_after_the_set_corrects_it_and_undo_takes_that_back() -> None:
    watched = Watched(plan(work("bridge", 2, 8))).until(events.Rep, n=6).say("done").run(3)
    watched.say("i did eight").run(4)
    assert "Eight reps, then." in watched.lines()
    (corrected,) = watched.events(events.SetCorrected)
    assert (corrected.index, corrected.done) == (0, {"": 8})
    watched.say("undo").run(4)
    assert watched.events(events.SetCorrected)[-1].done == {"": 6}
    watched.until(events.SetStarted)
    assert watched.events(events.SetStarted)[-1].set == 2


def test_before_any_set_there_is_nothing_to_correct() -> None:
    watched = Watched(plan(work("bridge", 2, 8))).run(1).say("i did eight").run(3)
    assert not watched.events(events.SetCorrected)


def test_at_ones_own_pace_so_many_are_counted() -> None:
    watched = Watched(plan(work("bridge", 2, 8)), Manner(pacing="self")).until(events.SetStarted).run(1)
    watched.say("i did eight").run(1)
    assert watched.events(events.SetFinished)[-1].done == {"": 8}


def test_where_and_how_long_is_answered_about_the_moment(working: Watched) -> None:
    working.say("which exercise is this").run(8)
    assert "This is the banded kickback, right leg, set one of two." in working.lines()
    working.say("how much rest").run(8)
    assert "Twenty seconds of rest after this set." in working.lines()
    working.say("how long is this workout").run(12)
    assert any(line.startswith("About") and line.endswith("to go.") for line in working.lines())
    working.until(events.RestStarted).run(5).say("how much rest").run(3).say("pause").run(1).say(
        "what set is this"
    ).run(5)
    assert any(line.startswith("Resting, ") for line in working.lines())
    assert "Next comes the banded kickback, set two of two." in working.lines()
