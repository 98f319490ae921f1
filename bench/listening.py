"""An ear that hears one sound after another, in faint noise, on a clock that goes on."""

from __future__ import annotations

import numpy as np

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.decision import Decision
from coach.ear.ear import Ear

_NOISE = 0.002
_BLOCK = EAR_RATE // 50


class Listening:
    """What an ear makes of sounds while nothing is played."""

    def __init__(self, ear: Ear) -> None:
        self._ear = ear
        self.now = 0.0
        """Seconds on the ear's clock."""
        self._dice = np.random.default_rng(0)

    def hear(self, sound: Samples) -> list[tuple[float, Decision]]:
        """Its decisions, and when each had been made."""
        sound = sound + _NOISE * self._dice.standard_normal(len(sound), np.float32)
        found: list[tuple[float, Decision]] = []
        for start in range(0, len(sound), _BLOCK):
            block = sound[start : start + _BLOCK]
            heard = self._ear.feed(block, np.zeros_like(block), self.now)
            self.now += len(block) / EAR_RATE
            found += [(self.now, each) for each in heard if isinstance(each, Decision)]
        return found

    def rest(self, seconds: float) -> list[tuple[float, Decision]]:
        """Nobody speaks."""
        return self.hear(np.zeros(round(seconds * EAR_RATE), np.float32))
