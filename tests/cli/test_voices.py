"""`coach voices`: the voices of this machine, and choosing one."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli.main import app
from coach.errors import NotFound
from coach.own import paths, settings
from tests.voice.small_voice import kokoro_form


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CONFIG_DIR", str(tmp_path))


def test_those_of_the_language_are_listed_with_the_one_in_use_marked() -> None:
    lines = CliRunner().invoke(app, ["voices"]).output.splitlines()
    assert lines[0] == "* en-us"
    assert any("English (Scotland)" in line for line in lines)
    assert not any("German" in line for line in lines)
    assert any("German" in line for line in CliRunner().invoke(app, ["voices", "--all"]).output.splitlines())


def test_one_is_kept_and_one_that_does_not_exist_is_told_and_not_kept() -> None:
    assert CliRunner().invoke(app, ["voices", "en-gb", "--keep"]).exit_code == 0
    assert settings.load().voice == "en-gb"
    assert isinstance(CliRunner().invoke(app, ["voices", "nobody", "--keep"]).exception, NotFound)
    assert settings.load().voice == "en-gb"


def test_one_that_a_network_speaks_is_listed_kept_and_made_ready_for_a_workout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path))
    assert "coach models install kokoro-82m" in CliRunner().invoke(app, ["voices"]).output
    kokoro_form(paths.voices() / "small", "af_one")
    kept = CliRunner().invoke(app, ["voices", "af_one", "--keep", "--make", "prerun-warmup"])
    assert kept.exit_code == 0, kept.output
    assert "lines are ready" in kept.output
    assert len(list((tmp_path / "voice").glob("*.clip"))) > 30
    assert "* af_one                  One, en-us: neural" in CliRunner().invoke(app, ["voices"]).output.splitlines()
