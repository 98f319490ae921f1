"""Whatever is in a file: a routine that was meant, or sentences. Never anything else."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.document.read import head, parse
from coach.errors import CoachError, FileFault
from coach.routine.importers import importing
from coach.routine.library import Library
from coach.routine.loading import family_from, routine_from
from coach.routine.model import Circuit, Family, Range, Routine, Unit, Work
from coach.routine.schema import (
    CircuitForm,
    ExerciseForm,
    FamilyForm,
    RoutineForm,
    VariantForm,
    routine_json_schema,
)
from coach.routine.writing import Draft, compose, entry

DATA = Path(__file__).parent / "data"
FAMILIES = Library([DATA]).families
SCHEMA = jsonschema.Draft202012Validator(routine_json_schema())
VARIANTS = [variant for family in FAMILIES.values() for variant in family.variants]


@dataclass(frozen=True)
class Meant:
    """Something as it is written in a file, and as it must be read."""

    written: Any
    value: Any


# Few characters, but one of each kind that YAML or a terminal might trip over.
printable = st.sampled_from("aBxyz0159 äßé深💪'\"#:-?!&*%@|>{}[],~`.\\")
words = st.text(printable, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)


def ranges(most: int) -> st.SearchStrategy[Meant]:
    def spelled(low: int, more: int, dash: str) -> Meant:
        high = min(low + more, most)
        return Meant(low, Range(low, low)) if more == 0 else Meant(f"{low}{dash}{high}", Range(low, high))

    return st.builds(spelled, st.integers(1, most - 1), st.integers(0, 5), st.sampled_from(["-", " - ", "–"]))


durations = st.one_of(
    st.integers(0, 3600).map(lambda n: Meant(n, float(n))),
    st.integers(0, 3600).map(lambda n: Meant(f"{n} s", float(n))),
    st.integers(0, 3600).map(lambda n: Meant(f"{n // 60}:{n % 60:02}", float(n))),
    st.integers(0, 60).map(lambda n: Meant(f"{n} min", n * 60.0)),
)
names = st.sampled_from(VARIANTS).flatmap(
    lambda variant: st.sampled_from(
        [variant.name, variant.name.upper(), f"{variant.name}s", variant.name.replace("-", " ")]
    ).map(lambda name: Meant(name, variant))
)


@st.composite
def exercises(draw: st.DrawFn, in_circuit: bool = False) -> Meant:
    name, sets = draw(names), draw(ranges(20))
    variant = name.value
    usual = 10.0 if in_circuit else 45.0
    rest, rest_after = draw(st.none() | durations), draw(st.none() | durations)
    unit: Unit
    if variant.hold:
        seconds = draw(st.none() | ranges(300))
        field, amount, unit = "hold", seconds or Meant(None, variant.seconds), "second"
    else:
        field = draw(st.sampled_from(["reps", "steps"]))
        amount, unit = draw(ranges(100)), "step" if field == "steps" else variant.unit
    written = {"exercise": name.written, "sets": sets.written}
    written |= {field: amount.written} if amount.written else {}
    written |= {"rest": rest.written} if rest else {}
    written |= {"rest_after": rest_after.written} if rest_after else {}
    between = rest.value if rest else usual
    after = rest_after.value if rest_after else between
    return Meant(written, Work(variant.family, variant.rung, sets.value, amount.value, unit, between, after))


@st.composite
def circuits(draw: st.DrawFn) -> Meant:
    rounds, rest = draw(ranges(5)), draw(st.none() | durations)
    blocks = draw(st.lists(exercises(in_circuit=True), min_size=1, max_size=3))
    written = {"circuit": draw(st.sampled_from([rounds.written, f"{rounds.written} rounds"]))}
    written |= {"rest": rest.written} if rest else {}
    written |= {"blocks": [block.written for block in blocks]}
    return Meant(written, Circuit(rounds.value, rest.value if rest else 60.0, tuple(b.value for b in blocks)))


@st.composite
def routines(draw: st.DrawFn) -> Meant:
    title, about = draw(words), draw(words)
    blocks = draw(st.lists(exercises() | circuits(), min_size=1, max_size=5))
    written = {"routine": title, "about": about, "blocks": [block.written for block in blocks]}
    text = draw(
        st.sampled_from(
            [
                yaml.safe_dump(written, allow_unicode=True),
                yaml.safe_dump(written, sort_keys=False, width=20, indent=4),
                yaml.safe_dump(written, default_flow_style=True),
                yaml.safe_dump(written, default_style='"', line_break="\r\n"),
                json.dumps(written, ensure_ascii=False),
            ]
        )
    )
    return Meant(text, (title, about, tuple(block.value for block in blocks)))


@settings(deadline=None)
@given(routines())
def test_any_well_formed_routine_loads_back_to_what_was_meant(meant: Meant) -> None:
    routine = routine_from(parse(meant.written.encode(), "it.yaml"), FAMILIES, Path("it.yaml"))
    assert (routine.title, routine.about, routine.blocks) == meant.value
    assert all(routine.families[name] is FAMILIES[name] for name in routine.families)


@settings(deadline=None)
@given(routines())
def test_whatever_loads_fits_the_schema_that_editors_use(meant: Meant) -> None:
    assert list(SCHEMA.iter_errors(yaml.safe_load(meant.written))) == []


def load_anything(content: bytes) -> None:
    for load, kind in ((routine_load, Routine), (family_load, Family)):
        try:
            assert isinstance(load(content), kind)
        except FileFault as raised:
            faults = raised.faults
        else:
            continue
        lines = len(content.decode(errors="replace").splitlines()) + 1
        assert faults
        assert all(str(fault).isprintable() for fault in faults)
        assert all(1 <= fault.line <= lines and fault.column >= 1 for fault in faults)


def routine_load(content: bytes) -> Routine:
    return routine_from(parse(content, "it.yaml"), FAMILIES, Path("it.yaml"))


def family_load(content: bytes) -> Family:
    return family_from(parse(content, "it.yaml"))


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_an_object_or_faults(content: bytes) -> None:
    load_anything(content)


@settings(deadline=None)
@given(st.text(st.sampled_from("abx:-?#&*!|>'\"%@`{}[],.~<=\\ \t\n\r0159") | printable, max_size=80))
def test_any_text_gives_an_object_or_faults(text: str) -> None:
    load_anything(text.encode("utf-8", "surrogatepass"))


RECORD = ["name", "equipment", "instructions", "primaryMuscles", "secondaryMuscles", "force", "category", "id"]
ELSEWHERE = [
    "name",
    "sets",
    "reps",
    "rest",
    "duration",
    "notes",
    "weight",
    "type",
    "rounds",
    "exercises",
    "substitutes",
]


def exercises_elsewhere(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """What might be an exercise of workout-share's."""
    likely = st.sampled_from(["Plank", "Glute bridge", "Hop", "8-12", "30sec", "10 e/s", "to failure", "90-120sec", 3])
    return st.dictionaries(st.sampled_from(ELSEWHERE), likely | inner, min_size=1)


