"""Before anything is understood: the coach taken out of the microphone, in three ways.

The linear canceller's output has the athlete whole, and is what is decoded. AEC3's, of the microphone and of that,
has as little of the coach as can be, and tells whether the athlete speaks. Nothing of it works while the loudspeaker
is still. They reach half a second back; where the echo comes later, what was played is held back for as long.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.cancel.cancellers import FRAME, LinearCanceller, detector
from coach.ear.cancel.delay import LONGEST, NEAR, EchoFinder
from coach.ear.cancel.drift import Reference
from coach.ear.cancel.residue import Residue

_FRESH = round(2.0 * EAR_RATE / FRAME)
"""Frames for which a new AEC3 has not found the echo yet: until then only the linear canceller tells."""
_REACH = round(0.4 * EAR_RATE)
"""Samples after what is played up to which the cancellers, 512 ms long, take out an echo with its reverberation."""
_LINGERS = 0.6
"""Seconds for which what was played is still heard after it has ended, where the delay is no longer than usual ..."""
_REVERBERATES = 0.3
"""... and after a longer delay."""
_EARLY = round(0.1 * EAR_RATE)
"""Samples before a late echo at which they begin."""


@dataclass(frozen=True)
class Cancelled:
    """A frame of each, FRAME samples."""

    played: Samples
    """By the microphone's clock."""
    left: Samples
    """The linear canceller's output."""
    residual: Samples
    """AEC3's, of the microphone ..."""
    second: Samples
    """... and of the linear canceller's output."""


class Front:
    """Give it every frame, in order."""

    def __init__(self) -> None:
        self.finder = EchoFinder()
        self._hold = 0
        """Frames for which what is played is held back, and those frames."""
        self._held: deque[tuple[Samples, bool]] = deque(maxlen=round(LONGEST * EAR_RATE / FRAME) + 1)
        self._begin()
        self._fresh_for = 0

    def _begin(self) -> None:
        self.residue = Residue()
        """How far what the linear canceller leaves stands above what it usually leaves of the coach."""
        self._reference, self._linear = Reference(), LinearCanceller()
        self._detector, self._second = detector(), detector()
        self._fresh_for = _FRESH

    @property
    def echo_known(self) -> bool:
        """What is left of the coach can be told: there is nothing, or the cancellers know the echo."""
        return self.no_echo or (self.residue.known and self.finder.settled)

    @property
    def no_echo(self) -> bool:
        """There is no way from the loudspeaker to the microphone."""
        return self.finder.absent and not self.residue.known

    @property
    def latest(self) -> float:
        """Seconds after what was played until it is no longer heard, by what is known."""
        if self.echo_known or self.finder.delay is not None:
            return max(_LINGERS, (self.finder.delay or 0) / EAR_RATE + _REVERBERATES)
        return LONGEST + _REVERBERATES

    def takes_out(self, delay: int) -> bool:
        """Whether the cancellers know the echo that comes after so many samples. One that a moved device brings at
        another delay is not known, within their reach or not, until they have learned it.
        """
        known = self.finder.delay
        within = self._hold * FRAME <= delay <= self._hold * FRAME + _REACH
        return self.residue.known and within and (known is None or abs(delay - known) <= NEAR)

    @property
    def detector(self) -> str:
        """What tells the athlete from the coach."""
        return self._detector.name

    @property
    def drift(self) -> float:
        """How much faster the microphone's clock runs than the loudspeaker's, in millionths; 0 while it is unknown."""
        return self._reference.drift

    def leap(self, samples: int) -> None:
        """A leap as in Heard."""
        if self._reference.leap(samples):
            self._linear.begin_with(self._reference.echo_path())

    def process(self, mic: Samples, played: Samples, *, words: bool) -> Cancelled:
        """FRAME samples of both; whether what is played is words."""
        if self.finder.feed(mic, played, words=words) and self.finder.delay is not None:
            self._reach(self.finder.delay)
        self._held.append((played, words))
        played, words = self._held[-1 - min(self._hold, len(self._held) - 1)]
        played, leapt = self._reference.retime(mic, played)
        if leapt:
            self._linear.begin_with(self._reference.echo_path())
        if self._reference.began:  # AEC3 takes a quarter of a minute to find an echo again, a new one a second
            self._detector, self._second = detector(), detector()
            self._fresh_for = _FRESH
        left, echo = self._linear.process(mic, played)
        self.residue.step(left, echo, words=words, heard=not self._linear.idle)
        residual = second = mic
        if not self._linear.idle:
            residual = self._detector.process(mic, played, left)
            second = self._second.process(left, played, left)
            if self._fresh_for:
                self._fresh_for -= 1
                residual = second = np.zeros_like(mic)
        return Cancelled(played, left, residual, second)

    def _reach(self, delay: int) -> None:
        """Begin anew where the echo comes before or after what the cancellers take out."""
        if not self._hold * FRAME <= delay <= self._hold * FRAME + _REACH:
            self._hold = max(0, delay - _EARLY) // FRAME if delay > _REACH else 0
            self._begin()
