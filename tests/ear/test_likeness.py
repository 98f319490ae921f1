import pytest

from coach.ear.decide.likeness import distance, likeness, phones

from .conftest import ENGLISH


def test_every_command_has_a_pronunciation() -> None:
    assert all(phones(phrase, "en") for phrase in ENGLISH.phrases)


def test_the_same_is_nothing_apart_and_order_does_not_matter() -> None:
    assert distance("next", "next", "en") == 0
    assert distance("next", "text", "en") == distance("text", "next", "en")


@pytest.mark.parametrize(
    ("phrase", "near", "far"),
    [("next", "text", "pause"), ("volume up", "volume down", "skip this"), ("harder", "hardware", "explain")],
)
def test_what_sounds_alike_is_nearer(phrase: str, near: str, far: str) -> None:
    assert distance(phrase, near, "en") < distance(phrase, far, "en")


def test_a_word_that_is_in_no_dictionary_is_compared_by_its_letters() -> None:
    assert distance("glute", "flute", "en") < 0.5


def test_what_is_heard_twice_through_noise_is_like_itself_and_two_phrases_are_not_alike() -> None:
    assert likeness("more reps", "more rest", "en") > 0.8
    assert 0.1 < likeness("which five", "switch sides", "en") < 0.9
    assert likeness("potatoes", "next exercise", "en") == likeness("", "next exercise", "en") == 0
