"""How well a room suits the coach: its noise, the athlete's voice, and how loud and late the coach comes back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.audio.clip import EAR_RATE, Heard, Samples

KEPT = 20.0
"""Seconds that are looked at: the last."""
_FRAME = EAR_RATE // 50
_LONGEST = 0.6
"""Seconds by which an echo may be late."""
_SILENT = 1e-4
"""Nothing that can be heard was played in a frame whose loudest sample is below it."""


@dataclass(frozen=True)
class SoundCheck:
    """Levels are root mean squares in dBFS."""

    noise: float
    voice: float | None
    """The loudest that was heard while the coach was silent; None where that was no louder than the rest."""
    echo: float | None
    """The coach, as it comes back; None where it does not."""
    delay: float
    """Seconds until it comes back."""


class Probe:
    """Given what is heard, block by block; `result` looks at the last of it."""

    def __init__(self) -> None:
        self._mic: list[Samples] = []
        self._played: list[Samples] = []
        self._length = 0

    def __call__(self, heard: Heard) -> None:
        """Take note of a block."""
        self._mic.append(heard.mic)
        self._played.append(heard.played)
        self._length += len(heard.mic)
        while self._length > KEPT * EAR_RATE:
            self._length -= len(self._mic.pop(0))
            self._played.pop(0)

    def result(self) -> SoundCheck | None:
        """What was measured; None where there was too little to tell."""
        if self._length < 2 * EAR_RATE:
            return None
        mic, played = np.concatenate(self._mic), np.concatenate(self._played)
        mic_levels, coach = _levels(mic), _peaks(played) > _SILENT
        # The echo of the last word is still there for a while after it.
        near = np.convolve(coach, np.ones(round(0.7 * EAR_RATE / _FRAME)))[: len(coach)] > 0
        alone = mic_levels[~near]
        if not len(alone):
            return None
        noise, loud = float(np.percentile(alone, 20)), float(np.percentile(alone, 97))
        echo, delay = _echo(mic, played, noise)
        return SoundCheck(_db(noise), _db(loud) if loud > 3 * noise else None, echo, delay)


def _echo(mic: Samples, played: Samples, noise: float) -> tuple[float | None, float]:
    """The level of what was played, as it comes back, and by how many seconds late."""
    if not np.abs(played).max(initial=0.0) > _SILENT:
        return None, 0.0
    size = 1 << (2 * len(mic)).bit_length()
    spectrum = np.fft.rfft(mic, size) * np.conj(np.fft.rfft(played, size))
    match = np.fft.irfft(spectrum / np.maximum(np.abs(spectrum), 1e-9), size)[: round(_LONGEST * EAR_RATE)]
    delay = int(np.argmax(match))
    if match[delay] < 8 * np.std(match):
        return None, 0.0
    late = np.concatenate((np.zeros(delay, np.float32), played))[: len(mic)]
    sounding = _peaks(late) > _SILENT
    level = float(np.sqrt(np.mean(_levels(mic)[sounding] ** 2))) if sounding.any() else noise
    return _db(level), delay / EAR_RATE


def _levels(sound: Samples) -> Samples:
    frames = sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME)
    return np.asarray(np.sqrt(np.mean(frames**2, axis=1)), np.float32)


def _peaks(sound: Samples) -> Samples:
    return np.asarray(np.abs(sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME)).max(axis=1), np.float32)


def _db(level: float) -> float:
    return 20 * float(np.log10(max(level, 1e-6)))
