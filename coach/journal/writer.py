"""Keeps a workout's count from waiting for the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from queue import SimpleQueue
from threading import Event as Latch
from threading import Thread
from types import TracebackType
from typing import Self

from coach.session.events import Event

PATIENCE = 5.0
"""Seconds for which what waits is still written though the program is told once more to end."""


class Recorder:
    """Passes events on to `record` in their order, in a thread of its own: a memory card may take longer to write down
    a set than there is sound left to play. To be used in a `with`, which ends when all is written.
    """

    def __init__(self, record: Callable[[Event], Iterable[int]], failed: Callable[[Exception], None]) -> None:
        """`record` takes an event and returns the indices of the sets that are safe by then and were not before.

        `failed` is told the first time that it meets what nobody foresaw; the events after that are tried all the same.
        """
        self._record = record
        self._failed = failed
        self._events: SimpleQueue[Event | None] = SimpleQueue()
        self._safe: SimpleQueue[int] = SimpleQueue()
        self._written = Latch()
        """All of it, up to the end."""
        self._thread = Thread(target=self._write, name="journal", daemon=True)

    def __call__(self, event: Event) -> tuple[int, ...]:
        """Returns at once; of what `safe` tells later, nothing."""
        self._events.put(event)
        return ()

    def safe(self) -> list[int]:
        """The indices of the sets that have become safe since the last call."""
        return [self._safe.get_nowait() for _ in range(self._safe.qsize())]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._events.put(None)
        try:
            self._written.wait()  # a thread whose join() was interrupted counts as ended, ended or not
        except BaseException:
            # A second signal: terminals that close send two, and so does an impatient Ctrl-C.
            self._written.wait(PATIENCE)
            raise

    def _write(self) -> None:
        failed = False
        try:
            while (event := self._events.get()) is not None:
                try:
                    for index in self._record(event):
                        self._safe.put(index)
                except Exception as error:
                    if not failed:
                        failed = True
                        self._failed(error)
        finally:
            self._written.set()
