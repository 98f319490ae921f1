"""A microphone that brings nothing new: muted, unplugged behind the server's back, a dummy, or a driver that hangs."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from coach.audio.clip import Samples


class Sameness:
    """Follows a signal: is there anything new in it, or one value again and again, or one stretch of up to a second?

    What hangs mostly repeats the last buffer it was given. No two stretches of a live microphone are the same.
    """

    _LONGEST = 1.0
    """Seconds that a stretch may last which is repeated."""
    _LEAST = 0.5
    """Seconds that have to be the same before it counts as one, and two rounds of it; also, between two searches."""
    _ENOUGH = 64
    """Samples in a row that are seldom the same by chance."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._lately: deque[Samples] = deque()
        self._kept = 0
        """Samples in them."""
        self._period = 0
        """After how many samples it repeats; 0: after none that is known."""
        self._searched = self._new_for = 0.0
        """Seconds since the last search, and without anything that was the same."""
        self._stretch = False
        """What was the same last was no single value."""

    @property
    def repeats(self) -> bool:
        """It brings one stretch again and again, no single value."""
        return self._stretch and not self._new_for

    def is_new(self, heard: Samples, rate: int) -> bool:
        """Whether these samples, the next of the signal, bring anything new."""
        if not len(heard):
            return False
        constant = bool(np.all(heard == (heard[0] if self._last is None else self._last)))
        self._last = float(heard[-1])
        self._keep(heard, round(3 * self._LONGEST * rate))
        repeats = not constant and self._repeats(heard, rate)
        if constant or repeats:
            self._stretch, self._new_for = repeats, 0.0
            return False
        self._new_for += len(heard) / rate
        return True

    def is_back(self, heard: Samples, rate: int) -> bool:
        """Whether one that was the same for too long is certain to be alive, after these samples. Another stretch may
        be repeated now, which tells only in its third round."""
        new = self.is_new(heard, rate)
        return new and (not self._stretch or self._new_for > 3 * self._LONGEST + self._LEAST)

    def _keep(self, heard: Samples, most: int) -> None:
        self._lately.append(heard)
        self._kept += len(heard)
        while self._kept - len(self._lately[0]) >= most:
            self._kept -= len(self._lately.popleft())

    def _repeats(self, heard: Samples, rate: int) -> bool:
        if self._period:
            lately = np.concatenate(self._lately)
            before = lately[: len(lately) - self._period][-len(heard) :]
            if np.array_equal(before, heard):
                return True
            self._period = 0
        self._searched += len(heard) / rate
        if self._searched >= self._LEAST:
            self._searched = 0.0
            self._period = self._found(round(self._LEAST * rate))
        return self._period > 0

    def _found(self, least: int) -> int:
        """How many samples ago the last ones were heard before; 0 where they were not."""
        lately = np.concatenate(self._lately)
        ends = np.arange(self._ENOUGH - 1, len(lately) - 1)
        for back in range(self._ENOUGH):
            ends = ends[lately[ends - back] == lately[-1 - back]]
            if not len(ends):
                return 0
        period = len(lately) - 1 - int(ends[-1])
        same = max(2 * period, least)
        return period if np.array_equal(lately[-same:], lately[-same - period : -period]) else 0


class Stillness:
    """Watches for a microphone whose signal never changes.

    What no silence is, and is the same for ever, is certain. Exact silence alone is no proof, for some systems suppress
    noise and bring it between words; that the coach speaks and nothing moves the microphone is. Not where it has
    brought sound before, but mostly none of the coach's: then a gate lets through what is near, and the coach is not.
    One that was told before, and came back, may be such a gate too: only where it has followed the coach since does its
    silence prove anything again.
    """

    _SECONDS, _PLAYED = 10.0, 3.0
    """Seconds without a change, and seconds of coach in them: a first line may be late and soft."""
    _USED_SECONDS, _USED_PLAYED = 5.0, 1.5
    """The same for a microphone that the coach has always moved: four counts of a set."""
    _LATE = 0.3
    """Seconds by which the coach may come late, in a room that is silent but for it."""
    _TICKING = 2.0
    """Seconds after the coach's last tick in which it may come back."""
    _AUDIBLE = 0.01
    _CARRIED = 0.3
    """Seconds of sound that are more than a click of a switch."""

    def __init__(self, *, told: bool = False) -> None:
        """`told`: a microphone that brought nothing new has been told before."""
        self._told = told
        self.sameness = Sameness()
        self.silent = True
        """What is the same is silence."""
        self._coach = Sameness()
        self._ticked = math.inf
        """Seconds since the coach brought the same stretch once more, ticks on a beat."""
        self._still = 0.0
        self._played = 0.0
        self._carried = 0.0
        """Seconds that were not still, ..."""
        self._moved = self._unmoved = 0.0
        """... and seconds of coach that were not, and that were."""

    def proven(self, heard: Samples, rate: int, played: Samples, seconds: float) -> bool:
        """Whether it is certain by now, after `heard`, while a block of so many seconds was played."""
        moved = self.sameness.is_new(heard, rate)
        self._coach.is_new(played, round(len(played) / seconds))
        self._ticked = 0.0 if len(played) and self._coach.repeats else self._ticked + seconds
        if moved:
            self._carried += len(heard) / rate
            self._unmoved += max(0.0, self._played - self._LATE)
            self._still = self._played = 0.0
        elif self.sameness.repeats and self._ticked < self._TICKING:
            self._still = 0.0  # ticks come back, with no room in between that would make each another one
        elif len(heard):
            self._still += len(heard) / rate
            self.silent = not np.any(heard)
        if np.max(np.abs(played), initial=0.0) > self._AUDIBLE:
            if moved:
                self._moved += seconds
            else:
                self._played += seconds
        return self._still_for_too_long()

    def _still_for_too_long(self) -> bool:
        if not self.silent:
            return self._still > self._SECONDS
        if self._carried < self._CARRIED:
            return not self._told and self._still > self._SECONDS and self._played > self._PLAYED
        follows = self._moved > 1.0 and self._moved > 3 * self._unmoved
        return follows and self._still > self._USED_SECONDS and self._played > self._USED_PLAYED
