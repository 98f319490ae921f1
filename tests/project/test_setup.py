"""`make setup` on machines that lack something, with stand-ins for the system's own programs."""

from __future__ import annotations

import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.screen import terminal

ROOT = Path(__file__).parents[2]

Machine = Callable[..., Path]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Makes a folder of programs that is all of PATH; what is not given stays away.

    There is no Python, so that every attempt ends before anything is fetched.
    """

    def made(**programs: str) -> Path:
        bin = tmp_path / "bin"
        bin.mkdir()
        usual = (
            "sh",
            "bash",
            "cat",
            "cksum",
            "cut",
            "dirname",
            "env",
            "grep",
            "head",
            "mktemp",
            "rm",
            "tail",
            "tr",
            "uname",
        )
        for name in (name for name in usual if name not in programs):
            (bin / name).symlink_to(str(shutil.which(name)))
        log = f'echo "apt-get $*" >>"{tmp_path}/log"'
        ours = {"ldconfig": "", "apt-get": log, "apt-cache": "exit 1", "id": "echo 0"}
        for name, script in (ours | {key.replace("_", "-"): value for key, value in programs.items()}).items():
            (bin / name).write_text(f"#!/bin/sh\n{script}\n")
            (bin / name).chmod(0o755)
        return bin

    return made


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "check out"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "setup", folder / "tools")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def setup(checkout: Path, bin: Path) -> subprocess.CompletedProcess[str]:
    """With nobody there."""
    return subprocess.run(
        [checkout / "tools" / "setup"],
        env={"PATH": str(bin)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def asked_for(checkout: Path) -> list[str]:
    """What apt-get was asked to install."""
    log = checkout.parent / "log"
    lines = log.read_text().splitlines() if log.exists() else []
    return [line.split("--no-remove ")[1] for line in lines if "install" in line]


OLD_PYTHON = 'case "$1" in -V) echo Python 3.9.2 ;; *) exit 1 ;; esac'
NO_VENV = 'case "$2" in *version_info\\ *) ;; *print*) echo python3.12-venv ;; *) exit 1 ;; esac'


def test_without_python_it_is_installed_with_the_rest_and_no_question(machine: Machine, checkout: Path) -> None:
    ended = setup(checkout, machine())
    assert asked_for(checkout) == ["python3 python3-venv libportaudio2 espeak-ng"]
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == "The coach needs Python 3.11 or newer, and there is none here."


def test_a_python_that_is_too_old_is_one_sentence(machine: Machine, checkout: Path) -> None:
    ended = setup(checkout, machine(python3=OLD_PYTHON))
    assert asked_for(checkout) == ["libportaudio2 espeak-ng"]
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("The coach needs Python 3.11 or newer; python3 here is 3.9.2.")


def test_a_newer_python_that_the_system_offers_is_installed_beside_the_old_one(
    machine: Machine, checkout: Path
) -> None:
    setup(checkout, machine(python3=OLD_PYTHON, apt_cache='[ "$2" = python3.12 ]'))
    assert asked_for(checkout) == ["python3.12 python3.12-venv libportaudio2 espeak-ng"]


def test_a_python_without_venv_gets_the_package_that_has_it(machine: Machine, checkout: Path) -> None:
    ended = setup(checkout, machine(python3=NO_VENV))
    assert asked_for(checkout) == ["python3.12-venv libportaudio2 espeak-ng"]
    assert ended.stderr.splitlines()[-1].endswith("to put that right: sudo apt-get install python3-venv")


def test_what_is_there_is_not_installed_again(machine: Machine, checkout: Path) -> None:
    setup(checkout, machine(python3=OLD_PYTHON, ldconfig='echo "libportaudio.so.2 libespeak-ng.so.1"'))
    assert asked_for(checkout) == []


@pytest.mark.parametrize("processor", ["aarch64", "armv7l"])
def test_on_arm_it_installs_the_library_that_vosk_is_linked_with(
    machine: Machine, checkout: Path, processor: str
) -> None:
    uname = f'[ "$1" = -m ] && echo {processor} || echo Linux'
    setup(checkout, machine(python3=OLD_PYTHON, uname=uname, ldconfig='echo "libportaudio.so.2 libespeak-ng.so.1"'))
    assert asked_for(checkout) == ["libatomic1"]


@pytest.mark.parametrize("sudo", [None, '[ "$1" = -n ] && exit 1; cat'], ids=["no sudo", "password"])
def test_with_nobody_there_and_no_rights_the_command_is_told_and_nothing_hangs(
    machine: Machine, checkout: Path, sudo: str | None
) -> None:
    programs = {"sudo": sudo} if sudo else {}
    ended = setup(checkout, machine(python3=OLD_PYTHON, id="echo 1000", **programs))
    assert asked_for(checkout) == []
    assert "apt-get install libportaudio2 espeak-ng" in ended.stderr


def test_with_nobody_there_sudo_is_used_where_it_needs_no_password(machine: Machine, checkout: Path) -> None:
    setup(checkout, machine(python3=OLD_PYTHON, id="echo 1000", sudo='[ "$1" = -n ] && shift && "$@"'))
    assert asked_for(checkout) == ["libportaudio2 espeak-ng"]


@pytest.mark.parametrize(("answer", "installs"), [("", True), ("y", True), ("n", False), ("\x04", False)])
def test_a_person_is_asked_before_sudo(machine: Machine, checkout: Path, answer: str, installs: bool) -> None:
    bin = machine(python3=OLD_PYTHON, id="echo 1000", sudo='"$@"')
    with terminal([str(checkout / "tools" / "setup")], columns=200, PATH=str(bin)) as screen:
        screen.wait_for("Install them now with sudo apt-get? [Y/n]")
        assert "libportaudio2 espeak-ng" in screen.screen
        screen.type(answer if answer == "\x04" else f"{answer}\n")
        assert screen.wait_for_end() == 1
        assert ("sudo apt-get install libportaudio2 espeak-ng" in screen.screen) is not installs
    assert asked_for(checkout) == (["libportaudio2 espeak-ng"] if installs else [])


def test_a_failure_to_install_is_told_and_the_set_up_goes_on(machine: Machine, checkout: Path) -> None:
    apt = 'case "$*" in *install*) echo "E: Unable to locate package espeak-ng" >&2; exit 100 ;; esac'
    ended = setup(checkout, machine(python3=OLD_PYTHON, apt_get=apt))
    told = [line for line in ended.stderr.splitlines() if "could not be installed" in line]
    assert told == [
        "They could not be installed: E: Unable to locate package espeak-ng. "
        "To try again: sudo apt-get install libportaudio2 espeak-ng"
    ]
    assert "needs Python 3.11" in ended.stderr


def test_another_system_is_told_the_names(machine: Machine, checkout: Path) -> None:
    bin = machine(python3=OLD_PYTHON)
    (bin / "apt-get").unlink()
    assert "Missing here, by their Debian names: libportaudio2 espeak-ng." in setup(checkout, bin).stderr


def test_no_package_is_ever_removed_to_make_room(machine: Machine, checkout: Path) -> None:
    setup(checkout, machine(python3=OLD_PYTHON))
    for line in (checkout.parent / "log").read_text().splitlines():
        assert "install" not in line or "--no-remove" in line


def test_the_scripts_are_programs() -> None:
    for script in ("tools/setup", ".ci/run"):
        assert (ROOT / script).stat().st_mode & stat.S_IXUSR
        subprocess.run(["bash", "-n", ROOT / script], check=True)
