"""Two clocks: a microphone and a loudspeaker of different devices disagree by up to a few hundred millionths.

A filter half a second long cannot follow an echo that moves by a sample and a half every second. So the echo path is
taken once a second while the coach speaks (cross-spectrum over power spectrum), each is laid over the average of the
earlier ones, and the shift at which they agree best is the echo's movement. A line through these shifts is the drift;
what was played is resampled to the microphone's clock with it. Where sound was lost on the way the echo leaps; then it
is looked for at every delay.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from coach.audio.clip import EAR_RATE, Samples

_SPAN = EAR_RATE
"""Samples of microphone from which one echo path is taken."""
_PATH = 8192
"""Samples of echo path."""
_FINE = 8
"""Shifts are looked for in steps of an eighth of a sample."""
_REACH = 12
"""Samples around the expected shift in which it is looked for ..."""
_KNOWN_REACH = 3
"""... and once there is a line: a short tone agrees with itself a period away as well."""
_CLEAR = 8.0
"""How far the best agreement stands above the average one, as a ratio of amplitudes, to be believed."""
_ALIKE = 3.0
"""How near two places, a second apart, have to be to count as one to which the echo has leapt, in samples."""
_LOUD = 1e-4
"""Mean square of what was played, below which its echo says too little."""


class DriftTracker:
    """Estimates how the echo moves, from the microphone and from what was played as it was played."""

    def __init__(self) -> None:
        self._mic = np.zeros(0, np.float32)
        self._played = np.zeros(_PATH, np.float32)
        self._taken = 0
        self._path: np.ndarray | None = None
        self._weight = 0
        self._shifts: deque[tuple[float, float]] = deque(maxlen=40)
        self._seen_at: float | None = None
        """How far from where it was expected the echo was last found, where that was too far to believe at once."""
        self.delay = 0
        """Samples from playing to hearing, as first found."""
        self.leapt = 0
        """Samples by which the last `feed` found the echo to come later, all of a sudden."""

    def feed(self, mic: Samples, played: Samples) -> bool:
        """A frame of each. Returns whether the estimate has changed."""
        self.leapt = 0
        self._mic = np.concatenate((self._mic, mic))
        self._played = np.concatenate((self._played, played))
        if len(self._mic) < _SPAN:
            return False
        mic, played = self._mic[:_SPAN], self._played[: _PATH + _SPAN]
        self._mic, self._played = self._mic[_SPAN:], self._played[_SPAN:]
        self._taken += _SPAN
        return float(np.dot(played, played)) / len(played) > _LOUD and self._follow(mic, played)

    def rest(self, samples: int) -> None:
        """So many samples in which there is nothing to hear of what was played, nor was in the second before."""
        self._taken += len(self._mic) + samples
        if len(self._mic):
            self._mic = np.zeros(0, np.float32)
            self._played = np.zeros(_PATH, np.float32)

    def leap(self, samples: int) -> None:
        """From here on the echo comes so many samples later, because as much silence that was played was left out."""
        self._move(samples)
        self._taken += len(self._mic)  # half with the one delay, half with the other
        self._mic = np.zeros(0, np.float32)
        self._played = np.concatenate((self._played, np.zeros(max(0, samples), np.float32)))[-_PATH:]

    @property
    def heard(self) -> int:
        """Samples of microphone fed, to which the line's positions refer."""
        return self._taken + len(self._mic)

    def response(self, shift: float) -> Samples:
        """The echo path as found so far, as an impulse response, moved `shift` samples later."""
        if self._path is None:
            return np.zeros(_PATH, np.float32)
        turn = np.exp(-2j * np.pi * np.arange(len(self._path)) / (2 * _PATH) * shift)
        return np.fft.irfft(self._path * turn)[:_PATH].astype(np.float32)

    @property
    def found(self) -> bool:
        """Whether there is an echo path."""
        return self._path is not None

    @property
    def known(self) -> bool:
        """Whether there is a line."""
        return len(self._shifts) >= 5

    def line(self) -> tuple[float, float]:
        """(samples by which the echo came later at the microphone's first sample, how much later a sample it comes)."""
        at, shifts = np.array(self._shifts).T
        slope, start = np.polyfit(at, shifts, 1)
        return float(start), float(slope)

    @property
    def shift(self) -> float:
        """Samples by which the echo comes later by now than when it was first found, by all that is known."""
        if self.known:
            start, slope = self.line()
            return start + slope * self.heard
        return self._shifts[-1][1] if self._shifts else 0.0

    def _move(self, samples: int) -> None:
        self._shifts = deque(((at, shift + samples) for at, shift in self._shifts), self._shifts.maxlen)
        self._seen_at = None

    def _follow(self, mic: Samples, played: Samples) -> bool:
        path = self._echo_path(mic, played)
        if self._path is None:
            self._path, self._weight = path, 1
            self.delay = int(np.argmax(np.abs(np.fft.irfft(path)[:_PATH])))
            self._shifts.append((self._taken, 0.0))
            return False
        expected = self.shift
        turn = 2j * np.pi * np.arange(len(path)) / (2 * _PATH)
        both = path * self._path.conj()
        both /= np.sqrt(np.abs(both)) + 1e-9
        agreement = np.fft.irfft(both * np.exp(turn * expected), 2 * _PATH * _FINE)
        reach = (_KNOWN_REACH if self.known else _REACH) * _FINE
        near = np.concatenate((agreement[-reach:], agreement[: reach + 1]))
        best = int(np.argmax(near))
        # An average that a leap went into agrees with both places, but much better with the one where the echo is now.
        least = max(_CLEAR * np.sqrt((agreement**2).mean()), 0.5 * agreement.max())
        if near[best] < least or best in (0, 2 * reach):
            self._look_everywhere(agreement, least)
            return False
        self._seen_at = None
        before, here, after = near[best - 1 : best + 2]
        shift = expected + (best + 0.5 * (before - after) / (before - 2 * here + after) - reach) / _FINE
        self._shifts.append((self._taken, shift))
        self._weight = min(self._weight + 1, 12)
        self._path += (path * np.exp(turn * shift) - self._path) / self._weight
        return self.known

    def _look_everywhere(self, agreement: np.ndarray, least: float) -> None:
        best = int(np.argmax(agreement))
        if agreement[best] < least:
            return
        seen_at = (best if best < len(agreement) // 2 else best - len(agreement)) / _FINE
        if self._seen_at is None or abs(seen_at - self._seen_at) > _ALIKE:
            self._seen_at = seen_at
        else:
            self.leapt = round(seen_at)
            self._move(self.leapt)

    @staticmethod
    def _echo_path(mic: Samples, played: Samples) -> np.ndarray:
        size = 2 * _SPAN
        heard, said = np.fft.rfft(mic, size), np.fft.rfft(played, size)
        power = said.real**2 + said.imag**2
        power = np.convolve(power, np.ones(33, power.dtype) / 33, "same")
        response = np.fft.irfft(heard * said.conj() / (power + 0.01 * power.mean() + 1e-12))
        # `played` begins _PATH samples before `mic`, so that lags from 0 on stand at its end.
        return np.fft.rfft(np.roll(response, _PATH)[:_PATH], 2 * _PATH)


class Reference:
    """What was played, by the microphone's clock."""

    _HISTORY = 4 * EAR_RATE
    _REST = 2 * EAR_RATE
    """Samples of silence after which there is nothing to do."""

    def __init__(self) -> None:
        self._tracker = DriftTracker()
        self._ring = np.zeros(self._HISTORY, np.float32)
        self._now = 0
        self._silent_for = self._REST
        self._following = False
        self._known = False
        self._shift = 0.0
        self._slope = 0.0
        self._lead = 0.0
        self.began = False
        """The last frame is the first that goes by the microphone's clock: its echo comes after another delay."""

    @property
    def drift(self) -> float:
        """How much faster the microphone's clock runs, in millionths, as far as it is made up for."""
        return 1e6 * self._slope

    def echo_path(self) -> Samples:
        """The impulse response from what `retime` returns to the microphone, as far as it is known."""
        return self._tracker.response(self._tracker.shift + self._shift)

    def leap(self, samples: int) -> bool:
        """A leap as in Heard; returns whether the echo's delay to what `retime` returns has leapt too."""
        silence = max(0, samples)
        self._ring[(self._now + np.arange(silence)) % self._HISTORY] = 0
        self._now += silence
        self._tracker.leap(samples)
        return not self._moved(samples) and self._tracker.found

    def retime(self, mic: Samples, played: Samples) -> tuple[Samples, bool]:
        """A frame of each; returns the frame that belongs to `mic`, and whether `echo_path` tells something new: it is
        found for the first time, or the echo's delay to that frame has leapt.
        """
        silent = not played.any()
        self._silent_for = self._silent_for + len(played) if silent else 0
        self._ring[(self._now + np.arange(len(played))) % self._HISTORY] = played
        self._now += len(played)
        resting = self._silent_for > self._REST
        leapt, following = False, self._following
        if resting:
            self._tracker.rest(len(played))
        else:
            leapt = self._tracker.feed(mic, played) and self._steer()
            if self._tracker.leapt:
                leapt = not self._moved(self._tracker.leapt)
        self.began = self._following and not following
        begin = self._shift
        if self._following:
            self._shift -= self._slope * len(played)
            self._shift += 0.02 * (-self._lead - self._tracker.shift - self._shift)
            self._shift = min(self._shift, float(-_HALF))
        if resting or not begin:
            return played, leapt
        shifts = np.linspace(begin, self._shift, len(played), endpoint=False)
        return _between(self._ring, self._now - len(played) + np.arange(len(played)) + shifts), leapt

    def _steer(self) -> bool:
        _, slope = self._tracker.line()
        if self._following:
            self._slope = slope
            return False
        first, self._known = not self._known, True
        if abs(slope) < _SAME_CLOCK:
            return first
        self._following, self._slope = True, slope
        shift = self._tracker.shift
        self._lead = max(self._tracker.delay - EAR_RATE // 100, _HALF - shift)
        self._shift = -self._lead - shift
        return True

    def _moved(self, samples: int) -> bool:
        """Read so many samples earlier; whether that was possible: what has not been played yet cannot be read."""
        wanted = self._shift - samples
        self._shift = min(wanted, -float(_HALF) if self._following else 0.0)
        if self._shift == wanted:
            return True
        self._lead = -self._shift - self._tracker.shift
        return False


_SAME_CLOCK = 2e-6
_PHASES, _HALF = 256, 16
_OFFSETS = np.arange(-_HALF + 1, _HALF + 1)
_DISTANCES = _OFFSETS[None, :] - np.arange(_PHASES + 1)[:, None] / _PHASES
_KERNEL = (np.sinc(_DISTANCES) * np.cos(np.pi / 2 * _DISTANCES / (_HALF + 1)) ** 2).astype(np.float32)


def _between(ring: Samples, positions: np.ndarray) -> Samples:
    """A ring buffer's sound between its samples, by a windowed sinc."""
    whole = np.floor(positions).astype(int)
    phase = np.rint((positions - whole) * _PHASES).astype(int)
    sound: Samples = np.einsum("sk,sk->s", ring[(whole[:, None] + _OFFSETS) % len(ring)], _KERNEL[phase])
    return sound
