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


WRONG = [
    ("voice", "en-uss", 'voice: there is no voice "en-uss".', "en-us"),
    ("voice", "en-us+f99", 'voice: there is no variant "f99" of the voice', "f1 to f5"),
    ("model", "vosk-modl-tiny", 'model: there is no speech model "vosk-modl-tiny".', "vosk-model-tiny-en-coach"),
    ("model", "vosk-model-small-en-us-0.15", "model: the speech model vosk-model-small-en-us-0.15 is not", "install"),
    ("equipment", "mini bnad", 'equipment: no routine knows the equipment "mini bnad".', 'Did you mean "mini band"?'),
    ("equipment", "chair, rowing machine", 'equipment: no routine knows the equipment "rowing machine".', "long band"),
]


@pytest.mark.parametrize(("name", "typed", "sentence", "hint"), WRONG)
def test_what_there_is_not_is_told_and_not_set(
    name: str, typed: str, sentence: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    refused = settings("set", name, typed).exception
    assert isinstance(refused, CoachError)
    assert refused.sentence.startswith(sentence)
    assert hint in (refused.hint or "")
    assert settings("get", name).output == "\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("voice", "en-gb+f2"),
        ("voice", ""),
        ("equipment", "mini band, long band, chair, wall"),
        ("equipment", "Mini Band, long-bands, Chairs"),
        ("equipment", "loop bands, resistance band"),
        ("equipment", ""),
    ],
)
def test_what_there_is_can_be_set(name: str, value: str) -> None:
    assert settings("set", name, value).output.splitlines()[0].startswith(f"{name}: ")
    assert settings("get", name).output == f"{value}\n"


def test_a_device_that_is_not_here_is_taken_and_told() -> None:
    first, told = settings("set", "microphone", "The blue one").output.splitlines()
    assert first == "microphone: The blue one"
    assert told.startswith("It is taken, though not here at the moment: There is no microphone")
    assert settings("get", "microphone").output == "The blue one\n"


def test_the_editor_s_work_is_held_against_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sed -i 's/^#voice: .*/voice: en-uss/'")
    refused = settings("edit").exception
    assert isinstance(refused, CoachError)
    assert refused.sentence == 'voice: there is no voice "en-uss".'
