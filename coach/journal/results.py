"""What the journal remembers of a routine's exercises, as progression wants to know it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from coach.journal.store import Journal
from coach.routine.model import Routine
from coach.session.plan import works
from coach.session.progression import DoneSet, Result

SESSIONS = 4
"""How many of a routine's last sessions are looked at; progression never asks for more than two with work in them."""


def past_results(journal: Journal, routine: Routine) -> dict[str, list[Result]]:
    """For each of the routine's families what was done in it lately, in this routine or another, newest last."""
    families = {work.family for work in works(routine.blocks)}
    database = journal.database
    sessions = _ids(
        database.execute("SELECT id FROM sessions WHERE routine = ? ORDER BY id DESC LIMIT ?", (routine.slug, SESSIONS))
    )
    for family in families:
        newest = "SELECT session FROM slots WHERE family = ? ORDER BY session DESC LIMIT 1"
        sessions |= _ids(database.execute(newest, (family,)))
    results: dict[str, list[Result]] = defaultdict(list)
    for session in sorted(sessions):
        for family, result in _results(database, session):
            if family in families:
                results[family].append(result)
    return dict(results)


def times_done(journal: Journal, routine: Routine) -> dict[str, int]:
    """In how many workouts, of any routine, each variant of the routine's families was done, by its name."""
    families = sorted({work.family for work in works(routine.blocks)})
    marks = ", ".join("?" * len(families))
    return dict(
        journal.database.execute(
            "SELECT exercise, count(DISTINCT session) FROM sets"
            f" WHERE family IN ({marks}) AND total > 0 GROUP BY exercise",
            families,
        ).fetchall()
    )


def _ids(rows: Iterable[tuple[int]]) -> set[int]:
    return {session for (session,) in rows}


def _results(database: sqlite3.Connection, session: int) -> list[tuple[str, Result]]:
    done: dict[int, list[DoneSet]] = defaultdict(list)
    rows = database.execute(
        "SELECT slot, amount, least, of, why FROM sets WHERE session = ? ORDER BY id", (session,)
    ).fetchall()
    for slot, *row in rows:
        done[slot].append(DoneSet(*row))
    efforts = dict(
        database.execute("SELECT slot, effort FROM efforts WHERE session = ? ORDER BY id", (session,)).fetchall()
    )
    hurt, asked = _pains_and_wishes(database, session)
    return [
        (
            family,
            Result(
                routine=routine,
                slot=slot,
                began=began,
                ended=ended,
                sets=sets,
                amount=amount,
                done=tuple(done[slot]),
                effort=efforts.get(slot),
                band=band,
                hurt=tuple(dict.fromkeys(hurt[slot])),
                asked=tuple(asked[slot]),
            ),
        )
        for routine, family, slot, began, ended, sets, amount, band in database.execute(
            "SELECT routine, family, slot, exercise, now, sets, amount, coalesce(band, '')"
            " FROM slots JOIN sessions ON id = session WHERE session = ? ORDER BY slot",
            (session,),
        )
    ]


def _pains_and_wishes(
    database: sqlite3.Connection, session: int
) -> tuple[defaultdict[int, list[str]], defaultdict[int, list[str]]]:
    """By slot: the variants that hurt, and what the athlete asked for since and did not take back."""
    hurt: defaultdict[int, list[str]] = defaultdict(list)
    asked: defaultdict[int, list[str]] = defaultdict(list)
    for slot, exercise, why, _ in database.execute(
        "SELECT slot, exercise, 'pain' AS why, at FROM pains WHERE session = :session"
        " UNION ALL SELECT slot, after, why, at FROM swaps WHERE session = :session ORDER BY at",
        {"session": session},
    ):
        if why == "pain":
            hurt[slot].append(exercise)
            asked[slot].clear()
        elif why in ("easier", "harder"):
            asked[slot].append(why)
        elif why == "undo" and asked[slot]:
            asked[slot].pop()
    return hurt, asked
