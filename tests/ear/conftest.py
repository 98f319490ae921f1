"""An ear with the built-in model, and voices it was not trained on, from eSpeak's wheel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bench.ear.voices import speak
from coach import language, speech_models
from coach.audio.clip import EAR_RATE, Samples
from coach.ear.ear import Ear
from coach.ear.verifier import Verifier
from coach.ear.vocabulary import Vocabulary
from coach.own import paths

ENGLISH = language.load("en")
VOCABULARY = Vocabulary.of(ENGLISH)
MODEL = paths.models() / "vosk-model-tiny-en-coach-0.5"
HEADS = speech_models.verifier("en") or Path()


@pytest.fixture(scope="session")
def verifier() -> Verifier:
    return Verifier(HEADS)


@pytest.fixture
def ear(verifier: Verifier) -> Ear:
    return Ear(MODEL, VOCABULARY, verifier)


Scene = Callable[..., Samples]


@pytest.fixture(scope="session")
def scene() -> Scene:
    """`scene(1.0, "next exercise", 1.5)`: seconds of near silence, what is said, silence again."""

    def lay(*parts: float | str, voice: str = "espeak:f4", level: float = 0.5) -> Samples:
        sounds = [
            np.zeros(round(part * EAR_RATE)) if isinstance(part, float) else level * speak(part, voice)
            for part in parts
        ]
        sound = np.concatenate(sounds)
        hiss = np.random.default_rng(7).standard_normal(len(sound))
        return (sound + 1e-4 * hiss).astype(np.float32)

    return lay
