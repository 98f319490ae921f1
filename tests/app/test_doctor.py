"""What the doctor says of healthy parts and of sick ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from coach.app import doctor
from coach.app.doctor import Finding, State, examine
from coach.audio.clip import BLOCK_SECONDS, EAR_RATE, Heard, Samples
from coach.audio.device import open_duplex
from coach.audio.simulated import Room, Timer
from coach.ear import verifier
from coach.errors import CoachError, DeviceTrouble
from coach.own import paths
from coach.own.settings import Settings
from tests.room import VirtualRoom


@pytest.fixture(autouse=True)
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"COACH_{kind}_DIR", str(tmp_path / kind))
    return tmp_path


def states(findings: list[doctor.Finding]) -> dict[str, list[State]]:
    """By part, in order."""
    by_part: dict[str, list[State]] = {}
    for finding in findings:
        by_part.setdefault(finding.part, []).append(finding.state)
    return by_part


def test_every_part_is_examined_and_nothing_is_left_behind(empty_home: Path) -> None:
    found = states(list(examine()))
    sound = [name for name in found if name in ("Loudspeaker and microphone", "Loudspeaker", "Microphone")]
    assert [name for name in found if name not in sound] == [
        "Settings", "Python", "Journal and models", "Cache", "Your phrases", "Your routines", "Voice",
        "Speech model", "Second opinion", "Echo",
    ]  # fmt: skip
    assert sound
    for part in ("Settings", "Python", "Journal and models", "Cache", "Your phrases", "Your routines", "Voice", "Echo"):
        assert found[part] == [State.FINE], part
    assert found["Speech model"] == [State.FINE, State.NOTE]
    assert list(empty_home.iterdir()) == []


def test_a_second_opinion_that_would_be_wrong_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = partial(verifier.Verifier, product=lambda a, b: 1.01 * (a @ b))
    monkeypatch.setattr(verifier, "Verifier", wrong)
    [found] = doctor.check_verifier(Settings())
    assert found.state is State.NOTE
    assert "NumPy multiplies matrices wrongly on this processor" in found.sentence


def test_a_finding_is_one_line_that_a_screen_reader_can_read() -> None:
    finding = doctor.Finding("Echo", State.NOTE, "There is no canceller here.", "To install it: pip install livekit")
    assert str(finding) == "Echo: note. There is no canceller here. To install it: pip install livekit"


def test_each_fault_of_the_settings_is_told_and_the_rest_is_examined_all_the_same() -> None:
    file = paths.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text("rate: fast\nvolume: 1\n")
    findings = list(examine([doctor.check_python]))
    assert [str(finding) for finding in findings[:2]] == [
        f'Settings: fault. {file}:1:7: rate: "fast" is not a whole number; write one from 80 to 450.',
        f"Settings: fault. {file}:2:9: volume: 1 is too small; write a number from 5 to 100.",
    ]
    assert findings[2].state is State.FINE


def test_faults_of_your_phrases_are_told() -> None:
    file = paths.own_phrases()
    file.parent.mkdir(parents=True)
    file.write_text("nxt: [onward]\n")
    (finding,) = doctor.check_phrases(Settings())
    assert finding.state is State.FAULT
    assert f"{file}:1:1" in finding.sentence


def test_faults_of_your_routines_are_told() -> None:
    file = paths.own_routines() / "exercises" / "legs.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("family: legs\nvariants: []\n")
    (finding,) = doctor.check_routines(Settings())
    assert finding.state is State.FAULT
    assert f"{file}:2:11" in finding.sentence


def test_a_phrase_of_yours_that_the_model_cannot_hear_is_a_fault() -> None:
    file = paths.own_phrases()
    file.parent.mkdir(parents=True)
    file.write_text("next: [xylograph]\n")
    (finding,) = doctor.check_model(Settings())
    assert finding.state is State.FAULT
    assert "xylograph" in finding.sentence


def test_a_place_of_routines_that_is_no_folder_is_a_fault() -> None:
    paths.own_routines().parent.mkdir(parents=True)
    paths.own_routines().symlink_to("routines")
    (finding,) = doctor.check_routines(Settings())
    assert finding.state is State.FAULT
    assert finding.sentence == f"{paths.own_routines()} is no folder, so none are found."


def test_a_folder_that_cannot_be_made_is_a_fault(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (empty_home / "file").touch()
    monkeypatch.setenv("COACH_DATA_DIR", str(empty_home / "file" / "coach"))
    data, cache = doctor.check_places(Settings())
    assert (data.state, cache.state) == (State.FAULT, State.FINE)
    assert "cannot be written" in data.sentence


def test_a_disk_that_is_nearly_full_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ROOM_WANTED", 10**18)
    assert {finding.state for finding in doctor.check_places(Settings())} == {State.NOTE}


def test_a_voice_that_does_not_exist_is_a_fault() -> None:
    (finding,) = doctor.check_voice(Settings(voice="xx-nobody"))
    assert finding.state is State.FAULT
    assert "xx-nobody" in finding.sentence


def test_a_model_that_is_not_installed_is_a_fault_with_the_command_that_installs_it() -> None:
    (finding,) = doctor.check_model(Settings(model="vosk-model-small-en-us-0.15"))
    assert finding.state is State.FAULT
    assert finding.remedy == "To fetch it: coach models install vosk-model-small-en-us-0.15"


def test_a_model_that_cannot_be_read_is_a_fault(empty_home: Path) -> None:
    broken = empty_home / "broken"
    (broken / "am").mkdir(parents=True)
    (broken / "am" / "final.mdl").write_text("no model")
    (finding,) = doctor.check_model(Settings(model=str(broken)))
    assert finding.state is State.FAULT


def run_without(module: str, check: str, folder: Path) -> str:
    """What a check says in a process where importing the module fails as it does without its library."""
    folder.mkdir()
    (folder / f"{module}.py").write_text('raise OSError("its library was not found")')
    program = f"from coach.app.doctor import *\nfor finding in {check}(Settings()): print(finding)"
    path = os.pathsep.join([str(folder), os.getcwd()])
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )  # fmt: skip
    return done.stdout


def test_without_portaudio_the_package_and_the_command_are_named(tmp_path: Path) -> None:
    told = run_without("sounddevice", "check_sound", tmp_path / "shadow")
    assert told.startswith("Loudspeaker and microphone: fault. ")
    assert "sudo apt install libportaudio2" in told


def test_without_a_canceller_the_gate_is_noted(tmp_path: Path) -> None:
    told = run_without("livekit", "check_echo", tmp_path / "shadow")
    assert told.startswith("Echo: note. ")
    assert "pip install livekit" in told


class Shouting(Timer):
    """A microphone at full scale."""

    hears = True

    def exchange(self, samples: Samples) -> Heard:
        step = round(BLOCK_SECONDS * EAR_RATE)
        return Heard(np.sin(np.arange(step, dtype=np.float32)), np.zeros(step, np.float32), 0.0)


def test_a_microphone_in_a_quiet_room_is_fine() -> None:
    (finding,) = doctor.check_microphone(lambda: Room(noise=30))
    assert finding.state is State.FINE
    assert "level was -60 dBFS" in finding.sentence


def test_a_microphone_that_brings_nothing_but_silence_is_a_fault() -> None:
    (finding,) = doctor.check_microphone(Room)
    assert finding.state is State.FAULT
    assert "silence" in finding.sentence


def test_a_microphone_that_is_too_loud_is_noted() -> None:
    (finding,) = doctor.check_microphone(Shouting)
    assert finding.state is State.NOTE
    assert "too loud" in finding.sentence


@pytest.mark.parametrize("check", [doctor.check_microphone, doctor.check_loudspeaker])
def test_a_device_that_does_not_open_is_noted_with_what_serves_instead(check: Callable[..., Iterable[Finding]]) -> None:
    def opening() -> Room:
        raise DeviceTrouble("There is no such device.", "Plug one in.")

    (finding,) = check(opening)
    assert finding.state is State.NOTE
    assert "instead." in finding.sentence
    assert finding.remedy == "Plug one in."


@pytest.mark.live
def test_real_devices_open(virtual_room: VirtualRoom) -> None:
    findings = list(doctor.check_sound(Settings()))
    assert [(finding.part, finding.state) for finding in findings] == [
        ("Loudspeaker", State.FINE),
        ("Microphone", State.FAULT),  # the virtual room's air is perfectly still
    ]
    with pytest.raises(CoachError):
        open_duplex("no such device", None)
