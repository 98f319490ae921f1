"""A set that was done in two variants: each keeps its own reps, in the journal and in what other programs get."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fitdecode

from coach import language
from coach.journal import tables
from coach.journal.export import as_json, write_csv
from coach.journal.fit import write_fit
from coach.journal.history import history
from coach.journal.results import past_results
from coach.journal.store import Journal
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event
from coach.view.in_words import in_words
from tests.journal.workouts import BRIDGES, workout

ONE = replace(BRIDGES, sets=1, amount=12)
EASY = "bodyweight glute bridge"
BOTH = {BRIDGES.name: {"": 6}, EASY: {"": 6}}


def eased(until: int = 12) -> Iterator[Event]:
    """Six banded bridges and six without the band, in a set of twelve; broken off after rep `until`."""
    for event in workout((ONE,)):
        if isinstance(event, events.SetFinished):
            event = replace(event, exercise=EASY, variants=BOTH)
        yield event
        if isinstance(event, events.Rep) and event.n == 6:
            yield events.VariantChanged(at=event.at, family=ONE.family, slot=0, from_=ONE.name, to=EASY, why="easier")
        if isinstance(event, events.Rep) and event.n == until < 12:
            return


def written(path: Path, stream: Iterator[Event]) -> Journal:
    journal = Journal(path)
    for event in stream:
        journal.record(event)
    return journal


def test_tables_for_other_programs_have_both(tmp_path: Path) -> None:
    with written(tmp_path / "journal.db", eased()) as journal:
        out = io.StringIO()
        write_csv(journal, out)
        (told,) = json.loads(as_json(journal))["workouts"]
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert (row["exercise"], row["done"], json.loads(row["variants"])) == (EASY, "12", BOTH)
    assert [done["variants"] for done in told["sets"]] == [BOTH]


def test_a_set_that_is_broken_off_has_both_too(tmp_path: Path) -> None:
    with written(tmp_path / "journal.db", eased(until=8)) as journal:
        (row,) = journal.database.execute("SELECT exercise, total, least, variants FROM sets").fetchall()
    assert row[:3] == (EASY, 8, 2)
    assert json.loads(row[3]) == {BRIDGES.name: {"": 6}, EASY: {"": 2}}


def test_it_counts_as_no_full_set_of_the_variant_at_its_end(tmp_path: Path) -> None:
    with written(tmp_path / "journal.db", eased()) as journal:
        (result,) = past_results(journal, Library().routine("prerun-warmup"))["glute bridge"]
        (bridges,) = history(journal).exercises
    (done,) = result.done
    assert (done.amount, done.least) == (12, 6)
    assert not replace(result, asked=()).in_full
    assert (bridges.latest.exercise, bridges.latest.amount) == (EASY, 6)


def test_a_fit_file_has_a_set_of_each(tmp_path: Path) -> None:
    path = tmp_path / "workout.fit"
    with written(tmp_path / "journal.db", eased()) as journal:
        write_fit(journal, 1, path)
    with fitdecode.FitReader(str(path)) as file:
        found = [frame for frame in file if frame.frame_type == fitdecode.FIT_FRAME_DATA]
    sets = [frame for frame in found if frame.name == "set"]
    names = [frame.get_value("wkt_step_name") for frame in found if frame.name == "exercise_title"]
    assert names == [BRIDGES.name, EASY]
    assert [(frame.get_value("repetitions"), frame.get_value("duration")) for frame in sets] == [(6, 18), (6, 18)]


def test_the_captions_tell_both() -> None:
    (finished,) = (event for event in eased() if isinstance(event, events.SetFinished))
    assert in_words(finished, language.load().shown) == f"Set done: 6 {BRIDGES.name} + 6 {EASY}"


def test_an_older_journal_is_taken_along(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with sqlite3.connect(path) as database:
        for step in tables.MIGRATIONS[:3]:
            database.executescript(step)
        database.execute("PRAGMA user_version = 3")
        database.execute("INSERT INTO sessions (routine, title, began, ended, planned) VALUES ('r', 'R', 1, 2, 1)")
        database.execute(
            "INSERT INTO sets VALUES (1, 1, 0, 0, 1, 1, 'glute bridge', 'banded glute bridge', 8, 'rep', 8, 8,"
            " '{\"\": 8}', '1-1-2', 'completed', 1, 2, '2026-11-23', NULL)"
        )
    with Journal(path) as journal:
        out = io.StringIO()
        write_csv(journal, out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert (row["done"], row["variants"]) == ("8", "")
