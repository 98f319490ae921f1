"""Everything that reads what a person, a program or a damaged disk may have written: seeds, and what takes them."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import wave
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from coach import speech_models
from coach.app.athlete import load_script
from coach.audio import wav
from coach.document.read import read as read_document
from coach.ear.decide.thresholds import Thresholds
from coach.ear.proof import proved
from coach.ear.verifier import Verifier
from coach.journal.history import history
from coach.journal.resume import unfinished
from coach.journal.store import Journal
from coach.own import phrases, settings
from coach.routine.importers import importing
from coach.routine.library import Library
from coach.routine.loading import family_from, routine_from
from coach.speech_models.unpack import unpack

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Reader:
    """`read` is given a file of this name; it may raise CoachError and nothing else."""

    file: str
    seeds: Callable[[], list[bytes]]
    read: Callable[[Path], object]
    share: float = 1.0
    """How often, beside the others."""


@cache
def _library() -> Library:
    return Library()


def _yaml(folder: str) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes() for path in sorted((ROOT / "routines" / folder).glob("*.yaml"))]


def _sound() -> list[bytes]:
    found = []
    for width, channels, rate in ((1, 1, 8_000), (2, 1, 16_000), (2, 2, 48_000), (3, 1, 44_100), (4, 1, 16_000)):
        file = io.BytesIO()
        with wave.open(file, "wb") as sound:
            sound.setparams((channels, width, rate, 0, "NONE", ""))
            sound.writeframes(bytes(width * channels * 400))
        found.append(file.getvalue())
    floats = np.zeros(400, "<f4").tobytes()
    found.append(found[-1][:20] + b"\x03\x00" + found[-1][22:44] + floats)
    return found


def _archives() -> list[bytes]:
    found = []
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", method) as packed:
            for name in (
                "model/am/final.mdl",
                "model/conf/model.conf",
                "../outside",
                "/outside",
                "model/graph/words.txt",
            ):
                packed.writestr(name, b"content " * 30)
        found.append(file.getvalue())
    return found


def _journals() -> list[bytes]:
    from tests.journal.workouts import workout

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite"
        with Journal(path) as journal:
            for event in workout():
                journal.record(event)
        return [path.read_bytes()]


def _past(path: Path) -> None:
    with Journal(path) as journal:
        history(journal)
        unfinished(journal)


def _config() -> list[bytes]:
    return [(speech_models.built_in() / "coach.yaml").read_bytes()]


def _heads() -> list[bytes]:
    folder = speech_models.verifier("en")
    return [(folder / "verifier.npz").read_bytes()] if folder else []


def _model_files() -> list[bytes]:
    """The files of the built-in model, each with its name before it."""
    model = speech_models.built_in()
    return [
        f"{path.relative_to(model)}\n".encode() + path.read_bytes()
        for path in sorted(model.rglob("*"))
        if path.is_file()
    ]


def _model(path: Path) -> None:
    """The built-in model with one of its files damaged, loaded as before a workout."""
    name, _, content = path.read_bytes().partition(b"\n")
    model = path.parent / "model"
    shutil.copytree(speech_models.built_in(), model)
    damaged = model / name.decode(errors="replace").replace("\0", "")
    if damaged.is_file():
        damaged.write_bytes(content)
    proved(model, path.parent / "notes")
    shutil.rmtree(model)
    shutil.rmtree(path.parent / "notes", ignore_errors=True)


READERS: dict[str, Reader] = {
    "routine": Reader("x.yaml", _yaml("."), lambda path: routine_from(read_document(path), _library().families, path)),
    "exercise": Reader("x.yaml", _yaml("exercises"), lambda path: family_from(read_document(path))),
    "settings": Reader(
        "settings.yaml",
        lambda: [settings.template().replace("#", "").encode(), b"rate: 180\nvoice: en-us\nwake: hey coach\n"],
        settings.load,
    ),
    "phrases": Reader("phrases.yaml", lambda: [b"next: [move on, next please]\npause: [freeze]\n"], phrases.load),
    "script": Reader("x.yaml", lambda: [b"- {at: 1.5, say: next}\n- at: 0:30\n  wav: a.wav\n"], load_script),
    "exercise-db": Reader(
        "x.json",
        lambda: [(ROOT / "tests/routine/samples/exercise-db.json").read_bytes(), json.dumps([{"name": "a"}]).encode()],
        lambda path: importing.load(path, _library().families),
    ),
    "workout-share": Reader(
        "x.yaml",
        lambda: [path.read_bytes() for path in sorted((ROOT / "tests/routine/samples").glob("*.y*ml"))],
        lambda path: importing.load(path, _library().families),
    ),
    "wav": Reader("x.wav", _sound, lambda path: wav.read(path, 16_000)),
    "archive": Reader("x.zip", _archives, lambda path: unpack(path, path.parent / "model")),
    "journal": Reader("journal.sqlite", _journals, _past),
    "thresholds": Reader("coach.yaml", _config, lambda path: Thresholds.of(path.parent)),
    "verifier": Reader("verifier.npz", _heads, lambda path: Verifier(path.parent), share=0.1),
    "model": Reader("damaged", _model_files, _model, share=0.002),
}
