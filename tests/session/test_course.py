"""A workout in which nobody says anything: every set, rep, side and rest as prescribed, each beat at its place."""

from __future__ import annotations

import itertools

import pytest

from coach.language.commands import Command, Order
from coach.language.delivery import Pace, Priority
from coach.routine.model import Circuit, Range, Routine
from coach.session import events
from coach.session.directives import Say, Tone
from coach.session.modes import Manner, Mode, Offer
from coach.session.orders import doubt
from coach.session.plan import make_plan
from tests.session.workouts import FAMILIES, Watched, measure, plan, spoken, work


@pytest.fixture(scope="module")
def whole() -> Watched:
    return Watched(plan()).run()


def test_it_runs_to_its_end_by_itself(whole: Watched) -> None:
    assert whole.session.finished
    (finished,) = whole.events(events.SessionFinished)
    assert (finished.status, finished.sets) == ("completed", 4)


def test_every_set_and_rep_is_done_as_prescribed(whole: Watched) -> None:
    sets = [(e.family, e.set, e.done, e.why) for e in whole.events(events.SetFinished)]
    legs = {"right leg": 6, "left leg": 6}
    assert sets == [
        ("kickback", 1, legs, "completed"),
        ("kickback", 2, legs, "completed"),
        ("bridge", 1, {"": 6}, "completed"),
        ("bridge", 2, {"": 6}, "completed"),
    ]
    assert [e.n for e in whole.events(events.Rep)] == [1, 2, 3, 4, 5, 6] * 6


def test_beats_are_multiples_of_the_tempo_from_the_start_of_the_side(whole: Watched) -> None:
    start = next(e.at for e in whole.events(events.SetStarted))
    first_side = whole.events(events.Rep)[:6]
    assert [e.at - start for e in first_side] == pytest.approx([4, 8, 12, 16, 20, 24], abs=1e-9)


def test_a_count_is_said_on_every_beat_and_nothing_overlaps_it(whole: Watched) -> None:
    beats = [e.at for e in whole.events(events.Rep)]
    counts = [s for s in spoken(whole.out) if s.priority is Priority.COUNT]
    assert [s.at for s in counts] == beats
    for line in (s for s in spoken(whole.out) if s.priority is Priority.CUE):
        end = line.at + measure(line.text, line.pace)
        clashes = [c.text for c in counts if c.at < end and line.at < c.at + measure(c.text, Pace.COUNT)]
        assert not clashes, line


def test_no_two_lines_overlap(whole: Watched) -> None:
    lines = sorted(spoken(whole.out), key=lambda s: s.at)
    for one, following in itertools.pairwise(lines):
        assert one.at + measure(one.text, one.pace) <= following.at + 1e-9, (one, following)


def test_the_rest_lasts_as_long_as_prescribed_to_the_first_beat_of_the_next_set(whole: Watched) -> None:
    finished, started = whole.events(events.SetFinished), whole.events(events.SetStarted)
    assert started[1].at - finished[0].at == pytest.approx(20, abs=1e-6)
    assert started[3].at - finished[2].at == pytest.approx(20, abs=1e-6)
    assert started[2].at - finished[1].at >= 30


def test_set_up_comes_before_movement_before_count_and_only_once(whole: Watched) -> None:
    lines = whole.lines()
    assert lines.index("Stand tall.") < lines.index("Press your leg back.") < lines.index("one")
    briefed = [
        s.text for s in spoken(whole.out) if s.priority is Priority.BRIEFING and s.text == "Feet under your hips."
    ]
    assert len(briefed) == 2, "once for each of the two exercises"


def test_a_set_starts_by_itself_after_the_time_that_was_announced(whole: Watched) -> None:
    announced = next(s for s in spoken(whole.out) if "fifteen seconds" in s.text)
    ready = announced.at + measure(announced.text, announced.pace)
    first_sound = next(o.at for o in whole.out if o.at > ready and (isinstance(o, Say) or o == Tone(o.at, "count_in")))
    assert first_sound - ready == pytest.approx(15, abs=0.01)


def test_without_settling_time_it_waits_for_ready() -> None:
    watched = Watched(plan(), Manner(settle=0)).run()
    assert watched.session.waiting
    assert not watched.events(events.SetStarted)
    watched.say("ready").until(events.Rep, n=6, side="left leg")


