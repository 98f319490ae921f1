"""free-exercise-db's records as families of one variant.

Its fields, after the schema.json of github.com/yuhonas/free-exercise-db: id, name, force, level, mechanic, equipment,
primaryMuscles, secondaryMuscles, instructions, category, images, alternateNames.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from coach.document.names import key, nearest
from coach.document.wording import tidy
from coach.errors import CoachError

_EQUIPMENT = {"": "none", "body only": "none", "bands": "long band"}
_UNUSED = ("force", "level", "mechanic", "category", "images", "alternateNames")
_UNKNOWN = "the ladder, tempo, sides, cues, mistakes, caution and position"


def wanted(records: Any, only: Collection[str], left_out: list[str]) -> Iterator[dict[str, Any]]:
    """The records that are exercises and, where `only` names some, those. Raises CoachError where there are none."""
    found = records if isinstance(records, list) else [records]
    named = {key(tidy(record.get("name"))): record for record in found if isinstance(record, dict)}
    named.pop("", None)
    if not named:
        raise CoachError(
            "This is no file of free-exercise-db: nothing in it has a name.", "It takes a list of exercises."
        )
    if len(named) < len(found):
        left_out.append(f"{len(found) - len(named)} entries have no name of their own, and were left out.")
    for name in only:
        if key(name) not in named:
            near = nearest(name, (tidy(record["name"]) for record in named.values()))
            raise CoachError(f'There is no exercise "{name}" in it.', f'Did you mean "{near}"?' if near else "")
    for record in [named[key(name)] for name in only] or named.values():
        yield record | {"name": tidy(record["name"])}


def family(record: dict[str, Any], left_out: list[str]) -> dict[str, Any]:
    """An exercise file's content."""
    name = record["name"]
    setup, move = _instructions(_texts(record.get("instructions")))
    if not setup:
        left_out.append(f'"{name}" says nothing on how to get into position: write its setup.')
        setup = [f"Get into position for: {name}."]
    if not move:
        left_out.append(f'"{name}" has no instructions: write its move.')
        move = f"Do the movement: {name}."
    equipment = tidy(record.get("equipment"))
    variant: dict[str, Any] = {
        "name": name,
        "standard": True,
        "equipment": _EQUIPMENT.get(equipment.lower(), equipment),
        "setup": setup,
        "move": move,
    }
    if "stretching" in (record.get("category"), record.get("force")) or record.get("force") == "static":
        variant |= {"hold": True, "seconds": "20-30"}
    muscles = [*_texts(record.get("primaryMuscles")), *_texts(record.get("secondaryMuscles"))]
    return {"family": name, "muscles": list(dict.fromkeys(muscles)), "variants": [variant]}


def unused(records: Any) -> list[str]:
    """What the records say that an exercise file has no place for, and what it has places for that they do not say."""
    found = [record for record in (records if isinstance(records, list) else [records]) if isinstance(record, dict)]
    fields = [field for field in _UNUSED if any(record.get(field) for record in found)]
    sentences = [f"These have no counterpart and were left out: {', '.join(fields)}."] if fields else []
    return [
        *sentences,
        f"free-exercise-db does not say {_UNKNOWN}: write them, and let coach check --strict say what is missing.",
    ]


def _instructions(texts: list[str]) -> tuple[list[str], str]:
    """The first of them is how to get into position; of a single one, its first sentence."""
    first, rest = (texts[0], texts[1:]) if texts else ("", [])
    lines = [line for line in re.split(r"(?<=[.!?])\s+", first) if line]
    if rest:
        return lines, " ".join(rest)
    return lines[:-1][:1], " ".join(lines[1:] if len(lines) > 1 else lines)


def _texts(value: Any) -> list[str]:
    return [text for text in map(tidy, value if isinstance(value, list) else []) if text]
