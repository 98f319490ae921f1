"""The coach at boot: a systemd unit of the user's own, and what it needs to find a sound server without a log-in.

Three things are missing on most machines without a screen: the user's manager ends with the log-in (lingering), the
sound server's socket is not there yet when the unit starts, or there is no bus of the user's to talk to systemd by.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from coach.app.doctor import Finding, State
from coach.document.files import replace_file
from coach.errors import CoachError, NotFound, PartMissing
from coach.own.settings import Settings

NAME = "coach.service"
PATIENCE = 60.0
"""Seconds for which the unit waits for the sound server before it fails, and is started again."""
_UNIT = """\
# Written by: coach service install
[Unit]
Description=Workout coach, waiting to be called
After=pipewire-pulse.service pulseaudio.service wireplumber.service
StartLimitIntervalSec=0

[Service]
ExecStartPre={coach} service wait
ExecStart={coach} listen --plain --captions off
Restart=on-failure
RestartSec=5
# How it ends when it is asked to.
SuccessExitStatus=143

[Install]
WantedBy=default.target
"""
_NOT_TO_BE_STARTED = frozenset("\"'\\")
"""What systemd takes in no program's name, quoted or not; it does in an argument, where "$" is a variable's."""
_BY_A_SHELL = """/bin/sh -c 'exec "$$0" "$$@"' {}"""


def unit_file() -> Path:
    """Where systemd looks for a user's own units."""
    return platformdirs.user_config_path() / "systemd" / "user" / NAME


def unit(program: Path) -> str:
    """The unit that keeps this program listening."""
    escaped = str(program).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    quoted = f'"{escaped}"'
    if _NOT_TO_BE_STARTED.isdisjoint(str(program)):
        return _UNIT.format(coach=quoted)
    return _UNIT.format(coach=_BY_A_SHELL.format(quoted.replace("$", "$$")))


def install() -> Iterator[str]:
    """Install, start, and let it start at boot; a sentence for each thing that was changed. Raises CoachError."""
    _need_systemd()
    program = Path(sys.prefix) / "bin" / "coach"
    if not program.exists():
        raise NotFound(f"{program} is not there.", "Install the coach first: pipx install, or make setup.")
    replace_file(unit_file(), unit(program), make_folder=True)
    try:
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", NAME)
    except CoachError:
        unit_file().unlink()
        raise
    yield f"{unit_file()} was written."
    yield "The coach listens now, and after each start of the machine."
    if lingers() is False:
        if _run("loginctl", "enable-linger").returncode == 0:
            yield "Lingering was turned on, so that your sound server and the coach run without a log-in."
        else:
            yield f"Lingering is off. Without it nothing starts before you log in: sudo loginctl enable-linger {_me()}"


def remove() -> Iterator[str]:
    """Stop it and take it away; a sentence for each thing that was changed. Raises CoachError."""
    _need_systemd()
    if not unit_file().exists():
        raise NotFound("The service is not installed.")
    _systemctl("disable", "--now", NAME)
    unit_file().unlink()
    _systemctl("daemon-reload")
    yield f"The coach was stopped, and {unit_file()} removed."
    if lingers():
        yield "Lingering stays on, since other services may need it; to turn it off: loginctl disable-linger"


def status() -> Iterator[Finding]:
    """Whether it is installed, runs, and has all it needs. Raises CoachError."""
    _need_systemd()
    if not unit_file().exists():
        yield Finding("Service", State.NOTE, "It is not installed.", "To install it: coach service install")
    else:
        active = _run("systemctl", "--user", "is-active", NAME).stdout.strip() or "unknown"
        fine = active == "active"
        yield Finding("Service", State.FINE if fine else State.FAULT, f"It is {active}.",
                      "" if fine else f"What it said: journalctl --user -u {NAME}")  # fmt: skip
    yield from check_at_boot(Settings())


def check_at_boot(_: Settings) -> Iterator[Finding]:
    """Lingering, the sound server's socket and the user's bus, where there is systemd."""
    if shutil.which("systemctl") is None or shutil.which("loginctl") is None:
        return
    wanted = unit_file().exists()
    trouble = State.FAULT if wanted else State.NOTE
    if (lingering := lingers()) is not None:
        yield (
            Finding("Lingering", State.FINE, "Your services run without a log-in.")
            if lingering
            else Finding("Lingering", trouble, "Your services end with the log-in, the sound server among them.",
                         f"To let the coach start at boot: sudo loginctl enable-linger {_me()}")
        )  # fmt: skip
    path = sound_socket()
    if path is not None:
        yield (
            Finding("Sound server", State.FINE, f"It answers at {path}.")
            if answers(path)
            else Finding("Sound server", trouble, f"Nobody answers at {path}.", "systemctl --user start pipewire-pulse")
        )
    bus = _runtime_folder() / "bus"
    yield (
        Finding("User's bus", State.FINE, f"It answers at {bus}.")
        if answers(bus)
        else Finding("User's bus", trouble, f"Nobody answers at {bus}.",
                     "Log in directly rather than by sudo or su, or install dbus-user-session.")
    )  # fmt: skip


def wait_for_sound(patience: float = PATIENCE) -> None:
    """Return once the sound server answers. Raises CoachError when it does not in time."""
    path = sound_socket()
    deadline = time.monotonic() + patience
    while path is not None and not answers(path):
        if time.monotonic() > deadline:
            raise CoachError(f"No sound server answers at {path}.", "coach doctor tells what is missing.")
        time.sleep(0.5)


def sound_socket() -> Path | None:
    """Where PulseAudio, or PipeWire in its place, is to answer; None where that is no socket of this machine's."""
    server = os.environ.get("PULSE_SERVER", "")
    if server and not server.startswith(("unix:", "/")):
        return None
    if server:
        return Path(server.removeprefix("unix:"))
    return _runtime_folder() / "pulse" / "native"


def answers(path: Path) -> bool:
    """Whether somebody listens at a socket; systemd starts who is to listen there by being asked."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(2)
            client.connect(str(path))
    except OSError:
        return False
    return True


def lingers() -> bool | None:
    """Whether the user's services run without a log-in; None where that is not known."""
    done = _run("loginctl", "show-user", _me(), "--property=Linger", "--value")
    if done.returncode != 0:
        return (Path("/var/lib/systemd/linger") / _me()).exists() if Path("/var/lib/systemd").is_dir() else None
    return done.stdout.strip() == "yes"


def _runtime_folder() -> Path:
    return Path(os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}"))


def _need_systemd() -> None:
    if shutil.which("systemctl") is None or shutil.which("loginctl") is None:
        raise PartMissing("There is no systemd here.", "Let whatever starts your programs run: coach listen")


def _systemctl(*words: str) -> None:
    done = _run("systemctl", "--user", *words)
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split()) or f"status {done.returncode}"
        raise CoachError(f"systemctl --user {' '.join(words)} failed: {said}", "coach service status tells more.")


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def _me() -> str:
    return getpass.getuser()
