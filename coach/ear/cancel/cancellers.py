"""The coach's own voice, taken out of what the microphone brought.

Two cancellers with two jobs. WebRTC's AEC3 suppresses whatever resembles the echo, and much of the athlete with it:
what is left says *whether* somebody else spoke, in noise better than anything else. The linear canceller subtracts what
a filter predicts and leaves the athlete whole: what is left is decoded, and where it stands above its usual it says the
same (residue.py). (Kalman filter in the frequency domain, after Enzner and Vary 2006 and, in partitions, Kuech,
Mabande and Enzner 2014.)

All sound is mono float32 at EAR_RATE, handled in frames of FRAME samples.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from coach.audio.clip import EAR_RATE, Samples

FRAME = 320
"""Samples the cancellers handle at a time: 20 ms."""
TAPS = 8192
"""Length of the echo path that is modelled: 512 ms, a loudspeaker's delay and the room's reverberation."""

_INAUDIBLE = 1e-5
_MEMORY = 0.9998
"""How much of the echo path a frame keeps: the room changes when somebody moves."""
_FIRST_GUESS = 0.5
"""Expected gain of the echo path before anything was heard of it."""


class Detector(Protocol):
    """What tells the athlete from the coach while the coach is heard."""

    name: str

    def process(self, mic: Samples, played: Samples, left: Samples) -> Samples:
        """One frame of each, `left` the linear canceller's; returns sound with as little of the coach as can be."""
        ...


class Aec3:
    """WebRTC's echo canceller, from livekit's wheel. Raises ImportError or OSError where there is none."""

    name = "WebRTC AEC3"
    _HALF = EAR_RATE // 100

    def __init__(self) -> None:
        from livekit.rtc import AudioFrame
        from livekit.rtc.apm import AudioProcessingModule

        self._frame = AudioFrame
        self._apm = AudioProcessingModule(echo_cancellation=True, high_pass_filter=True)

    def process(self, mic: Samples, played: Samples, left: Samples) -> Samples:
        """What is left of the microphone's frame for the detector."""
        out = np.empty_like(mic)
        for start in range(0, len(mic), self._HALF):
            part = slice(start, start + self._HALF)
            near = self._frame(_int16(mic[part]), EAR_RATE, 1, self._HALF)
            self._apm.process_reverse_stream(self._frame(_int16(played[part]), EAR_RATE, 1, self._HALF))
            self._apm.process_stream(near)
            out[part] = np.frombuffer(near.data, np.int16).astype(np.float32) / 32768
        return out


class Gate:
    """Where there is no AEC3: tells nothing while the coach is heard. What the linear canceller leaves has to
    (residue.py): in a quiet room it does so as well, in steady noise 12 dB under the athlete for 85 commands of 128
    instead of 121."""

    name = "gate"

    def process(self, mic: Samples, played: Samples, left: Samples) -> Samples:
        """What is left of the microphone's frame for the detector."""
        return np.zeros_like(mic)


def detector() -> Detector:
    """AEC3 where livekit's wheel is installed, a gate where it is not."""
    try:
        return Aec3()
    except (ImportError, OSError):
        return Gate()


def _int16(sound: Samples) -> bytes:
    return (np.clip(sound, -1, 1) * 32767).astype(np.int16).tobytes()


class LinearCanceller:
    """Predicts the echo of what was played and subtracts it."""

    def __init__(self, taps: int = TAPS, frame: int = FRAME) -> None:
        self.frame = frame
        parts = -(-taps // frame)
        bins = frame + 1
        self._path = np.zeros((parts, bins), np.complex64)
        self._spectra = np.zeros((parts, bins), np.complex64)
        fading = np.exp(-np.arange(parts, dtype=np.float32) / (parts / 4))
        self._doubt = np.repeat((_FIRST_GUESS * fading / fading.sum())[:, None], bins, axis=1).astype(np.float32)
        self._noise = np.full(bins, 1e-6 * frame, np.float32)
        self._last_played = np.zeros(frame, np.float32)
        self._quiet_frames = parts + 1
        self._turn = 0

    @property
    def idle(self) -> bool:
        """Nothing was played, for so long that its echo has died away."""
        return self._quiet_frames > len(self._path)

    def begin_with(self, response: Samples) -> None:
        """Start over from an echo path found elsewhere, one tap a sample, instead of from nothing."""
        parts, n = len(self._path), self.frame
        taps = np.zeros((parts, n), np.float32)
        taps.flat[: min(len(response), taps.size)] = response[: taps.size]
        self._path = np.fft.rfft(np.pad(taps, ((0, 0), (0, n))), axis=1).astype(np.complex64)
        power = (taps**2).sum(axis=1, keepdims=True)
        self._doubt = np.repeat(0.5 * power + 0.02 * power.mean(), n + 1, axis=1).astype(np.float32)

    def process(self, mic: Samples, played: Samples) -> tuple[Samples, Samples]:
        """One frame of each; returns what is left of `mic` and the echo that was predicted in it."""
        self._quiet_frames = 0 if float(np.abs(played).max()) > _INAUDIBLE else self._quiet_frames + 1
        if self.idle:
            return mic, np.zeros_like(mic)
        n = self.frame
        self._spectra[1:] = self._spectra[:-1]
        self._spectra[0] = np.fft.rfft(np.concatenate((self._last_played, played)))
        self._last_played = played.copy()
        echo = np.fft.irfft(np.einsum("pb,pb->b", self._path, self._spectra))[n:].astype(np.float32)
        left = mic - echo
        self._adapt(left)
        return left, echo

    def _adapt(self, left: Samples) -> None:
        n, spectra = self.frame, self._spectra
        error = np.fft.rfft(np.concatenate((np.zeros(n, np.float32), left))).astype(np.complex64)
        power = spectra.real**2 + spectra.imag**2
        self._noise += np.float32(0.1) * (error.real**2 + error.imag**2 - self._noise)
        uncertain = power * self._doubt
        gain = self._doubt / (0.5 * uncertain.sum(axis=0) + self._noise + 1e-9)
        step = gain * (error[None, :] * spectra.conj())
        # Half of the partitions, by turns, have their step confined to their own taps; it is as good and costs half.
        mended = slice(self._turn, None, 2)
        self._turn ^= 1
        taps = np.fft.irfft(step[mended], axis=1)
        taps[:, n:] = 0
        step[mended] = np.fft.rfft(taps, axis=1)
        self._path += step
        keep = np.float32(_MEMORY**2)
        path_power = self._path.real**2 + self._path.imag**2
        self._doubt = keep * (1 - 0.5 * gain * power) * self._doubt + (1 - keep) * path_power
