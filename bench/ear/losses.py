"""A simulated room on a machine that is too busy: sound is lost, and comes late, at random, and nobody is told."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from coach.audio.clip import EAR_RATE, Samples
from coach.audio.simulated import Room

_SECONDS = (0.02, 0.5)
"""How much at once, the least and the most."""
_CATCHES_UP = 2.0
"""Seconds after which a sound server plays what is late no more."""


class LosingRoom(Room):
    """Every `every` seconds, on average, the microphone loses sound, or the loudspeaker's server falls behind."""

    def __init__(self, *arguments: Any, every: float, seed: int = 0, **how: Any) -> None:
        super().__init__(*arguments, seed=seed, **how)
        self._every, self._chance = every, random.Random(seed)
        self._next, self._steps = 5.0, 0
        self._losing = self._late = 0
        """Samples that are still to be lost, and by how many the loudspeaker is late."""
        self._waiting = np.zeros(0, np.float32)
        self._catches_up = 0.0

    def _air(self, played: Samples) -> Samples:
        air = super()._air(played)
        self._steps += 1
        now = self._steps * len(played) / EAR_RATE
        if now > self._next:
            self._next = now + self._chance.expovariate(1 / self._every)
            samples = round(self._chance.uniform(*_SECONDS) * EAR_RATE)
            if self._chance.random() < 0.5:
                self._losing += samples
            else:
                self._waiting = np.concatenate((np.zeros(samples, np.float32), self._waiting))
                self._late, self._catches_up = self._late + samples, now + _CATCHES_UP
        if self._late and now > self._catches_up:
            self._waiting, self._late = self._waiting[self._late :], 0
        lost = min(self._losing, len(air))
        self._losing -= lost
        return air[lost:]

    def _distorted(self, played: Samples) -> Samples:
        self._waiting = np.concatenate((self._waiting, super()._distorted(played)))
        now, self._waiting = self._waiting[: len(played)], self._waiting[len(played) :]
        return np.pad(now, (0, len(played) - len(now)))
