"""What the systems are tried on. Everything is made from a seed, so a scene is the same for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.ear import noises, talk
from bench.ear.rooms import RATE, Sound, convolve, distort, drifted, level, room_response
from bench.ear.voices import COACH, speak
from coach.audio.tones import tone

LEVEL = 0.05
"""The athlete's root mean square in the microphone: -26 dBFS."""


@dataclass(frozen=True)
class Spoken:
    """A command that was given; times in seconds from the scene's start."""

    phrase: str
    start: float
    end: float
    voice: str


@dataclass(frozen=True)
class Scene:
    name: str
    group: str
    """Which line of the table it counts for."""
    athlete: Sound
    """Everything in the microphone but the coach."""
    spoken: tuple[Spoken, ...]
    coach: CoachInRoom | None = None
    numbers: bool = False
    """Numbers were asked for, and nothing else."""

    @property
    def seconds(self) -> float:
        return len(self.athlete) / RATE


@dataclass(frozen=True)
class CoachInRoom:
    """A coach who goes from line to line, and how he comes back."""

    lines: tuple[Sound, ...]
    texts: tuple[str, ...]
    """What is said in each; "" in a tone."""
    gaps: tuple[float, ...]
    """Seconds after each."""
    response: Sound
    gain: float
    ppm: float = 0.0
    """How much faster the microphone's clock runs than the loudspeaker's, in millionths."""


class Kit:
    """Where scenes come from: voices, phrases and a seed."""

    def __init__(self, voices: Sequence[str], phrases: Sequence[str], seed: int) -> None:
        self.voices, self.phrases = voices, phrases
        self.rng = np.random.default_rng(seed)

    def commands_scene(
        self, name: str, group: str, count: int, *, room: tuple[float, float], noise: str = "", snr: float = 40,
        beat: tuple[float, float] = (2.0, 3.2), coach: CoachInRoom | None = None,
    ) -> Scene:  # fmt: skip
        """Commands one after another; `room` is (reverberation in seconds, share of direct sound), `beat` the seconds
        before the first command and from one to the next."""
        rng, (lead, every) = self.rng, beat
        chosen = [self.phrases[i % len(self.phrases)] for i in rng.permutation(max(len(self.phrases), count))]
        length = round((lead + every * count + 1.5) * RATE)
        dry = np.zeros(length, np.float32)
        spoken = []
        for k, phrase in enumerate(chosen[:count]):
            voice = self.voices[k % len(self.voices)]
            speed = (0.85, 1.0, 1.15, 1.3)[int(rng.integers(4))]
            sound = speak(phrase, voice, speed)
            start = round((lead + every * k + rng.uniform(0, max(every - 2.7, 0.3))) * RATE)
            dry[start : start + len(sound)] += sound / level(sound)
            spoken.append(Spoken(phrase, start / RATE, (start + len(sound)) / RATE, voice))
        heard = convolve(dry, room_response(rng, 0, *room))
        heard *= LEVEL / level(heard)
        heard += self._noise(noise, length / RATE) * LEVEL * 10 ** (-snr / 20)
        return Scene(name, group, heard, tuple(spoken), coach)

    def talk_scene(self, name: str, group: str, seconds: float) -> Scene:
        """Other people's talk, with pauses, in a slightly reverberant and nearly quiet room."""
        rng = self.rng
        pieces: list[Sound] = [np.zeros(RATE, np.float32)]
        total = RATE
        for text in talk.sentences(rng, round(seconds / 2)):
            if total > seconds * RATE:
                break
            sound = speak(text, str(rng.choice(self.voices)), float(rng.choice([0.9, 1.0, 1.15])))
            pause = np.zeros(round(rng.choice([0.25, 0.6, 1.2]) * RATE), np.float32)
            pieces += [sound / level(sound), pause]
            total += len(sound) + len(pause)
        heard = convolve_long(np.concatenate(pieces), room_response(rng, 0, 0.3, 0.5))
        heard *= LEVEL / level(heard)
        return Scene(name, group, heard + self._noise("", len(heard) / RATE) * LEVEL * 0.03, ())

    def quiet_scene(self, name: str, group: str, seconds: float, coach: CoachInRoom) -> Scene:
        """Nobody there but the coach."""
        return Scene(name, group, self._noise("", seconds) * LEVEL * 10 ** (-30 / 20), (), coach)

    def coach(self, echo: float, *, ppm: float = 0.0, gap: float = 0.4, counting: bool = False) -> CoachInRoom:
        """A coach whose echo is `echo` dB louder than the athlete; `counting`: with sets of counts and ticks, each
        after a pause, between the lines."""
        rng = self.rng
        lines = talk.coach_lines()
        # Lines with command words come often: a coach's talk is full of them.
        texts = [lines[i] for i in rng.permutation(15)] + [lines[i] for i in 15 + rng.permutation(len(lines) - 15)[:45]]
        said = [(0.6 * speak(text, COACH), text, gap) for text in texts]
        response = room_response(rng, rng.uniform(0.02, 0.25), rng.uniform(0.2, 0.5), rng.uniform(0.4, 0.8))
        heard = level(convolve(distort(np.concatenate([sound for sound, _, _ in said])), response))
        if counting:
            said = [one for k, line in enumerate(said) for one in (line, *(_counts(k // 5) if k % 5 == 4 else ()))]
        sounds, spoken, gaps = zip(*said, strict=True)
        return CoachInRoom(sounds, spoken, gaps, response, float(LEVEL * 10 ** (echo / 20) / heard), ppm)

    def _noise(self, kind: str, seconds: float) -> Sound:
        return noises.NOISES[kind or "steady"](self.rng, seconds)


def _counts(which: int) -> Iterator[tuple[Sound, str, float]]:
    """A set of eight, with a tick before each count; sound, text and the seconds after it."""
    tick = tone("tick", RATE).samples
    for number in talk.COUNTING[:8]:
        yield tick, "", 0.3 + 0.2 * (which % 3)
        yield 0.6 * speak(number, COACH), number, 0.5 + 0.6 * (which % 4)


def convolve_long(sound: Sound, response: Sound, piece: int = 60 * RATE) -> Sound:
    out = np.zeros(len(sound) + len(response), np.float32)
    for start in range(0, len(sound), piece):
        padded = np.concatenate((sound[start : start + piece], np.zeros(len(response), np.float32)))
        out[start : start + len(padded)] += convolve(padded, response)[: len(out) - start]
    return out[: len(sound)]


def open_loop(scene: Scene) -> tuple[Sound, Sound]:
    """(microphone, played) with a coach who never gives way."""
    played = np.zeros_like(scene.athlete)
    if not scene.coach:
        return scene.athlete, played
    at, k, coach = 0, 0, scene.coach
    while at < len(played):
        line = coach.lines[k % len(coach.lines)][: len(played) - at]
        played[at : at + len(line)] = line
        at += len(line) + round(coach.gaps[k % len(coach.gaps)] * RATE)
        k += 1
    echo = drifted(convolve_long(distort(played), coach.response), coach.ppm)
    return scene.athlete + coach.gain * echo, played
