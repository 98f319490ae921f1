"""Whether a speech model can be loaded at all, found out in a process of its own.

Kaldi trusts its files: a model that is cut short, or has junk where a graph should be, ends the whole program with a
segmentation fault, and no Python can catch that. So a model that is new, or whose files have changed, is loaded once by
another process, and what came of it is noted.

    python -m coach.ear.proof MODEL     # exit status 0 when the model hears
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from coach.audio.clip import EAR_RATE
from coach.document.files import replace_file
from coach.errors import CoachError

_PATIENCE = 120.0
"""Seconds until a model counts as one that never loads; a large one on a Raspberry Pi takes some twenty."""


def proved(model: Path, notes: Path) -> bool:
    """Whether the model in this folder loads and hears. `notes`: a folder that remembers which ones did."""
    note = notes / f"model-{hashlib.sha256(str(model.resolve()).encode()).hexdigest()[:16]}.json"
    files = json.dumps(
        sorted((str(path.relative_to(model)), path.stat().st_size, path.stat().st_mtime_ns) for path in _files(model))
    )
    with contextlib.suppress(OSError, ValueError):
        if note.read_text(encoding="utf-8") == files:
            return True
    if not _loads(model):
        return False
    with contextlib.suppress(CoachError):
        replace_file(note, files, make_folder=True, durable=False)
    return True


def _files(model: Path) -> list[Path]:
    return [path for path in model.rglob("*") if path.is_file()]


def _loads(model: Path) -> bool:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "coach.ear.proof", str(model)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _hears(model: Path) -> bool:
    """Load the model and let a grammar and a free decoder hear half a second of noise with it."""
    from coach.ear.recognizer import UNKNOWN, SpeechModel

    speech = SpeechModel(model)
    if not speech.knows("stop"):
        return False
    noise = 0.01 * np.random.default_rng(0).standard_normal(EAR_RATE // 2, np.float32)
    for recognizer in (speech.recognizer(["stop", UNKNOWN]), speech.recognizer()):
        recognizer.feed(noise)
        recognizer.finish()
    return True


if __name__ == "__main__":
    sys.exit(0 if _hears(Path(sys.argv[1])) else 1)
