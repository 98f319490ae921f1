"""What editors are given must say the same as the loader."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from coach.own import paths
from coach.routine.schema import exercise_json_schema, routine_json_schema

DATA = Path(__file__).parent / "data"
ROUTINES = [*paths.routines().glob("*.yaml"), *DATA.glob("*.yaml")]
EXERCISES = [*(paths.routines() / "exercises").glob("*.yaml"), *(DATA / "exercises").glob("*.yaml")]


def faults(schema: dict[str, Any], text: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema)
    return [error.message for error in validator.iter_errors(yaml.safe_load(text))]


@pytest.mark.parametrize("schema", [routine_json_schema(), exercise_json_schema()])
def test_the_schema_is_one_of_its_draft_and_explains_every_key(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    for part in (schema, *schema["$defs"].values()):
        assert all(field.get("description") for field in part["properties"].values())


@pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
def test_every_routine_fits_the_schema(path: Path) -> None:
    assert faults(routine_json_schema(), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem)
def test_every_exercise_fits_the_schema(path: Path) -> None:
    assert faults(exercise_json_schema(), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "block",
    [
        "{exercise: plank, rest: 1:30}",
        "{exercise: plank, rest: 7.5 s, rest_after: 2 min}",
        "{exercise: plank, hold: 20–30 s}",
        "{exercise: plank, hold: 0:45-1:30}",
        "{exercise: plank, reps: 8-12, sets: 3}",
        "{circuit: 2-3 rounds, blocks: [{circuit: 2, blocks: [{exercise: plank}]}]}",
    ],
)
def test_the_schema_takes_every_spelling_the_loader_takes(block: str) -> None:
    assert faults(routine_json_schema(), f"routine: x\nblocks: [{block}]\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "routine: x",
        "routine: x\nblocks: []",
        "routine: 5\nblocks: [{exercise: plank}]",
        "routine: x\nbloks: [{exercise: plank}]",
        "routine: x\nblocks: [{exercise: plank, rep: 5}]",
        "routine: x\nblocks: [{exercise: plank, reps: ten}]",
        "routine: x\nblocks: [{exercise: plank, reps: 2.5}]",
        "routine: x\nblocks: [{exercise: plank, reps: 0}]",
        "routine: x\nblocks: [{exercise: plank, rest: soon}]",
        "routine: x\nblocks: [{exercise: no}]",
        "routine: x\nblocks: [{circuit: 3 rounds}]",
        "routine: x\nblocks: [plank]",
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(text: str) -> None:
    assert faults(routine_json_schema(), text)


@pytest.mark.parametrize(
    "line", ["tempo: fast", "sides: both", "sides: [a]", "unit: jump", "hold: maybe", "cues: one", "setup: []", "x: y"]
)
def test_the_schema_refuses_what_no_variant_can_say(line: str) -> None:
    text = "family: x\nvariants:\n  - name: y\n    "
    assert faults(exercise_json_schema(), text) == []
    assert faults(exercise_json_schema(), text + line)
