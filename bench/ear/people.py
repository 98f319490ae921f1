"""People, where a folder of their recordings is given: talk that is not for the coach, and spoken digits.

Both are of people who did not train the built-in model. Needs soundfile, for the recordings are FLAC.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soxr

from bench.ear.rooms import RATE, Sound
from bench.ear.scenes import Scene, Spoken

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SPEAKERS = {"development": ("lucas",), "final": ("theo", "george")}
_LISTING = Path(__file__).with_name("held-out-orders.txt")


def orders(folder: Path, half: str) -> Scene:
    """Coffee orders by the held-out people of one half, a second apart."""
    lines = (line.split() for line in _LISTING.read_text().splitlines() if not line.startswith("#"))
    names = [name for which, name in lines if which == half]
    paths = [path for name in names for path in sorted((folder / "orders").glob(f"{name}*.flac"))]
    sounds = [piece for path in paths for piece in (recording(path), np.zeros(RATE, np.float32))]
    return Scene("people's orders", "talk by people", _hissed(np.concatenate(sounds)), ())


def digits(folder: Path, half: str, every: int = 4) -> Scene:
    """Digits where a number was asked for, by telephone."""
    pieces: list[Sound] = [np.zeros(RATE, np.float32)]
    spoken, at = [], RATE
    for speaker in _SPEAKERS[half]:
        for path in sorted((folder / "digits").glob(f"*_{speaker}_*.flac"))[::every]:
            sound = recording(path)
            spoken.append(Spoken(_DIGITS[int(path.name[0])], at / RATE, (at + len(sound)) / RATE, speaker))
            pieces += [sound, np.zeros(2 * RATE, np.float32)]
            at += len(sound) + 2 * RATE
    return Scene("people's digits", "digits by people", _hissed(np.concatenate(pieces)), tuple(spoken), numbers=True)


def recording(path: Path) -> Sound:
    """The sound of a file at RATE."""
    import soundfile

    sound, rate = soundfile.read(path, dtype="float32")
    return np.asarray(soxr.resample(sound, rate, RATE), np.float32)


def _hissed(sound: Sound) -> Sound:
    return np.asarray(sound + 1e-4 * np.random.default_rng(1).standard_normal(len(sound)), np.float32)
