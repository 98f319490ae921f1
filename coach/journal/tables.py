"""The journal's tables, and how an older journal becomes a newer one.

`PRAGMA user_version` counts the steps of MIGRATIONS that a file has been through.
"""

from __future__ import annotations

import sqlite3

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE sessions (
        id       INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again after a deletion
        routine  TEXT NOT NULL,                      -- its slug
        title    TEXT NOT NULL,
        path     TEXT,                               -- its file, where no name finds it
        began    REAL NOT NULL,                      -- seconds since 1970, UTC, as are all times of the day here
        ended    REAL NOT NULL,                      -- when the last of it was written down
        seconds  REAL NOT NULL DEFAULT 0,            -- spent in it, over all sittings
        planned  INTEGER NOT NULL,                   -- sets
        position INTEGER NOT NULL DEFAULT 0,         -- index of the set being done, or of the next one
        status   TEXT,                               -- NULL until it is finished
        open     INTEGER NOT NULL DEFAULT 1          -- 1 while going on from here is still to be offered
    ) STRICT;
    CREATE INDEX sessions_by_routine ON sessions (routine, id);
    CREATE INDEX sessions_open ON sessions (id) WHERE open;

    CREATE TABLE slots (                             -- what was chosen for each exercise of the routine
        session  INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
        slot     INTEGER NOT NULL,
        family   TEXT NOT NULL,
        exercise TEXT NOT NULL,                      -- the variant it began with
        sets     INTEGER NOT NULL,                   -- 0: left out
        amount   INTEGER NOT NULL,                   -- in the routine's unit
        now      TEXT NOT NULL,                      -- the variant in use
        planned  INTEGER NOT NULL,                   -- sets of it in the whole workout, as it began
        of       INTEGER NOT NULL,                   -- and with those that the athlete added
        PRIMARY KEY (session, slot)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX slots_by_family ON slots (family, session);

    CREATE TABLE sets (
        id       INTEGER PRIMARY KEY,
        session  INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
        place    INTEGER NOT NULL,                   -- its index in the workout
        slot     INTEGER NOT NULL,
        number   INTEGER NOT NULL,                   -- from 1, of its exercise
        of       INTEGER NOT NULL,
        family   TEXT NOT NULL,
        exercise TEXT NOT NULL,
        amount   INTEGER NOT NULL,                   -- asked for, a side
        unit     TEXT NOT NULL,                      -- rep, step or second
        total    INTEGER NOT NULL,                   -- done, all sides together
        least    INTEGER NOT NULL,                   -- done in this variant on the side that got least
        done     TEXT NOT NULL,                      -- JSON: by side
        tempo    TEXT NOT NULL,
        why      TEXT NOT NULL,
        began    REAL,
        ended    REAL NOT NULL,
        day      TEXT NOT NULL                       -- the athlete's own date then, 2026-11-22
    ) STRICT;
    CREATE INDEX sets_by_session ON sets (session, slot);
    CREATE INDEX sets_by_family ON sets (family, session, exercise, unit, least, total);
    CREATE INDEX sets_by_day ON sets (day, session, total);

    CREATE TABLE efforts (
        id       INTEGER PRIMARY KEY,
        session  INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
        slot     INTEGER NOT NULL,
        exercise TEXT NOT NULL,
        effort   INTEGER NOT NULL,
        at       REAL NOT NULL
    ) STRICT;
    CREATE INDEX efforts_by_session ON efforts (session, slot);

    CREATE TABLE swaps (
        id       INTEGER PRIMARY KEY,
        session  INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
        slot     INTEGER NOT NULL,
        before   TEXT NOT NULL,
        after    TEXT NOT NULL,
        why      TEXT NOT NULL,
        at       REAL NOT NULL
    ) STRICT;
    CREATE INDEX swaps_by_session ON swaps (session, slot);

    CREATE TABLE pains (
        id       INTEGER PRIMARY KEY,
        session  INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
        slot     INTEGER NOT NULL,
        exercise TEXT NOT NULL,
        at       REAL NOT NULL
    ) STRICT;
    CREATE INDEX pains_by_session ON pains (session, slot);
    """,
    """
    -- seconds that the athlete's clock was ahead of UTC, NULL where a coach wrote it that did not note them
    ALTER TABLE sessions ADD COLUMN ahead REAL;
    """,
    """
    ALTER TABLE slots ADD COLUMN band TEXT;          -- which of the athlete's bands is in use, by its name
    ALTER TABLE sets ADD COLUMN band TEXT;
    DROP INDEX sets_by_family;
    CREATE INDEX sets_by_family ON sets (family, session, exercise, unit, least, total, band);
    """,
    """
    -- JSON: what was done in each variant, by side, NULL where all of it was done in the one
    ALTER TABLE sets ADD COLUMN variants TEXT;
    """,
    """
    -- JSON: the sides that the athlete said are done, with less than there was to be, NULL where there are none
    ALTER TABLE sets ADD COLUMN over TEXT;
    """,
)


def version(database: sqlite3.Connection) -> int:
    """How many steps of MIGRATIONS the file has been through."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def migrate(database: sqlite3.Connection) -> None:
    """Take the journal to the newest schema, whole or not at all. Two coaches may try at once."""
    if version(database) == len(MIGRATIONS):
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        for step in range(version(database), len(MIGRATIONS)):
            for statement in MIGRATIONS[step].split(";"):
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        database.execute("COMMIT")
    except sqlite3.Error:
        if database.in_transaction:  # where the disk is full, SQLite has taken it back itself
            database.execute("ROLLBACK")
        raise
