"""What was heard of late that was no command: how much talk there is around the athlete, and how loud the room is."""

from __future__ import annotations

from collections import deque
from statistics import median

import numpy as np

LASTS = 15.0
"""Seconds for which something said counts."""
STAYS = 3
"""So many things said in that time are talk still, once there was talk: with a pause it does not end."""
FEW = 2
"""Sounds tell how loud the room is from so many on."""
_NEVER = -60.0


class Surroundings:
    """All times are seconds on one clock, which does not run backwards. From `enough` things said on it is talk."""

    def __init__(self, enough: float) -> None:
        self._enough = enough
        self.speech_ended = _NEVER
        """When somebody last said anything that was no command."""
        self.talk_ended = _NEVER
        """The same for several words."""
        self._said: deque[tuple[float, float]] = deque()
        self._sounds: deque[tuple[float, float]] = deque()
        self._talk = False

    def sounded(self, end: float, power: float) -> None:
        """Something with this mean square opened the ear, and had no known words in it."""
        self._sounds.append((end, power))

    def spoke(self, end: float, power: float, words: int) -> None:
        """Somebody said so many words that were no command, with this mean square."""
        self.talks(end)  # a silence before this has ended the talk, whether anybody asked or not
        self.speech_ended = end
        if words > 1:
            self.talk_ended = end
        self._said.append((end, power))

    def talks(self, now: float) -> bool:
        """Whether so much was said in the last LASTS seconds that there is talk in the room, most of it not for the
        coach."""
        _forget(self._said, now - LASTS)
        self._talk = len(self._said) >= (min(STAYS, self._enough) if self._talk else self._enough)
        return self._talk

    def louder(self, power: float) -> float:
        """How many dB a mean square lies over that of the things last counted; 60 if there were none."""
        return _decibels_over(self._said, power)

    def over_room(self, now: float, power: float) -> float:
        """How many dB it lies over that of the sounds without known words of the last LASTS seconds; 60 if there were
        fewer than FEW."""
        _forget(self._sounds, now - LASTS)
        return _decibels_over(self._sounds, power) if len(self._sounds) >= FEW else 60.0


def _forget(heard: deque[tuple[float, float]], before: float) -> None:
    while heard and heard[0][0] < before:
        heard.popleft()


def _decibels_over(heard: deque[tuple[float, float]], power: float) -> float:
    usual = median(power for _, power in heard) if heard else 0.0
    return float(10 * np.log10(power / usual)) if power and usual else 60.0
