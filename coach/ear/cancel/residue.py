"""What the linear canceller leaves of the coach, band by band, and how far what is left stands out above that.

A hiss is left at a tenth of its power where a vowel is left at a hundredth, so one level for the whole spectrum is
either deaf or opens at the coach's every "six". AEC3 takes most of an athlete with an echo much louder than they are;
this does not take, it only compares. In half an hour of simulated rooms, the echo up to 12 dB above the athlete, the
coach alone never rose above 7.9 dB, and 97 in 100 spoken commands did above 9.
"""

from __future__ import annotations

from collections import deque
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.cancel.cancellers import FRAME

_EDGES = (150, 300, 450, 650, 900, 1200, 1600, 2100, 2800, 3600, 4600, 6000, 7600)
"""Hz; about as wide as the ear's own bands, but for the lowest."""
_FIRST_GUESS = -15.0
"""dB under the echo, before anything was heard of it."""
_KNOWN = 150
"""Frames of coach speech (3 s) until it is known what is left of it."""
_FLOOR = 10**-6.6
"""Mean square, spread evenly over the spectrum, below which nothing stands out: the least noise of any microphone."""
_LINGERS = 0.7
"""The share of the echo's power that still counts a frame later."""
_AVERAGED = 5
"""Frames over which it has to stand out: 0.1 s, so that the edge of a word does not."""
_MOST = 20.0
"""dB: more in one band says nothing more."""

Bands = NDArray[np.floating]


class Residue:
    """Follows what is left and the echo that was predicted. `step` is called once for every FRAME samples."""

    def __init__(self) -> None:
        hertz = np.arange(FRAME // 2 + 1) * EAR_RATE / FRAME
        within = [(hertz >= low) & (hertz < high) for low, high in pairwise(_EDGES)]
        self._window = np.hanning(FRAME).astype(np.float32)
        scale = FRAME * float((self._window**2).mean())
        self._weights = np.array([band / (band.sum() * scale) for band in within], np.float32).T
        self._half = np.zeros((2, FRAME // 2), np.float32)
        bands = len(within)
        self._ratio = np.full(bands, _FIRST_GUESS)
        self._frames = 0
        self._echo = np.zeros(bands)
        self._smooth: Bands = np.zeros(bands)
        self._least: Bands = np.full(bands, np.inf)
        self._minima: deque[Bands] = deque(maxlen=15)
        self._excess: deque[float] = deque(maxlen=_AVERAGED)
        self._turn = 0
        self.over_coach = _MOST
        """dB by which the last frame stands above what is left of the coach alone, the room's noise or not."""

    @property
    def known(self) -> bool:
        """Whether the coach was heard for long enough to tell what is left of it."""
        return self._frames >= _KNOWN

    @property
    def excess(self) -> float:
        """dB by which what is left stands above what is left of the coach and the room's noise, the mean over the bands
        and the last tenth of a second; 0 until both are known."""
        return sum(self._excess) / _AVERAGED if self.known else 0.0

    def step(self, left: Samples, echo: Samples, *, words: bool, heard: bool) -> None:
        """The linear canceller's output and the echo it predicted; whether what is played is words; whether anything
        played can still be heard."""
        left_power, echo_power = self._powers(left, echo)
        self._follow_noise(left_power)
        self._echo = np.maximum(echo_power, _LINGERS * self._echo)
        if not heard:
            self._excess.append(0.0)
            self.over_coach = _MOST
            return
        noise = np.maximum(2 * np.min([*self._minima, self._least], axis=0), _FLOOR)
        expected = 10 ** (self._ratio / 10) * self._echo
        self._excess.append(_above(left_power, expected + noise))
        self.over_coach = _above(left_power, expected + _FLOOR)
        if words and self._echo.mean() > _FLOOR:
            # In dB, so that an athlete who speaks now and then counts for little. Tones leave less than words do.
            self._frames += 1
            pace = np.where(self._echo > noise, max(0.006, 1 / (10 + self._frames)), 0.0)
            of_coach = np.maximum(left_power - noise, 0.1 * noise)
            self._ratio += pace * (10 * np.log10(of_coach / (self._echo + 1e-12)) - self._ratio)

    def _powers(self, *sounds: Samples) -> Bands:
        """Mean squares by band, each over the frame and the half before it, as if it filled the spectrum."""
        whole = np.concatenate((self._half, np.stack(sounds)), axis=1)
        self._half = whole[:, -FRAME // 2 :]
        spectra = np.fft.rfft(whole[:, :FRAME] * self._window)
        return (spectra.real**2 + spectra.imag**2) @ self._weights + 1e-12

    def _follow_noise(self, left: Bands) -> None:
        """The quietest of the last three seconds."""
        self._smooth = 0.7 * self._smooth + 0.3 * left if self._turn else left
        self._least = np.minimum(self._least, self._smooth)
        self._turn += 1
        if self._turn % 10 == 0:
            self._minima.append(self._least)
            self._least = self._smooth


def _above(power: Bands, expected: Bands) -> float:
    """dB by which one stands above the other, the mean over the bands; where it does not, 0."""
    return float(np.clip(10 * np.log10(power / expected), 0, _MOST).mean())
