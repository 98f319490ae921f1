"""What reading every answer as an athlete showed: each is right, kind and true."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coach.language.commands import Command
from coach.session import events
from coach.session.modes import Manner, Mode, Offer
from tests.session.workouts import Watched, plan, work


def test_next_in_a_rest_goes_to_the_exercise_that_was_announced() -> None:
    watched = Watched(plan()).until(events.SetFinished, index=1).run(12).say("next").run(3)
    assert watched.session.standing.variant.name == "bridge"
    assert watched.session.mode is Mode.BRIEFING
    assert "This is the last exercise. Yes or no: end here?" not in watched.lines()


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


def last_set() -> Watched:
    """In the last set of the last exercise, which is at its easiest."""
    return Watched(plan()).until(events.SetStarted, index=3).until(events.Rep, n=3).run(0.5)


def closing() -> Watched:
    return Watched(plan()).until(events.SetFinished, index=3).run(2)


@pytest.mark.parametrize("moment", [last_set, closing])
def test_who_is_in_pain_is_offered_nothing_that_there_is_not(moment: Callable[[], Watched]) -> None:
    watched = moment().say("it hurts").run(40)
    assert "Stopping. You can carry on, or end it here." in watched.lines()
    assert "Take your time. You can carry on, or end it here." in watched.lines()
    watched.say("help").run(8)
    assert 'Say "resume" to carry on, or "end workout" to finish.' in watched.lines()


def test_pain_in_the_last_exercise_can_still_be_made_easier() -> None:
    watched = Watched(plan(work("kickback", 1))).until(events.Rep, n=3).say("it hurts").run(5)
    assert watched.lines()[-1] == "Stopping. You can go easier, carry on, or end it here."


def test_who_cannot_go_on_is_offered_nothing_that_there_is_not() -> None:
    watched = last_set().say("i can't do this").run(12)
    assert watched.lines()[-1] == 'Else say "something else", "end workout" to finish, or "resume" if all is well.'


def test_pain_after_the_last_set_takes_nothing_from_what_was_done() -> None:
    watched = closing().say("it hurts").run(5).say("end workout").run()
    assert [event.status for event in watched.events(events.SessionFinished)] == ["completed"]


@pytest.mark.parametrize("moment", [closing, lambda: Watched(plan()).until(events.SetFinished, set=2).run(9)])
def test_no_to_how_hard_it_was_is_an_answer(moment: Callable[[], Watched]) -> None:
    watched = moment().say("yes").run(4)
    assert watched.lines().count("From zero to ten, how hard was that?") >= 2
    watched.say("no").run(1)
    assert watched.session.effort_slot is None
    assert watched.run().events(events.Effort) == []
    assert "I didn't ask anything." not in watched.lines()


@pytest.mark.parametrize("words", ["something else", "slower", "faster"])
def test_after_the_last_set_nothing_is_changed_that_is_over(words: str) -> None:
    watched = closing().say(words).run(3)
    assert "That was the last set." in watched.lines()
    assert not watched.session.can_undo


def test_help_after_the_last_set_is_about_what_was_asked() -> None:
    assert 'Say a number from zero to ten, "one more set", or "done" to end it.' in closing().say("help").run(5).lines()
    quiet = Watched(plan(), Manner(ask_effort=False)).until(events.SetFinished, index=3).say("help").run(5)
    assert 'Say "one more set", or "done" to end it.' in quiet.lines()


def test_easier_where_nothing_is_before_a_set_does_not_tell_to_finish_it() -> None:
    watched = Watched(plan()).until(events.SetFinished, set=2).run(12).say("too hard").run(6)
    assert 'This is the easiest one. Say "something else", or "next" to leave it.' in watched.lines()


def test_what_is_next_in_the_opening_is_the_first_exercise() -> None:
    watched = Watched(plan()).run(1).say("what's next").run(4)
    assert "Next: banded kickback. Six reps each leg." in watched.lines()


def test_more_time_in_the_opening_is_granted() -> None:
    usual = Watched(plan()).until(events.ExerciseStarted).clock
    watched = Watched(plan()).run(1).say("more time").until(events.ExerciseStarted)
    assert 30 <= watched.clock - usual < 33


def test_next_set_in_a_set_says_how_a_set_is_ended() -> None:
    watched = Watched(plan()).until(events.Rep, n=3).run(0.5).give(Command.SKIP_REST).run(8)
    assert 'You\'re in the set. Say "done" to end it.' in watched.lines()


def test_skip_rest_in_the_count_in_does_not_break_it_off() -> None:
    watched = Watched(plan()).until_line("Right leg.").run(0.1).give(Command.SKIP_REST).until(events.SetStarted)
    assert watched.lines()[-1] == "Right leg."


@pytest.mark.parametrize(
    ("words", "question"),
    [("end workout", "Yes or no: end here?"),
     ("it hurts", "Stopping. You can go easier, go on to the next exercise, carry on, or end it here.")],
)  # fmt: skip
def test_what_was_asked_is_what_is_repeated(words: str, question: str) -> None:
    watched = Watched(plan()).until(events.Rep, n=3).run(0.5).say(words).run(6)
    watched.out.clear()
    assert watched.say("what did you say").run(6).lines()[0] == question


def test_again_in_a_set_up_is_about_the_exercise_and_not_the_whole_opening() -> None:
    watched = Watched(plan()).until_line("Press your leg back.").run(0.5)
    watched.out.clear()
    watched.say("say again").run(6)
    assert watched.lines()[0] == "First: banded kickback. Six reps each leg."
