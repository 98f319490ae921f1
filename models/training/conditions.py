"""What models are measured on: every condition's audio, drawn once with seeds of its own, the same for each model.

All of it is of voices that no training has heard: WORK/tts/test.pkl, WORK/human_test.pkl
and WORK/people_test.pkl.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from common import HERE, RATE, load_pickle, load_yaml, rng
from human import DIGITS, read
from noises import room
from numpy.typing import NDArray
from scipy.signal import fftconvolve

Pcm = NDArray[np.int16]
Wave = NDArray[np.float64]
"""Samples on the int16 scale."""
LEAD, TRAIL = 0.35, 0.6
"""Seconds of near silence before and after an utterance."""


class Spoken(NamedTuple):
    audio: Pcm
    text: str
    """What is said in it; "" where nothing is."""
    voice: str = ""
    slots: tuple[str, ...] = ()
    """Of an order: the phrases that must be heard."""


@dataclass(frozen=True)
class Sizes:
    """How many utterances of each kind."""

    clean: int = 1000
    condition: int = 400
    """In each other condition."""
    talk: int = 600
    noise: int = 60
    digits: int = 600
    orders: int = 200
    timed: int = 50
    people: int = 400
    """Of each kind of people's recordings that people.py keeps for tests."""


QUICK = Sizes(clean=100, condition=40, talk=100, noise=20, digits=60, orders=25, timed=20, people=100)


@dataclass
class Material:
    """Everything that a model is asked to understand."""

    phrases: list[str]
    """The commands of the grammar."""
    commands: dict[str, list[Spoken]] = field(default_factory=dict)
    """By condition."""
    talk: list[Spoken] = field(default_factory=list)
    """Sentences and single words outside the grammar."""
    noise: list[Spoken] = field(default_factory=list)
    """4 s each, nobody speaks."""
    digits: list[Spoken] = field(default_factory=list)
    orders: list[Spoken] = field(default_factory=list)
    recording: Pcm | None = None
    """One that everybody who has Vosk can listen to: its test.wav."""
    timed: list[tuple[Spoken, float]] = field(default_factory=list)
    """Commands with long silence after them, and the second in which the speech ends."""
    people: dict[str, list[Spoken]] = field(default_factory=dict)
    """By kind, as people.py names them; their words are split into commands, digits and words that are neither."""


def to_int16(x: Wave) -> Pcm:
    peak = np.abs(x).max()
    return np.asarray((x * (32000 / peak) if peak > 32000 else x).astype(np.int16))


def padded(audio: Pcm, g: np.random.Generator, lead: float = LEAD, trail: float = TRAIL, floor: float = 12.0) -> Wave:
    """With near silence around it: noise of the RMS `floor`, which lies under the speech as well."""
    x = np.concatenate([np.zeros(int(lead * RATE)), audio.astype(np.float64), np.zeros(int(trail * RATE))])
    return np.asarray(x + g.standard_normal(len(x)) * floor)


def with_noise(x: Wave, noise: Wave, snr: float, r: random.Random) -> Wave:
    """`snr`: dB between the louder part of the utterance and the stretch of noise under it."""
    o = r.randrange(len(noise) - len(x)) if len(noise) > len(x) else 0
    n = np.resize(noise[o : o + len(x)], len(x))
    energy = x**2
    speech = energy[energy > np.percentile(energy, 60)].mean()
    return np.asarray(x + n * np.sqrt(speech / 10 ** (snr / 10) / ((n**2).mean() + 1e-9)))


def pink(seconds: int, g: np.random.Generator) -> Wave:
    """Noise with as much power in each octave, its peak at 3,000."""
    n = seconds * RATE
    x = np.fft.irfft(np.fft.rfft(g.standard_normal(n)) / np.sqrt(np.maximum(np.fft.rfftfreq(n, 1 / RATE), 20)))
    return np.asarray(x / np.abs(x).max() * 3000)


def babble(voices: Sequence[Pcm], seconds: int, r: random.Random) -> Wave:
    """Four people who talk at once without a break."""
    x = np.zeros(seconds * RATE)
    for _ in range(4):
        at = 0
        while at < len(x):
            one = r.choice(voices)[: len(x) - at]
            x[at : at + len(one)] += one
            at += len(one)
    return x


def end_of_speech(audio: Pcm) -> float:
    """Seconds until it stays below 3 % of its peak."""
    loud = np.flatnonzero(np.abs(audio.astype(int)) > 0.03 * np.abs(audio.astype(int)).max())
    return float((loud[-1] if len(loud) else len(audio)) / RATE)


