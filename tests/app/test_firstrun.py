"""The first run on a stage: what it keeps, and that it comes by itself only once."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from coach.app.firstrun import first_run, met, verdict
from coach.app.live import do_one
from coach.app.log import Log
from coach.app.notices import Notices
from coach.app.parts import Studio
from coach.app.stage import Stage
from coach.audio.soundcheck import Probe
from coach.journal.store import Journal
from coach.own import paths, settings
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.session.events import Event, ExerciseStarted
from coach.terminal.keys import Lines
from coach.terminal.plain import Plain
from coach.voice.silent import SilentVoice
from tests.app.test_live import SHORT, Silent


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"COACH_{kind}_DIR", str(tmp_path / kind))
    return tmp_path / "typed"


def test_by_typed_lines_it_goes_through_and_is_kept(typed: Path) -> None:
    answers = ["skip", "yes", "no", "yes", "the third one", "ready", "pause", "resume", "easier", "it hurts"]
    typed.write_text("".join(f"{answer}\n" for answer in answers))
    studio = Studio(settings.load())
    out = StringIO()
    with typed.open() as lines:
        stage = Stage(
            studio, Notices(studio), Silent(), None, SilentVoice(48_000), Plain(studio.language, out),
            Lines(lines.fileno()), lambda event: None, Log(None),
        )  # fmt: skip
        assert not met()
        first_run(stage)
    assert met()
    kept = settings.load()
    assert (kept.rate, kept.equipment, kept.strength) == (175, "mini band, chair", "strong")
    assert "That is all you need." in out.getvalue()


def test_what_could_not_be_written_down_is_told_and_asked_again_the_next_time(typed: Path) -> None:
    (typed.parent / "CONFIG").touch()  # a file where the folder should be: it stands for any disk that refuses
    typed.write_text("skip\nyes\nno\nyes\nthe third one\nready\npause\nresume\neasier\nit hurts\n")
    studio = Studio(Settings())
    with typed.open() as lines:
        stage = Stage(
            studio, Notices(studio), Silent(), None, SilentVoice(48_000), Plain(studio.language, StringIO()),
            Lines(lines.fileno()), lambda event: None, Log(None),
        )  # fmt: skip
        first_run(stage)
    assert stage.notices.taken() == [studio.language.line("settings.unkept")]
    assert studio.settings.strength == "strong"
    assert not met()


@pytest.mark.parametrize(
    ("answer", "variant"),
    [
        ("the first one", "bodyweight squat"),
        ("the second one", "banded squat"),
        ("the third one", "banded squat with a hold"),
    ],
)
def test_how_strong_somebody_feels_is_where_their_first_workout_begins(typed: Path, answer: str, variant: str) -> None:
    typed.write_text("".join(f"{said}\n" for said in (*["skip"] * 4, answer, "not now")))
    (typed.parent / "short.yaml").write_text(SHORT.replace("bodyweight", "banded"))
    seen: list[Event] = []
    studio = Studio(replace(settings.load(), settle=1, ask_effort=False))
    with typed.open() as lines:
        stage = Stage(
            studio, Notices(studio), Silent(), None, SilentVoice(48_000), Plain(studio.language, StringIO()),
            Lines(lines.fileno()), seen.append, Log(None),
        )  # fmt: skip
        first_run(stage)
        studio.settings = replace(studio.settings, settle=1, ask_effort=False)
        library = Library()
        assert do_one(stage, library, library.routine(str(typed.parent / "short.yaml")))
    assert [event.exercise for event in seen if isinstance(event, ExerciseStarted)] == [variant]
    with Journal(paths.journal()) as journal:
        assert journal.database.execute("SELECT DISTINCT exercise FROM sets").fetchall() == [(variant,)]


def test_a_room_of_which_nothing_was_heard_is_too_soft() -> None:
    assert verdict(Probe()) == "soft"
