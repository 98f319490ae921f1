"""What a person types, and what comes back: each group of commands once, in the process of the tests."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach import speech_models
from coach.cli.main import app
from coach.errors import CoachError, NotFound
from coach.journal.store import Journal
from coach.own import paths
from tests.journal.workouts import workout


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"COACH_{kind}_DIR", str(tmp_path / kind))
    return tmp_path


def coach(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed)


@pytest.fixture
def done_once(home: Path) -> None:
    with Journal(paths.journal()) as journal:
        for event in workout(effort=6):
            journal.record(event)


@pytest.mark.usefixtures("done_once")
def test_history_is_shown_as_text_and_as_data() -> None:
    assert "1 workout, 7 sets" in coach("history").output
    assert "<h1>Workouts</h1>" in coach("history", "--html").output
    assert json.loads(coach("history", "--json").output)["sessions"] == 1
    rows = list(csv.DictReader(io.StringIO(coach("history", "--csv").output)))
    assert {row["exercise"] for row in rows} == {
        "banded glute kickback", "lateral band walk", "banded glute bridge"
    }  # fmt: skip


@pytest.mark.usefixtures("done_once")
def test_a_workout_is_exported_and_forgotten(home: Path) -> None:
    out = home / "last.fit"
    assert coach("history", "fit", str(out)).output.strip() == str(out)
    assert out.read_bytes()[8:12] == b".FIT"
    assert coach("history", "forget", "1", typed="n\n").exit_code == 1
    assert "1 workout" in coach("history").output
    assert "Deleted." in coach("history", "forget", "1", "--yes").output
    assert "Nothing has been done yet" in coach("history").output
    assert coach("history", "forget").exit_code == 2


@pytest.mark.usefixtures("done_once")
def test_all_workouts_are_forgotten_at_once() -> None:
    assert "Deleted: 1" in coach("history", "forget", "--all", typed="y\n").output


def test_without_a_workout_there_is_nothing_to_export(home: Path) -> None:
    done = coach("history", "fit", str(home / "none.fit"))
    assert isinstance(done.exception, NotFound)


def test_a_routine_is_written_from_options_and_checked(home: Path) -> None:
    done = coach("new", "My morning", "-e", "glute bridge 2x8", "-e", "plank 1x20 s", "--rest", "30 s")
    assert "coach run my-morning" in done.output
    file = paths.own_routines() / "my-morning.yaml"
    assert "All is well." in coach("check", str(file)).output
    assert isinstance(coach("new", "My morning", "-e", "plank 1x20 s").exception, CoachError)
    assert coach("new").exit_code == 2


def test_the_list_is_json_too() -> None:
    listed = {entry["name"]: entry for entry in json.loads(coach("list", "--json").output)}
    assert listed["prerun-warmup"]["kit"] == ["mini band"]
    assert listed["prerun-warmup"]["minutes"] == 5


def test_the_schemas_are_json() -> None:
    assert "blocks" in json.loads(coach("schema").output)["properties"]
    assert "variants" in json.loads(coach("schema", "--exercise").output)["properties"]


def test_a_file_from_elsewhere_becomes_routines_of_ours(home: Path) -> None:
    sample = Path(__file__).parents[1] / "routine" / "samples" / "workout-share.yaml"
    written = [
        Path(line) for line in coach("import", str(sample), "--partial").output.splitlines() if line.endswith(".yaml")
    ]
    assert isinstance(coach("import", str(sample), "--replace").exception, CoachError)
    assert written
    assert all(path.is_file() for path in written)


def test_the_models_are_listed_with_the_one_in_use() -> None:
    listed = coach("models").output
    assert f"{speech_models.best().name:<34}  built in  in use" in listed
    assert "coach models install" in listed


def test_a_model_that_is_there_and_whole_is_left_alone() -> None:
    name = next(entry.name for entry in speech_models.catalogue() if entry.recommended)
    shutil.copytree(speech_models.best(), paths.data() / "models" / name)
    assert f"{name} is installed" in coach("models", "install", "--plain").output
    assert f"{name:<34}  installed  in use" in coach("models").output


def test_what_the_ear_understands_is_listed() -> None:
    assert "pause" in coach("commands").output
    assert "hold on" in json.loads(coach("commands", "--json").output)["pause"]


def test_a_short_workout_is_rendered_to_a_file(home: Path) -> None:
    routine = home / "short.yaml"
    routine.write_text("routine: Short\nblocks:\n  - {exercise: squat, reps: 1}\n", encoding="utf-8")
    out, events = home / "short.wav", home / "short.jsonl"
    done = coach("render", str(routine), "-o", str(out), "--events", str(events), "--journal")
    assert str(out) in done.output
    assert out.stat().st_size > 100_000
    assert json.loads(events.read_text(encoding="utf-8").splitlines()[-1])["event"] == "session_finished"
    assert "1 workout" in coach("history").output
