"""`coach import`: other projects' files as exercises and routines of ours, and in sentences what they lose on the way.

Nothing here fetches anything: the athlete brings the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from coach.document.names import key
from coach.document.read import MOST_BYTES, parse, read
from coach.document.tree import Document, Table
from coach.errors import CoachError, FileFault
from coach.routine.importers import exercise_db, workout_share
from coach.routine.loading import family_from, routine_from
from coach.routine.model import Family
from coach.routine.writing import slug, write

MOST_JSON_BYTES = 32 * MOST_BYTES
TAKES = "coach import takes free-exercise-db's JSON and workout-share's YAML."


@dataclass
class Imported:
    """Files as they would be written, by slug, and what has no counterpart."""

    exercises: dict[str, str] = field(default_factory=dict)
    routines: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def _keep(self, name: str, text: str, files: dict[str, str], load: Callable[[Document], object]) -> None:
        """Take a file up under a name of its own, if it loads."""
        try:
            load(parse(text.encode(), "it"))
            wanted = slug(name)
        except CoachError as fault:
            self.left_out.append(f'"{name}" could not be taken over: {str(fault).splitlines()[0]}')
            return
        number = 1
        while (free := wanted if number == 1 else f"{wanted}-{number}") in files:
            number += 1
        files[free] = text

    def write(self, folder: Path, replace: bool = False) -> list[Path]:
        """Write every file under this folder of routines. Raises CoachError, before any is written, if one is there."""
        files = {folder / "exercises" / f"{name}.yaml": text for name, text in self.exercises.items()}
        files |= {folder / f"{name}.yaml": text for name, text in self.routines.items()}
        there = [path for path in files if path.exists()]
        if there and not replace:
            some = ", ".join(path.name for path in there[:5]) + (", ..." if len(there) > 5 else "")
            raise CoachError(f"{folder} has {some} already.", "Nothing was written. Say that they may be replaced.")
        for path, text in files.items():
            write(path, text, replace)
        return list(files)


def load(path: Path, families: Mapping[str, Family], only: Collection[str] = ()) -> Imported:
    """What is in a file of free-exercise-db (JSON) or workout-share (YAML); `only` names the exercises wanted of it.

    Raises CoachError for a file that is neither, FileFault for one that cannot be read.
    """
    if path.suffix.lower() == ".json":
        return from_exercise_db(_json(path), families, only)
    document = read(path)
    if document.faults:
        raise FileFault(document.faults)
    return from_workout_share(document.root, families)


def from_exercise_db(records: Any, families: Mapping[str, Family], only: Collection[str] = ()) -> Imported:
    """One exercise of free-exercise-db, or a list of them. Those that `families` has already are left alone."""
    imported = Imported()
    known = {key(family.name) for family in families.values()}
    for record in exercise_db.wanted(records, only, imported.left_out):
        name = record["name"]
        if key(name) in known:
            imported.left_out.append(f'"{name}" is in the library already, and was left alone.')
            continue
        text = _dump(exercise_db.family(record, imported.left_out), f"From free-exercise-db: {name}.")
        imported._keep(name, text, imported.exercises, lambda document: family_from(document))
    imported.left_out += exercise_db.unused(records)
    return imported


def from_workout_share(program: Any, families: Mapping[str, Family]) -> Imported:
    """Each workout of a program of workout-share as a routine, the exercises nobody here knows defined in it."""
    if not isinstance(program, Table) or not ("workouts" in program or "phases" in program):
        raise CoachError("This is no program of workout-share: it has no workouts.", TAKES)
    imported = Imported()
    for routine in workout_share.routines(program, families, imported.left_out):
        title = routine["routine"]
        text = _dump(routine, "From a program in the workout-share format.")
        imported._keep(title, text, imported.routines, lambda document: routine_from(document, families, Path("it")))
    return imported


def _dump(data: dict[str, Any], heading: str) -> str:
    return f"# {heading}\n" + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST_JSON_BYTES:
            raise CoachError(f"{path} is larger than {MOST_JSON_BYTES >> 20} MiB.", "Import a part of it.")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise CoachError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise CoachError(f"{path} is not JSON.", TAKES) from None
