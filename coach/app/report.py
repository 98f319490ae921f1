"""A file for an issue: versions, what the parts say, settings, the last log, the last fault; nothing personal in it.

Left out are names of users, of machines and of folders, everything that was said, the athlete's phrases and routines.
"""

from __future__ import annotations

import getpass
import json
import platform
import re
import socket
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from coach import __version__
from coach.app.log import WORDS, last_log, without_words
from coach.document.files import opened, replace_file
from coach.errors import CoachError
from coach.own import paths, settings
from coach.own.settings import Settings

FAULT_COMMAND = "coach doctor --report report.txt"
LONGEST_LOG = 2_000
"""Lines of the log that are kept, the last ones."""
_PACKAGES = (
    "vosk",
    "pyttsx3",
    "sounddevice",
    "livekit",
    "espeakng-loader",
    "numpy",
    "soxr",
    "typer",
    "rich",
    "aiohttp",
    "segno",
    "pydantic",
)
_SAID = ("wake",)
"""Settings that are words somebody says."""


def write_report(file: Path, findings: Iterable[str]) -> None:
    """Write the report; `findings` are the doctor's. Raises CoachError where it cannot be written."""
    text = "\n".join([*_versions(), "", *findings, "", *_settings(), "", *_fault(), "", *_log(), ""])
    replace_file(file, impersonal(text))


def note_fault(error: Exception) -> str:
    """Keep where an unforeseen fault arose, for a report; returns it as a sentence."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{type(error).__name__}", *(f"{module(each.filename)}:{each.lineno} in {each.name}" for each in frames)]
    with suppress(CoachError):
        replace_file(_last_fault(), "\n".join(lines) + "\n", make_folder=True, durable=False)
    where = next((line for line in reversed(lines[1:]) if line.startswith("coach/")), lines[-1])
    return f"Something went wrong that should not have ({type(error).__name__}, {where})."


def impersonal(text: str) -> str:
    """The text without the athlete's folders, name and machine."""
    hidden = {str(Path.home()): "~"}
    with suppress(OSError, KeyError, ImportError):
        hidden[getpass.getuser()] = "USER"
    hidden[socket.gethostname()] = "MACHINE"
    for what, instead in hidden.items():
        if len(what) > 1:
            text = re.sub(rf"(?<!\w){re.escape(what)}(?!\w)", instead, text)
    return text


def _versions() -> Iterator[str]:
    yield f"coach {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield f"system {_system()}"
    for package in _PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            yield f"{package} {metadata.version(package)}"


def _system() -> str:
    with suppress(OSError):
        return platform.freedesktop_os_release().get("PRETTY_NAME", "unknown")
    return platform.release()


def _settings() -> Iterator[str]:
    try:
        chosen = asdict(settings.load())
    except CoachError:
        yield "settings: not readable"
        return
    usual = asdict(Settings())
    for name, value in chosen.items():
        if value != usual[name]:
            yield f"setting {name}: {'(something)' if name in _SAID else value}"


def _fault() -> Iterator[str]:
    with suppress(OSError, UnicodeError):
        yield f"last fault: {_last_fault().read_text(encoding='utf-8')}"


def _log() -> Iterator[str]:
    path = last_log()
    if path is None:
        yield "no log; to make one: coach run --log coach.log"
        return
    with suppress(OSError), opened(path) as file:
        for line in deque(file, LONGEST_LOG):
            with suppress(ValueError, AttributeError, UnicodeError):
                entry = {key: value for key, value in json.loads(line).items() if key not in WORDS}
                if isinstance(reason := entry.get("reason"), str):
                    entry["reason"] = without_words(reason)
                yield json.dumps(entry)


def module(file: str) -> str:
    """A file of Python as it is named in a report, without the folders that tell whose machine it is."""
    parts = Path(file).parts
    for root in ("coach", "site-packages"):
        if root in parts:
            last = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[last if root == "coach" else last + 1 :])
    return Path(file).name


def _last_fault() -> Path:
    return paths.cache() / "last-fault"
