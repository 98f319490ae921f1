from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from coach import speech_models
from coach.app import parts
from coach.audio.clip import EAR_RATE
from coach.ear.decide.thresholds import Thresholds
from coach.ear.hearing import hear
from coach.ear.products import Array, Product
from coach.ear.verifier import NONE, Verifier
from coach.errors import CoachError, NotFound
from coach.own.settings import Settings

from .conftest import ENGLISH, HEADS, Scene


def likeliest(probabilities: Mapping[str, float]) -> str:
    return max(probabilities, key=lambda phrase: probabilities[phrase])


def test_probabilities_add_up_to_one(verifier: Verifier, scene: Scene) -> None:
    probabilities = verifier(scene(0.3, "next exercise", 0.25))
    assert abs(sum(probabilities.values()) - 1) < 1e-4


@pytest.mark.parametrize("phrase", ["make it easier", "how many left", "what can i say"])
def test_a_phrase_is_likelier_than_all_others(verifier: Verifier, scene: Scene, phrase: str) -> None:
    assert likeliest(verifier(scene(0.3, phrase, 0.25))) == phrase


def test_it_does_not_matter_how_loud_it_was(verifier: Verifier, scene: Scene) -> None:
    sound = scene(0.3, "stop", 0.25)
    loud, soft = verifier(sound), verifier(0.02 * sound)
    assert abs(loud["stop"] - soft["stop"]) < 0.05


def test_talk_and_noise_are_none_of_its_phrases(verifier: Verifier, scene: Scene) -> None:
    talk = scene(0.3, "I bought some potatoes and a loaf of bread", 0.25)
    noise = np.random.default_rng(1).normal(0, 0.05, 2 * EAR_RATE).astype(np.float32)
    for sound in (talk, noise):
        probabilities = verifier(sound)
        assert all(probabilities.get(phrase, 0) < Thresholds().own_word for phrase in ENGLISH.phrases)


def test_a_click_or_nothing_at_all_is_no_fault(verifier: Verifier) -> None:
    for samples in (0, 1, 800):
        assert set(verifier(np.ones(samples, np.float32))) == {*verifier.phrases, NONE}


def test_it_knows_most_phrases_of_the_table_and_every_number_up_to_twenty(verifier: Verifier) -> None:
    new = set(ENGLISH.phrases) - verifier.phrases
    assert len(new) < len(ENGLISH.phrases) / 2, "models/training/verifier teaches it new phrases"
    assert set(ENGLISH.numbers[:21]) <= verifier.phrases


def test_people_taught_it_the_shortest_words(verifier: Verifier) -> None:
    assert {"stop", "yes", "no", *ENGLISH.numbers[:10]} <= verifier.taught <= verifier.phrases


def test_heads_that_are_missing_or_damaged_are_a_sentence(tmp_path: Path) -> None:
    heads = speech_models.verifier("en")
    assert heads is not None
    whole = (heads / "verifier.npz").read_bytes()
    with pytest.raises(NotFound, match="cannot be read"):
        Verifier(tmp_path)
    holed = (whole[:at] + bytes(9) + whole[at + 9 :] for at in (20_000, len(whole) // 2))
    for damaged in (b"no archive", b"PK\x03\x04 and no more", whole[:-9], *holed):
        (tmp_path / "verifier.npz").write_bytes(damaged)
        with pytest.raises(NotFound, match="cannot be read"):
            Verifier(tmp_path)


def in_single_steps(a: Array, b: Array) -> Array:
    """A product of matrices that is made without NumPy's library."""
    product: Array = sum(a[..., k, None] * b[k] for k in range(len(b)))
    return product


def one_column_twice(a: Array, b: Array) -> Array:
    """A processor that takes one column of twenty-four for its neighbour."""
    wrong = in_single_steps(a, b)
    wrong[..., 23:24] = wrong[..., 22:23]
    return wrong


def no_numbers(a: Array, b: Array) -> Array:
    """Seen on an emulated ARM: everything was heard as "stop"."""
    return np.float32(np.nan) * in_single_steps(a, b)


def without_the_last_row(a: Array, b: Array) -> Array:
    """Blocks of four rows are right, and what is left at the edge is not written."""
    wrong = in_single_steps(a, b)
    wrong[..., -1:, :] = 0
    return wrong


def test_another_way_to_multiply_gives_the_same(verifier: Verifier, scene: Scene) -> None:
    said = scene(0.3, "stop", 0.25)
    other = Verifier(HEADS, product=in_single_steps)(said)
    np.testing.assert_allclose(list(other.values()), list(verifier(said).values()), atol=1e-4)


@pytest.mark.parametrize("product", [one_column_twice, no_numbers, without_the_last_row])
def test_it_refuses_to_work_where_products_of_matrices_are_wrong(product: Product) -> None:
    with pytest.raises(CoachError, match="multiplies matrices wrongly"):
        Verifier(HEADS, product=product)


def test_where_it_refuses_the_decoders_decide_alone(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "Verifier", partial(Verifier, product=one_column_twice))
    ear = parts.Studio(Settings()).make_ear()
    assert ear.verifier is None
    decisions = hear(scene(1.0, "next exercise", 1.0, "stop", 1.0), ear)
    assert [decision.text for decision in decisions if decision.accepted] == ["next exercise", "stop"]
