from pathlib import Path

from coach.audio.clip import EAR_RATE
from coach.audio.resampling import resampled
from coach.audio.wav import read
from coach.ear.ear import Ear
from coach.ear.hearing import hear, hear_file
from tests.audio.test_wav import write_pcm

from .conftest import ENGLISH, Scene


def test_a_recording_gives_its_commands_with_their_times(tmp_path: Path, ear: Ear, scene: Scene) -> None:
    sound = resampled(scene(1.0, "next exercise", 1.0), EAR_RATE, 44_100)
    path = write_pcm(tmp_path / "said.wav", sound, 44_100, channels=2)
    [record] = hear_file(path, ear, ENGLISH)
    assert record["text"] == "next exercise"
    assert record["command"] == "next"
    assert record["accepted"] is True
    assert 0.9 < record["start"] < 1.2
    assert record["start"] < record["end"] <= record["decided"] < record["end"] + 0.5


def test_a_file_is_heard_as_the_same_sound_in_memory_is(tmp_path: Path, ear: Ear, scene: Scene) -> None:
    path = write_pcm(tmp_path / "said.wav", scene(0.7, "pause", 1.0, "next exercise", 0.4), EAR_RATE)
    whole = [decision.text for decision in hear(read(path, EAR_RATE), ear)]
    assert [record["text"] for record in hear_file(path, ear, ENGLISH)] == whole == ["pause", "next exercise"]
