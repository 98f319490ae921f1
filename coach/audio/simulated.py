"""Ends of the loop that need no hardware: a simulated room, faster than real time, and a timer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coach.audio.clip import BLOCK_SECONDS, EAR_RATE, Heard, Samples
from coach.audio.loudness import SPEECH_LEVEL, gain_of, levelled
from coach.audio.pairing import Pairing, Resampler
from coach.audio.standstill import Standstill, clock
from coach.audio.wav import Recording

ATHLETE_LEVEL = -30.0
"""The athlete's speech as it reaches the microphone, in dBFS: low enough for an echo 12 dB louder not to clip."""

_STEP = round(BLOCK_SECONDS * EAR_RATE)
_NOTHING = np.zeros(0, np.float32)


@dataclass(frozen=True)
class Acoustics:
    """A room, and the loudspeaker and the microphone in it."""

    delay: float = 0.1
    """Seconds from handing sound to the loudspeaker until its echo comes in."""
    reverberation: float = 0.3
    """Seconds until sound has died away by 60 dB."""
    distortion: float = 0.0
    """Of the loudspeaker, 0 to 1."""
    drift: float = 0.0
    """Parts in a million by which the microphone's clock is fast."""


class Room:
    """A simulated loudspeaker and microphone in one room with a scripted athlete; a Duplex.

    Everything is decided by the arguments: the same room fed with the same sound brings the same sound.
    """

    hears = speaks = True
    missed = 0

    def __init__(
        self,
        rate: int = 48_000,
        *,
        athlete: Sequence[tuple[float, Samples]] = (),
        echo: float | None = None,
        noise: float | None = None,
        coach_level: float = SPEECH_LEVEL,
        acoustics: Acoustics = Acoustics(),
        seed: int = 0,
        recording: Recording | None = None,
    ) -> None:
        """`athlete`: what is said when, in seconds, at EAR_RATE; each is brought to ATHLETE_LEVEL.
        `echo`: how much louder than the athlete the coach's speech reaches the microphone, in dB; None: not at all.
        `noise`: how much quieter than the athlete a steady noise is, in dB; None: not there.
        `coach_level`: dBFS of the coach's speech as it is handed over, for which `echo` holds; `recording`: takes
        everything that is played.
        """
        self.rate = rate
        self.block = round(BLOCK_SECONDS * rate)
        self._recording = recording
        self._random = np.random.default_rng(seed)
        response = _response(acoustics.reverberation, np.random.default_rng(seed + 1))
        self._path = None
        if echo is not None:
            self._path = _Path(response * np.float32(gain_of(ATHLETE_LEVEL + echo - coach_level)), acoustics.delay)
        self._noise = None if noise is None else np.float32(gain_of(ATHLETE_LEVEL - noise))
        self._athlete = sorted(
            ((round(at * EAR_RATE), _in_room(said, response)) for at, said in athlete), key=lambda each: each[0]
        )
        self._distortion = 4 * acoustics.distortion
        self._to_ear = Resampler(rate, EAR_RATE)
        self._microphone = Resampler(EAR_RATE, EAR_RATE * (1 + acoustics.drift * 1e-6))
        self._pairing = Pairing()
        self._played = _NOTHING
        self._position = 0

    def exchange(self, samples: Samples) -> Heard:
        """As in Duplex, as fast as it is called."""
        if self._recording is not None:
            self._recording.write(samples)
        self._played = np.concatenate((self._played, self._to_ear(samples)))
        while len(self._played) >= _STEP:
            played, self._played = self._played[:_STEP], self._played[_STEP:]
            self._pairing.played(played)
            self._pairing.heard(self._microphone(self._air(played)))
        return self._pairing.take()

    def begin(self) -> bool:
        """As in Duplex; the athlete's times go on."""
        self._pairing = Pairing()
        return True

    def close(self) -> None:
        """As in Duplex."""

    def _air(self, played: Samples) -> Samples:
        """What reaches the microphone while `played` leaves the loudspeaker's queue."""
        start, end = self._position, self._position + _STEP
        self._position = end
        air = np.zeros(_STEP, np.float32)
        if self._path is not None:
            air += self._path(self._distorted(played))
        for at, said in self._athlete:
            if at >= end:
                break
            first, last = max(at, start), min(at + len(said), end)
            if first < last:
                air[first - start : last - start] += said[first - at : last - at]
        self._athlete = [(at, said) for at, said in self._athlete if at + len(said) > end]
        if self._noise is not None:
            air += self._noise * self._random.standard_normal(_STEP, np.float32)
        np.clip(air, -1, 1, out=air)
        return air

    def _distorted(self, played: Samples) -> Samples:
        if not self._distortion:
            return played
        return np.asarray(np.tanh(self._distortion * played) / self._distortion, np.float32)


