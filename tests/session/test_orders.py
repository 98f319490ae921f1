"""What each command does: what is said, what changes, what undo gives back."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from coach.language.commands import Command, Order
from coach.language.delivery import Priority
from coach.session import events
from coach.session.directives import Hush, Volume
from coach.session.modes import Mode
from coach.session.orders import doubt
from tests.session.workouts import Watched, measure, plan, spoken, work


@pytest.fixture
def working() -> Watched:
    """In the first set, three reps done on the right leg, at six tenths of the fourth."""
    return Watched(plan()).until(events.Rep, n=3).run(2.4)


def since(watched: Watched, at: float) -> list[str]:
    return [s.text for s in spoken(watched.out) if s.at >= at]


def test_pause_silences_in_the_block_that_heard_it(working: Watched) -> None:
    at = working.clock
    working.say("stop").run(60)
    assert [o.at for o in working.out if isinstance(o, Hush)] == [at]
    assert not since(working, at)
    assert working.session.mode is Mode.PAUSED


def test_resume_counts_in_and_goes_on_from_the_same_rep(working: Watched) -> None:
    working.say("pause").run(5).say("resume").until(events.Rep, n=4)
    assert [e.n for e in working.events(events.Rep)] == [1, 2, 3, 4]
    assert working.lines()[-2:] == ["Right leg.", "four"]


def test_a_briefing_goes_on_with_the_line_that_was_cut() -> None:
    watched = Watched(plan()).until_line("Stand tall.").run(0.2).say("pause").run(5)
    cut = watched.lines()[-1]
    watched.say("resume").run(2)
    assert watched.lines()[-1] == cut


def test_next_logs_what_was_done_and_goes_on(working: Watched) -> None:
    working.say("next").run(2)
    (finished,) = working.events(events.SetFinished)
    assert (finished.done, finished.why) == ({"right leg": 3, "left leg": 0}, "skipped")
    assert working.events(events.ExerciseStarted)[-1].family == "bridge"


def test_undo_of_next_gives_back_the_set_at_the_same_rep(working: Watched) -> None:
    working.say("next").run(2).say("undo").until(events.Rep, n=4, side="right leg")
    assert "Undone. Back to banded kickback." in working.lines()


def test_who_hardly_knows_the_exercise_hears_once_how_a_set_that_was_left_comes_back(working: Watched) -> None:
    how = 'If that wasn\'t what you said, say "undo".'
    working.say("next").run(6)
    named = next(n for n, line in enumerate(working.lines()) if line.startswith("Next: "))
    assert working.lines()[named + 1] == how
    working.say("undo").until(events.Rep, n=5, side="right leg").say("next").run(6)
    assert working.lines().count(how) == 1


def test_a_key_pressed_is_not_misheard(working: Watched) -> None:
    working.say("next", by="key").run(6)
    assert not any('say "undo"' in line for line in working.lines())


def test_next_at_the_last_exercise_asks_and_silence_means_no() -> None:
    watched = Watched(plan()).until(events.Rep, n=6, side=None).say("next").run(20)
    assert "This is the last exercise. Yes or no: end here?" in watched.lines()
    assert "Carrying on." in watched.lines()
    watched.run()
    assert watched.events(events.SessionFinished)[0].status == "completed"


def test_easier_keeps_the_place_says_what_to_do_and_how_much_is_left(working: Watched) -> None:
    at = working.clock
    working.say("too hard").until(events.Rep, n=4)
    assert since(working, at) == [
        "Easier: bodyweight kickback.",
        "Slip the band off.",
        "Three reps to go.",
        "Ready when you are, or in fifteen seconds.",
        "Right leg.",
        "four",
    ]
    (swap,) = working.events(events.VariantChanged)
    assert (swap.from_, swap.to, swap.why) == ("banded kickback", "bodyweight kickback", "easier")


def test_easier_holds_for_the_sets_to_come(working: Watched) -> None:
    working.say("easier").run()
    assert {e.exercise for e in working.events(events.SetFinished) if e.family == "kickback"} == {"bodyweight kickback"}


def test_easier_at_the_foot_of_the_ladder_says_so(working: Watched) -> None:
    working.say("easier").run(20).say("easier").run(8)
    assert any("easiest" in line for line in working.lines())
    assert len(working.events(events.VariantChanged)) == 1


def test_reps_stay_with_the_variant_they_were_done_in(working: Watched) -> None:
    working.say("easier").until(events.SetFinished)
    (finished,) = working.events(events.SetFinished)
    assert finished.exercise == "bodyweight kickback"
    assert finished.done == {"right leg": 6, "left leg": 6}
    assert finished.variants == {
        "banded kickback": {"right leg": 3, "left leg": 0},
        "bodyweight kickback": {"right leg": 3, "left leg": 6},
    }
    working.run()
    assert [e.variants for e in working.events(events.SetFinished)[1:]] == [None] * 3, (
        "the other sets are of one variant"
    )


def test_reps_of_a_variant_gone_back_to_are_added_up(working: Watched) -> None:
    working.say("easier").until(events.Rep, n=5).say("harder").until(events.SetFinished)
    (finished,) = working.events(events.SetFinished)
    assert finished.variants == {
        "banded kickback": {"right leg": 4, "left leg": 6},
        "bodyweight kickback": {"right leg": 2, "left leg": 0},
    }


def test_an_undone_change_of_variant_leaves_what_was_done_in_it(working: Watched) -> None:
    working.say("easier").until(events.Rep, n=5).say("undo").until(events.SetFinished)
    (finished,) = working.events(events.SetFinished)
    assert finished.exercise == "banded kickback"
    assert finished.variants == {
        "banded kickback": {"right leg": 4, "left leg": 6},
        "bodyweight kickback": {"right leg": 2, "left leg": 0},
    }


def test_a_set_begun_again_forgets_the_variant_before(working: Watched) -> None:
    working.say("easier").until(events.Rep, n=5).say("start over").until(events.SetFinished)
    assert working.events(events.SetFinished)[0].variants is None


def test_fewer_than_were_done_before_the_change_are_of_the_variant_before(working: Watched) -> None:
    working.say("easier").until(events.Rep, n=5).give(Command.DID, 2).run(1)
    (finished,) = working.events(events.SetFinished)
    assert finished.done == {"right leg": 2, "left leg": 0}
    assert finished.variants == {"banded kickback": {"right leg": 2, "left leg": 0}}


def test_harder_from_reps_to_a_hold_counts_seconds() -> None:
    watched = Watched(plan()).until(events.SetStarted, family="bridge").until(events.Rep, n=3).say("harder")
    watched.until(events.HoldSecond)
    assert watched.events(events.HoldSecond)[0].n == 11, "half of the reps done, half of the twenty seconds"


def test_done_logs_the_reps_counted(working: Watched) -> None:
    working.say("done").run(1)
    (finished,) = working.events(events.SetFinished)
    assert (finished.done, finished.why) == ({"right leg": 3, "left leg": 0}, "done")
    assert working.session.mode is Mode.REST


def test_hurts_stops_asks_twice_and_then_waits(working: Watched) -> None:
    at = working.clock
    working.say("ouch").run(120)
    said = [s for s in spoken(working.out) if s.at >= at]
    assert [s.priority for s in said] == [Priority.SAFETY] * 3
    assert working.session.waiting
    working.say("easier").until(events.Rep, n=4)


def test_hurts_then_next_logs_the_reason(working: Watched) -> None:
    working.say("it hurts").run(5).say("next").run(1)
    assert working.events(events.SetFinished)[0].why == "hurts"


def test_end_asks_and_yes_ends(working: Watched) -> None:
    working.say("end workout").run(3).say("yes").run()
    assert working.events(events.SessionFinished)[0].status == "ended"
    assert working.events(events.SetFinished)[0].done == {"right leg": 3, "left leg": 0}


def test_stop_never_ends_a_workout(working: Watched) -> None:
    for _ in range(5):
        working.say("stop").run(3)
    assert not working.events(events.SessionFinished)


def test_a_short_answer_fits_between_counts_and_the_beat_does_not_waver(working: Watched) -> None:
    working.say("slower").until(events.Rep, n=6)
    ats = [e.at for e in working.events(events.Rep)]
    steps = [b - a for a, b in itertools.pairwise(ats)]
    assert steps == pytest.approx([4, 4, 4, 4.8, 4.8], abs=1e-6), "from the rep after the one in hand"
    counts = [s for s in spoken(working.out) if s.priority is Priority.COUNT]
    answer = next(s for s in spoken(working.out) if s.text == "Slower.")
    assert all(c.at >= answer.at + measure(answer.text, answer.pace) or c.at < answer.at for c in counts)


def test_where_am_i_is_true_at_the_moment_it_is_said(working: Watched) -> None:
    working.run(1.2).say("how many left").run(4)
    assert "Two to go, right leg, set one of two." in working.lines(), "there was time only after the fourth"


def test_how_long_left_is_answered_in_minutes_and_how_many_left_is_not(working: Watched) -> None:
    working.run(1.2).say("how long left").until(events.Rep, n=5)
    assert "Two to go, about five minutes to the end." in working.lines()
    assert working.events(events.SetStarted)[1:] == []
    assert len(working.events(events.Rep)) == 5, "it did not interrupt the set"


def test_how_long_is_left_of_a_hold_is_told_in_seconds() -> None:
    watched = Watched(plan(work("bridge", 1, 20, rung=1, unit="second"))).until(events.HoldSecond, n=8)
    watched.say("how long left").run(3)
    assert "Twelve seconds to go, about one minute to the end." in watched.lines()
    watched.until(events.HoldSecond, n=13).run(0.1).say("pause").run(2).say("how many left").run(4)
    assert "Seven seconds to go." in watched.lines()
    assert watched.lines()[-1].startswith("This is the last exercise, about ")


def test_a_long_answer_interrupts_the_set_and_counts_in_again(working: Watched) -> None:
    working.say("how do i do it").until(events.Rep, n=4)
    assert working.lines()[-2:] == ["Right leg.", "four"]
    assert "The usual mistake: arching the back." in working.lines()


def test_an_explanation_can_be_cut_short(working: Watched) -> None:
    working.say("explain").run(1.5).say("ready").until(events.Rep, n=4)
    assert "The usual mistake: arching the back." not in working.lines()


def test_an_explanation_can_be_paused_and_goes_on_where_it_was(working: Watched) -> None:
    working.say("explain").until_line("Feet under your hips.").run(0.2).say("pause").run(9).say("resume").run(1)
    assert working.lines()[-1] == "Feet under your hips."
    working.until(events.Rep, n=4)
    assert "The usual mistake: arching the back." in working.lines()


def test_louder_is_heard_at_once_and_stops_at_full(working: Watched) -> None:
    for _ in range(3):
        working.say("louder").run(0.5)
    assert [o.level for o in working.out if isinstance(o, Volume)] == [0.8, 0.9, 1.0]
    working.run(5)
    assert "This is as loud as I go." in working.lines()


def test_more_rest_adds_thirty_seconds() -> None:
    watched = Watched(plan()).until(events.RestStarted).run(8).say("more rest").until(events.SetStarted)
    started = watched.events(events.SetStarted)[1].at
    assert started - watched.events(events.RestStarted)[0].at == pytest.approx(50, abs=3)


def test_skip_rest_goes_on_and_undo_gives_the_rest_back() -> None:
    watched = Watched(plan()).until(events.RestStarted).run(8)
    left = watched.session.rest_left(watched.clock)
    watched.say("skip rest").run(1).say("undo").run(4)
    assert watched.session.mode is Mode.REST
    assert watched.session.rest_left(watched.clock) == pytest.approx(left - 5, abs=0.1)


def test_extra_set_in_a_rest_is_of_the_exercise_just_done() -> None:
    watched = Watched(plan()).until(events.SetFinished, set=2).run(6).say("one more set").run()
    assert [(e.family, e.set) for e in watched.events(events.SetFinished)] == [
        ("kickback", 1),
        ("kickback", 2),
        ("kickback", 3),
        ("bridge", 1),
        ("bridge", 2),
    ]


def test_start_over_counts_this_set_from_one(working: Watched) -> None:
    working.say("start over").until(events.Rep, n=1)
    working.until(events.SetFinished)
    assert working.events(events.SetFinished)[0].done == {"right leg": 6, "left leg": 6}


def test_other_side_comes_back_for_what_is_left(working: Watched) -> None:
    working.say("other side").until(events.Rep, n=6, side="left leg").until(events.SetFinished)
    sides = [(e.side, e.n) for e in working.events(events.Rep)]
    assert sides[3:] == [("left leg", n) for n in range(1, 7)] + [("right leg", n) for n in (4, 5, 6)]


def test_status_and_upcoming_in_a_rest() -> None:
    watched = Watched(plan()).until(events.RestStarted).run(6).say("how many left").run(6).say("what's next").run(6)
    assert any(line.startswith("Resting, ") for line in watched.lines())
    assert "Next: banded kickback. Six reps each leg." in watched.lines()


def test_effort_is_noted_only_when_it_was_asked_for(working: Watched) -> None:
    working.give(Command.NUMBER, 7).run(1)
    assert not working.events(events.Effort)
    working.until(events.SetFinished, set=2).run(5).give(Command.NUMBER, 7).run(1)
    (effort,) = working.events(events.Effort)
    assert (effort.family, effort.effort) == ("kickback", 7)


def test_asleep_it_obeys_only_the_wake_phrase_and_safety(working: Watched) -> None:
    working.say("stop listening").run(4).say("next").run(4)
    assert not working.events(events.SetFinished)
    working.say("hey coach").run(3).say("next").run(1)
    assert working.events(events.SetFinished)


def test_help_offers_what_fits_and_more_when_asked_again(working: Watched) -> None:
    working.say("help").run(6)
    assert any(line.startswith('Say "pause" to stop, "easier" for a gentler one,') for line in working.lines())
    working.say("help").run(12)
    assert any("how many left" in line for line in working.lines())


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (Command.YES, "I didn't ask anything."),
        (Command.UNDO, "There's nothing to undo."),
        (Command.SKIP_REST, 'You\'re in the set. Say "done" to end it.'),
        (Command.MORE_REST, 'You\'re in the set. Say "pause" to stop it.'),
        (Command.BACK, "This is the first exercise."),
    ],
)
def test_what_cannot_be_done_now_is_answered_sensibly(working: Watched, command: Command, said: str) -> None:
    working.give(command).run(6)
    assert said in working.lines()
    assert working.session.mode in (Mode.WORK, Mode.COUNT_IN)


def test_a_question_takes_nothing_from_how_to_turn_to_the_other_side() -> None:
    todo = plan(work("bridge", 1, 6, rung=2), work("kickback"))
    turned = dataclasses.replace(todo.slots[0].family.variants[2], switch="Lower your leg, and lift the other.")
    variants = (*todo.slots[0].family.variants[:2], turned)
    family = dataclasses.replace(todo.slots[0].family, variants=variants)
    slots = (dataclasses.replace(todo.slots[0], family=family), *todo.slots[1:])
    watched = Watched(dataclasses.replace(todo, slots=slots)).until(events.SideChanged).run(1)
    watched.say("how many left").until(events.Rep, side="left leg")
    assert watched.lines().count("Lower your leg, and lift the other.") == 2
    assert watched.lines()[-2:] == ["Left leg.", "one"]


def test_a_question_takes_nothing_from_a_new_variant(working: Watched) -> None:
    working.say("harder").run(1.2).say("why").until(events.Rep, n=4)
    told = working.lines()
    assert told.index("It strengthens your push-off.") < len(told) - 1 - told[::-1].index("Harder: slow kickback.")
    assert "Three reps to go, right leg." in told


@pytest.mark.parametrize("words", ["talk slower", "louder", "deeper voice"])
def test_how_the_coach_sounds_takes_no_question_and_no_answer_away(words: str) -> None:
    asked = Watched(plan()).until(events.Rep).say("end workout").run(2).say(words).run(2).say("yes").run(1)
    assert asked.lines()[-1].startswith("Ending here.")
    doubtful = Watched(plan()).until(events.Rep)
    doubt(doubtful.session, Order(Command.NEXT), doubtful.clock)
    doubtful.run(3).say(words).run(1).say("yes").run(3)
    assert doubtful.session.standing.set.slot == 1
    explained = Watched(plan()).until(events.Rep).say("explain").run(2).say(words).run(12)
    assert "The usual mistake: arching the back." in explained.lines()
