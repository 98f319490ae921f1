"""How each exercise has gone from session to session: variant, amount, effort, and whether it hurt."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from coach.journal.history import LATELY
from coach.journal.store import Journal


@dataclass(frozen=True)
class Done:
    """One exercise in one session."""

    day: date
    exercise: str
    """The variant of the best set; where it hurt before a set was done, the one that hurt."""
    amount: int
    """Of the best set, on the side that got least; 0 where none was done."""
    unit: str
    effort: int | None
    """As the athlete answered, 0 to 10; None where nobody asked, or nobody answered."""
    hurt: bool


@dataclass(frozen=True)
class Course:
    """One family's last sessions, oldest first."""

    family: str
    done: tuple[Done, ...]


_BEST = """
    SELECT family, session, exercise, max(least), unit, day FROM sets GROUP BY family, session ORDER BY family, session
"""
_EFFORTS = """
    SELECT slots.family, efforts.session, max(effort) FROM efforts JOIN slots USING (session, slot) GROUP BY 1, 2
"""
_PAINS = """
    SELECT slots.family, pains.session, pains.exercise, date(pains.at, 'unixepoch')
    FROM pains JOIN slots USING (session, slot)
"""


def courses(journal: Journal) -> tuple[Course, ...]:
    """Every family that was done, or hurt, by its name."""
    efforts = {(family, session): effort for family, session, effort in journal.database.execute(_EFFORTS)}
    pains = {(family, session): (name, day) for family, session, name, day in journal.database.execute(_PAINS)}
    found: defaultdict[str, dict[int, Done]] = defaultdict(dict)
    for family, session, exercise, amount, unit, day in journal.database.execute(_BEST):
        place = family, session
        done = Done(date.fromisoformat(day), exercise, amount, unit, efforts.get(place), place in pains)
        found[family][session] = done
    for (family, session), (exercise, day) in pains.items():
        hurt = Done(date.fromisoformat(day), exercise, 0, "rep", efforts.get((family, session)), True)
        found[family].setdefault(session, hurt)
    return tuple(
        Course(family, tuple(done for _, done in sorted(sessions.items()))[-LATELY:])
        for family, sessions in sorted(found.items())
    )
