"""Opening the journal's file, whatever state it is in."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coach.document.unwritten import what_would_help
from coach.errors import JournalTrouble
from coach.journal import tables as schema

PATIENCE = 5.0
"""Seconds to wait for another program that is writing into the same journal."""


@dataclass(frozen=True)
class Opened:
    """A journal that is open, and in what state."""

    database: sqlite3.Connection
    writable: bool = True
    trouble: JournalTrouble | None = None
    """What the athlete should know about it, though it is open."""


def open_journal(path: Path, now: datetime) -> Opened:
    """The journal at `path`, made where there is none.

    A damaged file is kept beside it under another name, and a new journal is begun; one that cannot be written is
    opened for reading. Raises JournalTrouble where there can be no journal at all.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Opened(_open_patiently(path))
    except (sqlite3.Error, OSError, UnicodeError) as error:
        if not is_damage(error):
            return _open_to_read(path, error)
    try:
        claim = claim_journal(path)
        if claim is None:
            raise JournalTrouble(
                "The journal is damaged, and another workout is using it.", "End the other one first.", kind="shared"
            )
        kept = _set_aside(path, now)
        claim.close()
        database = _open_patiently(path)
    except (sqlite3.Error, OSError) as error:
        raise _stuck(path) from error
    trouble = JournalTrouble(
        f"The journal was damaged, so a new one begins; the damaged one is kept as {kept}.",
        f'Most of what is in it may come back with: sqlite3 "{kept}" .recover',
        kind="damaged",
    )
    return Opened(database, trouble=trouble)


def claim_journal(path: Path) -> sqlite3.Connection | None:
    """The right to be the one workout that writes, held until it is closed; None while another has it.

    It is SQLite's own lock on an empty file beside the journal, and goes with the process however that ends.
    """
    lock = path.with_suffix(".lock")
    try:
        if not _is_file(lock):
            raise sqlite3.DatabaseError("it is a device or a pipe, not a file")
        return _lock(lock)
    except sqlite3.Error:
        # Somebody else's bytes, or a folder, where the lock should be: it goes to another name.
        _rename_damaged(lock, datetime.now())
        return _lock(lock)


def _lock(path: Path) -> sqlite3.Connection | None:
    claim = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        claim.execute("PRAGMA journal_mode = OFF")
        claim.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        claim.close()
        if is_busy(error):
            return None
        raise
    except BaseException:
        claim.close()
        raise
    return claim


def is_busy(error: sqlite3.Error) -> bool:
    """Another program is writing just now: the same may work a moment later."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _open_patiently(path: Path) -> sqlite3.Connection:
    """SQLite itself does not wait where two programs turn a new file into a journal at the same moment."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _open(path)
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _open(path: Path) -> sqlite3.Connection:
    if not _is_file(path):
        raise sqlite3.DatabaseError("it is a device or a pipe, not a file")
    for part in _beside(path):
        if not _is_file(part):
            _rename_damaged(part, datetime.now())
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    database = _connect(path.absolute().as_uri())
    try:
        newer = schema.version(database) > len(schema.MIGRATIONS)
        if newer:
            raise JournalTrouble(f"The journal {path} was written by a newer coach.", "Update the coach to read it.")
        database.execute("PRAGMA journal_mode = WAL")
        # Without this a commit on macOS may still be in the drive's own memory.
        database.execute("PRAGMA fullfsync = ON")
        # What is deleted is overwritten, too.
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA foreign_keys = ON")
        schema.migrate(database)
        _look_through(database)
    except BaseException:
        database.close()
        raise
    return database


def _look_through(database: sqlite3.Connection) -> None:
    """Raises UnicodeError or sqlite3.Error where the content is damaged: SQLite's own checks do not look at letters."""
    (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for _ in database.execute(f'SELECT * FROM "{table}"'):
            pass


def _open_to_read(path: Path, error: Exception) -> Opened:
    why = error.strerror if isinstance(error, OSError) else error
    trouble = JournalTrouble(
        f"The journal {path} cannot be written ({why}), so nothing is added to it.", what_would_help(path)
    )
    for how in ("mode=ro", "immutable=1"):
        try:
            database = _connect(f"{path.absolute().as_uri()}?{how}")
            if schema.version(database) == len(schema.MIGRATIONS):
                return Opened(database, writable=False, trouble=_stuck(path) if _is_damaged(database) else trouble)
        except sqlite3.Error as unread:
            if is_damage(unread):
                trouble = _stuck(path)
    raise trouble from error


def _stuck(path: Path) -> JournalTrouble:
    """What is said of a journal that is damaged and cannot be set aside."""
    return JournalTrouble(
        f"The journal {path} is damaged and cannot be put aside, so nothing is added to it.",
        what_would_help(path) or "Move it to another name, and a new one begins.",
    )


def _is_damaged(database: sqlite3.Connection) -> bool:
    try:
        _look_through(database)
    except (sqlite3.Error, UnicodeError) as error:
        return is_damage(error)
    return False


def _connect(uri: str) -> sqlite3.Connection:
    # A workout writes from a thread of its own; the two never use it at once.
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


_NOT_THE_CONTENT = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
"""What SQLite says of the disk, the folder or the moment."""


def is_damage(error: Exception) -> bool:
    """The file's content is wrong: all that is about nothing else."""
    if isinstance(error, OSError):
        return False
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in _NOT_THE_CONTENT


def _set_aside(path: Path, now: datetime) -> Path:
    kept = _rename_damaged(path, now)
    for part in _beside(path):
        if part.exists():
            part.rename(kept.with_name(kept.name + part.name.removeprefix(path.name)))
    return kept


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in ("-wal", "-shm")]


def _is_file(path: Path) -> bool:
    """It is one, or is still to be: SQLite would wait for ever at a pipe. Folders are its own affair.

    Looked at once: what another coach makes between two looks would be neither there nor a file.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        return True  # there is none, or SQLite says what is wrong with it
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _rename_damaged(path: Path, now: datetime) -> Path:
    return path.rename(path.with_name(f"{path.stem}-damaged-{now:%Y-%m-%d-%H%M%S}{path.suffix}"))
