"""Vosk: one utterance's samples in, words out. The only module that imports it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.audio.clip import EAR_RATE, Samples
from coach.errors import NotFound, PartMissing

_PACKAGES = {"libatomic.so.1": "libatomic1", "libstdc++.so.6": "libstdc++6", "libgcc_s.so.1": "libgcc-s1"}
"""The Debian packages of the libraries that Vosk's wheels are linked with, beside the C library's own."""
UNKNOWN = "[unk]"
"""What the grammar hears in a word that is not in it."""


@dataclass(frozen=True)
class Transcript:
    """What an utterance sounds like, and how well that fits."""

    text: str = ""
    start: float = 0.0
    """Of the first word, in seconds since the recogniser's first sample ever."""
    end: float = 0.0
    """Of the last word."""
    score: float = 0.0
    """Log likelihood of the sound and the words, comparable only between decodings of the same samples."""
    others: tuple[tuple[str, float], ...] = ()
    """What else it might have been, with scores, best first."""
    ends: tuple[float, ...] = ()
    """When each word ended, on the same clock as `start`."""
    cut: bool = False
    """Words before these were left out, as the coach's or somebody else's."""
    said: str = ""
    """All the words, where `text` is the phrase among them."""

    @property
    def words(self) -> str:
        """All the words."""
        return self.said or self.text


class SpeechModel:
    """A Vosk model in a folder, loaded once. Raises NotFound or PartMissing."""

    def __init__(self, path: Path) -> None:
        if not (path / "am" / "final.mdl").is_file() and not (path / "final.mdl").is_file():
            raise NotFound(f"{path} holds no speech model.", "`coach models` lists those there are.")
        try:
            import vosk
        except (ImportError, OSError) as error:
            raise _missing(error) from error
        vosk.SetLogLevel(-1)
        self._vosk: Any = vosk
        # A signal may end the program before there is a handle, and its __del__ asks for it all the same.
        vosk.Model._handle = vosk.vosk_cffi.ffi.NULL
        self.path = path
        try:
            self._model = vosk.Model(str(path))
        except Exception as error:  # vosk raises nothing narrower
            raise NotFound(f"The speech model in {path} cannot be read.") from error

    def knows(self, word: str) -> bool:
        """Whether the word is in the model's vocabulary."""
        return int(self._model.vosk_model_find_word(word)) >= 0

    def unknown(self, phrases: Iterable[str]) -> set[str]:
        """The words of `phrases` that the model cannot hear; Vosk would drop them in silence."""
        return {word for phrase in phrases for word in phrase.split() if word != UNKNOWN and not self.knows(word)}

    def recognizer(self, phrases: Iterable[str] | None = None) -> Recognizer:
        """One that hears only `phrases`, or, without them, anything in the model's vocabulary."""
        if phrases is None:
            return Recognizer(self._vosk.KaldiRecognizer(self._model, EAR_RATE))
        return Recognizer(self._vosk.KaldiRecognizer(self._model, EAR_RATE, json.dumps(list(phrases))))

    def vocabulary(self) -> list[str] | None:
        """Every word that the model knows, where it lists them."""
        listing = self.path / "graph" / "words.txt"
        if not listing.is_file():
            return None
        words = (line.split()[0] for line in listing.read_text(encoding="utf-8").splitlines())
        return [word for word in words if word[0] not in "<#["]


def _missing(error: Exception) -> PartMissing:
    """What to install where Vosk does not load: where the loader misses a library of the system's, its package."""
    library = re.search(r"\s(lib[\w.+-]+\.so[\d.]*): cannot open shared object file", f" {error}")
    if library is None:
        hint = "Install it again:  pip install --force-reinstall vosk"
        return PartMissing("Vosk, which understands speech, cannot be loaded.", hint)
    package = _PACKAGES.get(library[1], f"that has {library[1]}")
    hint = f"Install the package {package}" + (f":  sudo apt install {package}" if library[1] in _PACKAGES else ".")
    return PartMissing(f"Vosk, which understands speech, cannot be loaded: {library[1]} is not installed.", hint)


class Recognizer:
    """Decodes one utterance after another; after `finish` the next sample begins a new one."""

    _ALTERNATIVES = 4

    def __init__(self, kaldi: Any) -> None:
        kaldi.SetWords(True)
        kaldi.SetMaxAlternatives(self._ALTERNATIVES)
        self._kaldi = kaldi
        self._fed = 0

    @property
    def fed(self) -> float:
        """Seconds of sound taken in so far, in all utterances: the clock of a transcript's times."""
        return self._fed / EAR_RATE

    def feed(self, sound: Samples) -> Transcript | None:
        """Samples at EAR_RATE. Returns what was said when Vosk itself has found the end of an utterance in them."""
        self._fed += len(sound)
        ended = self._kaldi.AcceptWaveform((np.clip(sound, -1, 1) * 32767).astype(np.int16).tobytes())
        return _transcript(self._kaldi.Result()) if ended else None

    def partial(self) -> str:
        """What it sounds like so far."""
        return str(json.loads(self._kaldi.PartialResult())["partial"])

    def finish(self) -> Transcript:
        """End the utterance, and tell what was said in it."""
        return _transcript(self._kaldi.FinalResult())


def _transcript(result: str) -> Transcript:
    alternatives = json.loads(result).get("alternatives", [])
    if not alternatives or not alternatives[0].get("result"):
        return Transcript()
    best, *others = alternatives
    return Transcript(
        best["text"].strip(),
        best["result"][0]["start"],
        best["result"][-1]["end"],
        best["confidence"],
        tuple((other["text"].strip(), other["confidence"]) for other in others),
        tuple(word["end"] for word in best["result"]),
    )
