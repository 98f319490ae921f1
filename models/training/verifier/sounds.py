"""What happens to a recording before it teaches: cut, speed, equaliser, room, noise, level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import soxr
from clips import RATE, Sound

LENGTH, END = 2.4, 2.05
"""Seconds of a clip, and where in it the last word ends: 2 s of it end 0.05 to 0.35 s after the word."""
_STEP = RATE // 100
LOUD, LOUD_NOISE, SOFT_NOISE = 0.35, (-3.0, 8.0), (8.0, 40.0)
"""The share of noises that are loud, and by how many dB a voice lies above those and the others."""
Random = np.random.Generator


def power(x: Sound, over: int) -> Sound:
    """The mean square of each 10 ms, smoothed over so many."""
    n = len(x) // _STEP
    steps = (x[: n * _STEP].reshape(n, _STEP) ** 2).mean(axis=1) + 1e-12
    return np.asarray(np.convolve(steps, np.ones(over) / over, "same"), np.float32)


def bounds(x: Sound, drop: float = 28.0) -> tuple[int, int]:
    """Where the words around the loudest moment begin and end, in samples."""
    level = 10 * np.log10(power(x, 3))
    top = np.percentile(level, 98)
    speech = np.flatnonzero(level > max(top - drop, min(np.percentile(level, 10) + 8, top - 8)))
    if not len(speech):
        return 0, len(x)
    gaps = np.flatnonzero(np.diff(speech) >= 35)
    edges = [0, *(gaps + 1), len(speech)]
    at = int(np.searchsorted(speech, level.argmax()))
    first, last = next((a, b - 1) for a, b in pairwise(edges) if at < b)
    return max(0, speech[first] * _STEP - RATE // 50), min(len(x), speech[last] * _STEP + 3 * RATE // 100)


def piece_of_talk(x: Sound, r: Random) -> Sound:
    """A stretch of talk cut at two soft moments: what it says is mostly no word, by a voice of its own."""
    level = 10 * np.log10(power(x, 5))
    n, loud = len(level), np.flatnonzero(level > np.percentile(level, 95) - 14)
    middle = int(r.choice(loud))
    begin, end = max(0, middle - int(r.integers(8, 50))), min(n - 1, middle + int(r.integers(8, 50)))
    begin = _softest(level, begin - 12, min(middle, begin + 12))
    end = _softest(level, max(middle, end - 12), end + 12)
    return faded(x[begin * _STEP : (end + 1) * _STEP], RATE // 100)


def _softest(level: Sound, first: int, last: int) -> int:
    first, last = max(0, first), min(len(level), max(last, first + 1))
    return first + int(np.argmin(level[first:last])) if last > first else min(first, len(level) - 1)


def faded(x: Sound, n: int) -> Sound:
    y = x.copy()
    n = min(n, len(y) // 4)
    if n:
        y[:n] *= np.linspace(0, 1, n, dtype=np.float32)
        y[-n:] *= np.linspace(1, 0, n, dtype=np.float32)
    return y


def loudness(x: Sound) -> float:
    """The root mean square of the loudest 30 ms or so."""
    return float(np.sqrt(np.percentile(power(x, 3), 97))) + 1e-6


@dataclass(frozen=True)
class Noises:
    """What teaches it to hear through."""

    recorded: Sequence[Sound]
    """Four: a bike, a tap, a kitchen and the like."""
    made: Sequence[Sound]
    """Knocks, steps, breath, music and more, by ../noises.py."""
    talk: Sequence[Sound]
    """Other people, one at a time."""


def teach(x: Sound, begin: int, end: int, noises: Noises, r: Random) -> Sound:
    """The words between two samples, as they might reach the verifier."""
    if r.random() < 0.6:
        speed = r.uniform(0.87, 1.15)
        x = soxr.resample(x, RATE, RATE * speed, "LQ").astype(np.float32)
        begin, end = int(begin * speed), int(end * speed)
    if r.random() < 0.7:
        x = equalised(x, r)
    y = placed(x, begin, end + int(r.uniform(-0.05, 0.06) * RATE), r)
    y /= loudness(y)
    if r.random() < 0.45:
        y = in_a_room(y, r)
        y /= loudness(y)
    if r.random() < 0.8:
        n = noise(len(y), noises, r)
        above = r.uniform(*(LOUD_NOISE if r.random() < LOUD else SOFT_NOISE))
        y = y + n / (n.std() + 1e-9) * np.float32(10 ** (-above / 20))
        if r.random() < 0.5:  # the ear gives nothing from before the words
            y[: max(0, int(END * RATE) - (end - begin) - int(r.uniform(0.2, 0.6) * RATE))] *= 1e-4
    y = y * np.float32(10 ** ((-18 + r.normal(0, 4)) / 20))
    hiss = r.standard_normal(len(y)).astype(np.float32) * np.float32(10 ** (-r.uniform(70, 95) / 20))
    return np.asarray(np.clip(y + hiss, -1, 1), np.float32)


def placed(x: Sound, begin: int, end: int, r: Random) -> Sound:
    """In a clip of LENGTH, the words' end at END, silence where the recording has nothing."""
    length, at = int(LENGTH * RATE), int(END * RATE)
    first = max(0, begin - int(r.uniform(0.15, 0.5) * RATE))
    kept = faded(x[first : end + length - at], RATE // 40)
    start = at - (end - first)
    kept, start = kept[max(0, -start) :], max(0, start)
    y = np.zeros(length, np.float32)
    y[start : start + len(kept)] = kept[: length - start]
    return y


def equalised(x: Sound, r: Random) -> Sound:
    """Through another microphone, telephones among them."""
    spectrum = np.fft.rfft(x)
    hz = np.linspace(0, RATE / 2, len(spectrum))
    points = [0, 150, 400, 1000, 2000, 3500, 5500, 8000]
    gain = np.interp(hz, points, r.normal(0, 2.5, 8) + np.linspace(-1, 1, 8) * r.normal(0, 4))
    if r.random() < 0.15:
        gain -= np.clip((hz - r.uniform(3300, 6500)) / 300, 0, 1) * 45
    if r.random() < 0.3:
        lowest = r.uniform(80, 300)
        gain -= np.clip((lowest - hz) / lowest, 0, 1) * 25
    return np.asarray(np.fft.irfft(spectrum * 10 ** (gain / 20), len(x)), np.float32)


def in_a_room(x: Sound, r: Random) -> Sound:
    reverberation = r.uniform(0.12, 0.7)
    n = int(reverberation * RATE * 0.8)
    response = r.standard_normal(n) * np.exp(-6.9 * np.arange(n) / RATE / reverberation)
    response[: int(r.uniform(0.001, 0.006) * RATE)] = 0
    response *= np.sqrt(10 ** (-r.uniform(-2, 14) / 10) / np.sum(response**2))
    response[0] = 1
    size = len(x) + n
    return np.asarray(np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(response, size), size)[: len(x)], np.float32)


