"""What reading every answer as an athlete showed: each is right, kind and true."""

from __future__ import annotations

import pytest

from coach.language.commands import Command
from coach.session import events
from coach.session.modes import Mode, Offer
from tests.session.workouts import Watched, plan


def test_next_in_a_rest_goes_to_the_exercise_that_was_announced() -> None:
    watched = Watched(plan()).until(events.SetFinished, index=1).run(12).say("next").run(3)
    assert watched.session.standing.variant.name == "bridge"
    assert watched.session.mode is Mode.BRIEFING
    assert "That was the last exercise. Yes or no: end here?" not in watched.lines()


def test_carry_on_to_a_coach_that_goes_on_is_a_sound_and_no_reproof() -> None:
    watched = Watched(plan()).until(events.Rep, n=3).run(0.5).say("carry on").run(8)
    assert "We're not paused." not in watched.lines()
    assert [rep.n for rep in watched.events(events.Rep)][:4] == [1, 2, 3, 4]


def test_more_time_while_it_is_told_is_time_to_get_into_position() -> None:
    usual = Watched(plan()).until(events.SetStarted).clock
    watched = Watched(plan()).until_line("Stand tall.").say("more time").until(events.SetStarted)
    assert 30 <= watched.clock - usual < 36
    assert watched.lines().count("Press your leg back.") == 1


@pytest.mark.parametrize(
    ("wait", "answer"),
    [("pause", 'Still paused. Say "resume" whenever you like.'), ("ouch", "Rest as long as you need.")],
)
def test_more_time_while_the_coach_waits_is_granted(wait: str, answer: str) -> None:
    watched = Watched(plan()).until(events.Rep, n=3).run(0.5).say(wait).run(9).say("more time").run(2)
    assert watched.lines()[-1] == answer


def test_the_other_side_of_what_has_two_can_be_first_after_a_rest() -> None:
    watched = Watched(plan()).until(events.RestStarted).run(6).say("other side").until(events.SetStarted)
    assert watched.events(events.SetStarted)[-1].side == "left leg"
    watched.until(events.SetFinished)
    assert watched.events(events.SetFinished)[-1].done == {"right leg": 6, "left leg": 6}


def test_a_side_that_is_done_is_not_said_not_to_be() -> None:
    watched = Watched(plan()).until(events.SideChanged).run(0.5).say("other side").run(2)
    assert watched.lines()[-1] == "The other side is done."


def test_done_in_a_rest_that_is_paused_is_still_a_rest() -> None:
    watched = Watched(plan()).until(events.RestStarted).run(5).say("pause").run(2).give(Command.DONE).run(2)
    assert watched.lines()[-1] == "You're already resting."


def test_who_is_in_pain_before_anything_began_is_not_only_asked_again() -> None:
    watched = Watched(plan(), offer=Offer(plan(), 2)).run(1).say("it hurts").run(9)
    assert watched.lines()[-2:] == [
        "Rest as long as you need.",
        'Say "yes" to go on from there, "no" to start afresh, or "end workout" to leave it.',
    ]
    assert watched.session.mode is Mode.OFFER


def test_too_easy_after_the_very_last_set_is_about_the_next_time() -> None:
    watched = Watched(plan()).until(events.SetFinished, index=3).run(1).say("too easy").run(4)
    assert "Harder next time: bridge hold." in watched.lines()
    assert watched.events(events.VariantChanged)[-1].to == "bridge hold"


def test_why_in_the_set_up_takes_nothing_from_it() -> None:
    watched = Watched(plan()).until_line("Stand tall.").run(0.2).say("why").until(events.SetStarted)
    told = watched.lines()[watched.lines().index("It strengthens your push-off.") :]
    due = ["Stand tall.", "Feet under your hips.", "Press your leg back."]
    assert [line for line in told if line in due] == due
