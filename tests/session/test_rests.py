"""A rest is as long as was said, whatever is said in it, and what comes after it is told once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.language.commands import Command
from coach.routine.model import Circuit, Family, Range, Routine
from coach.session import events
from coach.session.modes import Manner
from coach.session.plan import make_plan
from tests.session.oracle_of_time import seconds_in
from tests.session.workouts import FAMILIES, Watched, measure, plan, spoken, variant, work


def resting(rest: float = 40.0) -> Watched:
    """In the rest between the two sets of an exercise."""
    watched = Watched(plan(work("bridge", rest=rest))).run(30).say("ready")
    return watched.until(events.RestStarted)


def begins(watched: Watched) -> float:
    """When the next set begins."""
    watched.until(events.SetStarted)
    return watched.events(events.SetStarted)[-1].at


def test_an_order_of_the_rest_taken_back_in_the_set_gives_the_rest_back() -> None:
    watched = resting().run(10).say("ready")
    begins(watched)
    watched.run(5).say("undo")
    undone = watched.clock
    assert begins(watched) - undone == pytest.approx(30, abs=1)


def test_a_tempo_of_the_rest_taken_back_in_the_set_leaves_the_set_alone() -> None:
    watched = resting().run(10).say("faster")
    begins(watched)
    watched.run(5).say("undo").until(events.Rep, n=3)
    assert [rep.n for rep in watched.events(events.Rep)][-3:] == [1, 2, 3]
    assert "At the tempo of before." in watched.lines()


def test_an_order_taken_back_in_the_same_rest_leaves_its_length_alone() -> None:
    watched = resting()
    began = watched.events(events.RestStarted)[-1].at
    watched.run(10).say("faster").run(5).say("undo")
    assert begins(watched) - began == pytest.approx(40, abs=0.1)


def test_a_pause_in_an_answer_takes_nothing_from_the_rest() -> None:
    watched = resting().run(10).say("how long is the rest").run(0.5).say("pause").run(300).say("resume")
    resumed = watched.clock
    assert begins(watched) - resumed == pytest.approx(30, abs=1.5)


def test_what_is_left_of_a_rest_is_true_when_it_is_asked_again_at_once() -> None:
    watched = resting().run(10).give(Command.EXPLAIN).run(4).give(Command.REST_LEFT).run(1)
    asked = watched.clock - 1
    told = watched.lines()[-1]
    assert begins(watched) - asked == pytest.approx(26, abs=0.5)
    assert told == "Resting, twenty six seconds left."


def test_a_variant_wished_for_after_its_round_is_told_in_the_next() -> None:
    still = variant("squat with a hold", "squat", 1, move="Sit, and stay there for two seconds.")
    squat = Family("squat", (variant("squat", "squat", 0, move="Sit, and stand up."), still), standard=0)
    families = FAMILIES | {"squat": squat}
    blocks = (Circuit(Range(2, 2), 20, (replace(work("bridge", 1), family="squat"), work("bridge", 1))),)
    watched = Watched(make_plan(Routine("round", "Round", blocks, families)))
    watched.run(30).say("ready").until(events.RestStarted).run(0.5).say("harder")
    watched.until(events.SetStarted, exercise="squat with a hold")
    assert still.move in watched.lines()


def test_a_set_that_begins_soon_is_named_once() -> None:
    short, usual = resting(rest=10), resting(rest=40)
    for watched, times in ((short, 1), (usual, 2)):
        begins(watched)
        assert sum("last set" in line.lower() for line in watched.lines()) == times


@pytest.mark.parametrize("order", ["faster", "more rest", "one more set", "ready"])
@pytest.mark.parametrize(("before", "told"), [(0.5, "Rest, "), (10, "Resting, ")])
def test_an_order_taken_back_after_a_pause_gives_no_rest_away_and_what_is_left_is_told(
    order: str, before: float, told: str
) -> None:
    watched = resting()
    began = watched.events(events.RestStarted)[-1].at
    watched.run(before).say(order).run(0.5).say("pause").run(30).say("resume").run(2).say("undo")
    undone = watched.clock
    begun = begins(watched)
    assert begun - began == pytest.approx(40 + 30, abs=1.5)
    said = [say for say in spoken(watched.out) if say.at > undone and say.text.startswith(("Rest, ", "Resting, "))]
    assert [say.text.startswith(told) for say in said] == [True]
    assert begun - said[0].at == pytest.approx(seconds_in(said[0].text), abs=1)


def test_what_was_changed_in_a_pause_of_a_rest_is_taken_back_without_loss() -> None:
    watched = Watched(plan(work("kickback", rest=40))).run(30).say("ready").until(events.RestStarted)
    began = watched.clock
    watched.run(10).say("pause").run(20).say("easier").run(10).say("resume").run(3).say("undo").run(10).say("resume")
    begun = begins(watched)
    assert begun - began == pytest.approx(40 + 30 + 10, abs=2.5)


def test_who_takes_it_back_that_the_rest_was_cut_short_hears_what_is_left() -> None:
    watched = resting().run(10).say("ready").run(1).say("undo").run(3)
    assert watched.lines()[-2:] == ["Undone.", "Resting, twenty eight seconds left."]


@pytest.mark.parametrize("rest", [30, 60])
@pytest.mark.parametrize("wait", ["pause", "it hurts"])
def test_who_goes_on_with_a_rest_hears_what_is_left_of_it(wait: str, rest: float) -> None:
    watched = resting(rest=rest).run(8).say(wait).run(60).say("resume")
    begun = begins(watched)
    said = [say for say in spoken(watched.out) if say.text.startswith("Resting, ")]
    assert len(said) == 1
    assert begun - said[0].at == pytest.approx(seconds_in(said[0].text), abs=1)


def test_of_a_rest_that_is_nearly_over_nothing_is_told() -> None:
    watched = resting(rest=30).run(24).say("pause").run(60).say("resume")
    begins(watched)
    assert not any(line.startswith("Resting, ") for line in watched.lines())


def test_what_was_answered_before_it_was_asked_is_not_asked() -> None:
    watched = Watched(plan()).until(events.SetFinished, index=1).run(0.5).say("five")
    begins(watched)
    assert "From zero to ten, how hard was that?" not in watched.lines()
    assert [event.effort for event in watched.events(events.Effort)] == [5]


GOES_ON = ["carry on", "resume", "continue", "go on", "keep going"]


@pytest.mark.parametrize("words", GOES_ON)
def test_carry_on_in_a_rest_goes_on_with_the_next_set(words: str) -> None:
    watched = resting().run(10)
    assert watched.english.orders[words].command in watched.session.understands()
    said = watched.say(words).clock
    assert begins(watched) - said < 6
    assert watched.say("undo").run(6).lines()[-1] == "Resting, twenty nine seconds left."


def test_carry_on_cuts_a_long_answer_in_a_rest_too() -> None:
    watched = resting().run(5).say("explain").run(1).say("carry on")
    assert begins(watched) < watched.events(events.RestStarted)[-1].at + 12


@pytest.mark.parametrize("words", ["i'm fine", "i'm okay", "i'm back"])
def test_how_somebody_is_cuts_no_rest_and_begins_no_set(words: str) -> None:
    watched = resting().run(10).say(words).run(3)
    assert watched.lines()[-1] == 'We\'re not paused. Say "ready" to cut the rest short.'
    assert begins(watched) - watched.events(events.RestStarted)[-1].at == pytest.approx(40, abs=0.5)
    settling = Watched(plan(work("bridge"))).until_line('Say "ready" when you are. Or I\'ll start in fifteen seconds.')
    told = settling.run(6).say(words).clock
    assert begins(settling) - told > 8


@pytest.mark.parametrize("seconds", [1, 8, 25])
def test_carry_on_is_understood_at_any_moment(seconds: float) -> None:
    """In the opening, getting ready, and at work: it goes on, or begins; never a tone of not having understood."""
    watched = Watched(plan(work("bridge"))).run(seconds)
    for words in GOES_ON:
        assert watched.english.orders[words].command in watched.session.understands()
        watched.say(words).run(0.2)
    assert Command.RESUME not in Watched(plan()).say("stop listening").session.understands()


def test_the_space_bar_still_pauses_a_rest() -> None:
    assert Command.RESUME not in resting().session.expects()


@pytest.mark.parametrize("moment", ["rest", "closing", "paused"])
def test_one_more_set_after_a_set_is_said_to_come(moment: str) -> None:
    watched = Watched(plan(work("bridge", 1, rest=40))) if moment == "closing" else resting().run(8)
    watched = watched.run(30).say("ready").until(events.SetFinished).run(2) if moment == "closing" else watched
    if moment == "paused":
        watched.say("pause").run(2)
    sets = len(watched.events(events.SetStarted))
    watched.say("one more set").run(2)
    assert watched.lines()[-1].startswith("One more set." if moment == "paused" else "Rest, ")
    assert "One more set." in watched.lines()[-2:]
    if moment == "paused":
        watched.say("resume").run(4)
    watched.until(events.SetStarted)
    assert len(watched.events(events.SetStarted)) == sets + 1
    begun = watched.events(events.SetStarted)[-1]
    assert (begun.family, begun.of) == ("bridge", 2 if moment == "closing" else 3)


def test_in_a_pause_of_a_rest_one_more_set_is_of_the_exercise_just_done() -> None:
    watched = Watched(plan(work("kickback", 1), work("bridge", 1))).until(events.RestStarted).run(6)
    watched.say("pause").run(2).say("one more set").run(2).say("resume").until(events.SetStarted)
    begun = watched.events(events.SetStarted)[-1]
    assert (begun.family, begun.set, begun.of) == ("kickback", 2, 2)


@pytest.mark.parametrize("seconds", [16, 20, 26, 32, 36])
def test_how_much_rest_is_left_is_told_to_the_first_rep_while_the_next_exercise_is_told(seconds: float) -> None:
    watched = Watched(plan(work("kickback", 1), work("bridge", 1))).until(events.RestStarted)
    watched.run(seconds).say("how much rest").run(0.5)
    told = spoken(watched.out)[-1]
    assert told.text.startswith(("Resting, ", "Ready when you are, or in "))
    counted_in = 1.6 if told.text.startswith("Ready") else 0.0
    from_there = told.at if told.text.startswith("Resting") else told.at + measure(told.text, told.pace)
    assert begins(watched) - counted_in - from_there == pytest.approx(seconds_in(told.text.split(", ")[1]), abs=1.0)


def test_how_much_rest_there_is_for_who_is_waited_for() -> None:
    watched = Watched(plan(work("kickback", 1), work("bridge", 1)), Manner(settle=0)).run(20).say("ready")
    watched.until(events.RestStarted).run(32).say("how much rest").run(1)
    assert watched.lines()[-1] == 'Say "ready" when you are.'


@pytest.mark.parametrize("settle", [92.0, 92.5, 92.75, 93.0])
def test_a_long_rest_is_as_long_as_it_is_said_to_be(settle: float) -> None:
    """ "One minute and fifty five seconds" takes longer to say than "two minutes"."""
    watched = Watched(plan(work("kickback", 1, rest_after=5.0), work("bridge", 1)), Manner(settle=settle))
    watched.until(events.RestStarted).until(events.SetStarted)
    rest, begun = watched.events(events.RestStarted)[0], watched.events(events.SetStarted)[-1]
    assert begun.at - rest.at == pytest.approx(rest.seconds, abs=0.1)
