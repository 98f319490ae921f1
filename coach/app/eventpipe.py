"""The event stream for another program at this machine: into a named pipe or a Unix socket of the athlete's own.

A workout never waits for whoever reads: where nobody does, or not fast enough, events are left out.
"""

from __future__ import annotations

import os
import socket
import stat
from contextlib import suppress
from pathlib import Path
from typing import Protocol, Self

from coach.errors import CoachError
from coach.session.events import Event


class _Way(Protocol):
    """An open pipe or socket."""

    def send(self, line: bytes) -> None:
        """All of it at once. Raises BlockingIOError where there is no room, OSError where nobody reads any more."""
        ...

    def close(self) -> None: ...


class EventPipe:
    """Writes each event as a line of JSON, from the moment on when somebody reads."""

    def __init__(self, path: Path) -> None:
        """Raises CoachError where the pipe or socket is somebody else's."""
        if path.stat().st_uid != os.geteuid():
            raise CoachError(f"{path} belongs to somebody else.", "Make one of your own, in a folder of yours.")
        self._path = path
        self._way: _Way | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def __call__(self, event: Event) -> None:
        """Write one, or leave it out."""
        line = f"{event.line()}\n".encode()
        try:
            if self._way is None:
                self._way = (_Socket if stat.S_ISSOCK(self._path.stat().st_mode) else _Pipe)(self._path)
            self._way.send(line)
        except BlockingIOError:
            pass  # whoever reads is slow
        except OSError:
            self._close()

    def _close(self) -> None:
        if self._way is not None:
            with suppress(OSError):
                self._way.close()
            self._way = None


class _Pipe:
    """Raises OSError while nobody reads. Lines shorter than a page go in whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_NONBLOCK)

    def send(self, line: bytes) -> None:
        os.write(self._file, line)

    def close(self) -> None:
        os.close(self._file)


class _Socket:
    """Raises OSError while nobody listens."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        try:
            self._socket.connect(str(path))
        except OSError:
            self._socket.close()
            raise

    def send(self, line: bytes) -> None:
        if self._socket.send(line) < len(line):
            raise OSError("half a line would be left in it")

    def close(self) -> None:
        self._socket.close()


def is_pipe(path: Path) -> bool:
    """Whether there is a named pipe or a socket at this path."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
