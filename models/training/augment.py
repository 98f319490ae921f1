"""What happens to an utterance's log-mel frames each time it is seen in training: noise, equaliser, masks."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
from numpy.typing import NDArray

Mel = NDArray[Any]
DECIBEL = 0.2303  # of power, in nats


class Noise:
    """Draws stretches of stored noise; `clips` as feats.py stores them."""

    def __init__(self, clips: list[dict[str, Any]]):
        self.talk = [c["mel"] for c in clips if c["talk"]]
        self.quiet = [c["mel"] for c in clips if not c["talk"]]

    def draw(self, frames: int, r: random.Random, talk: bool = False) -> Mel:
        clip = r.choice(self.talk if talk else self.quiet)
        o = r.randrange(len(clip))
        return np.take(clip, np.arange(o, o + frames) % len(clip), axis=0).astype(np.float32)


def through_noise(m: Mel, kind: str, noise: Noise, r: random.Random, hard: float) -> Mel:
    """The utterance in its room. `hard`: the share of utterances in loud noise."""
    n = len(m)
    if kind in ("silence", "others"):  # nothing but noise; nothing but other people
        m = np.logaddexp(m, noise.draw(n, r, kind == "others") + r.uniform(9, 22))
        return np.logaddexp(m, noise.draw(n, r) + r.uniform(9, 21)) if r.random() < 0.5 else m
    level = np.log(np.exp(m).sum(1).mean()) + 0.7
    k = r.random()
    if k < hard:
        talk = r.random() < 0.4
        snr = r.uniform(1, 20) if talk else r.uniform(-2, 20)
        m = np.logaddexp(m, noise.draw(n, r, talk) + level - snr * DECIBEL)
        if talk and r.random() < 0.3:
            m = np.logaddexp(m, noise.draw(n, r) + level - r.uniform(5, 25) * DECIBEL)
    elif k < 0.9:
        m = np.logaddexp(m, noise.draw(n, r, r.random() < 0.2) + level - r.uniform(14, 45) * DECIBEL)
    if r.random() < 0.5:  # steady floor of the room and the microphone
        m = np.logaddexp(m, noise.draw(n, r) + level - r.uniform(20, 50) * DECIBEL)
    return m


def augment(m: Mel, kind: str, noise: Noise, r: random.Random, hard: float = 0.5) -> Mel:
    """(T, 40) log-mel frames, as another microphone in another room would have given them."""
    m = through_noise(m.astype(np.float32), kind, noise, r, hard)
    x = np.arange(40) / 40
    eq: Any = sum(r.gauss(0, 0.6) * np.cos(math.pi * j * x + r.uniform(-0.5, 0.5)) for j in (1, 2, 3, 4))
    if r.random() < 0.15:
        eq = eq - np.maximum(0, r.uniform(1, 4) - np.arange(40)) * r.uniform(0.2, 1.5)  # laptops' lack bass
    m = m + (eq + r.gauss(0, 0.5)).astype(np.float32)
    m = np.maximum(m, r.uniform(2.0, 5.0)).astype(np.float32)
    if r.random() < 0.35:
        w = r.randint(1, 5)
        a = r.randint(0, 40 - w)
        m[:, a : a + w] = m[:, a : a + w].min()
    if r.random() < 0.2 and len(m) > 60:
        w = r.randint(2, 8)
        a = r.randint(0, len(m) - w)
        m[a : a + w] = m.min(0)[None]
    return m
