"""Rooms, loudspeakers and noises, made from seeds: nothing here is a recording."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
Sound = NDArray[np.float32]


def room_response(rng: np.random.Generator, delay: float, reverberation: float, direct: float = 1.0) -> Sound:
    """Direct sound after `delay` seconds, early reflections, a tail that falls by 60 dB in `reverberation` seconds.

    `direct` is the direct sound's amplitude relative to the tail's: near 1 at half a metre, 0.3 across a room.
    Energy is 1.
    """
    start = int(delay * RATE)
    length = start + max(int(reverberation * RATE), 32)
    response = np.zeros(length)
    if reverberation > 0:
        t = np.arange(length - start) / RATE
        tail = rng.standard_normal(length - start) * 10 ** (-3 * t / reverberation)
        tail[: int(0.003 * RATE)] = 0
        tail /= np.sqrt((tail**2).sum())
        response[start:] += tail * (1 - direct)
        for _ in range(5):
            response[start + int(rng.uniform(0.002, 0.03) * RATE)] += rng.uniform(-0.4, 0.4) * (1 - direct)
    response[start] += direct
    return np.asarray(response / np.sqrt((response**2).sum()), np.float32)


def convolve(sound: Sound, response: Sound) -> Sound:
    n = len(sound) + len(response) - 1
    size = 1 << (n - 1).bit_length()
    return np.asarray(np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size))[: len(sound)], np.float32)


def distort(sound: Sound, amount: float = 0.15) -> Sound:
    """A small loudspeaker driven hard: odd and even harmonics."""
    return np.asarray(np.tanh(sound * (1 + 4 * amount)) / (1 + 4 * amount) + 0.2 * amount * sound**2, np.float32)


def drifted(sound: Sound, ppm: float) -> Sound:
    """As taken by a clock that runs `ppm` millionths fast: linear interpolation between eightfold samples."""
    if not ppm:
        return sound
    import soxr

    fine = soxr.resample(sound, RATE, 8 * RATE)
    at = np.arange(len(sound)) * (1 - ppm * 1e-6) * 8
    return np.asarray(np.interp(at, np.arange(len(fine)), fine), np.float32)


def level(sound: Sound) -> float:
    """Root mean square of the parts that are not silent, so that pauses do not count."""
    loud = np.abs(sound) > 1e-4
    return float(np.sqrt((sound[loud].astype(np.float64) ** 2).mean())) if loud.any() else 0.0


def convolve_block(block: Sound, response: Sound) -> Sound:
    """A block's whole echo, its tail included."""
    n = len(block) + len(response) - 1
    size = 1 << (n - 1).bit_length()
    return np.asarray(np.fft.irfft(np.fft.rfft(block, size) * np.fft.rfft(response, size))[:n], np.float32)
