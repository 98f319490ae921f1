"""Before anything is understood: the coach taken out of the microphone, in three ways.

The linear canceller's output has the athlete whole, and is what is decoded. AEC3's, of the microphone and of that,
has as little of the coach as can be, and tells whether the athlete speaks. Nothing of it works while the loudspeaker
is still.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.cancel.cancellers import FRAME, LinearCanceller, detector
from coach.ear.cancel.drift import Reference
from coach.ear.cancel.residue import Residue

_FRESH = round(2.0 * EAR_RATE / FRAME)
"""Frames for which a new AEC3 has not found the echo yet: until then only the linear canceller tells."""


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
        self.residue = Residue()
        """How far what the linear canceller leaves stands above what it usually leaves of the coach."""
        self._reference, self._linear = Reference(), LinearCanceller()
        self._detector, self._second = detector(), detector()
        self._fresh_for = 0

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
