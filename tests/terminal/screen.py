"""A program on a real pseudo-terminal, seen through a terminal emulator."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import struct
import sys
import termios
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pyte

PATIENCE = 20.0
"""Seconds after which what was waited for will not come."""

LEFT = b"\x1b[?1049l"
"""Leaves the second screen, which the emulator lacks; nothing stood on the first."""


class Terminal:
    def __init__(self, fd: int, pid: int, rows: int, columns: int) -> None:
        self._fd = fd
        self.pid = pid
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.output = b""

    @property
    def screen(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def type(self, text: str) -> None:
        os.write(self._fd, text.encode())

    def wait_for(self, text: str) -> None:
        """Until the text is on the screen."""
        end = time.monotonic() + PATIENCE
        while text not in self.screen:
            assert time.monotonic() < end, f"{text!r} did not come; the screen is:\n{self.screen}"
            self._read(0.05)
        # A screen is drawn in pieces: it is as it should be when no more comes.
        drawn = -1
        while drawn != len(self.output) and time.monotonic() < end:
            drawn = len(self.output)
            self._read(0.15)

    def wait_for_end(self) -> int:
        """Until the program has ended; its status, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self._read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._read(0)
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"the program did not end; the screen is:\n{self.screen}")

    def is_itself(self) -> bool:
        """Whether the terminal echoes and collects lines, as a shell expects it."""
        local = termios.tcgetattr(self._fd)[3]
        return bool(local & termios.ECHO and local & termios.ICANON)

    def _read(self, seconds: float) -> None:
        while select.select([self._fd], [], [], seconds)[0]:
            try:
                came = os.read(self._fd, 65536)
            except OSError:
                return  # the other side has been closed
            self.output += came
            for number, shown in enumerate(came.split(LEFT)):
                if number:
                    self._screen.reset()
                self._stream.feed(shown)
            seconds = 0


@contextlib.contextmanager
def terminal(command: list[str], *, rows: int = 24, columns: int = 80, **environment: str) -> Iterator[Terminal]:
    """Run the command as the leader of a session on its own terminal."""
    root = Path(__file__).parents[2]
    pid, fd = os.forkpty()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.chdir(root)
        # As a login shell would have it, though the tests themselves run under nohup, or in a worker of xdist's that
        # names the size of a terminal of its own.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        os.execvpe(command[0], command, {**inherited, "TERM": "xterm", "PYTHONPATH": str(root), **environment})
    try:
        yield Terminal(fd, pid, rows, columns)
    finally:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(fd)


def python(program: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(program)]
