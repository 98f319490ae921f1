"""Notices from outside a loop that stands still, and says so without it."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import Self

from coach.app.report import module

PATIENCE = 8.0
"""Seconds without a block. A device that hangs holds the loop up for half of that at most."""
_LOOK = 0.5
"""Seconds between two looks. They are counted, not the clock: a program that was suspended has not stood still."""


class Watchdog:
    """While it is entered, calls `stuck` from a thread of its own each time that `tick` was not called for PATIENCE.

    `stuck` gets where every thread is, a line a call, the innermost last.
    """

    def __init__(self, stuck: Callable[[list[str]], None], patience: float = PATIENCE) -> None:
        self._stuck = stuck
        self._patience = round(patience / _LOOK)
        self._ticks = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def tick(self, at: float) -> None:
        """The loop goes on; called each block."""
        self._ticks += 1

    def _watch(self) -> None:
        seen, still = 0, 0
        while not self._over.wait(_LOOK):
            still = still + 1 if self._ticks == seen else 0
            seen = self._ticks
            if still == self._patience and seen:  # at the start devices may take longer
                self._stuck(list(_stacks()))


def _stacks() -> Iterator[str]:
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    for number, frame in sys._current_frames().items():
        for call in traceback.extract_stack(frame):
            yield f"{names.get(number, number)}: {module(call.filename)}:{call.lineno} in {call.name}"
