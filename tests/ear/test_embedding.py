import numpy as np
import pytest

from coach import speech_models
from coach.audio.clip import EAR_RATE, Samples
from coach.ear.embedding import Embedding
from coach.own import paths


@pytest.fixture(scope="module")
def embed() -> Embedding:
    folder = speech_models.verifier("en")
    assert folder is not None
    with np.load(folder / "verifier.npz") as stored:
        layers = range(20)
        return Embedding(
            stored["filters"],
            [stored[f"kernel{n}"].astype(np.float32) for n in layers],
            [stored[f"bias{n}"].astype(np.float32) for n in layers],
        )


def noise(seconds: float) -> Samples:
    return np.random.default_rng(2).normal(0, 0.1, round(seconds * EAR_RATE)).astype(np.float32)


def test_two_seconds_are_sixteen_vectors(embed: Embedding) -> None:
    assert embed(noise(2.0)).shape == (16, 96)


def test_the_same_sound_80_ms_later_gives_the_same_vectors_a_place_later(embed: Embedding) -> None:
    sound = noise(2.0)
    later = sound[round(0.08 * EAR_RATE) :]
    np.testing.assert_allclose(embed(later)[:14], embed(sound)[1:15], atol=0.02)


def test_a_part_of_it_gives_the_vectors_of_that_part(embed: Embedding) -> None:
    sound = noise(3.0)
    np.testing.assert_allclose(embed(sound[: 2 * EAR_RATE]), embed(sound)[:16], atol=0.02)


def test_what_it_learned_travels_with_the_coach() -> None:
    folder = speech_models.verifier("en")
    assert folder is not None
    assert folder.parent == paths.models()
    assert (folder / "README.md").is_file()
