"""A second opinion that was raised on people: how likely each phrase is, by heads over a speech embedding.

    sound of an utterance ─► as loud as all ─► embedding ─► two convolutions ─► attention ─► features ─► probabilities

It knows whole phrases; whatever else is said is "none of these". What it learned of one athlete's voice stands beside
the heads (own_voice.py). It needs NumPy alone. models/training/verifier makes its file.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.embedding import Embedding
from coach.ear.own_voice import OwnVoice
from coach.ear.products import Array, Product, proving
from coach.errors import CoachError, NotFound

BEFORE, AFTER = 0.3, 0.25
"""Seconds before the first word and after the last that belong to what it is given, where they are there."""
SECONDS = 2.0
"""What it hears at a time: the last of a longer utterance."""
NONE = "[other]"
"""Its word for none of these."""
_LOUDNESS = 10 ** (-18 / 20)
"""The root mean square of the loudest 30 ms, as in training."""
_FRAME = EAR_RATE // 100
_WORDS = ("phrases", "taught")


class Verifier:
    """Raises NotFound where the folder holds no heads, CoachError where what it would compute would be wrong."""

    def __init__(self, folder: Path, own: OwnVoice | None = None, product: Product = np.matmul) -> None:
        """`own`: how the athlete says some of the phrases; it counts for nothing where it is of other heads' making.
        `product`: what multiplies matrices.
        """
        self.name = folder.name
        try:
            with np.load(folder / "verifier.npz") as stored:
                self._arrays: dict[str, Array] = {
                    name: stored[name].astype(np.float32) for name in stored.files if name not in _WORDS
                }
                phrases, taught = ([str(phrase) for phrase in stored[name]] for name in _WORDS)
        except (OSError, KeyError, ValueError, EOFError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
            raise NotFound(f"The verifier in {folder} cannot be read.") from error
        self._phrases = phrases
        self._own = own if own is not None and own.fits(self.name, phrases, self._arrays["usual"].shape) else None
        self.taught = frozenset([*taught, *(self._own.phrases if self._own else ())])
        """The phrases of which people's recordings were among what it learned from, the athlete's too."""
        self._embedding = Embedding.of(self._arrays)
        self._product = proving(product)
        try:
            self(np.random.default_rng(0).normal(0, 0.1, round(SECONDS * EAR_RATE)).astype(np.float32))
        except ArithmeticError as error:
            raise CoachError(
                "NumPy multiplies matrices wrongly on this processor, so the second opinion is left out.",
                "Commands are understood without it, less surely.",
            ) from error
        self._product = product

    @property
    def phrases(self) -> frozenset[str]:
        """What it can tell from everything else."""
        return frozenset(self._phrases) - {NONE}

    def __call__(self, said: Samples) -> Mapping[str, float]:
        """The probability of each phrase, and of none of these, for a sound as `features` takes it."""
        return self.probabilities(self.features(said))

    def probabilities(self, features: Array) -> Mapping[str, float]:
        """The probability of each phrase, and of none of these, for a sound with these features."""
        logits: Array = self._product(features, self._arrays["phrase"]) + self._arrays["phrase_bias"]
        if self._own is not None:
            for phrase, more in self._own.favour(features, self._arrays["usual"]).items():
                logits[self._phrases.index(phrase)] += more
        odds = np.exp(logits - logits.max())
        return dict(zip(self._phrases, (odds / odds.sum()).tolist(), strict=True))

    def features(self, said: Samples) -> Array:
        """What the heads see in a sound at EAR_RATE, FEATURES numbers.

        The sound begins about BEFORE its first word and ends up to AFTER its last.
        """
        a = self._arrays
        x = self._embedding(_prepared(said), self._product) * a["scale"] + a["shift"]
        for layer in ("first", "second"):
            x = np.maximum(self._along(x, a[layer]) + a[f"{layer}_bias"], 0)
        attention = self._product(x, a["attention"]) + a["place"]
        attention = np.exp(attention - attention.max(axis=0))
        attention /= attention.sum(axis=0)
        features: Array = self._product(attention.T, x).ravel()
        return features

    def _along(self, x: Array, kernel: Array) -> Array:
        """A convolution over three neighbouring vectors."""
        padded = np.pad(x, ((1, 1), (0, 0)))
        before, at, after = (self._product(padded[k : k + len(x)], kernel[k]) for k in range(3))
        return before + at + after


def _prepared(said: Samples) -> Samples:
    """SECONDS of it, silence before what is shorter, as loud as what it was trained on."""
    length = round(SECONDS * EAR_RATE)
    sound = np.zeros(length, np.float32)
    if len(said):
        kept = said[-length:]
        sound[-len(kept) :] = kept
    frames = sound[: length // _FRAME * _FRAME].reshape(-1, _FRAME)
    power = np.convolve(np.mean(frames**2, axis=1), np.ones(3) / 3, "same")
    loud = float(np.sqrt(np.percentile(power, 97)))
    prepared: Samples = np.clip(sound * np.float32(_LOUDNESS / max(loud, 1e-6)), -1, 1)
    return prepared
