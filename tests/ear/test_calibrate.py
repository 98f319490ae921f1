from pathlib import Path

import pytest

from coach.audio.clip import Samples
from coach.ear.calibrate import calibrate, labelled, save
from coach.ear.decide.thresholds import Thresholds
from coach.ear.ear import Ear
from coach.errors import CoachError
from tests.audio.test_wav import write_pcm

from .conftest import ENGLISH, Scene

Commands = list[tuple[Samples, str]]


@pytest.fixture
def commands(scene: Scene) -> Commands:
    said = ["next", "pause", "make it easier", "how many left", "resume", "explain"]
    return [(scene(1.0, phrase, 1.0, voice=voice), phrase) for phrase in said for voice in ("espeak:f4", "espeak:m6")]


def test_what_it_finds_obeys_the_commands_and_is_read_back_from_the_models_folder(
    ear: Ear, scene: Scene, commands: Commands, tmp_path: Path
) -> None:
    talk = [scene(1.0, text, 1.0) for text in ("garden", "it was a long way home", "necks", "hardware")]
    found = calibrate(ear, commands, talk)
    assert found.obeyed >= 0.9
    save(tmp_path, found)
    assert Thresholds.of(tmp_path) == found.thresholds


def test_talk_makes_it_stricter(ear: Ear, scene: Scene, commands: Commands) -> None:
    easy = calibrate(ear, commands, [])
    strict = calibrate(ear, commands, [scene(1.0, text, 1.0) for text in ("hardware", "text", "nope", "quiet")])
    assert easy.false == 0
    assert strict.thresholds.likelier >= easy.thresholds.likelier


def test_too_few_commands_are_a_sentence(ear: Ear, scene: Scene) -> None:
    with pytest.raises(CoachError, match="it takes ten"):
        calibrate(ear, [(scene(1.0, "next", 1.0), "next")], [])


def test_recordings_are_labelled_by_their_names(tmp_path: Path, scene: Scene) -> None:
    write_pcm(tmp_path / "next exercise 2.wav", scene(0.5, "next exercise"), 16_000)
    [(sound, phrase)] = labelled(tmp_path, ENGLISH.phrases)
    assert phrase == "next exercise"
    assert len(sound) > 8000


def test_a_recording_named_after_nothing_is_a_sentence(tmp_path: Path, scene: Scene) -> None:
    write_pcm(tmp_path / "holiday.wav", scene(0.5, "next"), 16_000)
    with pytest.raises(CoachError, match="named after no phrase"):
        labelled(tmp_path, ENGLISH.phrases)
