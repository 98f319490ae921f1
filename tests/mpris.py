"""A bus of the tests' own, and a music player on it that speaks MPRIS: a program of its own, as a real one is.

python -m tests.mpris NAME STATUS [hangs]     plays until it is killed; prints its status each time that it changes
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATH, PLAYER = "/org/mpris/MediaPlayer2", "org.mpris.MediaPlayer2.Player"


def missing() -> str:
    """What a bus of the tests' own needs, and this machine does not have."""
    return "" if shutil.which("dbus-daemon") else "needs dbus-daemon: apt install dbus-daemon"


@contextmanager
def session_bus(folder: Path) -> Iterator[str]:
    """Its address, while it runs."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={folder}/bus"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert daemon.stdout is not None
    try:
        yield daemon.stdout.readline().strip()
    finally:
        daemon.kill()
        daemon.wait()
        daemon.stdout.close()


class Player:
    """One that runs."""

    def __init__(self, bus: str, name: str, status: str = "Playing", *more: str) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.mpris", name, status, *more],
            env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": bus},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.statuses = [self.next_status()]

    def next_status(self) -> str:
        """The next one that it has, when it has it."""
        assert self._program.stdout is not None
        return self._program.stdout.readline().strip()

    def stop(self) -> None:
        self._program.kill()
        self._program.wait()
        assert self._program.stdout is not None
        self._program.stdout.close()

    def said_since(self) -> list[str]:
        """Ends it; all the statuses that nobody asked for before."""
        self._program.kill()
        self._program.wait()
        assert self._program.stdout is not None
        rest = self._program.stdout.read().split()
        self._program.stdout.close()
        return rest


def _play(name: str, status: str, hangs: bool) -> None:
    from jeepney import MessageType, message_bus, new_error, new_method_return
    from jeepney.io.blocking import open_dbus_connection

    connection = open_dbus_connection(bus="SESSION")
    connection.send_and_get_reply(message_bus.RequestName(f"org.mpris.MediaPlayer2.{name}"))
    print(status, flush=True)
    while True:
        message = connection.receive()
        if message.header.message_type is not MessageType.method_call or hangs:
            continue
        what = _named(message)
        if what == ("org.freedesktop.DBus.Properties", "Get") and message.body == (PLAYER, "PlaybackStatus"):
            connection.send(new_method_return(message, "v", (("s", status),)))
        elif what in ((PLAYER, "Pause"), (PLAYER, "Play")):
            status = {"Pause": "Paused", "Play": "Playing"}[what[1]]
            print(status, flush=True)
            connection.send(new_method_return(message))
        else:
            connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))


def _named(message: Any) -> tuple[str, str]:
    from jeepney import HeaderFields

    fields = message.header.fields
    return fields.get(HeaderFields.interface, ""), fields.get(HeaderFields.member, "")


if __name__ == "__main__":
    _play(sys.argv[1], sys.argv[2], "hangs" in sys.argv[3:])
