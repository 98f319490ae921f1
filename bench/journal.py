"""Ten years of daily sessions: what a long journal adds to the start of a workout and to looking back.

    python -m bench.journal

Each figure stands beside the same one for an empty journal.
"""

from __future__ import annotations

import io
import itertools
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from coach import language
from coach.journal.export import as_json, write_csv
from coach.journal.fit import fit_bytes
from coach.journal.history import history
from coach.journal.notes import Notes
from coach.journal.results import past_results
from coach.journal.resume import unfinished
from coach.journal.store import Journal
from coach.paper.page import html
from coach.paper.report import spoken, terminal
from coach.routine.library import Library
from coach.routine.model import Routine
from coach.session import events
from coach.session.events import Event
from coach.session.plan import works
from coach.session.progression import choose_all

SESSIONS = 3650
SETS = 60_000
LAST = datetime(2026, 11, 22, 7, 30)
TIMES = 7


def sitting(routine: Routine, sets: int, fewer: int) -> Iterator[Event]:
    """One session with so many sets, every seventh of them ended `fewer` repetitions early."""
    slots = list(enumerate(works(routine.blocks)))
    chosen = [
        {
            "family": w.family,
            "exercise": variant(routine, w.family, w.rung),
            "sets": -(-sets // len(slots)),
            "amount": 10,
            "of": -(-sets // len(slots)),
        }
        for _, w in slots
    ]
    yield events.SessionStarted(at=0, routine=routine.slug, title=routine.title, sets=sets, seconds=900, choices=chosen)
    at = 0.0
    for index, (slot, work) in itertools.islice(enumerate(itertools.cycle(slots)), sets):
        exercise, number = variant(routine, work.family, work.rung), index // len(slots) + 1
        same: dict[str, Any] = {
            "exercise": exercise,
            "family": work.family,
            "slot": slot,
            "set": number,
            "of": number,
            "index": index,
        }
        at += 20
        yield events.SetStarted(at=at, amount=10, unit="rep", tempo="1-1-2", **same)
        at += 40
        did = 10 - fewer * (index % 7 == 0)
        yield events.SetFinished(at=at, amount=10, unit="rep", done={"": did}, tempo="1-1-2", why="done", **same)
    for slot, work in slots:
        yield events.Effort(
            at=at, family=work.family, exercise=variant(routine, work.family, work.rung), slot=slot, effort=6
        )
    yield events.SessionFinished(at=at, status="completed", sets=sets, seconds=at)


def variant(routine: Routine, family: str, rung: int) -> str:
    return routine.families[family].variants[rung].name


def fill(path: Path, routines: Sequence[Routine]) -> None:
    """Ten years, through the journal's own notes, but in one transaction."""
    with Journal(path) as journal:
        journal.database.execute("BEGIN")
        for day, routine in zip(range(SESSIONS), itertools.cycle(routines), strict=False):
            notes = Notes((LAST - timedelta(days=SESSIONS - 1 - day)).timestamp())
            session = None
            sets = (day + 1) * SETS // SESSIONS - day * SETS // SESSIONS
            for event in sitting(routine, sets, fewer=day % 3):
                for note in notes.of(event):
                    row = journal.database.execute(note.sql, note.values | {"session": session}).lastrowid
                    session = row if note.begins else session
        journal.database.execute("COMMIT")


def start(path: Path, routine: Routine) -> None:
    """All that the beginning of a workout asks of the journal, from opening it."""
    with Journal(path, LAST.timestamp) as journal:
        unfinished(journal)
        choose_all(routine, past_results(journal, routine))
        spoken(history(journal), language.load(), routine.families)


def look_back(how: Callable[[Journal], object]) -> Callable[[Path], None]:
    def task(path: Path) -> None:
        with Journal(path, LAST.timestamp) as journal:
            how(journal)

    return task


def seconds(work: Callable[[], object]) -> float:
    """The quickest of several runs: what it takes when nothing else does."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def main() -> None:
    library = Library()
    routines = [library.routine(listing.slug) for listing in library.routines()]
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty.db", Path(folder) / "full.db"
        Journal(empty).close()
        fill(full, routines)
        with Journal(full) as journal:
            (sets,) = journal.database.execute("SELECT count(*) FROM sets").fetchone()
        print(f"{SESSIONS} sessions, {sets} sets, {full.stat().st_size / 1e6:.1f} MB\n")
        print("| | empty, ms | ten years, ms | more, ms |\n|---|---|---|---|")
        tasks: dict[str, Callable[[Path], object]] = {
            "start of a workout": lambda path: start(path, routines[0]),
            "history in the terminal": look_back(lambda journal: terminal(history(journal), language.load())),
            "history as a page": look_back(lambda journal: html(history(journal), language.load())),
            "everything as CSV": look_back(lambda journal: write_csv(journal, io.StringIO())),
            "everything as JSON": look_back(as_json),
            "one session as FIT": look_back(
                lambda journal: fit_bytes(journal, 1) if history(journal).sessions else None
            ),
        }
        for name, task in tasks.items():
            small, large = seconds(partial(task, empty)), seconds(partial(task, full))
            print(f"| {name} | {small * 1e3:.1f} | {large * 1e3:.1f} | {(large - small) * 1e3:.1f} |")


if __name__ == "__main__":
    main()
