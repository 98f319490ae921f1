"""Ending in good order when the system, a terminal that closes, or Ctrl-C says so."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGXCPU")
_SIGNALS = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


def _raise(number: int, _: FrameType | None = None) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)


def leave(status: int | str | None) -> NoReturn:
    """End the process with this status; at once where a stream was left behind, whose thread must find Python there."""
    device = sys.modules.get("coach.audio.device")
    if device is not None and device.left_behind.is_set() and not isinstance(status, str):
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(status or 0)
    sys.exit(status)


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Within, a signal that would end the program raises SystemExit, or KeyboardInterrupt for Ctrl-C: what is open is
    closed, and files that are half written go. Signals that are ignored stay ignored, as `nohup` wants it.
    """
    with _handled(_raise):
        yield


class Ending:
    """Lets a loop end between two of its rounds: while it runs, the first signal is only noted, the second raises."""

    def __init__(self) -> None:
        self.wanted = False
        self._number = 0

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Around the loop; leaving it raises what the signal asked for."""
        with _handled(self._note):
            yield
        if self._number:
            _raise(self._number)

    def _note(self, number: int, frame: FrameType | None = None) -> None:
        if self.wanted:
            _raise(number)
        self.wanted, self._number = True, number


@contextlib.contextmanager
def _handled(handler: object) -> Iterator[None]:
    before: dict[int, object] = {}
    if threading.current_thread() is threading.main_thread():
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, handler)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)  # type: ignore[arg-type]
