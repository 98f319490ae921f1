"""Noises to learn through: what workouts and the homes they happen in sound like, 8 s each."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
from common import RATE
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, lfilter

Samples = NDArray[Any]
LENGTH = 8 * RATE
_TIME = np.arange(LENGTH) / RATE


def room(r: random.Random) -> Samples:
    """A synthetic impulse response: direct sound, a few early echoes, a decaying noise tail."""
    g = np.random.default_rng(r.getrandbits(32))
    rt = r.uniform(0.08, 0.7)
    n = int(RATE * min(rt, 0.6))
    tail = g.standard_normal(n) * np.exp(-6.9 * np.arange(n) / (RATE * rt))
    b, a = butter(1, r.uniform(1500, 6000) / (RATE / 2))
    tail = lfilter(b, a, tail)
    tail[: int(0.004 * RATE)] = 0
    tail /= np.sqrt((tail**2).sum())
    h = np.zeros(n)
    h[0] = 1.0
    for _ in range(r.randint(2, 6)):
        h[min(r.randint(8, int(0.03 * RATE)), n - 1)] += r.uniform(-0.5, 0.5)
    return np.asarray((h + tail * 10 ** (-r.uniform(-3, 12) / 20)).astype(np.float32))


def coloured(r: random.Random, g: np.random.Generator) -> Samples:
    """White to brown, its level drifting slowly: fans, rain, traffic."""
    f = np.maximum(np.fft.rfftfreq(LENGTH, 1 / RATE), 30)
    x = np.fft.irfft(np.fft.rfft(g.standard_normal(LENGTH)) * f ** -r.uniform(0, 1.1), LENGTH)
    return x * (1 + r.uniform(0, 0.6) * np.sin(2 * np.pi * r.uniform(0.05, 0.6) * _TIME))


def hum(r: random.Random, g: np.random.Generator) -> Samples:
    """The mains, fans and motors."""
    f0 = r.choice([50, 60, r.uniform(80, 400)])
    tones = sum(np.sin(2 * np.pi * f0 * k * _TIME + r.uniform(0, 6)) / k ** r.uniform(0.3, 1.5) for k in range(1, 12))
    return np.asarray(tones + g.standard_normal(LENGTH) * r.uniform(0.02, 0.5))


def knocks(r: random.Random, g: np.random.Generator) -> Samples:
    """Knocks, clicks, dropped weights, a band that snaps back."""
    x = g.standard_normal(LENGTH) * 0.01
    for _ in range(r.randint(4, 25)):
        p, d = r.randint(0, LENGTH - 8001), r.uniform(0.004, 0.12)
        k = min(int(d * 6 * RATE), 8000)
        burst = g.standard_normal(k) * np.exp(-np.arange(k) / (d * RATE))
        if r.random() < 0.6:
            low, high = r.uniform(60, 900), r.uniform(1000, 6000)
            b, a = butter(2, [low / (RATE / 2), high / (RATE / 2)], "band")
            burst = lfilter(b, a, burst)
        x[p : p + k] += burst * r.uniform(0.2, 1.5)
    return x


def steps(r: random.Random, g: np.random.Generator) -> Samples:
    """Footfalls on a mat or a floor: dull thuds at an even pace, sometimes with a scuff."""
    x, every = g.standard_normal(LENGTH) * 0.01, r.uniform(0.25, 0.8)
    b, a = butter(2, r.uniform(90, 500) / (RATE / 2))
    scuff_b, scuff_a = butter(2, [r.uniform(800, 2000) / 8000, r.uniform(3000, 7000) / 8000], "band")
    at = r.uniform(0, every)
    while at < 7.5:
        p, k = int(at * RATE), 4000
        decay = np.exp(-np.arange(k) / (r.uniform(0.02, 0.06) * RATE))
        x[p : p + k] += lfilter(b, a, g.standard_normal(k)) * decay * r.uniform(2, 6)
        if r.random() < 0.4:
            x[p : p + k] += lfilter(scuff_b, scuff_a, g.standard_normal(k)) * np.hanning(k) * r.uniform(0.1, 0.8)
        at += every * r.uniform(0.9, 1.1)
    return x


def clatter(r: random.Random, g: np.random.Generator) -> Samples:
    """Dishes, keys, metal: bursts of damped tones."""
    x = g.standard_normal(LENGTH) * r.uniform(0.005, 0.1)
    for _ in range(r.randint(5, 40)):
        p, k = r.randint(0, LENGTH - 12001), 12000
        t = np.arange(k) / RATE
        hit = np.zeros(k)
        for _ in range(r.randint(2, 8)):
            hit += np.sin(2 * np.pi * r.uniform(400, 7500) * t + r.uniform(0, 6)) * np.exp(-t / r.uniform(0.005, 0.15))
        x[p : p + k] += hit * r.uniform(0.1, 1.0) + g.standard_normal(k) * np.exp(-t / 0.004) * r.uniform(0, 2)
    return x


def water(r: random.Random, g: np.random.Generator) -> Samples:
    """A tap, frying, cloth: noise above 1 kHz that trembles."""
    b, a = butter(2, [r.uniform(300, 1500) / 8000, r.uniform(3500, 7500) / 8000], "band")
    wobble = np.repeat(g.uniform(0.3, 1.0, LENGTH // 800), 800)
    return np.asarray(lfilter(b, a, g.standard_normal(LENGTH)) * np.convolve(wobble, np.ones(400) / 400, "same"))


def breathing(r: random.Random, g: np.random.Generator) -> Samples:
    """Someone out of breath: band noise that swells and fades."""
    b, a = butter(2, [r.uniform(200, 800) / 8000, r.uniform(2000, 6500) / 8000], "band")
    swell = np.clip(np.sin(2 * np.pi * r.uniform(0.3, 0.9) * _TIME + r.uniform(0, 6)), 0, 1) ** r.uniform(0.8, 3)
    return np.asarray(lfilter(b, a, g.standard_normal(LENGTH)) * swell + g.standard_normal(LENGTH) * 0.005)


def music(r: random.Random, g: np.random.Generator) -> Samples:
    """Chords on a beat, often with a drum."""
    x, beat = np.zeros(LENGTH), int(RATE * r.uniform(0.25, 0.6))
    for p in range(0, LENGTH, beat):
        k = min(beat, LENGTH - p)
        for _ in range(r.randint(1, 4)):
            f0 = 55 * 2 ** (r.randint(0, 48) / 12)
            tone = sum(np.sin(2 * np.pi * f0 * h * _TIME[:k]) / h for h in (1, 2, 3, 4))
            x[p : p + k] += tone * np.exp(-_TIME[:k] * r.uniform(1, 8))
        if r.random() < 0.7:
            x[p : p + k] += g.standard_normal(k) * np.exp(-_TIME[:k] * 40) * 2
    return x


def talk(r: random.Random, voices: list[Samples]) -> Samples:
    """One to seven others who talk without end: the room, a radio, what is left of the coach's own voice."""
    x = np.zeros(LENGTH)
    for _ in range(r.choice([1, 1, 2, 3, 4, 5, 7])):
        pos = -r.randint(0, RATE)
        while pos < LENGTH:
            w = r.choice(voices).astype(np.float64)
            w = w[max(0, -pos) : LENGTH - pos] * r.uniform(0.3, 1) / (np.abs(w).max() + 1)
            pos = max(pos, 0)
            x[pos : pos + len(w)] += w
            pos += len(w) + int(r.uniform(0.0, 0.5) * RATE)
    if r.random() < 0.7:
        x = fftconvolve(x, room(r))[:LENGTH]
    return x


QUIET: tuple[Callable[[random.Random, np.random.Generator], Samples], ...] = (
    coloured, coloured, hum, knocks, steps, clatter, clatter, water, breathing, music,
)  # fmt: skip


def noise(i: int, voices: list[Samples], r: random.Random) -> tuple[Samples, bool]:
    """The i-th noise at an RMS of 1,000 on the int16 scale, and whether people talk in it; four in fourteen do."""
    g = np.random.default_rng(r.getrandbits(32))
    kind = i % (len(QUIET) + 4)
    talks = kind >= len(QUIET)
    x = talk(r, voices) if talks else QUIET[kind](r, g)
    if not talks and r.random() < 0.25:  # noises seldom come alone
        y = r.choice(QUIET)(r, g)
        x = x / (np.sqrt((x**2).mean()) + 1e-9) + r.uniform(0.2, 1) * y / (np.sqrt((y**2).mean()) + 1e-9)
    return x / (np.sqrt((x**2).mean()) + 1e-9) * 1000.0, talks
