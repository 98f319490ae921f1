"""Other programs' music in the virtual room: lowered, given back, and given back after kill -9, too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.audio.ducking import LOWERED, Ducking
from tests.live.athlete import Workout
from tests.room import VirtualRoom

pytest.importorskip("pulsectl")
pytestmark = pytest.mark.live

_KILLED = """
import sys, time
from pathlib import Path
from coach.audio.ducking import Ducking
Ducking(Path(sys.argv[1])).lower(True)
time.sleep(60)
"""


class Music:
    """Another program that plays."""

    def __init__(self, room: VirtualRoom, folder: Path) -> None:
        self._environment = os.environ | room.environment
        sound = folder / "music.raw"
        sound.write_bytes((3000 * np.random.default_rng(0).standard_normal(120 * 8000)).astype("<i2").tobytes())
        self._player = subprocess.Popen(
            ["paplay", "--raw", "--rate=8000", "--channels=1", "--volume=52429", "--device=speaker", str(sound)],
            env=self._environment,
        )
        self.until(lambda: bool(self.volumes()))

    def volumes(self) -> list[int]:
        """As the server has it, 65536 being all of it."""
        done = subprocess.run(
            ["pactl", "-f", "json", "list", "sink-inputs"], env=self._environment, capture_output=True, check=True
        )
        return [
            channel["value"]
            for stream in json.loads(done.stdout or b"[]")
            if stream["properties"].get("application.name") == "paplay"
            for channel in stream["volume"].values()
        ]

    def set(self, volume: int) -> None:
        """As its listener does."""
        done = subprocess.run(
            ["pactl", "list", "short", "sink-inputs"], env=self._environment, capture_output=True, text=True, check=True
        )
        index = next(line.split()[0] for line in done.stdout.splitlines() if "protocol-native" in line)
        subprocess.run(["pactl", "set-sink-input-volume", index, str(volume)], env=self._environment, check=True)

    def until(self, what: Callable[[], bool]) -> None:
        """Wait for it."""
        for _ in range(100):
            if what():
                return
            time.sleep(0.1)
        raise AssertionError(self.volumes())

    def stop(self) -> None:
        self._player.kill()
        self._player.wait()


@pytest.fixture
def music(virtual_room: VirtualRoom, tmp_path: Path) -> Iterator[Music]:
    playing = Music(virtual_room, tmp_path)
    yield playing
    playing.stop()


def _lowered(volumes: list[int], before: list[int]) -> bool:
    return volumes == [pytest.approx(LOWERED * each, abs=2) for each in before]


def test_it_is_lowered_while_the_coach_speaks_and_given_back_exactly(music: Music, tmp_path: Path) -> None:
    before, note = music.volumes(), tmp_path / "lowered.json"
    ducking = Ducking(note)
    for _ in range(2):
        ducking.lower(True)
        music.until(lambda: _lowered(music.volumes(), before))
        assert note.exists()
        ducking.lower(False)
        music.until(lambda: music.volumes() == before)
    ducking.lower(True)
    ducking.close()
    assert music.volumes() == before
    assert not note.exists()


def test_a_workout_lowers_it_while_a_line_is_spoken_and_gives_it_back(
    music: Music, virtual_room: VirtualRoom, tmp_path: Path
) -> None:
    before = music.volumes()
    workout = Workout(virtual_room, tmp_path, "lower-body-bands")
    music.until(lambda: _lowered(music.volumes(), before))
    workout.stop()
    music.until(lambda: music.volumes() == before)


def test_after_kill_9_the_next_start_gives_it_back(music: Music, tmp_path: Path, virtual_room: VirtualRoom) -> None:
    before, note = music.volumes(), tmp_path / "lowered.json"
    killed = subprocess.Popen([sys.executable, "-c", _KILLED, str(note)], env=os.environ | virtual_room.environment)
    music.until(lambda: _lowered(music.volumes(), before))
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert music.volumes() != before
    Ducking(note).close()
    assert music.volumes() == before
    assert not note.exists()


def test_what_its_listener_changed_meanwhile_stays(music: Music, tmp_path: Path) -> None:
    before = music.volumes()
    ducking = Ducking(tmp_path / "lowered.json")
    ducking.lower(True)
    music.until(lambda: _lowered(music.volumes(), before))
    music.set(40_000)
    ducking.close()
    assert music.volumes() == [40_000]


def test_without_a_sound_server_it_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    ducking = Ducking(tmp_path / "lowered.json")
    ducking.lower(True)
    ducking.close()
    assert not (tmp_path / "lowered.json").exists()
