import json
import os
from pathlib import Path
from typing import Any

import pytest

from coach.document.read import parse
from coach.errors import CoachError, FileFault
from coach.routine.importers import importing
from coach.routine.library import Library
from coach.routine.model import Circuit, Range, Routine, Work

SAMPLES = Path(__file__).parent / "samples"


def test_an_exercise_of_free_exercise_db_becomes_a_family_of_one(library: Library, tmp_path: Path) -> None:
    imported = importing.load(SAMPLES / "exercise-db.json", library.families)
    imported.write(tmp_path)
    families = Library([tmp_path]).families
    assert list(families) == ["Made-Up Band Press", "Made-Up Hop", "Made-Up Stretch"]
    press = families["Made-Up Band Press"]
    assert press.muscles == ("chest", "triceps")
    (variant,) = press.variants
    assert variant.equipment == "long band"
    assert variant.setup == ("Wrap the band around your back.", "Hold an end in each hand.")
    assert variant.move == "Press both hands forward. Bring them back slowly."
    (stretch,) = families["Made-Up Stretch"].variants
    assert (stretch.hold, stretch.equipment) == (True, "none")
    assert stretch.setup == ("Stand a step from a wall.",)
    assert stretch.move == "Lean in until you feel your calf."


def test_what_free_exercise_db_loses_is_said(library: Library) -> None:
    imported = importing.load(SAMPLES / "exercise-db.json", library.families)
    assert imported.left_out == [
        '"Made-Up Hop" says nothing on how to get into position: write its setup.',
        '"Made-Up Hop" has no instructions: write its move.',
        '"Plank" is in the library already, and was left alone.',
        "These have no counterpart and were left out: force, level, mechanic, category, images.",
        "The file does not say the ladder, tempo, sides, cues, mistakes, caution and position: write them, "
        "and let coach check --strict say what is missing.",
    ]


def test_single_exercises_can_be_asked_for_by_name(library: Library) -> None:
    imported = importing.load(SAMPLES / "exercise-db.json", library.families, only=["made up hops"])
    assert list(imported.exercises) == ["made-up-hop"]
    with pytest.raises(CoachError, match='There is no exercise "made up flop" in it'):
        importing.load(SAMPLES / "exercise-db.json", library.families, only=["made up flop"])


@pytest.fixture
def program(library: Library, tmp_path: Path) -> dict[str, Routine]:
    imported = importing.load(SAMPLES / "workout-share.yaml", library.families)
    imported.write(tmp_path, partial=True)
    own = Library([tmp_path, *library.folders])
    return {name: own.routine(name) for name in imported.routines}


def test_each_workout_of_a_program_becomes_a_routine(program: dict[str, Routine]) -> None:
    assert [(r.slug, r.title, r.about, r.source) for r in program.values()] == [
        ("two-days-day-a", "Two days: Day A", "Nothing but a sample.", "The tests"),
        ("two-days-day-b", "Two days: Day B", "Nothing but a sample.", "The tests"),
    ]


def test_doses_rests_and_sides_of_a_program_are_kept(program: dict[str, Routine]) -> None:
    routine = program["two-days-day-a"]
    assert routine.blocks == (
        Work("glute bridge", 0, Range(3, 3), Range(8, 12), "rep", 60, 60),  # its weight is "bodyweight"
        Work("plank", 0, Range(2, 2), Range(30, 30), "second", 90, 90),
        Work("Goblet Squat", 0, Range(3, 3), Range(8, 12), "rep", 45, 45),
        Work("Side Plank", 0, Range(2, 2), Range(30, 30), "second", 45, 45),
    )
    assert routine.families["Side Plank"].variants[0].sides == ("right side", "left side")
    assert routine.families["Goblet Squat"].variants[0].move == "Hold the weight at your chest."


def test_circuits_and_supersets_become_circuits(program: dict[str, Routine]) -> None:
    _, circuit, superset, _ = program["two-days-day-b"].blocks
    assert circuit == Circuit(
        Range(3, 3),
        90,
        (
            Work("glute bridge", 2, Range(1, 1), Range(40, 40), "second", 15, 15),
            Work("Star Jump", 0, Range(1, 1), Range(20, 20), "rep", 15, 15),
        ),
    )
    assert isinstance(superset, Circuit)
    assert (superset.rounds, superset.rest) == (Range(2, 2), 60)
    assert [block.rest for block in superset.blocks] == [0, 0]


@pytest.mark.parametrize(
    "sentence",
    [
        "These of the program have no counterpart and were left out: frequency, duration, version, progression, notes.",
        "Goblet Squat: the weight, 12kg, has no counterpart.",
        "Goblet Squat: no counterpart for the timing.",
        'Goblet Squat: "to failure" has no end to count to; 8-12 was written instead.',
        '"Goblet Squat" is not in the library: describe it in the routine, under exercises.',
        "Plank: of a rest of 90-120sec the shorter was taken.",
        "Glute Bridge: nothing says whether Hip thrust would be easier or harder.",
        'Glute Bridge: the library\'s own words stand instead of "Squeeze.".',
        "Side Plank: of reps and a duration the duration was taken.",
        "Leg Curl: no counterpart for the drops.",
        "Sections have no counterpart: their exercises follow one another.",
    ],
)
def test_what_a_program_loses_is_said(library: Library, sentence: str) -> None:
    assert sentence in importing.load(SAMPLES / "workout-share.yaml", library.families).left_out


