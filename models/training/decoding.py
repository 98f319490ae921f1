"""The unmodified vosk package: samples in, words out. Nothing else of the recipe imports it."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import vosk
from common import RATE
from conditions import Pcm

CHUNK = 1600  # 100 ms
UNKNOWN = "[unk]"

vosk.SetLogLevel(-1)


class Word(NamedTuple):
    word: str
    confidence: float


class Scored(NamedTuple):
    text: str
    score: float
    """Log likelihood, comparable only between decodings of the same samples."""


def load(path: Path) -> Any:
    return vosk.Model(str(path))


def recognizer(model: Any, grammar: Sequence[str] | None) -> Any:
    """One that hears the grammar's phrases and [unk]; without a grammar, any words."""
    if grammar is None:
        return vosk.KaldiRecognizer(model, RATE)
    return vosk.KaldiRecognizer(model, RATE, json.dumps([*grammar, UNKNOWN]))


def chunks(audio: Pcm, size: int = CHUNK) -> Iterator[bytes]:
    for i in range(0, len(audio), size):
        yield audio[i : i + size].tobytes()


def decode(model: Any, grammar: Sequence[str] | None, audio: Pcm) -> list[Word]:
    """Everything recognised, with its confidence."""
    rec = recognizer(model, grammar)
    rec.SetWords(True)
    found: list[dict[str, Any]] = []
    for chunk in chunks(audio):
        if rec.AcceptWaveform(chunk):
            found += json.loads(rec.Result()).get("result", [])
    found += json.loads(rec.FinalResult()).get("result", [])
    return [Word(w["word"], w["conf"]) for w in found]


def likeliest(model: Any, grammar: Sequence[str] | None, audio: Pcm) -> Scored | None:
    """The first alternative of the audio taken as one utterance, as the coach's ear asks for it."""
    rec = recognizer(model, grammar)
    rec.SetMaxAlternatives(4)
    for chunk in chunks(audio):
        rec.AcceptWaveform(chunk)  # where Vosk would end the utterance does not matter here
    found = json.loads(rec.FinalResult()).get("alternatives", [])
    return Scored(found[0]["text"].strip(), found[0]["confidence"]) if found and found[0]["text"].strip() else None


def phrase_of(words: Sequence[Word], phrases: Collection[str], loose: bool = True) -> str | None:
    """The phrase that the words spell, or None. `loose` drops every [unk] first."""
    text = " ".join(w.word for w in words if not loose or w.word != UNKNOWN)
    return text if text in phrases else None


def least_confidence(words: Sequence[Word]) -> float:
    """Of the known words; 0 where there is none."""
    return min((w.confidence for w in words if w.word != UNKNOWN), default=0.0)


class Delay(NamedTuple):
    """Seconds of audio from the end of the speech; None where it never came to that."""

    partial: float | None
    """Until the partial result is right and stays so."""
    final: float | None
    """Until Vosk finds the end of the utterance by itself."""


def delay(model: Any, grammar: Sequence[str], audio: Pcm, text: str, end: float) -> Delay:
    """Fed in blocks of 50 ms; the speech `text` ends in the second `end`."""
    rec, step = recognizer(model, grammar), RATE // 20
    partials: list[tuple[float, str]] = []
    done, final = None, ""
    for i, chunk in enumerate(chunks(audio, step), 1):
        at = min(i * step, len(audio)) / RATE
        if rec.AcceptWaveform(chunk):
            done, final = at, json.loads(rec.Result())["text"]
            break
        partials.append((at, json.loads(rec.PartialResult())["partial"]))
    if (final or json.loads(rec.FinalResult())["text"]) != text:
        return Delay(None, None)
    stable = None
    for at, heard in partials:
        stable = (stable or at) if heard == text else None
    return Delay(stable - end if stable else None, done - end if done else None)


class Stopwatch:
    """CPU seconds spent a second of audio."""

    def __init__(self) -> None:
        self.spent = self.heard = 0.0

    def decode(self, model: Any, grammar: Sequence[str] | None, audio: Pcm) -> list[Word]:
        began = time.process_time()
        words = decode(model, grammar, audio)
        self.spent += time.process_time() - began
        self.heard += len(audio) / RATE
        return words

    @property
    def rate(self) -> float:
        return self.spent / self.heard if self.heard else 0.0
