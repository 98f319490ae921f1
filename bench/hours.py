"""`python -m bench.hours`: hours of workouts in the simulated room, one after the other, in one process.

Somebody gives an order every minute. Wanted: less than 5 MB more memory after the first hour, no more descriptors and
threads.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from coach.app.heap import give_large_pieces_back, give_memory_back
from coach.app.hearing import Hearing, made
from coach.app.loop import Given, Workout
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.audio.simulated import Room
from coach.journal.store import Journal
from coach.language.commands import Command, Order
from coach.own.settings import Settings
from coach.routine.library import Library

RATE = 48_000
ROUTINES = ("prerun-warmup", "lower-body-bands", "hotel-room")
ORDERS = (Command.PAUSE, Command.EASIER, Command.HARDER, Command.UNDO, Command.LOUDER, Command.QUIETER, Command.STATUS,
          Command.EXPLAIN, Command.NEXT, Command.BACK, Command.HURTS, Command.REPEAT)  # fmt: skip
EVERY = 60.0
"""Seconds between two orders; after a third of it everything is gone on with."""
MOST = 5.0
"""Megabytes that may be needed more than after the first hour."""
LONGEST = 1800.0
"""Seconds after which a workout is left."""


@dataclass(frozen=True)
class Needed:
    """What the process has at one time."""

    megabytes: float
    descriptors: int
    threads: int

    @classmethod
    def now(cls) -> Needed:
        give_memory_back()
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
        return cls(megabytes, len(os.listdir("/proc/self/fd")), threading.active_count())


def orders(chance: random.Random, now: Callable[[], float]) -> Given:
    """One every minute, and what goes on after it."""
    due = EVERY
    rest: list[tuple[float, Command]] = []

    def given() -> list[tuple[Order, str]]:
        nonlocal due
        if now() > due:
            due += EVERY
            rest.extend(((now(), chance.choice(ORDERS)), (now() + EVERY / 3, Command.RESUME)))
        if rest and now() >= rest[0][0]:
            return [(Order(rest.pop(0)[1]), "script")]
        return []

    return given  # type: ignore[return-value]


def work_out(name: str, seed: int, journal: Path) -> float:
    """One workout from the greeting to the summary; how many seconds it lasted."""
    studio = Studio(Settings(settle=5))
    voice = studio.voice(RATE)
    with Journal(journal) as kept:
        room = Room(RATE, echo=6.0, noise=35, seed=seed)
        session = studio.session(Library().routine(name), voice)
        workout = Workout(
            session,
            voice,
            room,
            hearing=Hearing(made(studio.make_ear()), _raise),
            given=orders(random.Random(seed), lambda: workout.now),
            following=Following(record=kept.record),
        )
        workout.run(until=lambda: workout.now > LONGEST)
        if not workout.over:
            workout.leave("left waiting")
    return workout.now


def _raise(error: Exception) -> None:
    raise error


def main() -> None:
    """Print what is needed after each workout; exit status 1 where it grows."""
    parser = argparse.ArgumentParser(prog="bench.hours", description=__doc__)
    parser.add_argument("--hours", type=float, default=8.0)
    asked = parser.parse_args()
    give_large_pieces_back()
    seconds, first = 0.0, None
    with tempfile.TemporaryDirectory(prefix="hours-") as folder:
        # Where every line is at hand the synthesiser, which stays, is needed only after hours.
        os.environ["COACH_CACHE_DIR"] = str(Path(folder) / "cache")
        for seed, name in enumerate(cycle(ROUTINES)):
            seconds += work_out(name, seed, Path(folder) / "journal.sqlite")
            needed = Needed.now()
            print(f"{seconds / 3600:5.2f} h  {needed.megabytes:6.1f} MB  {needed.descriptors} descriptors  "
                  f"{needed.threads} threads", flush=True)  # fmt: skip
            if first is None and seconds >= 3600:
                first = needed
            if seconds >= 3600 * asked.hours:
                break
    first = first or needed
    grown = needed.megabytes - first.megabytes
    print(f"{grown:+.1f} MB since the first hour")
    sys.exit(int(grown > MOST or needed.descriptors > first.descriptors or needed.threads > first.threads))


if __name__ == "__main__":
    main()
