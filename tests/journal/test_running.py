"""The set that is being done is in the journal, rep by rep: a kill at any event loses at most the rep in hand."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from coach.journal import resume
from coach.journal.results import past_results
from coach.journal.store import Journal
from coach.own import paths
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event
from tests.journal.workouts import workout

STARTED = {
    "exercise": "banded glute kickback",
    "family": "glute kickback",
    "slot": 0,
    "set": 1,
    "of": 2,
    "amount": 6,
    "unit": "rep",
}
FINISHED = {**STARTED, "tempo": "2-0-2", "why": "completed"}


def begun(index: int = 0, side: str | None = "right leg", at: float = 10.0) -> events.SetStarted:
    return events.SetStarted(at=at, index=index, side=side, **STARTED)  # type: ignore[arg-type]


def rep(n: int, side: str | None = "right leg") -> events.Rep:
    return events.Rep(at=10.0 + 2 * n, n=n, of=6, side=side)


class Killed:
    """A journal that was written to and never closed, as `kill -9` leaves it."""

    def __init__(self, path: Path, stream: list[Event]) -> None:
        self.journal = Journal(path)
        self.journal.record(next(iter(workout())))
        for event in stream:
            self.journal.record(event)
        self._database = sqlite3.connect(path)

    @property
    def sets(self) -> list[tuple[int, int, int, str]]:
        """Place, total, least and why of every set."""
        return self._database.execute("SELECT place, total, least, why FROM sets ORDER BY id").fetchall()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def test_every_rep_is_written_when_it_is_done(path: Path) -> None:
    killed = Killed(path, [begun(), rep(1), rep(2)])
    assert killed.sets == [(0, 2, 0, "ended")], "the other side's reps are still to come"
    killed.journal.record(rep(1, "left leg"))
    assert killed.sets == [(0, 3, 1, "ended")]


def test_of_an_exercise_without_sides_the_least_is_the_total(path: Path) -> None:
    assert Killed(path, [begun(side=None), rep(1, None), rep(2, None)]).sets == [(0, 2, 2, "ended")]


def test_seconds_of_a_hold_count_too(path: Path) -> None:
    hold = events.HoldSecond(at=12, n=7, of=20)
    assert Killed(path, [begun(side=None), hold]).sets == [(0, 7, 7, "ended")]


def test_the_finished_set_takes_its_place(path: Path) -> None:
    finished = events.SetFinished(at=30, index=0, done={"right leg": 6, "left leg": 6}, **FINISHED)  # type: ignore[arg-type]
    assert Killed(path, [begun(), rep(1), rep(2), finished]).sets == [(0, 12, 6, "completed")]


def test_begun_anew_it_is_one_set(path: Path) -> None:
    assert Killed(path, [begun(), rep(1), rep(2), begun(at=20), rep(1)]).sets == [(0, 1, 0, "ended")]


def test_a_set_that_was_gone_back_from_is_forgotten(path: Path) -> None:
    assert Killed(path, [begun(), rep(1), begun(1), rep(1), rep(2)]).sets == [(1, 2, 0, "ended")]
    undone = events.Undone(at=20, command="next", index=0, done={"right leg": 2, "left leg": 0})
    assert Killed(path.with_name("other"), [begun(), begun(1), rep(1), undone, rep(3)]).sets == [(0, 3, 0, "ended")]


def test_what_a_set_has_left_is_written_at_once_when_going_on_from_it_is_taken_back(path: Path) -> None:
    skipped = events.SetFinished(
        at=18,
        index=0,
        done={"right leg": 4, "left leg": 0},
        **(FINISHED | {"why": "skipped"}),  # type: ignore[arg-type]
    )
    done = {"right leg": 4, "left leg": 0}
    variants = {"glute kickback": {"right leg": 1, "left leg": 0}, STARTED["exercise"]: {"right leg": 3, "left leg": 0}}
    undone = events.Undone(at=20, command="next", reopened=0, index=0, done=done, variants=variants)  # type: ignore[arg-type]
    killed = Killed(path, [begun(), rep(1), rep(2), rep(3), rep(4), skipped, begun(1), rep(1), undone])
    assert killed.sets == [(0, 4, 0, "ended")]
    offered = resume.unfinished(killed.journal)
    assert offered is not None
    assert offered.part is not None
    assert (offered.index, offered.part.done) == (0, done)
    assert {name: sides["right leg"] for name, sides in offered.part.variants.items()} == {
        "glute kickback": 1,
        "banded glute kickback": 3,
    }


def test_what_was_done_before_another_variant_stays_that_variants_before_the_next_rep(path: Path) -> None:
    easier = events.VariantChanged(at=15, family="glute kickback", slot=0, from_="x", to="glute kickback", why="easier")
    offered = resume.unfinished(Killed(path, [begun(), rep(1), rep(2), easier]).journal)
    assert offered is not None
    assert offered.part is not None
    assert offered.part.variants == {"banded glute kickback": {"right leg": 2}}


def test_nothing_stays_of_a_set_that_undo_goes_back_to_the_beginning_of(path: Path) -> None:
    undone = events.Undone(at=20, command="easier", index=0)
    assert Killed(path, [begun(), rep(1), rep(2), undone]).sets == []


def test_a_side_that_was_said_to_be_done_is_not_offered_again(path: Path) -> None:
    killed = Killed(path, [begun(), rep(1), rep(2), events.SideOver(at=15, side="right leg", done=3)])
    offered = resume.unfinished(killed.journal)
    assert offered is not None
    assert offered.part is not None
    assert (offered.part.done, offered.part.over) == ({"right leg": 3}, ["right leg"])
    cut = {**FINISHED, "why": "ended", "over": ["right leg"]}
    killed.journal.record(events.SetFinished(at=30, index=0, done={"right leg": 3, "left leg": 0}, **cut))  # type: ignore[arg-type]
    again = resume.unfinished(killed.journal)
    assert again is not None
    assert again.part is not None
    assert again.part.over == ["right leg"]


def test_reps_without_a_set_are_nobodys(path: Path) -> None:
    assert Killed(path, [rep(1)]).sets == []


def test_another_variant_is_counted_on(path: Path) -> None:
    easier = events.VariantChanged(at=11, family="glute kickback", slot=0, from_="x", to="glute kickback", why="easier")
    killed = Killed(path, [begun(), easier, rep(1)])
    (exercise, done) = killed.journal.database.execute("SELECT exercise, done FROM sets").fetchone()
    assert (exercise, json.loads(done)) == ("glute kickback", {"right leg": 1})


def test_going_on_is_offered_in_the_first_set_too(path: Path) -> None:
    killed = Killed(path, [begun(), rep(1)])
    offered = resume.unfinished(killed.journal)
    assert offered is not None
    assert (offered.index, offered.seconds) == (0, 12)


def test_it_is_not_offered_where_nothing_was_done(path: Path) -> None:
    assert resume.unfinished(Killed(path, [begun()]).journal) is None


def test_progression_takes_it_for_a_set_that_was_cut_off(path: Path) -> None:
    routine = Library([paths.routines()]).routine("prerun-warmup")
    killed = Killed(path, [begun(), rep(1), rep(2)])
    ((done,),) = [result.done for results in past_results(killed.journal, routine).values() for result in results][:1]
    assert (done.least, done.why) == (0, "ended")


def test_a_hold_in_place_of_reps_is_counted_in_seconds_from_where_it_stands(path: Path) -> None:
    harder = events.VariantChanged(
        at=20, family="glute kickback", slot=0, from_="banded glute kickback", to="kickback hold", why="harder",
        unit="second", amount=20, done={"": 6}, variants={"banded glute kickback": {"": 2}},
    )  # fmt: skip
    killed = Killed(path, [begun(side=None), rep(1, None), rep(2, None), harder])
    offered = resume.unfinished(killed.journal)
    assert offered is not None
    assert offered.part is not None
    assert (offered.part.unit, offered.part.amount, offered.part.done) == ("second", 20, {"": 6})
    assert offered.part.variants == {"banded glute kickback": {"": 2}}


def test_a_set_that_is_begun_again_from_its_first_rep_has_none(path: Path) -> None:
    again = events.ExerciseStarted(at=20, exercise="x", family="glute kickback", slot=0, of=1, index=0)
    assert Killed(path, [begun(), rep(1), rep(2), again]).sets == []
