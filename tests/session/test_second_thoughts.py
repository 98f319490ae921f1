"""Somebody thinks better of it at once, or may have meant something else."""

from __future__ import annotations

import pytest

from coach.routine.model import Family, Range, Routine, Work
from coach.session import events
from coach.session.modes import Manner, Mode
from coach.session.plan import make_plan
from tests.session.workouts import Watched, plan, spoken, variant, work


def after(watched: Watched, at: float) -> list[str]:
    return [line.text for line in spoken(watched.out) if line.at >= at]


@pytest.mark.parametrize(
    ("said", "line", "reps"),
    [
        ("done", "Left leg is still to come. Leave it out?", 4),
        ("yes", "Done.", 0),
        ("no", "Going on, then.", 4),
    ],
)
def test_done_before_the_other_side_has_begun_asks_whether_to_leave_it_out(said: str, line: str, reps: int) -> None:
    watched = Watched(plan(work("kickback", 2, 4))).until(events.SideChanged).run(1).say("done").run(3)
    assert not watched.events(events.SetFinished)
    if said != "done":
        watched.say(said)
    watched.until(events.SetFinished).run(1)
    assert line in watched.lines()
    assert watched.events(events.SetFinished)[0].done == {"right leg": 4, "left leg": reps}


def test_who_says_done_a_second_time_leaves_the_other_side_out_and_undo_gives_it_back() -> None:
    watched = Watched(plan(work("kickback", 2, 4))).until(events.SideChanged).run(1).say("done").run(2).say("done")
    watched.run(3)
    assert watched.events(events.SetFinished)[0].done == {"right leg": 4, "left leg": 0}
    watched.say("undo").until(events.Rep, side="left leg", n=4)


def test_a_variant_that_is_changed_and_changed_back_at_once_is_gone_on_with_where_it_was() -> None:
    watched = Watched(plan(work("kickback", 1, 6))).until(events.Rep, n=3).run(1).say("easier").run(0.7)
    at = watched.clock
    watched.say("harder").until(events.Rep, n=4)
    assert after(watched, at)[:3] == ["Back to the banded kickback.", "Three reps to go, right leg.", "four"]


def test_one_that_is_changed_twice_the_same_way_at_once_is_told_as_one_change() -> None:
    watched = Watched(plan(work("kickback", 1, 6, rung=2))).until(events.Rep, n=3).run(1).say("easier").run(0.7)
    at = watched.clock
    watched.say("easier").until(events.Rep, n=4)
    told = after(watched, at)
    assert told[:3] == ["Easier: bodyweight kickback.", "Slip the band off.", "Three reps to go."]


def test_who_has_begun_to_move_for_the_change_is_told_all_of_the_way_back() -> None:
    watched = Watched(plan(work("kickback", 1, 6))).until(events.Rep, n=3).run(1).say("easier")
    watched.until_line("Slip the band off.").run(1)
    at = watched.clock
    watched.say("harder").until(events.Rep, n=4)
    assert after(watched, at)[:2] == ["Harder: banded kickback.", "Stand tall."]


def test_who_has_done_another_exercise_since_is_told_anew() -> None:
    watched = (
        Watched(plan()).until(events.Rep, n=3).run(1).say("easier").run(0.7).say("next").run(2).say("back").run(0.7)
    )
    at = watched.clock
    watched.say("harder").until(events.Rep)
    assert {"Stand tall.", "Feet under your hips."} <= {*after(watched, at)}


def test_one_more_after_the_last_rep_takes_back_that_the_set_is_finished() -> None:
    watched = Watched(plan(work("kickback", 2, 2))).until(events.Rep, side="left leg", n=2).run(0.1)
    watched.say("easier").run(1)
    at = watched.clock
    watched.say("one more").until(events.Rep, n=3)
    told = after(watched, at)
    assert "That finishes the set." not in told
    assert told[:3] == ["Three reps each leg, then.", "Slip the band off.", "One rep to go."]


