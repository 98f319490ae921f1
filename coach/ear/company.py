"""What was said of late that was no command: how much talk there is around the athlete, and how loud it is."""

from __future__ import annotations

from collections import deque
from statistics import median

import numpy as np

LASTS = 15.0
"""Seconds for which something said counts."""
_NEVER = -60.0


class Company:
    """All times are seconds on one clock, which does not run backwards."""

    def __init__(self) -> None:
        self.speech_ended = _NEVER
        """When somebody last said anything that was no command."""
        self.talk_ended = _NEVER
        """The same for several words."""
        self._said: deque[tuple[float, float]] = deque()

    def spoke(self, end: float, power: float, words: int) -> None:
        """Somebody said so many words that were no command, with this mean square."""
        self.speech_ended = end
        if words > 1:
            self.talk_ended = end
        self._said.append((end, power))

    def size(self, now: float) -> int:
        """How many things were said in the last LASTS seconds."""
        while self._said and self._said[0][0] < now - LASTS:
            self._said.popleft()
        return len(self._said)

    def louder(self, power: float) -> float:
        """How many dB a mean square lies over that of the things last counted; 60 if there were none."""
        usual = median(power for _, power in self._said) if self._said else 0.0
        return float(10 * np.log10(power / usual)) if power and usual else 60.0
