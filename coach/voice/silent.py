"""A voice that cannot be heard: where nothing can speak, lines take their time and captions show them."""

from __future__ import annotations

import numpy as np

from coach.audio.clip import Clip
from coach.language.delivery import Pace


class SilentVoice:
    """Clips of silence, about as long as the line would take at `talk` or `count` words a minute."""

    def __init__(self, rate: int, *, talk: int = 175, count: int = 250) -> None:
        self.rate = rate
        self._seconds_a_word = {Pace.TALK: 60 / talk, Pace.COUNT: 60 / count}

    def tune(self, *, voice: str, talk: int, pitch: int) -> None:
        """Changes nothing: there is no voice."""
        self._seconds_a_word[Pace.TALK] = 60 / talk

    def clip(self, text: str, pace: Pace = Pace.TALK) -> Clip:
        """Silence as long as the line would take."""
        return Clip(np.zeros(round(self.seconds(text, pace) * self.rate), np.float32), self.rate)

    def seconds(self, text: str, pace: Pace = Pace.TALK) -> float:
        """How long the line would take."""
        return len(text.split()) * self._seconds_a_word[pace]

    def forget(self) -> None:
        """There is nothing to forget."""

    def prepare(self, lines: object) -> None:
        """There is nothing to prepare."""