SHIPPED = [path.read_text(encoding="utf-8") for path in [*DATA.glob("*.yaml"), *DATA.glob("exercises/*.yaml")]]


@settings(deadline=None)
@given(st.sampled_from(SHIPPED), st.data())
def test_any_typing_error_in_a_good_file_gives_an_object_or_faults(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        typed = data.draw(st.text(st.sampled_from("ab:-#&*!|>'\"{}[],. \t\n05") | printable, max_size=6))
        text = text[:start] + typed + text[end:]
    load_anything(text.encode("utf-8", "surrogatepass"))


KEYS = [*RoutineForm.model_fields, *ExerciseForm.model_fields, *CircuitForm.model_fields, *VariantForm.model_fields]
junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.text(max_size=6)
    | st.just("glute bridge"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | words, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*RoutineForm.model_fields, *FamilyForm.model_fields]), junk, max_size=6))
def test_anything_under_any_key_gives_an_object_or_faults(tree: dict[str, Any]) -> None:
    load_anything(yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))


@settings(deadline=None)
@given(st.binary(max_size=200) | routines().map(lambda meant: meant.written.encode()))
def test_the_top_of_any_file_can_be_listed(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "top.yaml"
    path.write_bytes(content)
    assert all(text.isprintable() for text in head(path, ("routine", "about")).values())


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(RECORD), junk | words, max_size=8) | junk, max_size=3) | junk)
def test_any_json_is_imported_to_files_that_load_or_refused(records: Any) -> None:
    try:
        imported = importing.from_exercise_db(records, FAMILIES)
    except CoachError:
        return
    for text in imported.exercises.values():
        family_load(text.encode())


@settings(deadline=None)
@given(st.recursive(junk, lambda inner: st.lists(inner | exercises_elsewhere(inner), max_size=3), max_leaves=8))
def test_any_program_is_imported_to_files_that_load_or_refused(workouts: Any) -> None:
    program = {"program_name": "P", "workouts": [{"name": "A", "exercises": workouts}]}
    root = parse(yaml.safe_dump(program).encode("utf-8", "surrogatepass"), "it.yaml").root
    for text in importing.from_workout_share(root, FAMILIES).routines.values():
        assert routine_load(text.encode()).blocks


@settings(deadline=None)
@given(st.lists(st.sampled_from([v.name for v in VARIANTS]) | words, max_size=3), words, words, words, st.data())
def test_any_answers_give_a_routine_that_loads_or_a_sentence(
    asked: list[str], title: str, rest: str, rounds: str, data: st.DataObject
) -> None:
    doses = st.sampled_from(["", " 3x8-12", " 2 x 30 s", " 10 steps", " 1-2 min", " 0"]) | words
    try:
        entries = tuple(entry(name + data.draw(doses), FAMILIES) for name in asked)
        rest, rounds = data.draw(st.sampled_from(["", "1:00", rest])), data.draw(st.sampled_from(["", "3", rounds]))
        text = compose(Draft(title, entries, rest=rest, rounds=rounds), FAMILIES, "it")
    except CoachError as error:
        told = error
    else:
        assert routine_load(text.encode()).title == title
        return
    assert not isinstance(told, FileFault), "a sentence about an answer, not about a file that is not there yet"