def noise(n: int, noises: Noises, r: Random) -> Sound:
    """Recorded, made, coloured, or other people's talk."""
    which = int(r.integers(0, 12))
    if which < len(noises.recorded):
        return _stretch(noises.recorded[which], n, r)
    if which < 8:
        return _stretch(noises.made[int(r.integers(len(noises.made)))], n, r)
    if which < 10:
        spectrum = np.fft.rfft(r.standard_normal(n))
        falling = np.maximum(np.arange(len(spectrum)), 1) ** r.uniform(0, 0.9)
        return np.asarray(np.fft.irfft(spectrum / falling, n), np.float32)
    talkers = [noises.talk[int(r.integers(len(noises.talk)))] for _ in range(int(r.integers(1, 5)))]
    mixed: Sound = sum((_stretch(talk / (talk.std() + 1e-6), n, r) for talk in talkers), np.zeros(n, np.float32))
    return mixed


def _stretch(x: Sound, n: int, r: Random) -> Sound:
    x = np.tile(x, n // len(x) + 1)
    start = int(r.integers(0, len(x) - n + 1))
    return x[start : start + n]


def knock(noises: Noises, r: Random) -> Sound:
    """A burst of some noise that dies away."""
    n = int(r.uniform(0.1, 1) * RATE)
    burst = noise(n, noises, r) / 3 * np.exp(-np.arange(n) / RATE / r.uniform(0.02, 0.6))
    return np.asarray(burst, np.float32)
