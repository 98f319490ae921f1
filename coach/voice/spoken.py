"""What a synthesiser wrote: read, and freed of the silence around it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np

from coach.audio.clip import Samples
from coach.audio.wav import header


def read(file: Path) -> tuple[Samples, int]:
    """A mono file's samples and rate; of the rate only the header knows. Raises CoachError."""
    if sys.platform == "darwin":  # writes AIFF
        converted = file.with_suffix(".converted.wav")
        subprocess.run(["afconvert", "-f", "WAVE", "-d", "LEI16", str(file), str(converted)], check=True)
        file = converted
    wav = header(file)
    return np.concatenate([np.zeros(0, np.float32), *wav.blocks()]), wav.rate


def trimmed(samples: Samples, rate: int) -> Samples:
    """Without the silence before and after, its ends faded over a few milliseconds so that they do not click."""
    loud = np.flatnonzero(np.abs(samples) > 0.003 * max(1e-9, float(np.max(np.abs(samples), initial=0))))
    if not len(loud) or np.max(np.abs(samples)) < 1e-3:
        return samples[:0]
    lead, tail = int(0.002 * rate), int(0.010 * rate)
    samples = samples[max(0, loud[0] - lead) : loud[-1] + 1 + tail].copy()
    samples[:lead] *= np.linspace(0, 1, lead, dtype=np.float32)
    samples[-tail:] *= np.linspace(1, 0, tail, dtype=np.float32)
    return samples