Change = Callable[[Wave, random.Random], Wave]


def changes(kitchen: Wave | None, voices: Sequence[Pcm]) -> dict[str, Change]:
    """What each condition does to an utterance; those in kitchen noise only where there is a recording of it."""
    steady, others = pink(30, np.random.default_rng(2)), babble(voices, 40, rng("babble"))

    def under(noise: Wave, snr: float) -> Change:
        return lambda x, r: with_noise(x, noise, snr, r)

    out: dict[str, Change] = {"clean": lambda x, r: x}
    if kitchen is not None:
        out |= {f"real kitchen noise, {snr} dB": under(kitchen, snr) for snr in (20, 10, 5)}
    out["pink noise, 10 dB"] = under(steady, 10)
    out["four-voice babble, 10 dB"] = under(others, 10)
    out["simulated room"] = lambda x, r: np.asarray(fftconvolve(x, room(r))[: len(x)])
    return out


def silences(count: int, kitchen: Wave | None) -> list[Spoken]:
    r, out, steady = rng("noise only"), [], pink(30, np.random.default_rng(2))
    for i in range(count):
        noise = kitchen if kitchen is not None and i % 2 else steady
        o = r.randrange(len(noise) - 4 * RATE)
        out.append(Spoken(to_int16(noise[o : o + 4 * RATE] * r.uniform(0.1, 1)), ""))
    return out


def draw(work: Path, noise: Path | None, recording: Path | None, sizes: Sizes) -> Material:
    """All of the audio; the kitchen's and the recording's paths are of WAV or FLAC files."""
    rows: list[dict[str, Any]] = load_pickle(work / "tts/test.pkl")
    commands = [x for x in rows if x["kind"] == "commands"]
    others = [x for x in rows if x["kind"] == "ood"]
    rng("commands").shuffle(commands)
    others = rng("talk").sample(others, min(sizes.talk, len(others)))
    kitchen = read(noise).astype(np.float64) if noise else None
    m = Material(load_yaml(HERE / "test-phrases.yaml")["commands"])

    def spoken(row: dict[str, Any], x: Wave) -> Spoken:
        return Spoken(to_int16(x), row["text"], row["voice"])

    for name, change in changes(kitchen, [x["audio"] for x in others]).items():
        r, g = rng("condition", name), np.random.default_rng(1)
        some = commands[: sizes.clean if name == "clean" else sizes.condition]
        m.commands[name] = [spoken(x, change(padded(x["audio"], g), r)) for x in some]
    g = np.random.default_rng(3)
    m.talk = [spoken(x, padded(x["audio"], g)) for x in others]
    m.noise = silences(sizes.noise, kitchen)
    for x in commands[: sizes.timed]:
        m.timed.append((spoken(x, padded(x["audio"], g, 0.4, 1.6)), 0.4 + end_of_speech(x["audio"])))
    if (work / "human_test.pkl").exists():
        people = load_pickle(work / "human_test.pkl")
        digits = [x for x in people if x["kind"] == "human_digit"]
        rng("digits").shuffle(digits)
        m.digits = [spoken(x, padded(x["audio"], g)) for x in digits[: sizes.digits]]
        orders = [x for x in people if x["kind"] == "human_coffee"][: sizes.orders]
        m.orders = [
            Spoken(x["audio"], x["text"], x["voice"], tuple(v.strip() for v in x["slots"].values())) for x in orders
        ]
    m.people = drawn_people(work / "people_test.pkl", m.phrases, sizes.people)
    m.recording = read(recording) if recording else None
    return m


def drawn_people(path: Path, phrases: Sequence[str], size: int) -> dict[str, list[Spoken]]:
    """What people.py kept for tests: half a second of near silence before, a second and a half after it."""
    if not path.exists():
        return {}
    found: dict[str, list[dict[str, Any]]] = load_pickle(path)
    singles = found.pop("words")
    found["commands"] = [x for x in singles if x["word"] in phrases]
    found["digits"] = [x for x in singles if x["word"] in DIGITS]
    found["words"] = [x for x in singles if x["word"] not in phrases and x["word"] not in DIGITS]
    found["neural"] = [x for x in found["neural"] if x["text"] in phrases]
    out, g = {}, np.random.default_rng(4)
    for name, rows in sorted(found.items()):
        some = rng("people", name).sample(rows, min(size, len(rows)))
        out[name] = [Spoken(to_int16(padded(x["audio"], g, 0.5, 1.5)), x["text"], x["voice"]) for x in some]
    return out
