"""Databases of exercises, whose records become families of one variant.

free-exercise-db's fields, after the schema.json of github.com/yuhonas/free-exercise-db: id, name, force, level,
mechanic, equipment, primaryMuscles, secondaryMuscles, instructions, category, images, alternateNames. ExerciseDB's: id,
name, bodyPart, equipment, target, secondaryMuscles, instructions, gifUrl; in its second version exerciseId, bodyParts,
equipments, targetMuscles.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from coach.document.names import key, nearest
from coach.document.wording import quote, tidy
from coach.errors import CoachError
from coach.routine.importers import equipment
from coach.routine.importers.plan import Told

_USED = {"name", "id", "exerciseId", "equipment", "equipments", "primaryMuscles", "secondaryMuscles", "instructions",
         "target", "targetMuscles", "primary_muscles", "secondary_muscles"}  # fmt: skip
_OTHERS = {
    "force", "level", "mechanic", "category", "images", "alternateNames", "bodyPart", "bodyParts", "gifUrl",
    "difficulty", "description", "imageUrl", "videoUrl", "exerciseType", "keywords", "overview", "exerciseTips",
    "variations", "relatedExerciseIds",
}  # fmt: skip
_TELLING = 2
"""How many fields beside its name show that a record is an exercise."""
_UNKNOWN = "the ladder, tempo, sides, cues, mistakes, caution and position"


def is_record(data: Any) -> bool:
    """Whether it is an exercise of one of these databases, by a name, and instructions or two other fields."""
    if not isinstance(data, dict) or not tidy(data.get("name")):
        return False
    fields = {name for name in (_USED | _OTHERS) - {"name", "id"} if name in data}
    return isinstance(data.get("instructions"), list) or len(fields) >= _TELLING


def wanted(records: Any, only: Collection[str], told: Told) -> Iterator[dict[str, Any]]:
    """The records that are exercises and, where `only` names some, those. Raises CoachError where there are none."""
    found = records if isinstance(records, list) else [records]
    named = {key(tidy(record["name"])): record for record in found if is_record(record)}
    if unnamed := named.pop("", None):
        told.not_understood(f'"{tidy(unnamed["name"])}" has no letter in its name, and was left out.')
    others = [record for record in found if not is_record(record)]
    if others:
        many = f"{len(others)} entries are no exercises" if len(others) > 1 else "One entry is no exercise"
        told.not_understood(f"{many}, and left out: {_shown(others)}.")
    again = len(found) - len(others) - len(named) - bool(unnamed)
    if again > 0:
        told.say(f"{again} have the name of another, and were left out.")
    for name in only:
        if key(name) not in named:
            near = nearest(name, (tidy(record["name"]) for record in named.values()))
            raise CoachError(f'There is no exercise "{name}" in it.', f'Did you mean "{near}"?' if near else "")
    for record in [named[key(name)] for name in only] or named.values():
        yield record | {"name": tidy(record["name"])}


def families(records: list[dict[str, Any]], told: Told) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the content of each exercise's file; what they lack is told, alike things in one sentence."""
    no_setup, no_move, unknown = list[str](), list[str](), list[str]()
    for record in records:
        name = record["name"]
        setup, move = _instructions(_texts(record.get("instructions")))
        takes = _equipment(record)
        no_setup += [] if setup else [name]
        no_move += [] if move else [name]
        unknown += [] if takes else [name]
        variant: dict[str, Any] = {
            "name": name,
            "standard": True,
            "equipment": takes or "none",
            "setup": setup or [f"Get into position for: {name}."],
            "move": move or f"Do the movement: {name}.",
        }
        if "stretching" in (record.get("category"), record.get("force")) or record.get("force") == "static":
            variant |= {"hold": True, "seconds": "20-30"}
        fields = (
            "primaryMuscles",
            "primary_muscles",
            "target",
            "targetMuscles",
            "secondaryMuscles",
            "secondary_muscles",
        )
        muscles = [muscle for field in fields for muscle in _texts(record.get(field))]
        yield name, {"family": name, "muscles": list(dict.fromkeys(muscles)), "variants": [variant]}
    told.of_several(
        no_setup,
        '"{name}" says nothing on how to get into position: write its setup.',
        "{count} say nothing on how to get into position, write their setup: {names}",
    )
    told.of_several(
        no_move,
        '"{name}" has no instructions: write its move.',
        "{count} have no instructions, write their move: {names}",
    )
    told.of_several(
        unknown,
        '"{name}" does not name what it takes: write its equipment.',
        "{count} do not name what they take, write their equipment: {names}",
    )


def unused(records: list[dict[str, Any]]) -> list[str]:
    """What the records say that an exercise file has no place for, and what it has places for that they do not say."""
    fields = [field for field in dict.fromkeys(name for record in records for name in record) if field not in _USED]
    lost = [field for field in fields if any(record.get(field) for record in records)]
    sentences = [f"These have no counterpart and were left out: {', '.join(lost)}."] if lost else []
    return [
        *sentences,
        f"The file does not say {_UNKNOWN}: write them, and let coach check --strict say what is missing.",
    ]


def _equipment(record: dict[str, Any]) -> str:
    """In our words; "" where it is not said."""
    several = _texts(record.get("equipments"))
    named = several[0] if several else tidy(record.get("equipment"))
    return equipment.known(named) if named or "equipment" in record else "none"


def _instructions(texts: list[str]) -> tuple[list[str], str]:
    """The first of them is how to get into position; of a single one, its first sentence."""
    steps = [re.sub(r"^Step\s*:?\s*\d+\s*[:.]?\s*", "", text) for text in texts]
    first, rest = (steps[0], steps[1:]) if steps else ("", [])
    lines = [line for line in re.split(r"(?<=[.!?])\s+", first) if line]
    if rest:
        return lines, " ".join(rest)
    return lines[:-1][:1], " ".join(lines[1:] if len(lines) > 1 else lines)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in map(tidy, values) if text]


def _shown(others: list[Any]) -> str:
    first = others[0]
    what = f"fields {', '.join(map(str, first))}" if isinstance(first, dict) and first else str(first)
    return quote(what)
