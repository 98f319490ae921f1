"""The systems compared: each takes a scene and says what it would have done, and when."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bench.ear.rooms import RATE, Sound, convolve_block, distort
from bench.ear.scenes import CoachInRoom, Scene, open_loop
from coach import language, speech_models
from coach.ear.decision import Closed, Decision, Opened
from coach.ear.ear import Ear
from coach.ear.verifier import Verifier
from coach.ear.vocabulary import Vocabulary
from coach.own import paths

ENGLISH = language.load("en")
MODEL = paths.models() / "vosk-model-tiny-en-coach-0.5"
BLOCK = 320


@dataclass
class Outcome:
    """What a system did with a scene."""

    obeyed: list[tuple[str, float]]
    """Phrases acted on, and the audio time of it, computing not included."""
    computing: float
    """Seconds of one core."""
    rejected: list[tuple[str, str, float]] = field(default_factory=list)
    openings: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    """Seconds of computing in the block in which each decision fell."""
    timed: bool = True
    """The moments of `obeyed` mean something."""


def plain(scene: Scene, model: Path = MODEL) -> Outcome:
    """The loop that the tutorials show: a grammar, blocks of 8000 samples, final results, nothing else."""
    mic, _ = open_loop(scene)
    recognizer = _recognizer(model, ENGLISH.orders)
    obeyed = []
    began = time.process_time()
    for start in range(0, len(mic), 8000):
        if recognizer.AcceptWaveform(_pcm(mic[start : start + 8000])):
            text = json.loads(recognizer.Result())["text"]
            if ENGLISH.order(text):
                obeyed.append((text, (start + 8000) / RATE))
    return Outcome(obeyed, time.process_time() - began)


def _recognizer(model: Path, phrases: Iterable[str]) -> Any:
    """Vosk as it comes, with a grammar of these phrases."""
    import vosk

    return vosk.KaldiRecognizer(_vosk_model(model), RATE, json.dumps([*phrases, "[unk]"]))


@cache
def _vosk_model(path: Path) -> Any:
    import vosk

    vosk.SetLogLevel(-1)
    return vosk.Model(str(path))


def alone(scene: Scene, model: Path = MODEL) -> Outcome:
    """The speech model with the work of an ear done for it: every command cut out by its true times, the coach never
    in the microphone. What this misses an ear can hardly obey with this model; it cannot be wrong where nobody speaks.
    """
    phrases = ENGLISH.numbers if scene.numbers else ENGLISH.orders
    obeyed = []
    began = time.process_time()
    for spoken in scene.spoken:
        cut = scene.athlete[max(0, round((spoken.start - 0.4) * RATE)) : round((spoken.end + 0.5) * RATE)]
        recognizer = _recognizer(model, phrases)
        texts = [json.loads(recognizer.Result())["text"]] if recognizer.AcceptWaveform(_pcm(cut)) else []
        text = " ".join([*texts, json.loads(recognizer.FinalResult())["text"]]).replace("[unk]", "").strip()
        if ENGLISH.order(text):
            obeyed.append((text, spoken.end))
    return Outcome(obeyed, time.process_time() - began, timed=False)


def sphinx(scene: Scene, model: Path = MODEL) -> Outcome:
    """PocketSphinx with the same phrases as a grammar, its own endpointer and its own English model."""
    from pocketsphinx import Endpointer

    mic, _ = open_loop(scene)
    decoder = _decoder()
    ends = Endpointer(sample_rate=RATE)
    obeyed: list[tuple[str, float]] = []
    began, talking = time.process_time(), False
    frame = ends.frame_bytes // 2
    for start in range(0, len(mic) - frame + 1, frame):
        speech = ends.process(_pcm(mic[start : start + frame]))
        if speech is None:
            continue
        if not talking:
            decoder.start_utt()
        talking = True
        decoder.process_raw(speech)
        if not ends.in_speech:
            talking = False
            decoder.end_utt()
            if decoder.hyp() and ENGLISH.order(decoder.hyp().hypstr):
                obeyed.append((decoder.hyp().hypstr, (start + frame) / RATE))
    if talking:
        decoder.end_utt()
    return Outcome(obeyed, time.process_time() - began)


@cache
def _decoder() -> Any:
    """PocketSphinx with a grammar of the phrases."""
    from pocketsphinx import Decoder

    decoder = Decoder(lm=None, loglevel="FATAL")
    phrases = " | ".join(ENGLISH.orders)
    decoder.add_jsgf_string("orders", f"#JSGF V1.0; grammar orders; public <order> = {phrases};")
    decoder.activate_search("orders")
    return decoder


def ours(scene: Scene, model: Path = MODEL) -> Outcome:
    """The coach's ear, and a coach who gives way when it opens."""
    ear = our_ear(model)
    ear.expect(ENGLISH.numbers if scene.numbers else ENGLISH.phrases)
    room = _Room(scene.coach) if scene.coach else None
    outcome = Outcome([], 0.0)
    for start in range(0, len(scene.athlete) - BLOCK + 1, BLOCK):
        mic = scene.athlete[start : start + BLOCK]
        played = np.zeros(BLOCK, np.float32)
        if room:
            played = room.speak()
            mic = mic + room.echo(played)
            ear.saying(room.line, start / RATE)
        began = time.process_time()
        happened = ear.feed(mic, played, start / RATE)
        took = time.process_time() - began
        outcome.computing += took
        for it in happened:
            if isinstance(it, Decision) and it.accepted:
                outcome.obeyed.append((it.text, it.decided))
                outcome.slowest.append(took)
            elif isinstance(it, Decision):
                outcome.rejected.append((it.text, it.reason, it.decided))
            elif isinstance(it, Opened):
                outcome.openings.append(it.at)
            if room:
                room.listening = isinstance(it, Opened) or (room.listening and not isinstance(it, Closed))
    return outcome


