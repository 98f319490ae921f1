"""Everything the journal holds, for other programs. Times are the athlete's own, in ISO 8601."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from typing import TextIO

from coach.journal.history import history
from coach.journal.store import Journal

COLUMNS = (
    "session", "began", "ended", "routine", "exercise", "family", "set", "of", "amount", "unit", "done", "sides",
    "tempo", "why", "effort", "band", "variants",
)  # fmt: skip

_OWN_TIME = (
    "replace(coalesce(datetime({0} + sessions.ahead, 'unixepoch'), datetime({0}, 'unixepoch', 'localtime')), ' ', 'T')"
)
"""By the clock that the athlete had in that workout."""

# JSON made by SQLite: ten years of sets are put together in a quarter of the time that it takes in Python.
_SESSION = (
    f"json_object('number', id, 'routine', routine, 'title', title, 'began', {_OWN_TIME.format('began')},"
    " 'seconds', round(seconds, 3), 'status', coalesce(status, 'broken off'), 'planned', planned)"
)
_OF_A_SESSION = {
    "sets": "json_object('exercise', exercise, 'family', family, 'slot', slot, 'set', number, 'of', of,"
    " 'amount', amount, 'unit', unit, 'done', total, 'sides', json(done), 'tempo', tempo, 'why', why, 'band', band,"
    " 'variants', json(variants),"
    f" 'ended', {_OWN_TIME.format('ended')})",
    "efforts": "json_object('slot', slot, 'exercise', exercise, 'effort', effort)",
    "swaps": "json_object('slot', slot, 'from', before, 'to', after, 'why', why)",
    "pains": "json_object('slot', slot, 'exercise', exercise)",
}


def write_csv(journal: Journal, out: TextIO) -> None:
    """One row a set, oldest first, with a line of column names."""
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(
        [_no_formula(cell) for cell in row]
        for row in journal.database.execute(
            f"SELECT sets.session, {_OWN_TIME.format('sets.began')}, {_OWN_TIME.format('sets.ended')}, routine,"
            " sets.exercise, family, number, of, amount, unit, total, done, tempo, why,"
            " (SELECT effort FROM efforts WHERE session = sets.session AND slot = sets.slot ORDER BY id DESC LIMIT 1),"
            " band, variants FROM sets JOIN sessions ON sessions.id = sets.session ORDER BY sets.id"
        )
    )


def _no_formula(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def as_json(journal: Journal) -> str:
    """One object: totals, streaks, weeks, exercises as in History, and each session with its sets, swaps and pains."""
    facts = asdict(history(journal, recent=0))
    del facts["recent"]
    facts["seconds"] = round(facts["seconds"], 3)
    told = json.dumps(facts, ensure_ascii=False, default=lambda day: day.isoformat())
    parts = " || ".join(
        f"""', "{table}": [' || coalesce((SELECT group_concat(one, ', ') FROM"""
        f""" (SELECT {one} AS one FROM {table} WHERE session = sessions.id ORDER BY id)), '') || ']'"""
        for table, one in _OF_A_SESSION.items()
    )
    workouts = journal.database.execute(
        f"SELECT rtrim({_SESSION}, '}}') || {parts} || '}}' FROM sessions ORDER BY id DESC"
    )
    return f'{told[:-1]}, "workouts": [{", ".join(workout for (workout,) in workouts)}]}}'
