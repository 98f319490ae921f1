"""When somebody other than the coach begins to speak, and when they have stopped.

Levels are mean squares of 10 ms frames, smoothed. Somebody speaks when the level of what is left after echo
cancellation is well above both the noise of the room and what the canceller leaves of the coach.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coach.audio.clip import EAR_RATE, Samples

STEP = EAR_RATE // 100
"""Samples in a step of the endpointer: 10 ms."""
_LEARNING = 300
"""Steps of coach speech in which the echo is learnt quickly, and even while somebody seems to speak."""


def decibels(ratio: float) -> float:
    """A ratio of powers given in dB, as a factor."""
    return float(10 ** (ratio / 10))


@dataclass(frozen=True)
class Endpointing:
    """The endpointer's thresholds, in dB, and times, in seconds."""

    above_noise: float = 8.0
    """Over the quietest the room was of late."""
    below_echo: float = 22.0
    """Under the raw echo: AEC3 left the coach at least 25.7 dB under it."""
    second_below_echo: float = 11.5
    """The same where AEC3 comes after the linear canceller: the coach stayed 13 dB under the raw echo, and an athlete
    12 dB under it, of whom AEC3 alone leaves nothing, mostly rose above this."""
    converged: float = 14.0
    """dB that the linear canceller must take away for that to hold."""
    above_residue: float = 9.0
    """Excess of the linear canceller's output over what it usually leaves of the coach: see residue.py."""
    release: float = 4.0
    """The level at which speech ends lies so much lower than the one at which it begins."""
    quietest: float = -62.0
    """dBFS below which nothing is speech."""
    attack: int = 3
    """Steps above the threshold until it opens."""
    hangover: float = 0.30
    """Seconds below it until it closes, unless the recogniser knows better."""
    longest: float = 4.0
    """Seconds after which it closes whatever is heard."""


class Endpointer:
    """Follows levels and opens and closes. `step` is called once every STEP samples."""

    def __init__(self, rules: Endpointing = Endpointing()) -> None:
        self.rules = rules
        self.open = False
        self.quiet_for = 0.0
        """Seconds since the level was last above the closing threshold."""
        self.open_for = 0.0
        self._level = self._second = self._left = self._excess = 0.0
        self._smooth = 0.0
        self._above = 0
        self._caution = 0.0
        self._minima: deque[float] = deque(maxlen=15)
        self._least = float("inf")
        self._steps = 0
        # Until more is known the echo is taken to be as loud as what is played at a tenth of full scale.
        self._mic_power = self._played_power = self._left_power = 1e-3
        self._played_level = 0.0
        self._learned = 0

    @property
    def noise(self) -> float:
        """The quietest level of the last three seconds, a mean square; not known in the first fifth of a second."""
        return min(*self._minima, self._least) if self._minima else float("inf")

    @property
    def echo(self) -> float:
        """How loud the coach is in the microphone at present, a mean square, by what was heard and played of late."""
        return self._mic_power / self._played_power * self._played_level

    def _loud(self, lower: float = 0.0) -> bool:
        """Whether somebody speaks, by thresholds so many dB lower."""
        rules, echo, release = self.rules, self.echo * decibels(self._caution), decibels(-lower)
        still = max(self.noise * decibels(rules.above_noise), decibels(rules.quietest))
        if self._level > release * max(still, echo * decibels(-rules.below_echo)):
            return True
        converged = self._left_power < self._mic_power * decibels(-rules.converged)
        if converged and self._second > release * max(still, echo * decibels(-rules.second_below_echo)):
            return True
        # AEC3 takes away much of an athlete with a loud echo; what the linear canceller leaves has them whole.
        return self._left > release * still and self._excess > rules.above_residue - lower

    def raise_threshold(self) -> None:
        """The coach itself opened it: be more careful while it speaks, for about a minute of its speech."""
        self._caution = min(self._caution + 1.5, 8.0)

    def follow(self, sounds: Sequence[Samples], excess: float) -> None:
        """A frame, some steps long, of each of the five sounds that `step` takes."""
        for start in range(0, len(sounds[0]), STEP):
            mic, played, left, residual, second = (sound[start : start + STEP] for sound in sounds)
            self.step(mic, played, left, residual, second, excess)

    def step(
        self, mic: Samples, played: Samples, left: Samples, residual: Samples, second: Samples, excess: float = 0.0
    ) -> None:
        """10 ms of each: microphone, loudspeaker, the linear canceller's output, the two detectors'. `excess`: dB by
        which the canceller's output stands above what it leaves of the coach."""
        self._excess = excess
        left_power = _power(left)
        self._follow_echo(_power(mic), _power(played), left_power)
        self._follow_noise(left_power)
        self._level = 0.6 * self._level + 0.4 * _power(residual)
        self._second = 0.6 * self._second + 0.4 * _power(second)
        self._left = 0.6 * self._left + 0.4 * left_power
        if self.open:
            self.open_for += 0.01
            above = self._loud(self.rules.release)
            self.quiet_for = 0.0 if above else self.quiet_for + 0.01
        else:
            self._above = self._above + 1 if self._loud() else 0
            if self._above >= self.rules.attack:
                self.open, self.quiet_for, self.open_for = True, 0.0, 0.0

    def close(self) -> None:
        """The utterance is over."""
        self.open, self._above = False, 0

    def _follow_echo(self, mic: float, played: float, left: float) -> None:
        # Quick to rise, for the echo comes later than what is played, and slow to fall, for it lingers.
        self._played_level += (0.05 if played > self._played_level else 0.01) * (played - self._played_level)
        self._caution = max(self._caution - 0.0003, 0.0)
        learning = self._learned < _LEARNING
        if self._played_level > 1e-8 and (learning or not self.open):
            self._learned += 1
            pace = max(0.005, 1 / (20 + self._learned))
            # All fade together, so that their ratios are those of the last seconds of coach speech.
            self._left_power += pace * (left - self._left_power)
            self._mic_power += pace * (mic - self._mic_power)
            self._played_power += pace * (played - self._played_power)

    def _follow_noise(self, left: float) -> None:
        self._smooth = 0.8 * self._smooth + 0.2 * left if self._steps else left
        self._least = min(self._least, self._smooth)
        self._steps += 1
        if self._steps % 20 == 0:
            self._minima.append(self._least)
            self._least = self._smooth


def _power(sound: Samples) -> float:
    return float(np.dot(sound, sound)) / max(len(sound), 1)
