"""Going on from where a workout was broken off: by a crash, a power cut, Ctrl-C, or sleep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coach.journal.store import Journal
from coach.routine.model import Routine
from coach.session.plan import Choice, works


@dataclass(frozen=True)
class Chosen:
    """What a slot was being done with when it was broken off."""

    family: str
    exercise: str
    """The variant in use at the end."""
    sets: int
    """With those that the athlete had added."""
    amount: int
    """In the routine's unit."""


@dataclass(frozen=True)
class Unfinished:
    session: int
    """Its number in the journal."""
    routine: str
    """The routine's slug."""
    path: str | None
    """The routine's file, where no name finds it."""
    title: str
    when: datetime
    """The athlete's own time of the last that is known of it."""
    index: int
    """The set to begin with."""
    planned: int
    """How many sets the workout had."""
    slots: tuple[Chosen, ...]


def unfinished(journal: Journal) -> Unfinished | None:
    """The last workout that was broken off and is still to be offered; None where there is none.

    While another coach is writing there is none either: its workout is not broken off, and this one could not be kept.
    """
    if not journal.claim():
        return None
    row = journal.database.execute(
        "SELECT id, routine, path, title, ended, position, planned + coalesce(added, 0) FROM sessions"
        " LEFT JOIN (SELECT session, sum(of - planned) AS added FROM slots GROUP BY session) ON session = id"
        " WHERE open AND position BETWEEN 1 AND planned + coalesce(added, 0) - 1 ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    session, routine, path, title, ended, index, planned = row
    slots = journal.database.execute(
        "SELECT family, now, sets + coalesce(of - planned, 0), amount FROM slots WHERE session = ? ORDER BY slot",
        (session,),
    )
    chosen = tuple(Chosen(*slot) for slot in slots)
    return Unfinished(session, routine, path, title, datetime.fromtimestamp(ended), index, planned, chosen)


def choices(broken_off: Unfinished, routine: Routine) -> dict[int, Choice] | None:
    """What to go on with, by slot; None where the routine's file has changed and its sets are no longer the same."""
    wanted = list(works(routine.blocks))
    if [work.family for work in wanted] != [slot.family for slot in broken_off.slots]:
        return None
    found: dict[int, Choice] = {}
    for number, slot in enumerate(broken_off.slots):
        rungs = {variant.name: variant.rung for variant in routine.families[slot.family].variants}
        if slot.exercise not in rungs:
            return None
        found[number] = Choice(rungs[slot.exercise], slot.sets, slot.amount)
    return found


def accept(journal: Journal, broken_off: Unfinished) -> None:
    """The session that starts next is the rest of it. Until that has started, the offer stands."""
    journal.go_on(broken_off.session)


def decline(journal: Journal, broken_off: Unfinished) -> None:
    """What was done stays done, and going on is not offered again."""
    journal.database.execute("UPDATE sessions SET open = 0 WHERE id = ?", (broken_off.session,))
