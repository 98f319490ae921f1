"""workout-share's programs.

Its fields, after schema/workout-share-schema.jsonc of github.com/workout-share/specification: a program has
program_name, description, author, frequency, duration, version, workouts or phases of workouts, and notes on equipment,
progression and technique; a workout has exercises, or sections of them; an exercise has name, sets, reps ("8-12",
"10 e/s" for each side, "30sec", "to failure"), weight, rest, duration, notes, substitutes, or is a dropset, a superset
or a circuit of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.document.tree import Items, Node, Table, Text
from coach.document.wording import tidy
from coach.routine.importers import equipment
from coach.routine.importers.plan import Exercise, Group, Told, Workout
from coach.routine.importers.routines import each_side, is_time

_ELSEWHERE = (
    "frequency",
    "duration",
    "version",
    "progression",
    "special_techniques",
    "timing_patterns",
    "notes",
)
_LOST = {
    "drops": "the drops",
    "timing": "the timing",
    "variations": "the weekly variations",
    "special_technique": "the special technique",
}


def is_program(root: Node) -> bool:
    """Whether it is one of these by its shape."""
    if not isinstance(root, Table):
        return False
    lists = [root[field] for field in ("workouts", "phases") if field in root]
    return bool(lists) and all(isinstance(each, Items) for each in lists)


def workouts(program: Table, told: Told) -> Iterator[Workout]:
    """Each workout of a program, of all its phases."""
    title = _text(program, "program_name") or "Imported program"
    found = [(title, workout) for workout in _tables(program, "workouts")]
    for phase in _tables(program, "phases"):
        name = _text(phase, "name") or "phase"
        weeks = f", {_text(phase, 'weeks')} weeks," if _text(phase, "weeks") else ""
        told.say(f'When to move on from the phase "{name}"{weeks} is for you to keep in mind.')
        found += [(f"{title}: {name}", workout) for workout in _tables(phase, "workouts")]
    unused = [field for field in _ELSEWHERE if field in program]
    if unused:
        told.say(f"These of the program have no counterpart and were left out: {', '.join(unused)}.")
    bare = _needs_nothing(program)
    for of, workout in found:
        name = _text(workout, "name")
        yield Workout(
            title=of if len(found) == 1 or not name else f"{of}: {name}",
            exercises=tuple(_exercises(workout, bare, told)),
            about=_text(program, "description"),
            source=_text(program, "author"),
        )


def _needs_nothing(program: Table) -> bool:
    """Whether the program says that it takes no equipment at all."""
    needed = program.get("equipment_needed")
    things = [needed.get("primary"), needed.get("optional")] if isinstance(needed, Table) else [needed]
    names = [tidy(text) for each in things for text in (each if isinstance(each, Items) else [each]) if text]
    return bool(names) and all(equipment.known(name) == "none" for name in names)


def _exercises(workout: Table, bare: bool, told: Told) -> Iterator[Exercise | Group]:
    exercises = _tables(workout, "exercises")
    if _text(workout, "focus"):
        told.say("What a workout focuses on has no counterpart.")
    for section in _tables(workout, "sections"):
        told.say("Sections have no counterpart: their exercises follow one another.")
        exercises += _tables(section, "exercises")
    for exercise in exercises:
        if "exercises" in exercise:
            yield _group(exercise, bare, told)
        elif _text(exercise, "name"):
            yield _exercise(exercise, bare, told)
        else:
            told.not_understood("An exercise without a name was left out.")


def _group(group: Table, bare: bool, told: Told) -> Group:
    if _text(group, "notes"):
        told.say(f'A circuit\'s note has no counterpart: "{_text(group, "notes")}".')
    return Group(
        tuple(_exercises(group, bare, told)),
        rounds=_text(group, "rounds") or _text(group, "sets"),
        rest=_text(group, "rest_between_rounds"),
        rest_between=_text(group, "rest_between_exercises"),
    )


def _exercise(exercise: Table, bare: bool, told: Told) -> Exercise:
    name, weight = _text(exercise, "name"), _text(exercise, "weight")
    amount, sides, held = _dose(name, exercise, told)
    without = equipment.known(weight) == "none"
    if weight and not without:
        told.say(f"{name}: the weight, {weight}, has no counterpart.")
    substitutes = [tidy(text) for text in exercise.get("substitutes", ()) if isinstance(text, Text)]
    if substitutes:
        told.say(f"{name}: nothing says whether {', '.join(substitutes)} would be easier or harder.")
    lost = [words for field, words in _LOST.items() if field in exercise]
    if lost:
        told.say(f"{name}: no counterpart for {', '.join(lost)}.")
    takes = "weights" if weight and not without else "none" if weight or bare else ""
    return Exercise(
        name,
        sets=_text(exercise, "sets"),
        amount=amount,
        held=held,
        each_side=sides,
        rest=_text(exercise, "rest"),
        equipment=takes,
        how=_text(exercise, "notes"),
    )


def _dose(name: str, exercise: Table, told: Told) -> tuple[str, bool, bool]:
    """How much, whether on each side, and whether it is a time."""
    timed, reps = _text(exercise, "duration"), _text(exercise, "reps")
    if timed and reps not in ("", "1", timed):
        told.say(f"{name}: of reps and a duration the duration was taken.")
    amount, sides = each_side(timed or reps)
    return amount, sides, bool(timed) or is_time(amount) or re.fullmatch(r"\d+\s*m", amount) is not None


def _text(table: Table, field: str) -> str:
    value = table.get(field)
    return tidy(value) if isinstance(value, Text) and value.kind != "nothing" else ""


def _tables(table: Table, field: str) -> list[Table]:
    items = table.get(field)
    return [item for item in items if isinstance(item, Table)] if isinstance(items, Items) else []
