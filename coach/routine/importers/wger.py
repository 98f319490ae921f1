"""wger's data, as its API and its server's export have it: exercises (exerciseinfo), and a routine (structure).

An exercise has translations (name, description in HTML, language: 2 is English), equipment, muscles and a category; a
routine has days of slots of entries, each with an exercise and its sets, repetitions and rests as lists of
configurations, the first of which is the beginning. An entry that has only a number for its exercise cannot be read.
Exercises of the older API have name and description themselves, and numbers for muscles and equipment.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from coach.document.wording import tidy
from coach.routine.importers.plan import Exercise, Group, Told, Workout, records_in
from coach.routine.importers.routines import text_of

ENGLISH = 2
_EQUIPMENT = ("barbell", "sz bar", "dumbbell", "gym mat", "swiss ball", "pull-up bar", "none", "bench",
              "incline bench", "kettlebell", "resistance band")  # fmt: skip
"""By wger's numbers, from 1."""
_SECONDS = 3
"""The number of wger's unit of repetitions that is seconds."""


def is_exercises(data: Any) -> bool:
    """Whether these are exercises of wger's."""
    return any(records_in(each.get("translations")) or "muscles_secondary" in each for each in _results(data))


def is_routine(data: Any) -> bool:
    """Whether it is a routine with its days and slots."""
    days = data.get("days") if isinstance(data, dict) else None
    return isinstance(days, list) and any(isinstance(day, dict) and "slots" in day for day in days)


def records(data: Any, told: Told) -> list[dict[str, Any]]:
    """Exercises in the fields of free-exercise-db, in English or else in the first language there is."""
    found = []
    for each in _results(data):
        translations = [t for t in (*records_in(each.get("translations")), each) if tidy(t.get("name"))]
        if not translations:
            told.not_understood(f"Exercise {each.get('id', '')} of wger has no name, and was left out.")
            continue
        said = next((each for each in translations if each.get("language") == ENGLISH), translations[0])
        found.append(
            {
                "name": tidy(said["name"]),
                "equipment": _equipment(each.get("equipment")),
                "primaryMuscles": _named(each.get("muscles")),
                "secondaryMuscles": _named(each.get("muscles_secondary")),
                "instructions": _sentences(str(said.get("description") or "")),
            }
        )
    return found


def workouts(routine: dict[str, Any], told: Told) -> Iterator[Workout]:
    """Each day that is none of rest."""
    title = tidy(routine.get("name")) or "wger"
    days = [day for day in records_in(routine["days"]) if not day.get("is_rest")]
    told.say("Weights, repetitions in reserve and the progress of wger have no counterpart: the journal decides on it.")
    for day in days:
        name = tidy(day.get("name"))
        exercises: list[Exercise | Group] = []
        for slot in records_in(day.get("slots")):
            entries = [e for entry in records_in(slot.get("entries")) if (e := _entry(entry, told))]
            if len(entries) > 1:
                rounds = entries[0].sets
                exercises.append(Group(tuple(Exercise(e.name, "1", e.amount, e.held) for e in entries), rounds))
            else:
                exercises += entries
        yield Workout(
            f"{title}: {name}" if name and len(days) > 1 else title,
            tuple(exercises),
            about=tidy(routine.get("description")),
        )


def _entry(entry: dict[str, Any], told: Told) -> Exercise | None:
    of = entry.get("exercise")
    name = tidy(entry.get("exercise_name")) or (_name(of) if isinstance(of, dict) else tidy(of))
    if not name:
        told.not_understood(f"Exercise {text_of(of)} of wger is named in another file, and was left out.")
        return None
    low, high = _begin(entry, "repetitions", "reps"), _begin(entry, "max_repetitions", "max_reps")
    held = entry.get("repetition_unit") == _SECONDS
    amount = f"{low}-{high}" if high and high != low else low
    rest = _begin(entry, "rest", "rest")
    return Exercise(
        name,
        sets=_begin(entry, "sets", "nr_of_sets") or _begin(entry, "set_nr", "sets"),
        amount=f"{amount} s" if held else amount,
        held=held,
        rest=f"{rest} s" if rest else "",
    )


def _begin(entry: dict[str, Any], *names: str) -> str:
    """The first value of a list of configurations, a whole number as one; "" where there is none."""
    for name in names:
        configs = entry.get(f"{name}_configs")
        values = [config.get("value") for config in records_in(configs)]
        for value in (*values, entry.get(name)):
            number = re.fullmatch(r"(\d+)(?:\.0*)?", text_of(value))
            if number and int(number[1]):
                return number[1]
    return ""


def _name(exercise: dict[str, Any]) -> str:
    translations = records_in(exercise.get("translations")) or [exercise]
    return next((tidy(each.get("name")) for each in translations), "")


def _results(data: Any) -> list[dict[str, Any]]:
    found = data.get("results", [data]) if isinstance(data, dict) else data
    return records_in(found)


def _named(things: Any) -> list[str]:
    """What wger's lists of muscles and equipment name."""
    names = [tidy(each.get("name_en") or each.get("name")) for each in records_in(things)]
    return [name.lower() for name in names if name]


def _equipment(things: Any) -> str:
    """The first of them, by name or number; `none` where there are none."""
    numbers = [n for n in things if isinstance(n, int) and 0 < n <= len(_EQUIPMENT)] if isinstance(things, list) else []
    return next(iter([*_named(things), *(_EQUIPMENT[n - 1] for n in numbers)]), "none" if things == [] else "")


def _sentences(description: str) -> list[str]:
    plain = tidy(html.unescape(re.sub(r"<[^>]*>", " ", description)))
    return [line for line in re.split(r"(?<=[.!?])\s+", plain) if line]
