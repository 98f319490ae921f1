"""Following a file while it is being written: what is wrong in it, how it looks, and which exercise has changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.errors import Fault, FileFault
from coach.routine.library import Library
from coach.routine.model import Family, Routine, Variant, Work
from coach.session.plan import works

EVERY = 0.5
"""Seconds between two looks at the file."""


@dataclass(frozen=True)
class Look:
    """What stands in the file after it was saved."""

    faults: tuple[Fault, ...]
    found: Routine | Family | None
    changed: Variant | None
    """The first exercise that is not as it was, where the file has no faults and had none before."""
    dose: Work | None = None
    """What the routine asks of it."""


def looks(path: Path, wait: Callable[[float], object] = time.sleep) -> Iterator[Look]:
    """A look at once, and one after each time that the file is saved, for as long as anybody asks.

    `wait` passes the seconds between two looks. A file that is gone for a moment, as some editors save, is waited for.
    Raises FileFault where there is none to begin with.
    """
    if _stamp(path) is None:
        Library().load(path)  # says why
    before: Routine | Family | None = None
    stamp: tuple[int, int] | None = None
    while True:
        now = _stamp(path)
        if now == stamp or (now is None and stamp is not None):
            wait(EVERY)
            continue
        stamp = now
        try:
            _, found = Library().load(path)
        except FileFault as fault:
            yield Look(fault.faults, None, None)
            continue
        yield _compared(before, found)
        before = found


def _compared(before: Routine | Family | None, after: Routine | Family) -> Look:
    if isinstance(after, Family):
        old = before.variants if isinstance(before, Family) else ()
        changed = next((variant for variant in after.variants if variant not in old), None)
        return Look((), after, changed if old else None)
    if not isinstance(before, Routine):
        return Look((), after, None)
    old_works = [(work, before.families[work.family]) for work in works(before.blocks)]
    for work in works(after.blocks):
        family = after.families[work.family]
        if (work, family) not in old_works:
            return Look((), after, family.variants[work.rung], work)
    return Look((), after, None)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size
