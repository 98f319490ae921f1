"""Noises of a room where somebody trains, made from seeds, each about as loud as its neighbour."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bench.ear.rooms import RATE, Sound, level
from bench.ear.voices import speak

_BABBLE = (
    "I told him we would never make it in time, but he insisted on driving anyway.",
    "The weather looks fine for the weekend, so we might go down to the lake with the children.",
    "Put the flour in a large bowl and add the eggs one after another, then the milk.",
    "She said the meeting has been moved to Thursday, and nobody knows the reason.",
)
_BABBLERS = ("espeak:f3", "espeak:m3", "flite:slt", "espeak:m1")


def pink(rng: np.random.Generator, seconds: float) -> Sound:
    n = round(seconds * RATE)
    spectrum = np.fft.rfft(rng.standard_normal(n))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)) * RATE / n, 40))
    return _even(np.fft.irfft(spectrum, n))


def babble(rng: np.random.Generator, seconds: float) -> Sound:
    n = round(seconds * RATE)
    total = np.zeros(n, np.float32)
    for voice in _BABBLERS:
        lines = [speak(text, voice) for text in _BABBLE]
        rng.shuffle(lines)
        loop = np.concatenate(lines)
        total += np.roll(np.resize(loop, n), int(rng.integers(len(loop))))
    return _even(total)


def music(rng: np.random.Generator, seconds: float) -> Sound:
    """Chords of decaying harmonics, a bass and a hi-hat at 120 beats a minute."""
    n, beat = round(seconds * RATE), RATE // 2
    out = np.zeros(n + 2 * RATE)
    t = np.arange(RATE) / RATE
    for k, start in enumerate(range(0, n, beat)):
        root = 110 * 2 ** (rng.choice([0, 3, 5, 7, 10]) / 12)
        for note in (root / 2, root, root * 2 ** (4 / 12), root * 2 ** (7 / 12), root * 2):
            tone = sum(np.sin(2 * np.pi * note * h * t) / h for h in range(1, 6)) * np.exp(-3 * t)
            out[start : start + RATE] += tone
        hat = rng.standard_normal(RATE // 20) * np.exp(-np.arange(RATE // 20) / 150)
        out[start + (k % 2) * beat // 2 :][: len(hat)] += 2 * hat
    return _even(out[:n])


def snaps(rng: np.random.Generator, seconds: float) -> Sound:
    """Bands let go and weights put down: a knock every second or so over a little hiss."""
    return _knocks(rng, seconds, every=1.2, decay=0.02, low=300)


def footsteps(rng: np.random.Generator, seconds: float) -> Sound:
    return _knocks(rng, seconds, every=0.5, decay=0.05, low=60)


def breathing(rng: np.random.Generator, seconds: float) -> Sound:
    n = round(seconds * RATE)
    t = np.arange(n) / RATE
    breath = np.maximum(np.sin(2 * np.pi * t / rng.uniform(1.6, 2.6)), 0) ** 2
    return _even(_band(rng.standard_normal(n), 400, 2500) * breath + 0.02 * rng.standard_normal(n))


def _knocks(rng: np.random.Generator, seconds: float, every: float, decay: float, low: float) -> Sound:
    n = round(seconds * RATE)
    out = 0.02 * rng.standard_normal(n + RATE)
    at = 0.0
    while at < seconds:
        knock = rng.standard_normal(RATE // 4) * np.exp(-np.arange(RATE // 4) / RATE / decay)
        knock = _band(knock, low, low * 12)
        out[int(at * RATE) :][: len(knock)] += knock / np.abs(knock).max() * rng.uniform(0.5, 1)
        at += rng.uniform(0.6, 1.4) * every
    return _even(out[:n])


def _band(sound: np.ndarray, low: float, high: float) -> np.ndarray:
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    return np.fft.irfft(spectrum * (hertz > low) * (hertz < high), len(sound))


def _even(sound: np.ndarray) -> Sound:
    sound = sound.astype(np.float32)
    return np.asarray(sound / level(sound), np.float32)


NOISES: dict[str, Callable[[np.random.Generator, float], Sound]] = {
    "steady": pink,
    "babble": babble,
    "music": music,
    "band snaps": snaps,
    "breathing": breathing,
    "footsteps": footsteps,
}
