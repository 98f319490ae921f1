"""Tables of what was done, a set a row, as Strong, Hevy and Liftosaur export them: each workout's last time as a plan.

Strong: Date, Workout Name, Exercise Name, Set Order (a number, W, D, F, "Rest Timer" or "Note"), Weight, Reps, Seconds;
Hevy: title, start_time, exercise_title, superset_id, set_index, set_type, weight_kg, reps, duration_seconds; Liftosaur:
Workout DateTime, Program, Day Name, Exercise, Is Warmup Set?, Completed Reps. Commas, semicolons or tabs between them.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from coach.document.wording import tidy
from coach.routine.importers.plan import Exercise, Group, Told, Workout

Row = Mapping[str, str]
_REST, _NOTE = "rest timer", "note"


@dataclass(frozen=True)
class Columns:
    """What a program calls the columns of its table; "" for what it has none of."""

    program: str
    title: str
    when: str
    exercise: str
    reps: str
    seconds: str
    kind: str
    """What sort of set it is."""
    warm_up: tuple[str, ...]
    superset: str
    distance: str
    lost: tuple[str, ...]
    """How the names begin of columns that have no counterpart."""


FORMATS = (
    Columns(
        "Strong", "workout name", "date", "exercise name", "reps", "seconds", "set order", ("w",), "", "distance",
        ("weight", "distance", "rpe", "notes", "workout notes", "duration", "workout duration"),
    ),
    Columns(
        "Hevy", "title", "start_time", "exercise_title", "reps", "duration_seconds", "set_type", ("warmup",),
        "superset_id", "distance_km", ("weight", "distance", "rpe", "description", "exercise_notes"),
    ),
    Columns(
        "Liftosaur", "day name", "workout datetime", "exercise", "completed reps", "", "is warmup set?", ("1", "true"),
        "", "", ("completed weight value", "weight value", "rpe", "completed rpe", "notes"),
    ),
)  # fmt: skip


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows by their columns' names in small letters; none where it is no table."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    between = max(",;\t", key=first.count)
    if not first.count(between):
        return []
    try:
        header, *rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=between) if any(row)]
    except csv.Error:
        return []
    names = [tidy(name).lower().partition(" (")[0] for name in header]
    return [dict(zip(names, map(tidy, row), strict=False)) for row in rows]


def format_of(rows: Sequence[Row]) -> Columns | None:
    """Whose table it is, by all of the columns that are needed."""
    names = set(rows[0]) if rows else set()
    for columns in FORMATS:
        needed = {columns.title, columns.when, columns.exercise, columns.reps, columns.kind}
        if needed <= names:
            return columns
    return None


def workouts(rows: Sequence[Row], columns: Columns, told: Told) -> Iterator[Workout]:
    """Each workout of the table as it was done the last time."""
    last: dict[str, str] = {}
    for row in rows:
        title = row.get(columns.title) or "Workout"
        when = row.get(columns.when, "")
        if title not in last or (when[:4].isdecimal() and when > last[title]):
            last[title] = when  # a date in words is Hevy's, whose newest workout comes first
    told.say(
        f"This is {columns.program}'s table of what was done: each workout became a routine, as it was the last time."
    )
    used = [name for name in rows[0] if name.startswith(columns.lost) and any(_told(row.get(name)) for row in rows)]
    if used:
        told.say(f"These have no counterpart and were left out: {', '.join(used)}.")
    sittings: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        sittings[row.get(columns.title) or "Workout", row.get(columns.when, "")].append(row)
    for title, when in last.items():
        sets = sittings[title, when]
        yield Workout(title, tuple(_blocks(sets, columns, told)))


def _blocks(sets: Sequence[Row], columns: Columns, told: Told) -> Iterator[Exercise | Group]:
    """Exercises in their order; those of one superset, which follow one another, as a circuit."""
    by_exercise: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sets:
        by_exercise[row.get(columns.superset, ""), row.get(columns.exercise, "")].append(row)
    for superset, group in groupby(by_exercise.items(), key=lambda item: item[0][0]):
        done = [exercise for (_, name), its in group if (exercise := _exercise(name, its, columns, told))]
        if superset and len(done) > 1:
            rounds = str(max(int(exercise.sets) for exercise in done))
            told.say(f"What was done in turn became a circuit: {', '.join(exercise.name for exercise in done)}.")
            yield Group(tuple(Exercise(e.name, "1", e.amount, e.held, equipment=e.equipment) for e in done), rounds)
        else:
            yield from done


def _exercise(name: str, rows: Iterable[Row], columns: Columns, told: Told) -> Exercise | None:
    work, rest = [], ""
    for row in rows:
        kind = row.get(columns.kind, "").lower()
        if kind == _REST:
            rest = f"{_number(row.get(columns.seconds)):g} s"
        elif kind in columns.warm_up:
            told.say("Warm-up sets were left out.")
        elif kind != _NOTE:
            work.append(row)
    reps = [round(_number(row.get(columns.reps))) for row in work if _number(row.get(columns.reps)) >= 1]
    seconds = [round(_number(row.get(columns.seconds))) for row in work if _number(row.get(columns.seconds)) >= 1]
    if not name or not (reps or seconds):
        what = "by distance" if any(_number(row.get(columns.distance)) for row in work) else "without reps or seconds"
        told.say(f'"{name}" was done {what}, and was left out.')
        return None
    held = not reps
    amounts = seconds if held else reps
    amount = f"{min(amounts)}-{max(amounts)}" if min(amounts) < max(amounts) else str(amounts[0])
    weighed = any(
        _number(value) for row in work for name, value in row.items() if "weight" in name and name[-4:] != "unit"
    )
    return Exercise(
        name,
        sets=str(len(amounts)),
        amount=f"{amount} s" if held else amount,
        held=held,
        rest=rest,
        equipment="weights" if weighed else "",
    )


def _told(value: str | None) -> bool:
    return bool(value) and value not in ("0", "0.0")


def _number(text: str | None) -> float:
    try:
        return float((text or "0").replace(",", "."))
    except ValueError:
        return 0.0
