"""Which band a set was done with: kept, looked back on, and told to other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fitdecode
import pytest

from coach import language
from coach.journal.export import as_json, write_csv
from coach.journal.fit import write_fit
from coach.journal.history import history
from coach.journal.results import past_results
from coach.journal.store import Journal
from coach.paper import report
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event
from tests.journal.workouts import BRIDGES, workout


def with_bands(*names: str) -> Iterator[Event]:
    """Three sets of bridges, each with its band; the last one is changed within the workout."""
    for event in workout((BRIDGES,)):
        if isinstance(event, events.SetStarted | events.SetFinished):
            event = replace(event, band=names[event.index])
        if isinstance(event, events.SetFinished) and event.index == 1:
            yield event
            yield events.BandChanged(
                at=event.at,
                family=BRIDGES.family,
                exercise=BRIDGES.name,
                slot=0,
                equipment="mini band",
                to=names[2],
                why="heavier",
            )
            continue
        yield event


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "journal.db") as journal:
        for event in with_bands("yellow", "yellow", "green"):
            journal.record(event)
        yield journal


def test_the_next_workout_knows_the_band_that_was_used_at_the_end(journal: Journal) -> None:
    routine = Library().routine("prerun-warmup")
    assert [result.band for result in past_results(journal, routine)["glute bridge"]] == ["green"]


def test_the_history_names_the_band_with_the_exercise(tmp_path: Path) -> None:
    with Journal(tmp_path / "other.db") as journal:
        for event in (*with_bands(*["yellow"] * 3), *with_bands(*["green"] * 3)):
            journal.record(event)
        looked_back = history(journal)
    (bridges,) = looked_back.exercises
    assert (bridges.first.called, bridges.latest.called) == (
        "banded glute bridge (yellow)",
        "banded glute bridge (green)",
    )
    shown = report.terminal(looked_back, language.load())
    assert "banded glute bridge (green)" in shown


def test_tables_and_files_for_other_programs_have_it(journal: Journal, tmp_path: Path) -> None:
    out = io.StringIO()
    write_csv(journal, out)
    assert [row["band"] for row in csv.DictReader(io.StringIO(out.getvalue()))] == ["yellow", "yellow", "green"]
    (told,) = json.loads(as_json(journal))["workouts"]
    assert [done["band"] for done in told["sets"]] == ["yellow", "yellow", "green"]
    write_fit(journal, 1, tmp_path / "workout.fit")
    with fitdecode.FitReader(str(tmp_path / "workout.fit")) as file:
        titles = [
            frame.get_value("wkt_step_name")
            for frame in file
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "exercise_title"
        ]
    assert titles == ["banded glute bridge (yellow)", "banded glute bridge (green)"]
