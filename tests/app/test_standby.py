"""Waiting to be called, in the simulated room: deaf to everything else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from coach.app.athlete import Utterance, spoken
from coach.app.log import Log
from coach.app.notices import Notices
from coach.app.parts import Studio
from coach.app.priority import HIGH
from coach.app.stage import Stage, prove_model
from coach.app.standby import Standby
from coach.audio.players import Players
from coach.audio.simulated import Room, Timer
from coach.own.settings import Settings
from coach.session.events import Event
from coach.terminal.keys import Lines
from coach.terminal.plain import Plain
from coach.voice.silent import SilentVoice
from tests import mpris
from tests.mpris import Player, session_bus


@pytest.fixture
def events() -> list[Event]:
    return []


def stage(duplex: Room | Timer, events: list[Event], keys: Lines) -> Stage:
    studio = Studio(Settings())
    display = Plain(studio.language, StringIO())
    voice = SilentVoice(duplex.rate)
    return Stage(studio, Notices(studio), duplex, None, voice, display, keys, events.append, Log(None))


def test_it_wakes_at_its_name_and_at_nothing_else(events: list[Event], tmp_path: Path) -> None:
    said = [Utterance(2, say="next"), Utterance(4, say="hey there"), Utterance(6, say="the coach is late"),
            Utterance(9, say="stop"), Utterance(12, say="hey coach")]  # fmt: skip
    with (tmp_path / "nothing").open("w+") as typed:
        waiting = Standby(
            stage(Room(athlete=spoken(said), noise=30), events, Lines(typed.fileno())), Studio(Settings())
        )
        assert waiting.called()
    assert [event.name() for event in events] == ["waiting", "woken"]
    assert 12.4 < events[-1].at < 13.5


def test_a_typed_line_wakes_it_where_there_is_no_microphone(events: list[Event], tmp_path: Path) -> None:
    (tmp_path / "typed").write_text("hey coach\n")
    with (tmp_path / "typed").open() as typed:
        waiting = Standby(stage(Timer(), events, Lines(typed.fileno())), Studio(Settings()))
        assert waiting.called()
        assert not waiting.called(), "and where nobody can call it any more it is over"


def test_it_says_which_phrase_calls_it_before_it_waits(events: list[Event], tmp_path: Path) -> None:
    """Who chose a phrase that cannot be heard would call in vain, and on a shelf nobody reads along."""
    with (tmp_path / "nothing").open("w+") as typed:
        said = StringIO()
        standing_by = stage(Room(athlete=spoken([Utterance(2, say="hey coach")])), events, Lines(typed.fileno()))
        standing_by.display = Plain(standing_by.studio.language, said)
        studio = standing_by.studio
        studio.settings = replace(studio.settings, wake="hey xyzzy")
        prove_model(studio, standing_by.notices)
        assert Standby(standing_by, studio).called()
    assert 'I can\'t hear "hey xyzzy". To call me today, say "hey coach".' in said.getvalue()
    assert not standing_by.notices.taken()


@pytest.mark.skipif(bool(mpris.missing()), reason=mpris.missing())
def test_it_pauses_the_music_and_lets_it_play_again_without_waking(
    events: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [Utterance(2, say="pause the music"), Utterance(5, say="music"), Utterance(7, say="i like the music"),
            Utterance(12, say="play the music"), Utterance(15, say="hey coach")]  # fmt: skip
    with (
        tempfile.TemporaryDirectory(prefix="bus-") as folder,  # a socket's path must be short
        session_bus(Path(folder)) as bus,
        (tmp_path / "nothing").open("w+") as typed,
    ):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
        player = Player(bus, "tune")
        standing_by = stage(Room(athlete=spoken(said), noise=30), events, Lines(typed.fileno()))
        standing_by.players = Players()
        assert Standby(standing_by, Studio(Settings())).called()
        standing_by.music(True)  # answered after all that was asked before
        while not standing_by.notices.taken():
            time.sleep(0.02)
        assert player.said_since() == ["Paused", "Playing"]
    assert [event.name() for event in events] == ["waiting", "command", "command", "woken"]


def test_without_a_player_it_says_so_where_it_can_be_read(
    events: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    (tmp_path / "typed").write_text("music off\n")
    with (tmp_path / "typed").open() as typed:
        said = StringIO()
        standing_by = stage(Timer(), events, Lines(typed.fileno()))
        standing_by.display = Plain(standing_by.studio.language, said)
        assert not Standby(standing_by, Studio(Settings())).called()
    assert "Your settings tell me to leave music alone." in said.getvalue()


@pytest.mark.skipif(sys.platform != "linux", reason="looks in /proc")
def test_it_keeps_what_is_the_athletes_private_and_comes_before_other_programs(tmp_path: Path) -> None:
    own = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    left_open = tmp_path / "data" / "coach"
    left_open.mkdir(parents=True)
    left_open.chmod(0o755)
    told = tmp_path / "events"
    without = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    coach = subprocess.Popen(
        [sys.executable, "-m", "coach", "listen", "--plain", "--events", str(told)],
        env=without | own | {"PULSE_SERVER": "unix:/nowhere"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(3000):
            if told.exists() and "waiting" in told.read_text():
                break
            assert coach.poll() is None
            time.sleep(0.05)
        else:
            raise AssertionError("it does not wait to be called")
        assert left_open.stat().st_mode & 0o777 == 0o700
        assert told.stat().st_mode & 0o077 == 0
        ours, its = (os.getpriority(os.PRIO_PROCESS, pid) for pid in (0, coach.pid))
        assert its == (HIGH if os.geteuid() == 0 and HIGH < ours <= 0 else ours)
    finally:
        coach.kill()
        coach.wait()
        assert coach.stdin is not None
        coach.stdin.close()