def test_what_was_said_before_an_order_is_not_said_again_just_before_what_it_brings() -> None:
    watched = Watched(plan(work("kickback", 1, 6))).until(events.Rep, n=3).run(1).say("harder").run(3)
    watched.say("easier").run(0.2)
    at = watched.clock
    watched.say("repeat").run(2)
    assert "Harder: slow kickback." not in after(watched, at)
    assert (
        watched.lines().count("Easier: banded kickback.") + watched.lines().count("Back to the banded kickback.") == 1
    )


def test_who_is_ready_before_the_next_exercise_is_named_hears_its_name_and_where_to_be() -> None:
    watched = Watched(plan()).until(events.Rep, n=2).run(1).say("next").run(0.2)
    at = watched.clock
    watched.say("ready").until(events.Rep)
    told = after(watched, at)
    assert told[0] == "Bridge. Six reps."
    assert any("lying on your back" in line.lower() for line in told)


def test_a_yes_before_it_is_asked_how_hard_it_was_and_in_the_question_does_not_double_it() -> None:
    watched = Watched(plan()).until(events.SetFinished, index=1).run(0.5).say("yes").run(4).say("yes").run(8)
    assert watched.lines().count("From zero to ten, how hard was that?") == 1
    watched.say("yes").run(4)
    assert watched.lines().count("From zero to ten, how hard was that?") == 2


@pytest.mark.parametrize("when", [0.3, 1.2])
def test_nobody_carries_the_load_while_there_is_more_time(when: float) -> None:
    slow = variant("slow lift", "lift", 0, move="Slowly.", brace="Brace and lift.")
    lift = Family("lift", (slow, variant("lift", "lift", 1, move="Lift.", brace="Lift, and stay up.")), standard=1)
    of = Work("lift", 1, Range(1, 1), Range(6, 6), "rep", 30.0, 30.0)
    watched = Watched(make_plan(Routine("t", "T", (of,), {"lift": lift}))).until(events.Rep, n=2).run(1)
    watched.say("easier").until_line("Brace and lift.").run(when).say("more time")
    at = watched.clock
    watched.until(events.Rep, n=3)
    (said,) = [line.at for line in spoken(watched.out) if line.at >= at and line.text == "Brace and lift."]
    assert said > at + 25
    assert watched.clock - said < 8


def test_an_answer_before_the_last_rep_does_not_interrupt_the_set() -> None:
    watched = Watched(plan(work("kickback", 1, 4))).until(events.Rep, n=3).run(0.8)
    at = watched.clock
    watched.say("slower").until(events.Rep, n=4)
    assert after(watched, at) == ["Slower.", "four"]
    assert watched.clock - at < 5


def test_back_goes_on_with_the_set_that_was_left_out() -> None:
    watched = Watched(plan()).until(events.RestStarted).run(3).say("next").run(4).say("back").run(4)
    assert watched.session.standing.index == 1
    assert "Set two of two." in watched.lines()


@pytest.mark.parametrize("said", ["okay", "no"])
@pytest.mark.parametrize("settle", [15.0, 0.0])
def test_an_okay_to_ready_when_you_are_is_told_what_starts_the_set(said: str, settle: float) -> None:
    watched = Watched(plan(), Manner(settle=settle))
    while watched.session.mode is not Mode.SETTLING:
        watched.run(0.5)
    at = watched.clock
    watched.say(said).run(4)
    (told,) = after(watched, at)
    assert "eady" in told


def test_who_stopped_in_a_rest_can_do_as_help_says_and_start_the_set_over() -> None:
    watched = Watched(plan()).until(events.RestStarted).run(5).say("pause").run(2).say("okay").run(5)
    assert watched.lines()[-1] == 'Still paused. Say "resume" whenever you like.'
    watched.say("start over").until(events.Rep)
    assert (watched.session.standing.index, watched.session.mode) == (0, Mode.WORK)
    assert watched.events(events.Resumed)


def test_help_in_the_first_count_in_offers_nothing_that_is_for_a_set() -> None:
    watched = Watched(plan())
    while watched.session.mode is not Mode.COUNT_IN:
        watched.run(0.5)
    watched.say("help").run(4)
    assert not any('"done"' in line for line in watched.lines())
