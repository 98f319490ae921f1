"""What is said is true when it is said: said again, taken back, or where nothing else can be done."""

from __future__ import annotations

import pytest

from coach.own import paths
from coach.routine.library import Library
from coach.session import events
from coach.session.modes import Manner, Mode
from coach.session.plan import make_plan
from tests.session.oracle_of_time import seconds_in
from tests.session.test_cases import routine as case
from tests.session.test_cases import work as work_of
from tests.session.test_rests import begins
from tests.session.workouts import Watched, plan, spoken, work

LIBRARY = Library([paths.routines()])


def resting() -> Watched:
    return Watched(plan(work("bridge", rest=40))).run(30).say("ready").until(events.RestStarted)


def test_a_time_that_is_said_again_is_the_time_then() -> None:
    watched = resting().run(12).say("how much rest").run(4).say("say again").run(1)
    told = spoken(watched.out)[-1]
    assert begins(watched) - told.at == pytest.approx(seconds_in(told.text.split(", ")[1]), abs=1.0)


@pytest.mark.parametrize("asked", ["how many left", "where am i"])
def test_how_many_are_left_is_counted_anew_when_it_is_said_again(asked: str) -> None:
    watched = Watched(plan(work("kickback", 1))).until(events.Rep, n=3).run(0.5).say(asked).run(3)
    assert "Three to go, right leg." in watched.lines()
    watched.until(events.Rep, n=4).run(0.1).say("say again").run(3)
    assert "Two to go, right leg." in watched.lines()


def test_what_is_said_otherwise_is_said_again_word_for_word() -> None:
    watched = resting().run(12).say("how much rest").run(4).say("what's next").run(4).say("say again").run(3)
    assert watched.lines()[-1] == watched.lines()[-2] == "Next: bridge. Six reps."


def test_a_tempo_of_the_rest_taken_back_in_the_count_in_gives_no_rest_back() -> None:
    watched = resting().run(10).say("faster").run(24.5)
    while watched.session.mode is not Mode.COUNT_IN:
        watched.run(0.5)
    at = watched.run(0.5).clock
    watched.say("undo").run(3)
    assert "At the tempo of before." in watched.lines()
    assert begins(watched) - at < 6


def test_undo_of_what_pain_made_easier_goes_on_where_it_is() -> None:
    watched = Watched(plan(work("kickback", 1))).until(events.Rep, n=2).run(1).say("it hurts").run(3).say("easier")
    watched.until(events.Rep, n=4).run(1).say("undo").run(4)
    assert "It stays easier, since it hurt." in watched.lines()
    assert watched.session.mode is not Mode.PAUSED
    watched.until(events.Rep, n=5)
    assert watched.session.standing.variant.name == "bodyweight kickback"


def test_a_voice_that_gets_no_louder_takes_no_answer_away() -> None:
    watched = Watched(plan(), Manner(volume=1.0)).until(events.Rep).say("explain").run(2).say("louder").run(12)
    assert "The usual mistake: arching the back." in watched.lines()
    assert "This is as loud as I go." not in watched.lines()


def test_at_ones_own_pace_how_it_goes_is_told_once_a_set() -> None:
    watched = Watched(plan(work("kickback", 1)), Manner(pacing="self")).until(events.SetStarted).run(8).say("done")
    watched.until(events.SideChanged).run(12)
    assert sum(line.startswith("In your own time") for line in watched.lines()) == 1


def test_nothing_easier_is_offered_where_there_is_none() -> None:
    watched = Watched(make_plan(LIBRARY.routine("no-band"))).until(events.ExerciseStarted).run(2).say("i have no wall")
    watched.run(6)
    refused = 'I know nothing else for these muscles here. Say "next" to leave the bodyweight side step.'
    assert refused in watched.lines()


