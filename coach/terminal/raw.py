"""A terminal that gives every key at once, and is itself again whatever ends the program."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import termios
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from types import FrameType
from typing import Any

_FATAL = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


class KeyByKey:
    """While it is entered, keys are neither echoed nor held back until Enter; Ctrl-C and Ctrl-Z work as ever.

    The terminal is given back when it is left, by an exception too; when the program is stopped by Ctrl-Z, and taken
    again when it is continued in the foreground; and when a signal ends the program: what it does not handle itself
    becomes a SystemExit.
    """

    def __init__(self, fd: int, screen: AbstractContextManager[object]) -> None:
        self._fd = fd
        self._screen = screen
        self._before: Any = None
        self._handlers: dict[int, object] = {}

    def __enter__(self) -> KeyByKey:
        self._before = termios.tcgetattr(self._fd)
        atexit.register(self.give_back)
        if threading.current_thread() is threading.main_thread():
            for number in _FATAL:
                if signal.getsignal(number) is signal.SIG_DFL:
                    self._handle(number, self._leave)
            self._handle(signal.SIGTSTP, self._suspend)
        self.in_foreground()
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        self._handlers.clear()
        atexit.unregister(self.give_back)
        self.give_back()
        with contextlib.suppress(termios.error):
            # What was pressed after the end is not meant for the shell.
            termios.tcflush(self._fd, termios.TCIFLUSH)

    def in_foreground(self) -> bool:
        """Whether keys come to this program now; a shell may have sent it to the background.

        To be asked before each reading: it takes the terminal again when the program is back.
        """
        try:
            here = os.tcgetpgrp(self._fd) == os.getpgrp()
        except OSError:
            here = True  # not a terminal with job control
        if here:
            # A shell that fetches a running program from the background sends it no signal.
            with contextlib.suppress(termios.error):
                self._take()
        return here

    def give_back(self) -> None:
        """Let the terminal be as it was before."""
        with contextlib.suppress(termios.error), _unstopped():
            termios.tcsetattr(self._fd, termios.TCSANOW, self._before)

    def _take(self) -> None:
        wanted = termios.tcgetattr(self._fd)
        if not wanted[3] & (termios.ICANON | termios.ECHO):
            return
        wanted[0] &= ~termios.IXON  # Ctrl-S must not stop the output, and the workout with it
        wanted[3] &= ~(termios.ICANON | termios.ECHO)
        wanted[6][termios.VMIN], wanted[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._fd, termios.TCSANOW, wanted)

    def _handle(self, number: int, handler: object) -> None:
        self._handlers[number] = signal.signal(number, handler)  # type: ignore[arg-type]

    def _leave(self, number: int, _: FrameType | None) -> None:
        """Ends the program in good order; a second signal ends it at once."""
        self.give_back()
        signal.signal(number, signal.SIG_DFL)
        raise SystemExit(128 + number)

    def _suspend(self, number: int, _: FrameType | None) -> None:
        self._screen.__exit__(None, None, None)
        self.give_back()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)  # here the program stands still
        signal.signal(number, self._suspend)
        self._screen.__enter__()


@contextlib.contextmanager
def _unstopped() -> Iterator[None]:
    """A background program that sets the terminal would be stopped for it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
