"""How loud sound is, and bringing it to a level. Levels are dBFS: 0 is the RMS of a full-scale square wave."""

from __future__ import annotations

import numpy as np

from coach.audio.clip import Samples

SPEECH_LEVEL = -20.0
"""What every spoken clip is brought to, in dBFS while it speaks."""

PEAK = 0.89
"""No spoken sample is further from zero than this (-1 dBFS)."""

_FRAME = 0.02
_ABSOLUTE_GATE = 1e-7  # mean square: -70 dBFS
_RELATIVE_GATE = 0.1  # 10 dB under the mean of what passed the first, as in EBU R 128


def speech_level(samples: Samples, rate: int) -> float:
    """The level of the sounding parts of `samples`, pauses left out; -inf where nothing sounds."""
    frame = max(1, int(_FRAME * rate))
    whole = len(samples) // frame * frame
    power = np.square(samples[:whole], dtype=np.float64).reshape(-1, frame).mean(axis=1)
    if not whole:
        power = np.array([np.mean(np.square(samples, dtype=np.float64))]) if len(samples) else np.zeros(0)
    power = power[power > _ABSOLUTE_GATE]
    if not len(power):
        return float("-inf")
    return float(10 * np.log10(power[power >= _RELATIVE_GATE * power.mean()].mean()))


def levelled(samples: Samples, rate: int, level: float = SPEECH_LEVEL) -> Samples:
    """`samples` brought to `level`, or as near to it as keeps every peak within PEAK."""
    now = speech_level(samples, rate)
    if now == float("-inf"):
        return samples
    gain = min(gain_of(level - now), PEAK / float(np.max(np.abs(samples))))
    return (samples * np.float32(gain)).astype(np.float32, copy=False)


def gain_of(decibels: float) -> float:
    """The factor on samples that changes their level by so many decibels."""
    return float(10 ** (decibels / 20))