def test_a_circuit_goes_round() -> None:
    blocks = (Circuit(Range(2, 2), 40.0, (work("kickback", 1, 2), work("bridge", 1, 3))),)
    watched = Watched(make_plan(Routine("c", "C", blocks, FAMILIES))).run()
    assert [(e.family, e.set, e.of) for e in watched.events(events.SetFinished)] == [
        ("kickback", 1, 2),
        ("bridge", 1, 2),
        ("kickback", 2, 2),
        ("bridge", 2, 2),
    ]
    assert [e.seconds for e in watched.events(events.RestStarted)] == [35.0, 40.0, 30.0], "the first has a set-up in it"


def test_a_hold_counts_its_seconds_and_says_the_last_five() -> None:
    from dataclasses import replace

    hold = replace(work("bridge", 1, 20), rung=1, unit="second")
    watched = Watched(plan(hold)).run()
    seconds = watched.events(events.HoldSecond)
    assert [e.n for e in seconds] == list(range(1, 21))
    assert seconds[-1].at - seconds[0].at == pytest.approx(19, abs=1e-9)
    counts = [s.text for s in spoken(watched.out) if s.priority is Priority.COUNT]
    assert counts == ["five", "four", "three", "two", "one"]


def test_sounds_only_leaves_a_sound_of_its_own_where_counts_were() -> None:
    watched = Watched(plan(), Manner(verbosity="sounds")).run()
    assert not [s for s in spoken(watched.out) if s.priority in (Priority.COUNT, Priority.CUE)]
    counts = [o.at for o in watched.out if isinstance(o, Tone) and o.name == "count"]
    assert counts == [e.at for e in watched.events(events.Rep)]


def test_a_workout_that_was_broken_off_is_offered_and_gone_on_with() -> None:
    watched = Watched(plan(), offer=Offer(plan(), 3)).run(6).say("yes").run()
    assert watched.lines()[0] == "Welcome back. You stopped Test at set four of four. Yes or no: go on from there?"
    assert [e.index for e in watched.out if isinstance(e, events.SessionStarted | events.SetStarted)] == [3, 3]
    assert "Press your leg back." in watched.lines()


def test_declined_it_starts_afresh_and_unanswered_it_waits() -> None:
    watched = Watched(plan(), offer=Offer(plan(), 3)).run(120)
    assert watched.session.waiting
    assert not watched.events(events.SessionStarted)
    watched.say("no").run()
    assert [e.index for e in watched.events(events.SetStarted)] == [0, 1, 2, 3]
    assert [e.accepted for e in watched.events(events.OfferAnswered)] == [False]


def test_counted_at_the_top_the_beats_stand_where_the_effort_ends() -> None:
    watched = Watched(plan(), Manner(count_at="top")).until(events.SetFinished)
    start = watched.events(events.SetStarted)[0].at
    assert [e.at - start for e in watched.events(events.Rep)[:6]] == pytest.approx([2, 6, 10, 14, 18, 22], abs=1e-9)
    assert watched.events(events.SideChanged)[0].at - start == pytest.approx(24, abs=1e-9), "the last rep is let down"


def test_at_ones_own_pace_the_coach_waits_for_counts_or_done() -> None:
    watched = Watched(plan(), Manner(pacing="self")).until(events.SetStarted).run(40)
    assert not watched.events(events.Rep)
    for n in ("one", "two", "three", "four", "five", "six"):
        watched.say(n).run(3)
    assert watched.events(events.SideChanged)
    watched.run(10).say("how many left").run(5).say("done").run(1)
    (finished,) = watched.events(events.SetFinished)
    assert finished.done == {"right leg": 6, "left leg": 6}


@pytest.mark.parametrize(
    ("words", "counted", "right"), [("done", 3, 3), ("done", 0, 6), ("i did five", 3, 5), ("i did five", 0, 5)]
)
def test_at_ones_own_pace_done_ends_a_side_and_the_other_comes(words: str, counted: int, right: int) -> None:
    watched = Watched(plan(work("kickback", 1), work("bridge", 1)), Manner(pacing="self")).until(events.SetStarted)
    for n in ("one", "two", "three")[:counted]:
        watched.run(3).say(n)
    watched.run(3).say(words).until(events.SideChanged, side="left leg")
    watched.run(20).say("done").run(1)
    (finished,) = watched.events(events.SetFinished)
    assert finished.done == {"right leg": right, "left leg": 6}


