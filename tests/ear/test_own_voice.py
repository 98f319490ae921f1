from pathlib import Path

import numpy as np
import pytest

from coach import speech_models
from coach.ear.own_voice import OwnVoice, forget, set_aside
from coach.ear.verifier import Verifier
from coach.errors import CoachError

from .conftest import Scene


@pytest.fixture(scope="module")
def learned(verifier: Verifier, scene: Scene) -> OwnVoice:
    """Of somebody who says "harder" and "back" in a way of their own."""
    said = [("harder", "hotter"), ("back", "buck")]
    seen = [verifier.features(scene(0.3, sound, 0.25, voice="espeak:m6")) for _, sound in said]
    return OwnVoice(verifier.name, tuple(phrase for phrase, _ in said), np.stack(seen))


def test_what_resembles_an_example_is_likelier(verifier: Verifier, learned: OwnVoice, scene: Scene) -> None:
    folder = speech_models.verifier("en")
    assert folder is not None
    knows_them = Verifier(folder, learned)
    for phrase, sound in (("harder", "hotter"), ("back", "buck")):
        again = scene(0.35, sound, 0.2, voice="espeak:m6")
        assert verifier(again)[phrase] < 0.7
        assert knows_them(again)[phrase] > 0.9
        assert phrase in knows_them.taught


def test_other_words_stay_as_unlikely(verifier: Verifier, learned: OwnVoice, scene: Scene) -> None:
    folder = speech_models.verifier("en")
    assert folder is not None
    knows_them = Verifier(folder, learned)
    for word in ("window", "potatoes", "seven"):
        sound = scene(0.3, word, 0.25, voice="espeak:m6")
        assert all(knows_them(sound)[phrase] < 0.1 for phrase in learned.phrases)


def test_what_other_heads_saw_counts_for_nothing(learned: OwnVoice, scene: Scene) -> None:
    folder = speech_models.verifier("en")
    assert folder is not None
    sound = scene(0.3, "hotter", 0.25, voice="espeak:m6")
    older = OwnVoice("verifier-en-0.0", learned.phrases, learned.examples)
    assert Verifier(folder, older)(sound) == Verifier(folder)(sound)


def test_it_is_kept_for_the_athletes_eyes_alone(learned: OwnVoice, tmp_path: Path) -> None:
    path = tmp_path / "data" / "voice.npz"
    learned.write(path)
    assert path.stat().st_mode & 0o777 == 0o600
    kept = OwnVoice.read(path)
    assert kept is not None
    assert (kept.heads, kept.phrases) == (learned.heads, learned.phrases)
    assert np.allclose(kept.examples, learned.examples, atol=0.01, rtol=0.01)
    assert path.stat().st_size < 1000 + 1700 * len(kept.phrases), "a word has 768 numbers of two bytes, and no sound"


def test_nothing_learned_is_no_fault(tmp_path: Path) -> None:
    assert OwnVoice.read(tmp_path / "voice.npz") is None
    assert not forget(tmp_path / "voice.npz")


@pytest.mark.parametrize("cut", [0, 1, 300, 900])
def test_a_damaged_file_is_a_sentence_and_can_be_set_aside(learned: OwnVoice, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "voice.npz"
    learned.write(path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(CoachError, match="damaged"):
        OwnVoice.read(path)
    set_aside(path)
    assert OwnVoice.read(path) is None
    assert forget(path)
    assert not list(tmp_path.iterdir())


def test_numbers_that_are_none_are_damage(learned: OwnVoice, tmp_path: Path) -> None:
    path = tmp_path / "voice.npz"
    OwnVoice(learned.heads, learned.phrases, np.full_like(learned.examples, np.nan)).write(path)
    with pytest.raises(CoachError, match="damaged"):
        OwnVoice.read(path)