def test_phases_of_a_program_become_routines_too(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "program.yaml"
    path.write_text(
        "program_name: Long\nworkouts: []\nphases:\n"
        "  - {name: One, weeks: 4, workouts: [{name: A, exercises: [{name: plank, sets: 1, reps: 30sec}]}]}\n"
    )
    imported = importing.load(path, library.families)
    assert list(imported.routines) == ["long-one"]
    assert 'When to move on from the phase "One", 4 weeks, is for you to keep in mind.' in imported.left_out


def test_an_exercise_that_the_library_only_knows_in_the_other_dose_becomes_the_routines_own(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "program.yaml"
    path.write_text(
        "program_name: Planks\nworkouts:\n  - name: A\n    exercises:\n"
        "      - {name: Plank, sets: 1, reps: 10}\n      - {name: Plank, sets: 1, reps: 30sec}\n"
    )
    imported = importing.load(path, library.families)
    imported.write(tmp_path)
    blocks = Library([tmp_path, *library.folders]).routine("planks").blocks
    assert [(b.family, b.unit) for b in blocks if isinstance(b, Work)] == [
        ("Plank in reps", "rep"),
        ("plank", "second"),
    ]


def test_nothing_is_written_over_unless_it_may_be(library: Library, tmp_path: Path) -> None:
    imported = importing.load(SAMPLES / "workout-share.yaml", library.families)
    (tmp_path / "two-days-day-b.yaml").write_text("mine\n")
    with pytest.raises(CoachError, match=r"has two-days-day-b\.yaml already"):
        imported.write(tmp_path, partial=True)
    assert [path.name for path in tmp_path.iterdir()] == ["two-days-day-b.yaml"]
    imported.write(tmp_path, replace=True, partial=True)
    assert (tmp_path / "two-days-day-b.yaml").read_text() != "mine\n"


def test_two_of_one_name_get_a_file_each(library: Library) -> None:
    workout = "{name: A, exercises: [{name: plank, sets: 1, reps: 30sec}]}"
    root = parse(f"program_name: P\nworkouts: [{workout}, {workout}]\n".encode(), "p").root
    assert list(importing.from_workout_share(root, library.families).routines) == ["p-a", "p-a-2"]


@pytest.mark.parametrize("content", ["", "{", "[]", "3", "[3]", '{"name": 5}', "[" * 100_000, '{"routine": "x"}'])
def test_json_that_is_no_exercise_is_refused_in_a_sentence(library: Library, tmp_path: Path, content: str) -> None:
    path = tmp_path / "it.json"
    path.write_text(content)
    with pytest.raises(CoachError, match=r"is not JSON|JSON of a form that is not known"):
        importing.load(path, library.families)


@pytest.mark.parametrize("content", ["", "- a\n", "routine: x\n", "a: [", "a: 1\na: 2\nworkouts: []\n"])
def test_yaml_that_is_no_program_is_refused_in_a_sentence(library: Library, tmp_path: Path, content: str) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(content)
    with pytest.raises(CoachError):
        importing.load(path, library.families)


@pytest.mark.parametrize(
    "record",
    [
        {"name": "X", "instructions": "one text", "primaryMuscles": None, "equipment": 7, "category": []},
        {"name": "no", "instructions": ["Lie down"], "force": "static"},
        {"name": "3/4 Sit-Up: hard", "instructions": [None, "Sit\nup.\x07"], "equipment": "e-z curl bar"},
        {"name": "ÿ" * 300, "instructions": ["A. B. C."]},
    ],
)
def test_an_odd_record_still_gives_a_file_that_loads(library: Library, tmp_path: Path, record: dict[str, Any]) -> None:
    path = tmp_path / "it.json"
    path.write_text(json.dumps(record))
    importing.load(path, library.families).write(tmp_path)
    odd = Library([tmp_path])
    assert len(odd.families) == 1
    assert odd.faults == []


def test_a_name_no_file_can_have_is_said_to_be_left_out(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "it.json"
    path.write_text(
        json.dumps([{"name": "💪", "instructions": ["A.", "B."]}, {"name": "深蹲", "instructions": ["A."]}])
    )
    imported = importing.load(path, library.families)
    assert list(imported.exercises) == ["深蹲"]
    assert imported.told.unclear[0].startswith('"💪" has no letter in its name')


def test_a_broken_program_gets_its_faults_told(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    path.write_text('program_name: "x\nworkouts: []\n')
    with pytest.raises(FileFault, match="a text begins with"):
        importing.load(path, library.families)


def test_a_pipe_is_no_file_to_import(library: Library, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "it.json")
    with pytest.raises(CoachError, match=r"cannot be read|device or a pipe"):
        importing.load(tmp_path / "it.json", library.families)