@pytest.mark.parametrize("seconds", [6, 20, 27, 31, 33])
@pytest.mark.parametrize("words", ["how much rest", "where am i"])
def test_the_rest_that_is_left_counts_in_what_it_takes_to_say_so(seconds: float, words: str) -> None:
    watched = resting().run(seconds).say(words).run(0.5)
    told = next(say for say in reversed(spoken(watched.out)) if say.text.startswith("Resting, "))
    assert begins(watched) - told.at == pytest.approx(seconds_in(told.text.split(", ")[1]), abs=1.0)


def test_who_is_stuck_goes_on_with_something_easier_at_once() -> None:
    watched = Watched(plan(work("kickback", 1))).until(events.Rep, n=2).run(1).say("i can't do this").run(3)
    watched.say("easier").until(events.Rep, n=3)
    assert watched.session.standing.variant.name == "bodyweight kickback"
    assert watched.events(events.Resumed)


def test_who_is_stuck_in_a_rest_goes_on_resting_after_that() -> None:
    watched = resting().run(4).say("i can't do this").run(4).say("harder").run(4)
    assert "Harder: bridge hold." in watched.lines()
    assert watched.session.mode is Mode.REST


def test_who_has_paused_stays_so_after_something_easier() -> None:
    watched = Watched(plan(work("kickback", 1))).until(events.Rep, n=2).run(1).say("i can't do this").run(3)
    watched.say("resume").until(events.Rep, n=3).run(1).say("pause").run(2).say("easier").run(20)
    assert watched.session.mode is Mode.PAUSED


def test_what_is_taken_back_at_the_end_does_not_go_back_to_an_exercise() -> None:
    watched = Watched(plan(work("kickback", 1), work("bridge", 1))).until(events.SetStarted, family="bridge")
    watched.until(events.SetFinished).run(3).say("back").run(3).say("undo").run(2)
    assert "Undone." in watched.lines()
    assert not any(line.startswith("Undone. Back") for line in watched.lines())


def test_the_rest_that_is_left_after_a_pause_does_not_count_in_what_the_pause_was_saying() -> None:
    watched = Watched(make_plan(case(work_of("bent-over band row", 2, 4, 30)))).until(events.RestStarted)
    watched.run(20).say("pause").run(90.5).say("resume").run(1)
    told = next(say for say in reversed(spoken(watched.out)) if say.text.startswith("Resting, "))
    assert begins(watched) - told.at == pytest.approx(seconds_in(told.text.split(", ")[1]), abs=1.0)


@pytest.mark.parametrize("seconds", [20, 26, 28, 29, 30.5])
def test_ten_seconds_are_said_when_there_are_ten(seconds: float) -> None:
    watched = resting().run(seconds).say("end workout").run(2).say("no")
    begun = begins(watched)
    for told in (say for say in spoken(watched.out) if say.text == "Ten seconds."):
        assert begun - told.at == pytest.approx(10, abs=1.1)


def test_an_answer_that_going_on_cut_is_not_given_again() -> None:
    watched = Watched(plan()).run(3).say("pause").run(5).say("yes").run(0.4).say("resume").run(0.2).say("why").run(12)
    assert watched.lines().count('Still paused. Say "resume" whenever you like.') == 1


@pytest.mark.parametrize("moment", ["set-up", "set"])
def test_the_rest_to_come_is_as_long_as_it_then_is(moment: str) -> None:
    """It is longer than the routine has it where the next exercise's set-up takes longer."""
    watched = Watched(make_plan(LIBRARY.routine("prerun-warmup"))).run(1).say("ready")
    watched.until(events.ExerciseStarted) if moment == "set-up" else watched.until(events.Rep, n=2)
    watched.run(2).say("how much rest").run(4)
    told = next(line for line in watched.lines() if line.endswith("of rest after this set."))
    watched.until(events.RestStarted)
    rest = watched.events(events.RestStarted)[0]
    assert rest.planned is not None
    assert seconds_in(told.split(" of rest")[0]) == rest.seconds
