"""`python -m bench.faults.kills`: end workouts by signals at random moments, and see what the journal has of them.

Wanted: at most the rep in hand is missing, and the next start offers to go on.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from bench.faults.program import OFFER, SIGNALS, Program, reps
from coach.journal.resume import unfinished
from coach.journal.store import Journal

ROUTINE = """
routine: Short
blocks:
  - {exercise: bodyweight squat, sets: 3, reps: 4, rest: 5 s}
  - {exercise: bodyweight glute bridge, sets: 2, reps: 4, rest: 5 s}
"""
LATEST = 45.0
"""Seconds after the first event: the third set has begun by then."""
_STARTS = 10
"""Of so many, one is started again in earnest; of the others the journal is asked for the offer."""


@dataclass(frozen=True)
class Kill:
    """A workout that was ended."""

    name: str
    """The signal's."""
    terminal: bool
    after: float
    """Seconds after the first event."""
    counted: int
    """Reps that the events have ..."""
    kept: int
    """... and that the journal has."""
    offered: bool
    traceback: bool
    said: str
    """What it printed, and what the next start did."""

    @property
    def right(self) -> bool:
        """As wanted. Without a rep there is nothing to go on with."""
        return self.counted - self.kept <= 1 and (self.offered or not self.kept) and not self.traceback

    def __str__(self) -> str:
        where = "terminal" if self.terminal else "pipe"
        outcome = f"{self.kept} of {self.counted} reps, {'offered' if self.offered else 'no offer'}"
        wrong = "" if self.right else "WRONG "
        return f"{wrong}{self.name} at {self.after:4.1f} s, {where}: {outcome}" + (f"\n{self.said}" if wrong else "")


def kill(number: int) -> Kill:
    """End one workout; all is chosen by `number`."""
    chance = random.Random(number)
    name, terminal, after = chance.choice(sorted(SIGNALS)), chance.random() < 0.5, chance.uniform(0, LATEST)
    program = Program()
    program.routine.write_text(ROUTINE)
    program.work_out(_until(after), SIGNALS[name], terminal=terminal)
    counted, traceback, printed = reps(program.events), program.traceback, program.said
    journal = program.folder / "data" / "journal.sqlite"
    kept = 0
    if journal.exists():
        with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as database:
            kept = int(database.execute("SELECT coalesce(sum(total), 0) FROM sets").fetchone()[0])
    if number % _STARTS:
        with Journal(journal) as opened:
            offered = unfinished(opened) is not None
            printed += str(opened.database.execute("SELECT * FROM sessions").fetchall())
    else:
        program.events_file.unlink(missing_ok=True)
        program.work_out(_has_begun, signal.SIGTERM)
        offered = any(OFFER in str(event) for event in program.events)
        printed += f"\nstarted again, status {program.status}:\n{program.said}"
    shutil.rmtree(program.folder, ignore_errors=True)
    return Kill(name, terminal, after, counted, kept, offered, traceback, printed)


def _until(seconds: float) -> Callable[[list[dict[str, Any]]], bool]:
    begun: list[float] = []

    def until(events: list[dict[str, Any]]) -> bool:
        if events and not begun:
            begun.append(time.monotonic())
        return bool(begun) and time.monotonic() - begun[0] > seconds

    return until


def _has_begun(events: list[dict[str, Any]]) -> bool:
    return any(event["event"] == "session_started" or OFFER in str(event) for event in events)


def main() -> None:
    """Print each, and how many went wrong."""
    parser = argparse.ArgumentParser(prog="bench.faults.kills", description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=1, help="the number of the first: each is a moment of its own")
    parser.add_argument("--jobs", type=int, default=4)
    asked = parser.parse_args()
    wrong = in_sets = 0
    with ThreadPoolExecutor(asked.jobs) as pool:
        for found in pool.map(kill, range(asked.first, asked.first + asked.count)):
            print(found, flush=True)
            wrong += not found.right
            in_sets += found.counted > 0
    print(f"{wrong} of {asked.count} wrong; {in_sets} were ended after their first rep")


if __name__ == "__main__":
    main()
