"""The other side is asked for in a set, and on the way to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coach.routine.model import Family, Range, Routine, Work
from coach.session import events
from coach.session.modes import Manner, Mode
from coach.session.plan import ROLL_OVER_SECONDS, make_plan
from tests.session.workouts import Watched, plan, spoken, variant, work

LYING = {
    "equipment": "none",
    "setup": ("Lie on your left side.", "Knees bent."),
    "sides": ("right leg", "left leg"),
    "switch": "Roll over onto your other side.",
    "position": "lying on your side",
}
CLAMSHELL = Family(
    "clamshell",
    (
        variant("clamshell", "clamshell", 0, **LYING, move="Raise your top knee."),
        variant("slow clamshell", "clamshell", 1, **LYING, move="Raise your top knee slowly."),
    ),
    standard=1,
)


@pytest.fixture
def lying() -> Watched:
    of = Work("clamshell", 1, Range(2, 2), Range(4, 4), "rep", 30.0, 30.0)
    return Watched(make_plan(Routine("t", "T", (of,), {"clamshell": CLAMSHELL})))


def after(watched: Watched, at: float) -> list[str]:
    return [line.text for line in spoken(watched.out) if line.at >= at]


def test_a_set_up_is_told_anew_for_the_other_side(lying: Watched) -> None:
    lying.until_line("Knees bent.")
    at = lying.clock
    lying.say("other side").until(events.Rep)
    assert after(lying, at)[:3] == ["Left leg.", "Lie on your right side.", "Knees bent."]
    assert "Roll over onto your other side." not in after(lying, at)
    assert lying.events(events.Rep)[0].side == "left leg"


def settling(lying: Watched) -> None:
    while lying.session.mode is not Mode.SETTLING:
        lying.run(0.5)


def counted_in(lying: Watched) -> None:
    settling(lying)
    lying.say("ready").run(1)


@pytest.mark.parametrize("moment", [settling, counted_in])
def test_who_lies_there_already_is_told_to_turn_and_has_the_time(
    lying: Watched, moment: Callable[[Watched], None]
) -> None:
    moment(lying)
    at = lying.clock
    lying.say("other side").until(events.Rep)
    turn = next(line.at for line in spoken(lying.out) if line.text == "Roll over onto your other side.")
    assert turn >= at
    assert lying.clock - turn >= ROLL_OVER_SECONDS


def test_who_turns_twice_before_the_set_need_not_turn(lying: Watched) -> None:
    settling(lying)
    lying.say("other side").run(3).say("other side").until(events.Rep)
    assert "Roll over onto your other side." not in lying.lines()
    assert lying.events(events.Rep)[0].side == "right leg"


def test_on_the_way_to_another_variant_the_side_that_comes_is_told_and_the_time_to_turn_given(lying: Watched) -> None:
    lying.until(events.Rep, n=1).run(1).say("easier").until_line("Easier: clamshell.").run(1)
    at = lying.clock
    lying.say("other side").until(events.Rep)
    told = after(lying, at)
    assert "Four reps to go." in told
    assert told[-3:-1] == ["Roll over onto your other side.", "Left leg."]
    turn = next(line.at for line in spoken(lying.out) if line.text == "Roll over onto your other side.")
    assert lying.clock - turn >= ROLL_OVER_SECONDS
    (turned,) = lying.events(events.SideChanged)
    assert turned.side == lying.events(events.Rep)[-1].side == "left leg"


def test_at_ones_own_pace_a_side_gone_back_to_is_named_for_who_does_not_wait() -> None:
    watched = Watched(plan(work("kickback", 1, 4)), Manner(pacing="self")).until(events.SetStarted).run(5)
    watched.say("done").until(events.SideChanged).run(4)
    at = watched.clock
    watched.say("undo").run(0.3).say("ready").run(6)
    assert "Right leg." in after(watched, at)


def test_who_is_told_anew_on_which_side_to_lie_is_not_told_to_turn_over_after_that() -> None:
    against_a_wall = variant(
        "wall clamshell", "clamshell", 0, **{**LYING, "setup": ("Lie by a wall, on your left side.",)}
    )
    family = Family("clamshell", (against_a_wall, CLAMSHELL.variants[1]), standard=1)
    of = Work("clamshell", 1, Range(2, 2), Range(4, 4), "rep", 30.0, 30.0)
    watched = Watched(make_plan(Routine("t", "T", (of,), {"clamshell": family}))).until(events.RestStarted).run(1)
    at = watched.clock
    watched.say("easier").until(events.Rep, side="right leg")
    told = after(watched, at)
    assert "Lie by a wall, on your left side." in told
    assert "Roll over onto your other side." not in told


def test_an_exercise_that_needs_no_turning_starts_in_the_time_that_was_said_after_the_other_side() -> None:
    lying_on_the_back = {**LYING, "setup": ("Lie on your back.",), "switch": ""}
    family = Family("press", (variant("press", "press", 0, **lying_on_the_back),), standard=0)
    of = Work("press", 0, Range(1, 1), Range(4, 4), "rep", 30.0, 30.0)
    watched = Watched(make_plan(Routine("t", "T", (of,), {"press": family})))
    settling(watched)
    watched.say("other side").until_line("Ready when you are, or in fourteen seconds.")
    said = watched.clock
    watched.until(events.Rep)
    first = next(line.at for line in spoken(watched.out) if line.at > said and line.text == "Left leg.")
    assert first - said <= 14 + 3.5


def test_the_rest_after_a_set_that_ends_on_the_other_side_is_as_long_as_was_said() -> None:
    of = Work("clamshell", 1, Range(2, 2), Range(4, 4), "rep", 7.0, 7.0)
    watched = Watched(make_plan(Routine("t", "T", (of,), {"clamshell": CLAMSHELL}))).until(events.Rep, n=2).run(0.2)
    at = watched.clock
    watched.say("how much rest").until(events.RestStarted)
    assert watched.events(events.RestStarted)[0].seconds == 20
    assert "Twenty seconds of rest after this set." in after(watched, at)


def test_who_has_turned_over_and_asks_something_is_not_told_to_turn_once_more(lying: Watched) -> None:
    lying.until_line("Roll over onto your other side.").run(3).say("what's next").until(events.Rep, side="left leg")
    assert lying.lines().count("Roll over onto your other side.") == 1


def test_who_turned_over_and_takes_that_back_is_told_to_turn_back_and_has_the_time(lying: Watched) -> None:
    lying.until(events.Rep, n=1).run(1).say("other side").until(events.Rep, side="left leg").run(1)
    at = lying.clock
    lying.say("undo").until(events.Rep)
    assert after(lying, at)[:3] == ["Undone.", "Roll over onto your other side.", "Right leg."]
    assert lying.clock - at >= ROLL_OVER_SECONDS