class Timer:
    """No loudspeaker and no microphone: keeps time by the computer's clock, so that captions go on; a Duplex."""

    hears = speaks = False
    missed = 0

    def __init__(self, rate: int = 48_000) -> None:
        self.rate = rate
        self.block = round(BLOCK_SECONDS * rate)
        self._blocks = 0
        self._due = clock()
        self._standstill = Standstill()

    def exchange(self, samples: Samples) -> Heard:
        """As in Duplex, as fast as it is called."""
        at = self._blocks * self.block / self.rate
        self._blocks += 1
        self._due += self.block / self.rate
        late = clock() - self._due
        if late < 0:
            time.sleep(-late)
        elif late > 1:  # the computer was busy or asleep: nobody wants the past played back in a hurry
            self._due += late
        return Heard(_NOTHING, _NOTHING, at, away=self._standstill.seconds())

    def begin(self) -> bool:
        """As in Duplex."""
        self._blocks = 0
        self._standstill.begin()
        return False

    def close(self) -> None:
        """As in Duplex."""


class _Path:
    """From loudspeaker to microphone: convolution in partitions of one step, and a delay. Silence costs nothing."""

    def __init__(self, response: Samples, delay: float) -> None:
        parts = -(-len(response) // _STEP)
        padded = np.zeros((parts, 2 * _STEP), np.float32)
        padded[:, :_STEP] = np.pad(response, (0, parts * _STEP - len(response))).reshape(parts, _STEP)
        self._response = np.fft.rfft(padded).astype(np.complex64)
        self._spectra = np.zeros_like(self._response)
        self._previous = np.zeros(_STEP, np.float32)
        self._delayed = np.zeros(round(delay * EAR_RATE), np.float32)
        self._newest = 0
        self._silent = parts + 2

    def __call__(self, played: Samples) -> Samples:
        self._delayed = np.concatenate((self._delayed, self._convolved(played)))
        arrived, self._delayed = self._delayed[:_STEP], self._delayed[_STEP:]
        return arrived

    def _convolved(self, played: Samples) -> Samples:
        parts = len(self._response)
        self._silent = 0 if played.any() else self._silent + 1
        if self._silent > parts + 1:  # every partition holds silence
            return np.zeros(_STEP, np.float32)
        self._newest = (self._newest - 1) % parts
        self._spectra[self._newest] = np.fft.rfft(np.concatenate((self._previous, played)))
        self._previous = played
        first = parts - self._newest
        spectrum = np.einsum("pf,pf->f", self._spectra[self._newest :], self._response[:first])
        spectrum += np.einsum("pf,pf->f", self._spectra[: self._newest], self._response[first:])
        return np.fft.irfft(spectrum)[_STEP:].astype(np.float32)


def _response(reverberation: float, random: np.random.Generator) -> Samples:
    """A small room's answer to a click: direct sound and tail, of energy 1 together, half of it the direct sound's."""
    tail = random.standard_normal(max(1, round(0.8 * reverberation * EAR_RATE)), np.float32)
    tail *= np.exp(-6.9 * np.arange(len(tail)) / max(1, reverberation * EAR_RATE)).astype(np.float32)
    tail[: round(0.003 * EAR_RATE)] = 0
    energy = float(np.square(tail).sum())
    response = tail / np.float32(np.sqrt(energy)) if energy else tail
    response[0] = 1
    return (response / np.float32(np.sqrt(np.square(response).sum()))).astype(np.float32)


def _in_room(said: Samples, response: Samples) -> Samples:
    said = levelled(np.asarray(said, np.float32), EAR_RATE, ATHLETE_LEVEL)
    if not len(said):
        return said
    length = len(said) + len(response) - 1
    size = 1 << (length - 1).bit_length()
    return np.fft.irfft(np.fft.rfft(said, size) * np.fft.rfft(response, size), size)[:length].astype(np.float32)
