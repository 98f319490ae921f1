"""`coach import`: other projects' files as exercises and routines of ours, and in sentences what they lose on the way.

Nothing here fetches anything: the athlete brings the file. A format is recognised by its whole shape.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from coach.document.files import opened
from coach.document.names import name_of
from coach.document.read import MOST_BYTES, parse, text_from
from coach.document.syntax import is_table
from coach.document.tree import Document, Node, Table
from coach.document.wording import tidy
from coach.errors import CoachError, FileFault
from coach.routine.importers import exercise_db, liftosaur, routines, tables, text_lists, wger, workout_share
from coach.routine.importers.plan import Told, Workout
from coach.routine.ladders import Ladders
from coach.routine.loading import family_from, is_family, routine_from
from coach.routine.model import Family
from coach.routine.writing import slug, write

MOST_JSON_BYTES = 32 * MOST_BYTES
FORMS = {
    "JSON": "It takes JSON of free-exercise-db, ExerciseDB, wger and Liftosaur.",
    "a table": "It takes tables of Strong, Hevy and Liftosaur.",
    "YAML": "It takes programs of workout-share, which have workouts or phases of them.",
    "text": "Write an exercise a line: 3x12 squat, 60 s rest.",
}
"""What is taken, by what a file looks like."""


@dataclass
class Imported:
    """Files as they would be written, by slug, and what is told about them."""

    exercises: dict[str, str] = field(default_factory=dict)
    routines: dict[str, str] = field(default_factory=dict)
    told: Told = field(default_factory=Told)

    @property
    def left_out(self) -> list[str]:
        """What has no counterpart, and what could not be understood."""
        return self.told.left_out

    def keep(self, name: str, text: str, files: dict[str, str], load: Callable[[Document], object]) -> None:
        """Take a file up under a name of its own, if it loads."""
        try:
            load(parse(text.encode(), "it"))
            wanted = slug(name)
        except CoachError as fault:
            self.told.not_understood(f'"{name}" could not be taken over: {str(fault).splitlines()[0]}')
            return
        number = 1
        while (free := wanted if number == 1 else f"{wanted}-{number}") in files:
            number += 1
        files[free] = text

    def write(self, folder: Path, *, replace: bool = False, partial: bool = False) -> list[Path]:
        """Write every file under this folder of routines. Raises CoachError, before any is written, where one is there
        already, or where not everything was understood and a part is not enough.
        """
        if self.told.unclear and not partial:
            raise CoachError(
                f"Nothing was written: {len(self.told.unclear)} of these could not be understood.",
                "Change the file, or add --partial to take over what was.",
            )
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
    """What is in a file, or in what a pipe brings where the path is "-"; `only` names the exercises wanted of it.

    Raises CoachError for a file of no format that is known, FileFault for one that cannot be read.
    """
    content, file = _content(path)
    text = text_from(content, file)
    title = name_of(path).replace("_", " ").replace("-", " ").strip().capitalize() if path.name != "-" else "Imported"
    if text.lstrip()[:1] in ("{", "[") or path.suffix.lower() == ".json":
        return _from_json(_json(text, file), families, only, title)
    if rows := tables.rows_of(text):
        columns = tables.format_of(rows)
        if columns is not None:
            told = Told()
            return _routines(
                tables.workouts(rows, columns, told), families, told, f"From a table of {columns.program}'s."
            )
        if is_table(text):
            names = ", ".join(rows[0])
            raise CoachError(
                f"{file} is a table of a form that is not known: its columns are {names}.", FORMS["a table"]
            )
    return _from_text(text, content, file, families, title)


def from_exercise_db(records: Any, families: Mapping[str, Family], only: Collection[str] = ()) -> Imported:
    """One exercise of a database, or a list of them. Those that `families` has already are left alone."""
    imported = Imported()
    told = imported.told
    ladders = Ladders(families)
    wanted = list(exercise_db.wanted(records, only, told))
    new = [record for record in wanted if ladders.find(record["name"]) is None]
    for name, content in exercise_db.families(new, told):
        text = _dump(content, f"From another collection of exercises: {name}.")
        imported.keep(name, text, imported.exercises, lambda document: family_from(document))
    for record in wanted:
        if ladders.find(record["name"]) is not None:
            told.say(f'"{record["name"]}" is in the library already, and was left alone.')
    for sentence in exercise_db.unused(wanted):
        told.say(sentence)
    return imported


def from_workout_share(program: Node, families: Mapping[str, Family]) -> Imported:
    """Each workout of a program of workout-share as a routine. Raises CoachError for what is none."""
    if not isinstance(program, Table) or not workout_share.is_program(program):
        raise CoachError("This is no program of workout-share: it has no workouts.", FORMS["YAML"])
    told = Told()
    heading = "From a program in the workout-share format."
    return _routines(workout_share.workouts(program, told), families, told, heading)


def _from_json(data: Any, families: Mapping[str, Family], only: Collection[str], title: str) -> Imported:
    told = Told()
    if isinstance(data, dict) and isinstance(data.get("data"), dict | list):
        data = data["data"]  # as an API wraps it
    if wger.is_exercises(data):
        return from_exercise_db(wger.records(data, told), families, only)
    if wger.is_routine(data):
        return _routines(wger.workouts(data, told), families, told, "From a routine of wger's.")
    if program := liftosaur.planner_of(data):
        found = liftosaur.workouts(liftosaur.script_of(program), tidy(program.get("name")) or title, told)
        return _routines(found, families, told, "From a program of Liftosaur's.")
    if any(map(exercise_db.is_record, data if isinstance(data, list) else [data])):
        return from_exercise_db(data, families, only)
    first = data[0] if isinstance(data, list) and data else data
    what = f"its fields are {', '.join(map(str, first))}" if isinstance(first, dict) and first else "it has no fields"
    raise CoachError(f"This is JSON of a form that is not known: {what}.", FORMS["JSON"])


def _from_text(text: str, content: bytes, file: str, families: Mapping[str, Family], title: str) -> Imported:
    told = Told()
    if liftosaur.is_script(text):
        return _routines(liftosaur.workouts(text, title, told), families, told, "From a program of Liftosaur's.")
    fault: FileFault | None = None
    try:
        document = parse(content, file)
        root = document.root
        if isinstance(root, Table) and ("workouts" in root or "phases" in root):
            if document.faults:
                raise FileFault(document.faults)
            return from_workout_share(root, families)
        if isinstance(root, Table) and (is_family(document) or "blocks" in root):
            raise CoachError(f"{file} is in the coach's own form already.", "Copy it into the folder of your routines.")
    except FileFault as error:
        fault = error
        if "\nworkouts:" in text or text.startswith(("program_name:", "workouts:")):
            raise
    found = list(text_lists.workouts(text, title, told))
    if not found:
        if fault is not None and file.endswith((".yaml", ".yml")):
            raise fault
        raise CoachError(f"Nothing in {file} is an exercise with its dose.", FORMS["text"])
    return _routines(found, families, told, "From a list.")


def _routines(found: Iterable[Workout], families: Mapping[str, Family], told: Told, heading: str) -> Imported:
    imported = Imported(told=told)
    for workout in found:
        if data := routines.routine(workout, families, told):
            load_it: Callable[[Document], object] = lambda document: routine_from(document, families, Path("it"))  # noqa: E731
            imported.keep(workout.title, _dump(data, heading), imported.routines, load_it)
    if not imported.routines and not told.left_out:
        raise CoachError("There is nothing to take over.", FORMS["text"])
    return imported


def _dump(data: dict[str, Any], heading: str) -> str:
    return f"# {heading}\n" + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)


def _content(path: Path) -> tuple[bytes, str]:
    if path.name == "-" and len(path.parts) == 1:
        content, file = sys.stdin.buffer.read(MOST_JSON_BYTES + 1), "what was piped"
    else:
        file = str(path)
        try:
            with opened(path) as stream:
                content = stream.read(MOST_JSON_BYTES + 1)
        except FileNotFoundError:
            raise CoachError(f"There is no file {path}.", "Check its name, or write - for what is piped.") from None
        except IsADirectoryError:
            raise CoachError(f"{path} is a folder.", "Name a file in it.") from None
        except OSError as error:
            raise CoachError(f"{path} cannot be read: {error.strerror}.", "Check its rights.") from None
    if len(content) > MOST_JSON_BYTES:
        raise CoachError(f"{file} is larger than {MOST_JSON_BYTES >> 20} MiB.", "Import a part of it.")
    return content, file


def _json(text: str, file: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"From line {error.lineno}, column {error.colno}, it cannot be read; export it again."
        raise CoachError(f"{file} is not JSON.", where) from None
    except (ValueError, RecursionError):
        raise CoachError(f"{file} is not JSON that can be read.", FORMS["JSON"]) from None
