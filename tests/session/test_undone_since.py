"""An order is taken back after more was done: what was done since stays, and what is undone is told by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.journal.export import as_json
from coach.journal.store import Journal
from coach.session import events
from coach.session.bands import Bands
from coach.session.modes import Manner, Mode
from tests.session.workouts import Watched, plan, spoken, work


def working(**manner: object) -> Watched:
    """In the first of two sets of six, three reps done on the right leg."""
    return Watched(plan(), Manner(**manner)).until(events.Rep, n=3).run(1)  # type: ignore[arg-type]


def counted(watched: Watched, since: float) -> list[tuple[str | None, int]]:
    return [(rep.side, rep.n) for rep in watched.events(events.Rep) if rep.at > since]


def told(watched: Watched, since: float) -> list[str]:
    return [line.text for line in spoken(watched.out) if line.at > since and not line.text.isalpha()]


@pytest.mark.parametrize(
    ("order", "line"),
    [
        ("louder", "As loud as before."),
        ("talk less", "As many words as before."),
        ("talk faster", "My voice is as before."),
        ("slower", "At the tempo of before."),
        ("two more", "Six reps each leg, then."),
    ],
)
def test_how_it_is_counted_is_taken_back_while_the_set_goes_on(order: str, line: str) -> None:
    watched = working().say(order).until(events.Rep, n=5).run(0.7)
    before, manner = watched.clock, watched.session.manner
    watched.say("undo").until(events.Rep, n=1)
    assert counted(watched, before) == [("right leg", 6), ("left leg", 1)]
    assert line in told(watched, before)
    assert watched.session.manner != manner or order in ("slower", "two more")


def test_louder_said_an_exercise_ago_moves_nobody() -> None:
    watched = working().say("louder").until(events.RestStarted, index=2).until(events.Rep, n=2).run(0.5)
    at = watched.clock
    watched.say("undo").until(events.Rep, n=3)
    assert told(watched, at) == ["As loud as before."]
    assert watched.session.manner.volume == Manner().volume


def test_a_variant_is_given_back_by_name_and_the_reps_stay() -> None:
    watched = working().say("easier").until(events.Rep, n=5).run(1)
    at = watched.clock
    watched.say("undo").until(events.SetFinished)
    assert told(watched, at)[0] == "Undone. Back to banded kickback."
    assert counted(watched, at)[0] == ("right leg", 6)
    (finished,) = watched.events(events.SetFinished)
    assert finished.done == {"right leg": 6, "left leg": 6}
    assert finished.variants == {
        "banded kickback": {"right leg": 4, "left leg": 6},
        "bodyweight kickback": {"right leg": 2, "left leg": 0},
    }


def test_a_variant_is_given_back_in_the_rest_after_the_set_and_the_set_stays_over() -> None:
    watched = working().say("easier").until(events.RestStarted).run(6).say("undo").run(2)
    assert "Undone. Back to banded kickback." in watched.lines()
    watched.until(events.SetStarted)
    assert (watched.session.standing.index, watched.session.standing.variant.name) == (1, "banded kickback")
    assert not [event.reopened for event in watched.events(events.Undone) if event.reopened is not None]


def test_another_band_is_told_with_time_to_change_it() -> None:
    watched = working(bands=Bands({"mini band": ("yellow", "green")})).say("heavier band").until(events.Rep, n=5)
    at = watched.run(1).clock
    watched.say("undo").until(events.Rep, n=6)
    assert told(watched, at)[:3] == ["Undone.", "Change to your yellow mini band.", "One rep to go."]
    assert watched.clock - at > 15


def test_who_went_on_by_mistake_goes_back_by_name_and_what_was_done_since_is_kept(tmp_path: Path) -> None:
    watched = working().say("next").until(events.Rep, n=2).run(1)
    at = watched.clock
    watched.say("undo").until(events.Rep, n=4)
    assert told(watched, at)[0] == "Undone. Back to banded kickback."
    assert "Three reps to go." in told(watched, at)
    assert counted(watched, at) == [("right leg", 4)]
    watched.run()
    with Journal(tmp_path / "journal.sqlite") as journal:
        for event in watched.events(events.Event):
            journal.record(event)
        (workout,) = json.loads(as_json(journal))["workouts"]
    assert [done["done"] for done in workout["sets"]] == [2, 12, 12, 6, 6]


@pytest.mark.parametrize(
    ("order", "line"),
    [
        ("next", 'That was too long ago to take back. Say "back" for the exercise before.'),
        ("done", "That was too long ago to take back now."),
    ],
)
def test_a_set_ago_nothing_is_moved(order: str, line: str) -> None:
    watched = Watched(plan(work("kickback", 3), work("bridge", 3))).until(events.Rep, n=3).run(1)
    watched.say(order).run(1)
    watched.until(events.SetFinished, why="completed").until(events.Rep, n=2).run(1)
    at, index = watched.clock, watched.session.standing.index
    watched.say("undo").until(events.Rep, n=4)
    assert line in told(watched, at)
    assert watched.session.standing.index == index


def test_a_set_begun_again_by_mistake_has_what_was_done_before_and_since() -> None:
    watched = working().say("start over").until(events.Rep, n=2).run(1)
    at = watched.clock
    watched.say("undo").until(events.Rep, side="right leg")
    assert told(watched, at)[:2] == ["Undone.", "One rep to go."]
    assert counted(watched, at) == [("right leg", 6)]


def test_the_side_before_is_turned_back_to_and_both_keep_their_reps() -> None:
    watched = working().say("other side").until(events.Rep, side="left leg", n=2).run(1).say("undo")
    watched.until(events.SetFinished)
    assert watched.events(events.SetFinished)[0].done == {"right leg": 6, "left leg": 6}
    assert [rep.n for rep in watched.events(events.Rep) if rep.side == "left leg"] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("orders", "line"),
    [
        (("slower", "it hurts", "undo"), "At the tempo of before."),
        (("it hurts", "easier", "it hurts", "undo"), "It stays easier, since it hurt."),
        (("it hurts", "next", "undo"), "Undone. Back to banded kickback."),
    ],
)
def test_in_pain_the_way_on_is_told_at_once_and_nothing_goes_on(orders: tuple[str, ...], line: str) -> None:
    watched = working()
    for order in orders:
        at = watched.clock
        watched.say(order).run(6)
    lines = told(watched, at)
    assert lines[0] == line
    assert lines[1].startswith("Take your time.")
    watched.run(30)
    assert watched.session.mode is Mode.HURT
    assert not counted(watched, at)
    watched.say("carry on").until(events.Rep, n=4)


def test_in_a_pause_the_way_on_is_told_at_once() -> None:
    watched = working().say("pause").run(3).say("next").run(6)
    at = watched.clock
    watched.say("undo").run(8)
    assert told(watched, at)[1] == 'Still paused. Say "resume" whenever you like.'


def test_one_order_after_the_other_is_taken_back_though_one_was_in_another_set() -> None:
    watched = working().say("done").run(3).say("next").until(events.Rep, n=2).run(1).say("undo").run(3).say("undo")
    watched.until(events.Rep, n=4, side="right leg")
    assert watched.session.standing.index == 0


@pytest.mark.parametrize("orders", [("slower",), ("slower", "undo")])
def test_a_tempo_changed_in_the_last_rep_lets_its_count_be_heard(orders: tuple[str, ...]) -> None:
    watched = working().until(events.Rep, n=5).run(1)
    for order in orders:
        watched.say(order).run(0.5)
    watched.until(events.SideChanged)
    (counted,) = [line.at for line in spoken(watched.out) if line.text == "six"]
    assert watched.events(events.SideChanged)[0].at >= counted + 0.2
