import pytest

from coach.ear.recognizer import SpeechModel
from coach.errors import NotFound

from .conftest import ENGLISH, MODEL


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return SpeechModel(MODEL)


def test_every_phrase_and_number_is_in_the_built_in_models_vocabulary(model):
    assert model.unknown(ENGLISH.orders) == set()


def test_words_that_it_cannot_hear_are_named(model):
    assert model.unknown(["next", "frobnicate the band"]) == {"frobnicate"}


def test_a_folder_without_a_model_is_a_sentence(tmp_path):
    with pytest.raises(NotFound, match="holds no speech model"):
        SpeechModel(tmp_path)


def test_utterances_do_not_run_into_each_other(model, scene):
    recognizer = model.recognizer(["next", "easier", "[unk]"])
    texts = []
    for phrase in ("next", "easier", "next"):
        recognizer.feed(scene(0.3, phrase, 0.3))
        texts.append(recognizer.finish().text)
    assert texts == ["next", "easier", "next"]


def test_the_free_decoder_hears_words_that_are_no_command(model, scene):
    recognizer = model.recognizer()
    recognizer.feed(scene(0.3, "left leg", 0.3))
    assert recognizer.finish().text == "left leg"
