"""The settings from the command line: listed, read, changed and edited, and the file's own words kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach.cli.main import app
from coach.errors import CoachError, FileFault
from coach.own import paths
from coach.own.settings import TABLE


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_CONFIG_DIR", str(tmp_path))
    return tmp_path


def settings(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["settings", *arguments])


def test_every_setting_is_listed_with_what_it_may_be_and_what_was_changed() -> None:
    assert settings("set", "rate", "190").output == "rate: 190\n"
    lines = settings().output.splitlines()
    assert [line.partition(":")[0] for line in lines[: len(TABLE)]] == [setting.name for setting in TABLE]
    assert "rate: 190  words a minute (80 to 450, by default 175)" in lines
    assert lines[-1] == f"They are in {paths.settings_file()}."


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("rate", "190", "190"),
        ("ask_effort", "no", "false"),
        ("ask_effort", "True", "true"),
        ("verbosity", "counts", "counts"),
        ("microphone", "USB: the blue one", "USB: the blue one"),
        ("microphone", "2", "2"),
        ("wake", "no", "no"),
        ("wake", "", ""),
    ],
)
def test_what_is_set_is_got(name: str, typed: str, value: str) -> None:
    assert settings("set", name, typed).exit_code == 0
    assert settings("get", name).output == f"{value}\n"


def test_everything_else_in_the_file_stays() -> None:
    paths.settings_file().write_text("# mine\nrate: 200   # fast\nvolume: 40\n", encoding="utf-8")
    settings("set", "rate", "210")
    assert paths.settings_file().read_text(encoding="utf-8") == "# mine\nrate: 210   # fast\nvolume: 40\n"


def test_the_editor_is_asked_and_its_work_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sed -i 's/^#rate: 175/rate: 99/'")
    assert settings("edit").output == "All is well.\n"
    assert settings("get", "rate").output == "99\n"
    monkeypatch.setenv("EDITOR", "sed -i 's/^rate: 99/rate: fast/'")
    assert isinstance(settings("edit").exception, FileFault)
    monkeypatch.setenv("EDITOR", "no-such-editor")
    refused = settings("edit").exception
    assert isinstance(refused, CoachError)
    assert refused.sentence == 'The editor "no-such-editor" did not end well.'
