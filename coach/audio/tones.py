"""The coach's earcons: short sounds that say what would take a sentence. Data first, then how a note is made.

Rising means go or yes, falling means stop or no, level means neither. Those that sound under words lie 20 dB under
speech, so that they mask none; those that stand alone are to be heard across a room from the loudspeaker of a laptop.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from coach.audio.clip import Clip
from coach.audio.loudness import SPEECH_LEVEL, gain_of
from coach.language.delivery import Earcon

UNDER_WORDS = SPEECH_LEVEL - 20
"""The RMS of a tone's loudest 20 ms, in dBFS, where it may sound while somebody speaks ..."""
ALONE = SPEECH_LEVEL - 10
"""... and where it does not."""


@dataclass(frozen=True)
class Note:
    """One note of a tone."""

    at: float
    """Seconds from the tone's start."""
    hertz: float
    ring: float
    """Seconds until it has died away to a thousandth."""
    glide: float = 1.0
    """Its frequency at the end over that at the start."""


TONES: dict[Earcon, tuple[Note, ...]] = {
    "heard": (Note(0, 880, 0.10), Note(0.06, 1319, 0.16)),
    "not_understood": (Note(0, 392, 0.20), Note(0.13, 330, 0.30)),
    "paused": (Note(0, 784, 0.18), Note(0.12, 523, 0.30)),
    "resumed": (Note(0, 523, 0.18), Note(0.12, 784, 0.30)),
    "tick": (Note(0, 1568, 0.05),),
    "tock": (Note(0, 988, 0.05),),
    "count": (Note(0, 1175, 0.12), Note(0, 1760, 0.08)),
    "count_in": (Note(0, 698, 0.15),),
    "swap": (Note(0, 587, 0.12), Note(0.09, 880, 0.12), Note(0.18, 587, 0.20)),
    "rest": (Note(0, 392, 0.80), Note(0.02, 587, 0.80)),
    "done": (Note(0, 523, 0.20), Note(0.12, 659, 0.20), Note(0.24, 784, 0.20), Note(0.36, 1047, 0.50)),
    "question": (Note(0, 494, 0.30, glide=1.5),),
    "here": (Note(0, 330, 0.12),),
}


def level_of(name: Earcon) -> float:
    """The RMS of its loudest 20 ms, in dBFS."""
    return UNDER_WORDS if name in ("tick", "tock") else ALONE


_ATTACK = 0.004
_PARTIALS = ((1, 1.0), (2, 0.25), (3, 0.1))  # a wooden bar rather than a beep; each dies faster than the one below


@cache
def tone(name: Earcon, rate: int) -> Clip:
    """The earcon at `rate` samples a second."""
    notes = TONES[name]
    samples = np.zeros(int(max(note.at + note.ring for note in notes) * rate) + 1, np.float64)
    for note in notes:
        sound = _note(note, rate)
        start = int(note.at * rate)
        samples[start : start + len(sound)] += sound
    frame = int(0.02 * rate)
    power = np.convolve(np.square(samples), np.full(frame, 1 / frame), mode="full").max()
    return Clip((samples * (gain_of(level_of(name)) / np.sqrt(power))).astype(np.float32), rate)


def _note(note: Note, rate: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    t = np.arange(int(note.ring * rate)) / rate
    cycles = note.hertz * (t + (note.glide - 1) * t**2 / (2 * note.ring))
    decay = 6.9 / note.ring  # ln 1000
    sound = sum(level * np.exp(-decay * n * t) * np.sin(2 * np.pi * n * cycles) for n, level in _PARTIALS)
    attack = np.minimum(1, t / _ATTACK)
    release = np.minimum(1, (note.ring - t) / _ATTACK)
    return np.asarray(sound * attack * release)
