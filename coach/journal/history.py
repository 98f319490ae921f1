"""What the journal adds up to: totals, streaks, weeks, and how each exercise has come along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from coach.journal.store import Journal

CHART_WEEKS = 26
LATELY = 12
"""How many of an exercise's last sessions its progress is shown over."""

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class PastSession:
    """A workout as the list of the last ones shows it."""

    number: int
    """By which it can be deleted or exported."""
    routine: str
    title: str
    began: datetime
    """The athlete's own time."""
    seconds: float
    status: str
    """As in SessionFinished, or "broken off" where it never came to that."""
    sets: int
    """With work done in them."""
    planned: int


@dataclass(frozen=True)
class Week:
    """What was done in one week."""

    monday: date
    sessions: int
    sets: int


@dataclass(frozen=True)
class Best:
    """An exercise's best set in one session: most on the side that got least."""

    exercise: str
    amount: int
    unit: str
    band: str = ""
    """Which of the athlete's bands, by its name, where they told of more than one."""

    @property
    def called(self) -> str:
        """The exercise, and the band where that is known: banded squat (green)."""
        return f"{self.exercise} ({self.band})" if self.band else self.exercise


@dataclass(frozen=True)
class Progress:
    """How one exercise of one routine has come along."""

    routine: str
    """The routine's title."""
    family: str
    sessions: int
    first: Best
    lately: tuple[Best, ...]
    """In its last sessions, newest last."""

    @property
    def latest(self) -> Best:
        """The best set of the last session with this exercise."""
        return self.lately[-1]


@dataclass(frozen=True)
class Streak:
    """How often in a row: by now, and at best."""

    now: int
    best: int


@dataclass(frozen=True)
class History:
    """All that the journal adds up to."""

    today: date
    sessions: int
    sets: int
    seconds: float
    days: Streak
    """Days in a row with work done in them; today, still to come, breaks none."""
    weeks: Streak
    """The same of weeks, from Monday to Sunday."""
    chart: tuple[Week, ...]
    """Every one of the last weeks since the first workout, oldest first, this one last."""
    exercises: tuple[Progress, ...]
    """Routine by routine, the one done last first."""
    recent: tuple[PastSession, ...]
    """Newest first."""


def history(journal: Journal, recent: int | None = 10) -> History:
    """All of it as of now; `recent` is how many sessions are listed, None for every one."""
    days = {
        date.fromisoformat(day): counts
        for day, *counts in journal.database.execute(
            "SELECT day, count(DISTINCT session), count(*) FROM sets WHERE total > 0 GROUP BY day"
        )
    }
    # A clock that was set back must not make the last workout one of the future.
    today = max([datetime.fromtimestamp(journal.clock()).date(), *days])
    sessions, seconds = journal.database.execute(
        "SELECT count(*), coalesce(sum(seconds), 0) FROM sessions"
        " WHERE EXISTS (SELECT * FROM sets WHERE session = sessions.id AND total > 0)"
    ).fetchone()
    return History(
        today=today,
        sessions=sessions,
        sets=sum(sets for _, sets in days.values()),
        seconds=seconds,
        days=streak(days, DAY, today),
        weeks=streak({monday_of(day) for day in days}, WEEK, monday_of(today)),
        chart=_weeks(days, today),
        exercises=_progress(journal),
        recent=_recent(journal, recent),
    )


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - day.weekday() * DAY


def streak(when: Iterable[date], step: timedelta, today: date) -> Streak:
    """How many of `when` follow each other by `step`: up to today or the one before it, and at best."""
    runs: list[int] = []
    ordered = sorted(when)
    for before, after in pairwise([date.min, *ordered]):
        if runs and after - before == step:
            runs[-1] += 1
        else:
            runs.append(1)
    going = bool(ordered) and today - ordered[-1] <= step
    return Streak(now=runs[-1] if going else 0, best=max(runs, default=0))


def _weeks(days: dict[date, list[int]], today: date) -> tuple[Week, ...]:
    this = monday_of(today)
    first = max(monday_of(min(days, default=today)), this - (CHART_WEEKS - 1) * WEEK)
    mondays = [first + n * WEEK for n in range((this - first) // WEEK + 1)]
    totals = {monday: [0, 0] for monday in mondays}
    for day, (sessions, sets) in days.items():
        if monday_of(day) in totals:
            totals[monday_of(day)][0] += sessions
            totals[monday_of(day)][1] += sets
    return tuple(Week(monday, *totals[monday]) for monday in mondays)


def _progress(journal: Journal) -> tuple[Progress, ...]:
    routines: dict[int, tuple[str, str]] = {}
    last: dict[str, int] = {}
    for session, routine, title in journal.database.execute("SELECT id, routine, title FROM sessions ORDER BY id"):
        routines[session], last[routine] = (routine, title), session
    done: defaultdict[tuple[str, str], list[tuple[int, Best]]] = defaultdict(list)
    for family, session, exercise, amount, unit, band in journal.database.execute(
        # A set broken off on its first side is nobody's best. Beside max(), SQLite takes the other columns from the row
        # that has it.
        "SELECT family, session, exercise, max(least), unit, coalesce(band, '') FROM sets WHERE least > 0"
        " GROUP BY family, session"
    ):
        done[routines[session][0], family].append((session, Best(exercise, amount, unit, band)))
    return tuple(
        Progress(
            routine=routines[bests[-1][0]][1],
            family=family,
            sessions=len(bests),
            first=bests[0][1],
            lately=tuple(best for _, best in bests[-LATELY:]),
        )
        for (routine, family), bests in sorted(done.items(), key=lambda item: (-last[item[0][0]], item[0][1]))
    )


def _recent(journal: Journal, limit: int | None) -> tuple[PastSession, ...]:
    rows = journal.database.execute(
        "SELECT id, routine, title, began, ahead, seconds, coalesce(status, 'broken off'),"
        " (SELECT count(*) FROM sets WHERE session = sessions.id AND total > 0), planned"
        " FROM sessions ORDER BY id DESC LIMIT ?",
        (-1 if limit is None else limit,),
    )
    return tuple(
        PastSession(number, routine, title, _own_time(began, ahead), seconds, status, sets, planned)
        for number, routine, title, began, ahead, seconds, status, sets, planned in rows
    )


def _own_time(moment: float, ahead: float | None) -> datetime:
    """By the clock that the athlete had then. Raises ValueError where the system knows no such moment."""
    try:
        if ahead is None:
            return datetime.fromtimestamp(moment)
        return datetime.fromtimestamp(moment, UTC).replace(tzinfo=None) + timedelta(seconds=ahead)
    except OSError as error:
        raise ValueError(f"{moment} is no moment") from error
