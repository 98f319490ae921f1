"""Deleting for good: what was deleted is overwritten, and the file shrinks to what is left."""

from __future__ import annotations

import sqlite3

from coach.errors import JournalTrouble, NotFound
from coach.journal.store import Journal


def forget(journal: Journal, session: int) -> None:
    """Delete one session. Raises NotFound where it has no such number, JournalTrouble where it cannot be done."""
    if not _delete(journal, "DELETE FROM sessions WHERE id = ?", session):
        raise NotFound(f"There is no session {session} in the journal.", "`coach history` shows their numbers.")


def forget_all(journal: Journal) -> int:
    """Delete every session, and damaged journals that were kept; how many sessions there were."""
    deleted = _delete(journal, "DELETE FROM sessions")
    for kept in journal.path.parent.glob(f"{journal.path.stem}-damaged-*"):
        kept.unlink()
    return deleted


def _delete(journal: Journal, statement: str, *values: int) -> int:
    if not journal.writable:
        raise journal.trouble or JournalTrouble("The journal cannot be written.")
    if not journal.claim():
        raise JournalTrouble("A workout is being written into the journal.", "Delete when it is over.")
    try:
        deleted = journal.database.execute(statement, values).rowcount
        journal.database.execute("VACUUM")
        # The log of changes still has the old pages until it is cut off.
        journal.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise JournalTrouble(f"The journal cannot be written: {error}.") from error
    return deleted