def test_at_ones_own_pace_a_side_that_was_ended_comes_back_with_undo() -> None:
    watched = Watched(plan(work("kickback", 1)), Manner(pacing="self")).until(events.SetStarted).run(3)
    watched.say("one").run(2).say("done").until(events.SideChanged).run(8).say("undo").run(9)
    assert watched.session.standing.side_name == "right leg"
    watched.say("two").run(2).say("done").run(12).say("done").run(1)
    (finished,) = watched.events(events.SetFinished)
    assert finished.done == {"right leg": 2, "left leg": 6}


def test_hey_coach_is_understood_by_a_coach_that_listens_and_takes_no_answer_away() -> None:
    watched = Watched(plan()).until(events.Rep)
    assert Command.WAKE in watched.session.understands()
    doubt(watched.session, Order(Command.NEXT), watched.clock)
    watched.run(3).say("hey coach").run(1).say("yes").run(3)
    assert watched.session.standing.set.slot == 1


def test_a_line_begun_again_at_the_very_moment_it_was_put_aside_is_not_in_the_past() -> None:
    """Ten times a sixtieth of a second is not quite what it is on paper."""
    watched = Watched(plan(work("kickback", 2, 3), work("bridge", 1, 4)))
    for wait, what in ((9.0, "back"), (37.0, None), (39.0, "loudspeaker"), (0.0, "hey coach")):
        watched.run(wait)
        if what == "loudspeaker":
            watched.session.device_back("loudspeaker", watched.clock)
        elif what is None:
            watched.session.device_lost("microphone", watched.clock)
        else:
            watched.say(what)
    watched.run(20)
    times = [out.at for out in watched.out]
    assert times == sorted(times)


def test_a_short_sleep_of_the_computer_in_a_set_is_told_and_gone_on_from_with_a_count_in() -> None:
    watched = Watched(plan(work("kickback", 1, 6))).until(events.Rep).until(events.Rep)
    watched.session.was_away(9.6, watched.clock)
    before = len(watched.out)
    watched.run()
    said = [out.text for out in watched.out[before:] if isinstance(out, Say)]
    assert said[:3] == ["We lost ten seconds.", "Right leg.", "three"]
    assert [out.n for out in watched.out if isinstance(out, events.Rep)] == 2 * [1, 2, 3, 4, 5, 6]


def test_after_a_long_one_it_waits_and_one_that_waits_already_says_nothing() -> None:
    watched = Watched(plan(work("kickback", 1, 6))).until(events.Rep).until(events.Rep)
    watched.session.was_away(7_200.0, watched.clock)
    watched.run(5)
    assert watched.session.mode is Mode.PAUSED
    before = len(watched.out)
    watched.session.was_away(7_200.0, watched.clock)
    watched.run(3)
    assert watched.out[before:] == []
    watched.say("resume").run()
    assert [out.n for out in watched.out if isinstance(out, events.Rep)] == 2 * [1, 2, 3, 4, 5, 6]
    assert [out.text for out in watched.out if isinstance(out, Say)].count(
        'We lost 120 minutes. Say "resume" whenever you like.'
    ) == 1


def test_time_lost_again_and_again_is_told_once_and_then_together_once_it_is_long() -> None:
    watched = Watched(plan(work("kickback", 1, 20))).until(events.Rep).until(events.Rep)
    for _ in range(6):
        watched.session.was_away(5.2, watched.clock)
        watched.until(events.Rep).run(1)
    told = [line for line in watched.lines() if line.startswith("We lost")]
    assert told == ["We lost five seconds.", "We lost sixteen seconds."]
    watched.run()
    assert [out.n for out in watched.out if isinstance(out, events.Rep)] == 2 * [*range(1, 21)]


def test_time_lost_some_minutes_later_is_told_anew() -> None:
    watched = Watched(plan(work("kickback", 3, 12))).until(events.Rep)
    watched.session.was_away(5.2, watched.clock)
    watched.run(200)
    watched.session.was_away(6.2, watched.clock)
    watched.run(5)
    told = [line for line in watched.lines() if line.startswith("We lost")]
    assert told == ["We lost five seconds.", "We lost six seconds."]
