"""Other programs' players, paused and played again when asked for: by MPRIS, over the session's D-Bus.

Only what was paused here is ever started again. All of it happens in a thread of its own: a player may take its time to
answer, or hang.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["done", "none", "silent", "not_ours"]
"""What came of it: done; there is no player; none of them plays; or none of them was paused here."""
PATIENCE = 1.0
"""Seconds that one answer may take."""
_PREFIX = "org.mpris.MediaPlayer2."
_PROXIES = (f"{_PREFIX}playerctld",)
"""They stand for another player that is there by its own name, and not always for the same one."""
_PATH, _PLAYER = "/org/mpris/MediaPlayer2", "org.mpris.MediaPlayer2.Player"


@dataclass(frozen=True)
class Player:
    """A player that runs."""

    name: str
    """Its name on the bus."""
    owner: str
    """The connection that has the name: another one after the player was started anew."""


class Players:
    """Pauses them with `play(False)`, and plays with `play(True)` those that it paused."""

    def __init__(self) -> None:
        self._paused: list[Player] = []
        self._asked: queue.SimpleQueue[tuple[bool, Callable[[Outcome], None]]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def play(self, wanted: bool, told: Callable[[Outcome], None]) -> None:
        """Returns at once. What came of it is `told` later, in another thread."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="players", daemon=True)
            self._thread.start()
        self._asked.put((wanted, told))

    def _work(self) -> None:
        while True:
            wanted, told = self._asked.get()
            told(self._outcome(wanted))

    def _outcome(self, wanted: bool) -> Outcome:
        try:
            with closing(_Bus()) as bus:
                return self._resume(bus) if wanted else self._pause(bus)
        except (ImportError, OSError, KeyError, ValueError):  # no jeepney, no bus, or one that cannot be spoken to
            return "none"

    def _pause(self, bus: _Bus) -> Outcome:
        running = list(bus.players())
        playing = [player for player in running if bus.status(player) == "Playing" and bus.call(player, "Pause")]
        # Those of an earlier time that are paused still are played again together with these.
        kept = [player for player in self._paused if player in running and player not in playing]
        self._paused = [*kept, *playing]
        if playing:
            return "done"
        return "silent" if running else "none"

    def _resume(self, bus: _Bus) -> Outcome:
        running = list(bus.players())
        ours, self._paused = [player for player in self._paused if player in running], []
        for player in ours:
            if bus.status(player) == "Paused":
                bus.call(player, "Play")
        if ours:
            return "done"
        return "not_ours" if running else "none"


class _Bus:
    """The session's bus, for as long as one order takes."""

    def __init__(self) -> None:
        from jeepney.io.blocking import open_dbus_connection

        self._connection = open_dbus_connection(bus=_address(), auth_timeout=PATIENCE)

    def close(self) -> None:
        self._connection.close()

    def players(self) -> Iterator[Player]:
        from jeepney import message_bus

        (names,) = self._ask(message_bus.ListNames()) or ((),)
        for name in sorted(names):
            if name.startswith(_PREFIX) and not name.startswith(_PROXIES):
                owner = self._ask(message_bus.GetNameOwner(name))
                if owner is not None:
                    yield Player(name, owner[0])

    def status(self, player: Player) -> str:
        """Playing, Paused or Stopped; "" where it does not say."""
        from jeepney import Properties

        found = self._ask(Properties(_address_of(player)).get("PlaybackStatus"))
        return str(found[0][1]) if found is not None else ""

    def call(self, player: Player, method: str) -> bool:
        """Whether it did so, as far as it says."""
        from jeepney import new_method_call

        return self._ask(new_method_call(_address_of(player), method)) is not None

    def _ask(self, message: Any) -> tuple[Any, ...] | None:
        """The answer's parts; None for a refusal, and for none in time."""
        from jeepney import MessageType

        try:
            reply = self._connection.send_and_get_reply(message, timeout=PATIENCE)
        except TimeoutError:
            return None
        return None if reply.header.message_type is MessageType.error else tuple(reply.body)


def _address_of(player: Player) -> Any:
    from jeepney import DBusAddress

    return DBusAddress(_PATH, bus_name=player.name, interface=_PLAYER)


def _address() -> str:
    """Where the session's bus is: where it says, or where systemd has it."""
    told = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    return told or f"unix:path={os.environ['XDG_RUNTIME_DIR']}/bus"
