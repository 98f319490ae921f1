"""The unit at boot: what is written and asked of systemd, with programs of the test's own in the place of its tools."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from coach.app import service
from coach.app.doctor import State
from coach.errors import CoachError, NotFound, PartMissing
from coach.own.settings import Settings

_TOOL = """#!/bin/sh
echo "$(basename "$0") $*" >> "{log}"
case "$*" in
  *--property=Linger*) cat "{lingers}" ;;
  *daemon-reload) if [ -e "{broken}" ]; then echo "Failed to connect to bus" >&2; exit 1; fi ;;
  enable-linger) if [ -e "{forbidden}" ]; then exit 1; fi; echo yes > "{lingers}" ;;
  *is-active*) echo active ;;
esac
"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What was asked of systemctl and loginctl, a line each."""
    log, tools = tmp_path / "asked", tmp_path / "tools"
    tools.mkdir()
    log.touch()
    (tmp_path / "lingers").write_text("no\n")
    for name in ("systemctl", "loginctl"):
        tool = tools / name
        tool.write_text(
            _TOOL.format(
                log=log, lingers=tmp_path / "lingers", forbidden=tmp_path / "forbidden", broken=tmp_path / "broken"
            ),
            encoding="utf-8",
        )
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    return log


def test_it_is_installed_started_and_lingering_is_turned_on_and_told(asked: Path) -> None:
    told = list(service.install())
    assert told[0] == f"{service.unit_file()} was written."
    assert told[-1].startswith("Lingering was turned on")
    assert [line for line in asked.read_text().splitlines() if "show-user" not in line] == [
        "systemctl --user daemon-reload",
        "systemctl --user enable --now coach.service",
        "loginctl enable-linger",
    ], "of the user's own services only"
    assert not any("Lingering" in sentence for sentence in service.install()), "it is on by now"


def test_where_lingering_is_not_the_users_to_turn_on_the_command_is_told(asked: Path, tmp_path: Path) -> None:
    (tmp_path / "forbidden").touch()
    assert "sudo loginctl enable-linger " in list(service.install())[-1]


def test_where_systemd_does_not_answer_nothing_is_left_behind(asked: Path, tmp_path: Path) -> None:
    (tmp_path / "broken").touch()
    with pytest.raises(CoachError, match="Failed to connect to bus"):
        list(service.install())
    assert not service.unit_file().exists()


def test_it_is_removed_whole_and_only_where_it_is(asked: Path) -> None:
    with pytest.raises(NotFound):
        list(service.remove())
    list(service.install())
    told = list(service.remove())
    assert not service.unit_file().exists()
    assert "systemctl --user disable --now coach.service" in asked.read_text()
    assert told[-1].startswith("Lingering stays on")


def test_a_system_without_systemd_is_told_what_to_run_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PartMissing, match="no systemd"):
        list(service.install())
    assert list(service.check_at_boot(Settings())) == []


def test_the_doctor_asks_lingering_the_socket_and_the_bus(
    asked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(service.install())
    (tmp_path / "pulse").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)  # a socket's path must be short
        server.bind("pulse/native")
        server.listen()
        found = {finding.part: finding.state for finding in service.check_at_boot(Settings())}
    assert found == {"Lingering": State.FINE, "Sound server": State.FINE, "User's bus": State.FAULT}


def test_it_waits_for_the_sound_server_and_no_longer_than_it_is_patient(asked: Path, tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="No sound server answers"):
        service.wait_for_sound(patience=0.0)


_NAMES = ("with a $pace %h", "Läufer's $pace %h", 'a "run" \\ 100%')


@pytest.mark.parametrize("name", _NAMES)
def test_the_unit_starts_the_program_that_was_meant(name: str, tmp_path: Path) -> None:
    program = tmp_path / name
    program.write_text('#!/bin/sh\necho "$0" "$@"\n')
    program.chmod(0o755)
    line = next(line for line in service.unit(program).splitlines() if line.startswith("ExecStart="))
    words = shlex.split(line.removeprefix("ExecStart=").replace("%%", "%"))  # systemd's quotes are the shell's
    if len(words) > 5:
        words = [word.replace("$$", "$") for word in words]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout == f"{program} listen --plain --captions off\n"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("name", _NAMES)
def test_systemd_takes_the_unit(name: str, tmp_path: Path) -> None:
    program = tmp_path / name
    shutil.copy("/bin/true", program)
    program.chmod(0o755)
    file = tmp_path / "coach.service"
    file.write_text(service.unit(program))
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", "--man=no", str(file)],
        capture_output=True, text=True, check=False, env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    assert "coach.service" not in done.stderr, done.stderr
