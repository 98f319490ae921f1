"""What cannot be written into the journal for a while, kept in a file beside it, for who kills the program."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.document.files import opened, replace_file
from coach.errors import CoachError
from coach.journal.note import Note
from coach.journal.opening import is_damage

_WRITES = {
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_INSERT,
    sqlite3.SQLITE_UPDATE,
    sqlite3.SQLITE_DELETE,
    sqlite3.SQLITE_FUNCTION,
}
"""What a note does. A file beside the journal is no reason to attach, drop or make anything."""


class Aside:
    """One sitting's notes that wait."""

    def __init__(self, journal: Path) -> None:
        self._file = journal.with_name(f"{journal.stem}-waiting-{time.time_ns()}")
        self.holds = False
        """All that waits is in it."""

    def keep(self, session: int | None, notes: Sequence[Note]) -> None:
        """Keep all of these; a disk that is full has no room for them here either."""
        content = {"session": session, "notes": [(note.sql, note.values, note.begins) for note in notes]}
        try:
            replace_file(self._file, json.dumps(content), durable=False)
            self.holds = True
        except CoachError:
            self.holds = False

    def clear(self) -> None:
        """They have been written."""
        self._file.unlink(missing_ok=True)
        self.holds = False


def carry_out(database: sqlite3.Connection, session: int | None, notes: Sequence[Note]) -> int | None:
    """Write all of these, whole or not at all; the session that they belong to. Raises sqlite3.Error."""
    try:
        database.execute("BEGIN IMMEDIATE")
        for note in notes:
            cursor = database.execute(note.sql, note.values | {"session": session})
            if note.begins:
                session = cursor.lastrowid
        database.execute("COMMIT")
    except sqlite3.Error:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    return session


def take_up(journal: Path, database: sqlite3.Connection) -> None:
    """Write what sittings that were killed have left, the oldest first. Where that cannot be yet it goes on waiting;
    what is damaged is kept as a damaged journal is.
    """
    for left in sorted(journal.parent.glob(f"{journal.stem}-waiting-*")):
        try:
            with opened(left) as file:
                content = json.loads(file.read())
            notes = [Note(sql, values, begins=begins) for sql, values, begins in content["notes"]]
            with _writing_alone(database):
                carry_out(database, content["session"], notes)
            left.unlink()
        except sqlite3.Error as error:
            if not is_damage(error):
                return
            _put_away(left)
        except (OSError, ValueError, KeyError, TypeError):
            _put_away(left)


@contextlib.contextmanager
def _writing_alone(database: sqlite3.Connection) -> Iterator[None]:
    """Let nothing but _WRITES be done meanwhile; anything else is sqlite3.DatabaseError."""
    database.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _WRITES else sqlite3.SQLITE_DENY)
    try:
        yield
    finally:
        database.set_authorizer(None)


def _put_away(left: Path) -> None:
    with contextlib.suppress(OSError):
        left.rename(left.with_name(left.name.replace("-waiting-", "-damaged-")))
