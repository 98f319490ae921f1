"""What the coach has said of late, by the clock of the sound that came out."""

from __future__ import annotations

import re
from collections import deque

_KEPT = 20.0
"""Seconds: the longest utterance, and the latest echo before it."""
_WORDS = re.compile(r"\w+(?:['’]\w+)*")


class SpokenLines:
    """Give it what is being said, block by block."""

    def __init__(self) -> None:
        self._said: deque[tuple[float, float, str]] = deque()
        """When each began and ended, and its words; the last may go on."""
        self._going_on = False

    def say(self, text: str | None, at: float) -> None:
        """The line that sounds from this time on; None for silence."""
        text = " ".join(_WORDS.findall((text or "").lower()))
        if text and self._going_on and self._said[-1][2] == text:
            return
        if self._going_on:
            begun, _, before = self._said.pop()
            self._said.append((begun, at, before))
        self._going_on = bool(text)
        if text:
            self._said.append((at, float("inf"), text))
        while self._said and self._said[0][1] < at - _KEPT:
            self._said.popleft()

    def at(self, time: float) -> bool:
        """Whether a line is being said at that moment."""
        return any(begun <= time < ended for begun, ended, _ in self._said)

    def since(self, time: float) -> str:
        """The words of the lines that had not ended by then."""
        return " ".join(text for _, ended, text in self._said if ended > time)
