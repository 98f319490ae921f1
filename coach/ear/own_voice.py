"""How the athlete says some of the phrases: what a verifier's heads saw when they said each, a few times.

Every example is a row of numbers in which a whole word, its melody and its length are one point: no sound can be made
from it. What is said later is compared with the examples, and a phrase that it resembles becomes likelier.
"""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.document.files import opened, replace_file, told
from coach.ear.products import Array
from coach.errors import CoachError

_LARGEST = 4_000_000
"""Bytes of a file that is read; two dozen examples are 30,000."""
_ALIKE, _FAVOUR = 0.5, 10.0
"""From this likeness on (a cosine; 0.90 is usual for a word and the same by the same person, 0.13 for two words, and
one pair in a hundred of those has 0.49) a phrase's logit grows, by so much for each whole."""


@dataclass(frozen=True)
class OwnVoice:
    """`examples` has a row for each of `phrases`, in which a phrase may stand several times. `heads`: the name of the
    verifier whose features they are."""

    heads: str
    phrases: tuple[str, ...]
    examples: Array

    def fits(self, heads: str, phrases: Collection[str], shape: tuple[int, ...]) -> bool:
        """Whether it is of these heads' making: what one pair of heads makes of a voice means nothing to another."""
        return self.heads == heads and set(self.phrases) <= set(phrases) and self.examples.shape[1:] == shape

    def favour(self, features: Array, usual: Array) -> dict[str, float]:
        """By how much each phrase's logit grows where an example resembles this; `usual`: what all speech has."""
        this = _direction(features - usual)
        likeness = _direction(self.examples - usual) @ this
        found: dict[str, float] = {}
        for phrase, alike in zip(self.phrases, likeness.tolist(), strict=True):
            found[phrase] = max(found.get(phrase, 0.0), _FAVOUR * (alike - _ALIKE))
        return found

    def write(self, path: Path) -> None:
        """Keep it, for the athlete's eyes alone. Raises CoachError."""
        content = io.BytesIO()
        np.savez_compressed(
            content, heads=self.heads, phrases=np.array(self.phrases), examples=self.examples.astype(np.float16)
        )
        replace_file(path, content.getvalue(), make_folder=True)

    @classmethod
    def read(cls, path: Path) -> OwnVoice | None:
        """What was kept; None where nothing was. Raises CoachError where it cannot be read."""
        if not path.exists():
            return None
        try:
            with opened(path) as file, np.load(io.BytesIO(file.read(_LARGEST))) as stored:
                heads, phrases = str(stored["heads"]), tuple(str(phrase) for phrase in stored["phrases"])
                examples = stored["examples"].astype(np.float32)
        except Exception as error:  # a damaged archive raises whatever its bytes lead to
            raise _damaged() from error
        if examples.ndim != 2 or len(examples) != len(phrases) or not np.isfinite(examples).all():
            raise _damaged()
        return cls(heads, phrases, examples)


def set_aside(path: Path) -> None:
    """Keep a damaged file beside its place, under another name. Raises CoachError where it cannot be moved."""
    with told(path):
        path.replace(_damaged_name(path))


def forget(path: Path) -> bool:
    """Delete what was learned, damaged files too; whether there was anything. Raises CoachError where it cannot be."""
    kept = [each for each in (path, _damaged_name(path)) if each.exists()]
    with told(path):
        for each in kept:
            each.unlink()
    return bool(kept)


def _damaged_name(path: Path) -> Path:
    return path.with_name(f"{path.stem}-damaged{path.suffix}")


def _direction(x: Array) -> Array:
    """Each row of length 1."""
    direction: Array = x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-6)
    return direction


def _damaged() -> CoachError:
    return CoachError("What was learned of your voice is damaged.", "To learn it anew: coach calibrate")
