"""The first run on a stage: what it keeps, and that it comes by itself only once."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from coach.app.firstrun import first_run, met, verdict
from coach.app.log import Log
from coach.app.notices import Notices
from coach.app.parts import Studio
from coach.app.stage import Stage
from coach.audio.soundcheck import Probe
from coach.own import settings
from coach.terminal.keys import Lines
from coach.terminal.plain import Plain
from coach.voice.silent import SilentVoice
from tests.app.test_live import Silent


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"COACH_{kind}_DIR", str(tmp_path / kind))
    return tmp_path / "typed"


def test_by_typed_lines_it_goes_through_and_is_kept(typed: Path) -> None:
    answers = ["skip", "the first one", "yes", "no", "yes", "ready", "pause", "resume", "easier", "it hurts"]
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
    assert (kept.rate, kept.equipment) == (150, "mini band, chair")
    assert "That is all you need." in out.getvalue()


def test_a_room_of_which_nothing_was_heard_is_too_soft() -> None:
    assert verdict(Probe()) == "soft"