def our_ear(model: Path = MODEL) -> Ear:
    heads = speech_models.verifier(ENGLISH.code)
    return Ear(model, Vocabulary.of(ENGLISH), Verifier(heads) if heads else None)


class _Room:
    """The coach's loudspeaker and its way back to the microphone, block by block."""

    def __init__(self, coach: CoachInRoom) -> None:
        self.coach = coach
        self.listening = False
        """The ear is open: the coach fades out and drops the rest of his line."""
        self._was_listening = False
        self._at, self._line, self._pause = 0, 0, 0.0
        self._echo = np.zeros(4 * RATE, np.float32)
        self._now = 0

    @property
    def line(self) -> str | None:
        return None if self._pause > 0 else self.coach.texts[self._line % len(self.coach.texts)].lower() or None

    def speak(self) -> Sound:
        sounds = self.coach.lines
        line = sounds[self._line % len(sounds)]
        played = np.zeros(BLOCK, np.float32)
        if self._pause <= 0:
            part = line[self._at : self._at + BLOCK]
            played[: len(part)] = part
            self._at += BLOCK
            fading = self.listening and not self._was_listening
            if self.listening:
                played *= np.linspace(1, 0, BLOCK, dtype=np.float32) if fading else 0
            if self.listening or self._at >= len(line):
                self._pause = self.coach.gaps[self._line % len(sounds)]
                self._line, self._at = self._line + 1, 0
        elif not self.listening:
            self._pause -= BLOCK / RATE
        self._was_listening = self.listening
        return played

    def echo(self, played: Sound) -> Sound:
        """What of everything played until now is heard in this block, by the microphone's clock."""
        coach, size = self.coach, len(self._echo)
        if played.any():
            tail = coach.gain * convolve_block(distort(played), coach.response)
            self._echo[(self._now + np.arange(len(tail))) % size] += tail
        taken = _between(self._echo, (self._now + np.arange(BLOCK)) * (1 - coach.ppm * 1e-6))
        # What lies more than two seconds back is no longer asked for.
        self._echo[(self._now + 2 * RATE + np.arange(BLOCK)) % size] = 0
        self._now += BLOCK
        return taken


_PHASES, _REACH = 256, 16
_OFFSETS = np.arange(-_REACH + 1, _REACH + 1)
_KERNEL = np.array(
    [
        np.sinc(_OFFSETS - phase / _PHASES) * np.cos(np.pi / 2 * (_OFFSETS - phase / _PHASES) / (_REACH + 1)) ** 2
        for phase in range(_PHASES + 1)
    ],
    np.float32,
)


def _between(ring: Sound, positions: np.ndarray) -> Sound:
    """A ring buffer's sound between its samples. The last _REACH samples of the newest block are not complete yet."""
    whole = np.floor(positions).astype(int)
    phase = np.rint((positions - whole) * _PHASES).astype(int)
    near = ring[(whole[:, None] + _OFFSETS[None, :]) % len(ring)]
    return np.asarray((near * _KERNEL[phase]).sum(axis=1), np.float32)


def _pcm(sound: Sound) -> bytes:
    return (np.clip(sound, -1, 1) * 32767).astype(np.int16).tobytes()
