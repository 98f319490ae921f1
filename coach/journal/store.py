"""The journal: one SQLite file with what was done, a set at a time, each on the disk when it ends."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from coach.errors import JournalTrouble
from coach.journal.aside import Aside, carry_out, take_up
from coach.journal.note import Note
from coach.journal.notes import Notes
from coach.journal.opening import PATIENCE, claim_journal, is_busy, open_journal
from coach.session.events import Event, SessionStarted

PATIENCE_IN_A_WORKOUT = 0.1
"""Seconds to wait for another program that writes to it; what was not written is tried again with the next event."""
LOCKED = 10.0
"""Seconds for which another program may hold it before that is told."""


class Journal:
    """Give it every event of a session in order with `record`; it is closed after use, or used in a `with`.

    `clock` tells the time of day in seconds since 1970. `trouble` is what the athlete should know about the file, if
    anything. Raises JournalTrouble where there can be no journal at all.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        opened = open_journal(path, datetime.fromtimestamp(clock()))
        self.path = path
        self.database = opened.database
        self.writable = opened.writable
        self.trouble = opened.trouble
        self.clock = clock
        self._claim: sqlite3.Connection | None = None
        self._notes: Notes | None = None
        self._session: int | None = None
        self._broken_off: tuple[int, float] | None = None
        self._waiting: list[Note] = []
        self._aside = Aside(path)
        self._failing_since: float | None = None
        self._told = False
        self.behind = False
        """It was told that it cannot be written, and it has not been since."""

    def record(self, event: Event) -> tuple[int, ...]:
        """Take note of an event.

        Returns the indices of the sets that are on the disk by now and were not before. Raises JournalTrouble once
        when writing fails, and again where it does after it went well; what was not written is kept, and tried again
        with the events that follow.
        """
        if isinstance(event, SessionStarted):
            self._begin(event)
        if self._notes is None:
            return ()
        self._waiting += self._notes.of(event)
        try:
            saved = self._write()
        except sqlite3.Error as error:
            self._fails(error)
            return ()
        self._failing_since, self.behind = None, False
        return saved

    def _fails(self, error: sqlite3.Error) -> None:
        now = time.monotonic()
        since = self._failing_since = self._failing_since or now
        # One that comes and goes is told again where it stays away for long.
        if self.behind or ((is_busy(error) or self._told) and now - since < LOCKED):
            return
        self._told = self.behind = True
        raise JournalTrouble(
            f"The journal cannot be written: {error}.",
            "The workout goes on, and its sets are written down as soon as that works again.",
        ) from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Around every look back: whatever its content does to what reads it becomes one JournalTrouble."""
        try:
            yield
        except UnicodeEncodeError:
            raise  # the reader's terminal, and not the journal
        except (sqlite3.Error, ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise JournalTrouble(
                f"The journal holds something that cannot be read ({error}).",
                f"{self.path} is left as it is"
                + ("; what is done now is written down all the same." if self.writable else "."),
                kind="damaged",
            ) from error

    def go_on(self, session: int, seconds: float) -> None:
        """The session that starts next is the rest of this one, broken off after so many seconds."""
        self._broken_off = (session, seconds)

    def claim(self) -> bool:
        """Become the one coach that writes, until closed; False while another one does."""
        if self._claim is None and self.writable:
            self._claim = claim_journal(self.path)
            if self._claim is not None:
                take_up(self.path, self.database)
        return self._claim is not None

    @property
    def keeps(self) -> bool:
        """A session is being written down, or was."""
        return self._notes is not None

    def _begin(self, event: SessionStarted) -> None:
        self._notes = None
        if not self.writable:
            return
        if not self.claim():
            raise JournalTrouble(
                "Another workout is being written into the journal, so this one is not.",
                "End the other one first if this one is to be remembered.",
                kind="shared",
            )
        self._patience(PATIENCE_IN_A_WORKOUT)
        self._session, before = self._broken_off or (None, None)
        self._notes = Notes(self.clock() - event.at, before)
        self._broken_off, self._waiting = None, []
        self._failing_since, self._told, self.behind = None, False, False

    def _write(self) -> tuple[int, ...]:
        """Carry out all that waits, whole or not at all."""
        if not self._waiting:
            return ()
        lasting = any(note.lasting for note in self._waiting)
        try:
            self.database.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
            self._session = carry_out(self.database, self._session, self._waiting)
        except sqlite3.Error:
            self._aside.keep(self._session, self._waiting)
            raise
        if self._aside.holds:
            self._aside.clear()
        saved = tuple(note.index for note in self._waiting if note.index is not None)
        self._waiting = []
        return saved

    def _patience(self, seconds: float) -> None:
        self.database.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")

    def close(self) -> None:
        """Raises JournalTrouble when sets are lost because they could not be written to the last."""
        lost = ""
        try:
            self._patience(PATIENCE)
            self._write()
        except sqlite3.Error as error:
            lost = str(error)
        finally:
            self.database.close()
            if self._claim is not None:
                self._claim.close()
        if lost:
            if self._aside.holds:
                raise JournalTrouble(
                    f"The journal cannot be written: {lost}.",
                    "What was done waits beside it, and is written when the next workout begins.",
                )
            sets = sum(note.index is not None for note in self._waiting)
            raise JournalTrouble(f"The last {sets} sets of this workout could not be written into the journal: {lost}.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
