"""Music players on a session bus of the test's own: what plays is paused, and only that plays again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from coach.audio.players import Outcome, Players
from tests import mpris
from tests.mpris import Player, session_bus

Start = Callable[..., Player]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if reason := mpris.missing():
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="bus-") as folder, session_bus(Path(folder)) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@pytest.fixture
def start(bus: str) -> Iterator[Start]:
    started: list[Player] = []

    def begin(*what: str) -> Player:
        started.append(Player(bus, *what))
        return started[-1]

    yield begin
    for player in started:
        player.stop()


@pytest.fixture
def players() -> Players:
    return Players()


def ask(players: Players, plays: bool) -> Outcome:
    told: SimpleQueue[Outcome] = SimpleQueue()
    players.play(plays, told.put)
    return told.get(timeout=30)


def test_what_plays_is_paused_and_plays_again(start: Start, players: Players) -> None:
    player = start("tune")
    for _ in range(2):
        assert ask(players, False) == "done"
        assert player.next_status() == "Paused"
        assert ask(players, True) == "done"
        assert player.next_status() == "Playing"


def test_one_that_was_paused_before_is_not_started(start: Start, players: Players) -> None:
    playing, paused, stopped = start("tune"), start("another", "Paused"), start("third", "Stopped")
    assert ask(players, False) == "done"
    assert ask(players, True) == "done"
    assert playing.said_since() == ["Paused", "Playing"]
    assert paused.said_since() == []
    assert stopped.said_since() == []


def test_asked_twice_to_pause_it_still_knows_what_it_paused(start: Start, players: Players) -> None:
    player = start("tune")
    assert [ask(players, False), ask(players, False)] == ["done", "silent"]
    assert ask(players, True) == "done"
    assert player.said_since() == ["Paused", "Playing"]


def test_nothing_plays_again_that_it_did_not_pause(start: Start, players: Players) -> None:
    player = start("tune", "Paused")
    assert ask(players, True) == "not_ours"
    assert player.said_since() == []


def test_one_that_was_started_anew_is_left_alone(start: Start, players: Players) -> None:
    first = start("tune")
    assert ask(players, False) == "done"
    first.stop()
    second = start("tune", "Paused")
    assert ask(players, True) == "not_ours"
    assert second.said_since() == []


def test_what_stands_for_another_player_is_not_asked(start: Start, players: Players) -> None:
    player = start("playerctld")
    assert ask(players, False) == "none"
    assert player.said_since() == []


def test_one_that_hangs_keeps_nobody_waiting_who_asks_and_the_others_are_paused(start: Start, players: Players) -> None:
    start("aaa", "Playing", "hangs")
    player = start("tune")
    assert ask(players, False) == "done"
    assert player.next_status() == "Paused"


@pytest.mark.usefixtures("bus")
def test_no_player_is_told(players: Players) -> None:
    assert [ask(players, False), ask(players, True)] == ["none", "none"]


@pytest.mark.parametrize("address", ["unix:path=/nowhere", "nonsense", ""])
def test_no_bus_is_no_player(players: Players, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert ask(players, False) == "none"
