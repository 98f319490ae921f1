"""Going on from where a workout was broken off: by a crash, a power cut, Ctrl-C, or sleep."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from coach.errors import JournalTrouble
from coach.journal.store import Journal
from coach.routine.model import Routine
from coach.session.plan import Choice, make_plan, works
from coach.session.standing import Part
from coach.session.tailoring import Kept, limited


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
    kept: int
    """How many sets of it the workout had: fewer than were chosen where some were left out for that day."""
    band: str
    """Which of the athlete's bands, by its name; empty where it was not known."""


@dataclass(frozen=True)
class Unfinished:
    """A workout that was broken off."""

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
    seconds: float
    """Spent in it so far."""
    slots: tuple[Chosen, ...]
    part: Part | None
    """What was done of the set to begin with."""

    @property
    def kept(self) -> Kept:
        """How many sets of each slot the workout had."""
        return {number: slot.kept for number, slot in enumerate(self.slots)}


def unfinished(journal: Journal) -> Unfinished | None:
    """The last workout that was broken off and is still to be offered; None where there is none.

    While another coach is writing there is none either: its workout is not broken off, and this one could not be kept.
    """
    if not journal.claim():
        return None
    for session, routine, path, title, ended, seconds, position, planned in journal.database.execute(
        "SELECT id, routine, path, title, ended, seconds, position, planned FROM sessions"
        " WHERE open AND (position > 0 OR EXISTS (SELECT 1 FROM sets WHERE session = sessions.id AND total > 0))"
        " ORDER BY id DESC"
    ).fetchall():
        slots, added, in_rounds = _slots(journal, session)
        index = position - in_rounds
        if 0 <= index < planned + added:
            when = datetime.fromtimestamp(ended)
            part = _part(journal, session, position)
            return Unfinished(session, routine, path, title, when, index, planned + added, seconds, slots, part)
    return None


def _slots(journal: Journal, session: int) -> tuple[tuple[Chosen, ...], int, int]:
    """What each slot was being done with; how many sets were added; how many of those cannot be planned again.

    One that was added in the middle of a circuit is such: no number of sets or rounds says where it stood.
    """
    slots, added, in_rounds = [], 0, 0
    for family, now, sets, amount, planned, more, straight, band in journal.database.execute(
        "SELECT family, now, sets, amount, planned, of - planned, planned = sets,"
        " coalesce(band, '') FROM slots WHERE session = ? ORDER BY slot",
        (session,),
    ):
        slots.append(Chosen(family, now, sets + more * straight, amount, planned + more * straight, band))
        added += more * straight
        in_rounds += more * (not straight)
    return tuple(slots), added, in_rounds


def _part(journal: Journal, session: int, place: int) -> Part | None:
    """What was done of a set that the end of the workout cut short."""
    row = journal.database.execute(
        "SELECT family, exercise, unit, amount, done, variants, over FROM sets"
        " WHERE session = ? AND place = ? AND why = 'ended' AND (total > 0 OR over IS NOT NULL) ORDER BY id DESC",
        (session, place),
    ).fetchone()
    if row is None:
        return None
    family, exercise, unit, amount, done, variants, over = row
    by_side = json.loads(done)
    by_variant = json.loads(variants) if variants else {exercise: by_side}
    return Part(family, unit, amount, by_side, by_variant, json.loads(over or "[]"))


def choices(broken_off: Unfinished, routine: Routine) -> dict[int, Choice] | None:
    """What to go on with, by slot, from the set `broken_off.index`; with no more sets than `broken_off.kept`.

    None where the routine's file has changed since, so that its sets are no longer the same.
    """
    wanted = list(works(routine.blocks))
    if [work.family for work in wanted] != [slot.family for slot in broken_off.slots]:
        return None
    found: dict[int, Choice] = {}
    for number, slot in enumerate(broken_off.slots):
        rungs = {variant.name: variant.rung for variant in routine.families[slot.family].variants}
        if slot.exercise not in rungs:
            return None
        found[number] = Choice(rungs[slot.exercise], slot.sets, slot.amount, slot.band)
    plan = limited(make_plan(routine, found), broken_off.kept)
    return found if len(plan.sets) == broken_off.planned else None


def accept(journal: Journal, broken_off: Unfinished) -> None:
    """The session that starts next is the rest of it. Until that has started, the offer stands."""
    journal.go_on(broken_off.session, broken_off.seconds)


def decline(journal: Journal, broken_off: Unfinished) -> None:
    """What was done stays done, and going on is not offered again. Raises JournalTrouble where that cannot be noted."""
    try:
        journal.database.execute("UPDATE sessions SET open = 0 WHERE id = ?", (broken_off.session,))
    except sqlite3.Error as error:
        raise JournalTrouble(f"The journal cannot be written: {error}.") from error
