"""What people have in other programs: each format by its whole shape, each exercise matched, each loss told."""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import CoachError
from coach.own import paths
from coach.routine.importers import equipment, importing
from coach.routine.importers.importing import Imported
from coach.routine.importers.matching import Matcher
from coach.routine.library import Library
from coach.routine.model import Circuit, Range, Routine, Work

OURS = Library([paths.routines()])


def imported(folder: Path, name: str, content: str | Any) -> Imported:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return importing.load(path, OURS.families)


def routine(found: Imported, folder: Path, slug: str) -> Routine:
    found.write(folder / "own", replace=True, partial=True)
    return Library([folder / "own", *OURS.folders]).routine(slug)


def doses(routine: Routine) -> list[tuple[str, str, str, str]]:
    """Variant, sets, amount and unit of every exercise, those of circuits too."""
    found: list[tuple[str, str, str, str]] = []
    for block in routine.blocks:
        for work in block.blocks if isinstance(block, Circuit) else [block]:
            assert isinstance(work, Work)
            name = routine.families[work.family].variants[work.rung].name
            found.append((name, str(work.sets), str(work.amount), work.unit))
    return found


STRONG = """\
Workout #,Date,Workout Name,Duration (sec),Exercise Name,Set Order,Weight (kg),Reps,Distance (meters),Seconds,Notes,RPE
1,2025-03-01 07:10:00,"Hips, easy",1500,Glute Bridge,1,,99,,0,,7
2,2025-03-08 07:10:00,"Hips, easy",1500,Glute Bridge,W,,20,,0,,
2,2025-03-08 07:10:00,"Hips, easy",1500,Glute Bridge,1,,12,,0,,7
2,2025-03-08 07:10:00,"Hips, easy",1500,Glute Bridge,Rest Timer,,,,30,,
2,2025-03-08 07:10:00,"Hips, easy",1500,Glute Bridge,2,,10,,0,,7
2,2025-03-08 07:10:00,"Hips, easy",1500,Plank,1,,,,45,,
2,2025-03-08 07:10:00,"Hips, easy",1500,Squat (Barbell),1,60,8,,0,,
2,2025-03-08 07:10:00,"Hips, easy",1500,Running,1,,,5000,0,,
"""
HEVY_HEAD = (
    '"title","start_time","end_time","description","exercise_title","superset_id","exercise_notes","set_index",'
    '"set_type","weight_kg","reps","distance_km","duration_seconds","rpe"\n'
)
HEVY = HEVY_HEAD + "".join(
    f'"Beine","1 Mär 2025, 07:10","1 Mär 2025, 07:40","","{name}",{superset},"",{n},"normal",,{reps},,{seconds},\n'
    for name, superset, n, reps, seconds in [
        ("Squat (Bodyweight)", "", 0, 15, ""),
        ("Clam Shell", 0, 0, 12, ""),
        ("Clam Shell", 0, 1, 12, ""),
        ("Plank", 0, 0, "", 40),
        ("Plank", 0, 1, "", 40),
    ]
)


def test_a_table_of_strongs_becomes_each_workout_as_it_was_the_last_time(tmp_path: Path) -> None:
    found = imported(tmp_path, "strong.csv", STRONG)
    assert doses(routine(found, tmp_path, "hips-easy")) == [
        ("banded glute bridge", "2", "10-12", "rep"),
        ("forearm plank", "1", "45", "second"),
        ("Squat (Barbell)", "1", "8", "rep"),
    ]
    assert "Warm-up sets were left out." in found.left_out
    assert '"Running" was done by distance, and was left out.' in found.left_out
    assert "These have no counterpart and were left out: duration, weight, distance, rpe." in found.left_out
    assert '"Squat (Barbell)" is not in the library: describe it in the routine, under exercises.' in found.left_out


def test_semicolons_and_a_table_of_hevys_with_its_supersets(tmp_path: Path) -> None:
    assert imported(tmp_path, "strong.csv", STRONG.replace(",", ";")).routines
    made = routine(imported(tmp_path, "hevy.csv", HEVY), tmp_path, "beine")
    assert doses(made) == [
        ("bodyweight squat", "1", "15", "rep"),
        ("banded clamshell", "1", "12", "rep"),
        ("forearm plank", "1", "40", "second"),
    ]
    circuit = made.blocks[1]
    assert isinstance(circuit, Circuit)
    assert circuit.rounds == Range(2, 2)


def test_a_table_of_another_form_is_refused_with_its_columns(tmp_path: Path) -> None:
    with pytest.raises(
        CoachError, match="a table of a form that is not known: its columns are date, steps, weight, mood"
    ):
        imported(tmp_path, "it.csv", "Date,Steps,Weight,Mood\n2025-01-01,9000,70,good\n")


LIFTOSCRIPT = """\
# Week 1
## Day A
Glute Bridge, Bodyweight[1-4] / 3x20 / 0lb / progress: lp(5lb)
t1: Squat / 1x8-12, 2x6+ 60s / 45lb / used: none
Lunge / ...t1: Squat
Plank[1-4] / 2x1 / 0lb
Donkey Kick / 2x12 45s / 0lb / warmup: none
aux: Squat / 3x8 / warmup: 2x5 45%
Front Squat / ...aux: Squat / 70lb
Kneeling Plank / 2x20s
Not a line of it
# Week 2
## Day A
Plank / 9x9
"""


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_a_program_of_liftosaurs_becomes_the_days_of_its_first_week(tmp_path: Path, form: str) -> None:
    if form == "json":
        week = [{"name": "Day A", "exerciseText": LIFTOSCRIPT.split("## Day A\n")[1].split("# Week")[0]}]
        planner = {"name": "It", "weeks": [{"name": "Week 1", "days": week}]}
        found = imported(tmp_path, "it.json", {"program": {"name": "It", "planner": planner}, "version": "1"})
    elif form == "markdown":
        found = imported(tmp_path, "x.md", f"---\nid: x\nname: It\n---\nWords.\n\n```liftoscript\n{LIFTOSCRIPT}```\n")
    else:
        found = imported(tmp_path, "it.txt", LIFTOSCRIPT)
    assert doses(routine(found, tmp_path, "it-day-a")) == [
        ("bodyweight glute bridge", "3", "20", "rep"),
        ("Lunge", "3", "6-12", "rep"),
        ("forearm plank", "2", "20-30", "second"),
        ("bodyweight donkey kick", "2", "12", "rep"),
        ("Squat with weights", "3", "8", "rep"),
        ("Front Squat", "3", "8", "rep"),
        ("kneeling plank", "2", "20", "second"),
    ]
    assert '"Not a line of it" has no sets and reps that can be understood, and was left out.' in found.told.unclear
    assert "Squat: as many as possible in the last set has no counterpart." in found.left_out


LIST = """\
# Hips before bed
Two rounds, slow.

- 3x12 band squat, 60s rest
- Clamshells: 2 sets of 15 each side (rest 30 sec)
- Side plank 30s each side
- [ ] 10 donkey kicks per leg
- Bulgarian split squat 3 x 8-10 @ 20 kg

## Superset: 3 rounds
1. Squats — 15 reps
2. Plank – 45 seconds

**Day 2**
| Exercise | Sets | Reps | Rest |
|---|---|---|---|
| Monster walk | 2 | 10 steps | 45s |
| Push-ups | 3x12 | | |

Total time: 35 minutes
"""


def test_a_list_as_people_write_it_becomes_routines(tmp_path: Path) -> None:
    found = imported(tmp_path, "list.md", LIST)
    first = routine(found, tmp_path, "hips-before-bed")
    assert doses(first) == [
        ("banded squat", "3", "12", "rep"),
        ("banded clamshell", "2", "15", "rep"),
        ("Side plank", "1", "30", "second"),
        ("banded donkey kick", "1", "10", "rep"),
        ("Bulgarian split squat", "3", "8-10", "rep"),
        ("banded squat", "1", "15", "rep"),
        ("forearm plank", "1", "45", "second"),
    ]
    assert [work.rest for work in first.blocks[:2]] == [60, 30]
    assert isinstance(first.blocks[-1], Circuit)
    assert first.blocks[-1].rounds == Range(3, 3)
    assert first.families["Side plank"].variants[0].sides == ("right side", "left side")
    assert doses(routine(found, tmp_path, "hips-before-bed-day-2")) == [
        ("banded monster walk", "2", "10", "step"),
        ("Push-ups", "3", "12", "rep"),
    ]
    assert found.told.unclear == []
    assert "Bulgarian split squat: the weight, 20 kg, has no counterpart." in found.left_out
    assert 'Left out: "Total time: 35 minutes"' in found.left_out


DAYS = """\
Mon: sun salutations x5, goblet squat 3x10 (RPE 7), band pull-apart 3x15
Fri: full-body flow 20 min, single-leg deadlift 3x8 each side.

### 4. Monster Walks (glute activation)
- Resistance band around ankles, small steps sideways
- 3×10 steps each direction
"""


def test_several_exercises_in_a_line_and_doses_beneath_the_name_of_theirs(tmp_path: Path) -> None:
    found = imported(tmp_path, "days.txt", DAYS)
    assert doses(routine(found, tmp_path, "days-mon")) == [
        ("sun salutations", "1", "5", "rep"),
        ("goblet squat", "3", "10", "rep"),
        ("tall-kneeling band pull-apart", "3", "15", "rep"),
    ]
    assert doses(routine(found, tmp_path, "days-fri")) == [
        ("full-body flow", "1", "1200", "second"),
        ("single-leg deadlift", "3", "8", "rep"),
    ]
    walks = routine(found, tmp_path, "days-4-monster-walks-glute-activation")
    assert doses(walks) == [("banded monster walk", "3", "10", "step")]
    assert "How hard a set is to be has no counterpart." in found.left_out
    assert len(found.told.unclear) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- Stretch a bit", '"- Stretch a bit" has no dose that can be understood, and was left out.'),
        ("- Squats: AMRAP", 'Squats: "amrap" has no end to count to; 8-12 was written instead.'),
        ("- Plank: max", 'Plank: "max" has no end to count to; 30 s was written instead.'),
    ],
)
def test_nothing_is_written_until_all_is_understood_or_a_part_is_enough(tmp_path: Path, line: str, told: str) -> None:
    found = imported(tmp_path, "list.txt", f"- 3x12 squat\n{line}\n")
    assert found.told.unclear == [told]
    with pytest.raises(CoachError, match="Nothing was written") as raised:
        found.write(tmp_path / "own")
    assert raised.value.hint == "Change the file, or add --partial to take over what was."
    assert not (tmp_path / "own").exists()
    assert found.write(tmp_path / "own", partial=True)


def test_what_is_piped_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO(b"3x12 band squat, 60s rest\n"))
    monkeypatch.setattr(sys, "stdin", piped)
    found = importing.load(Path("-"), OURS.families)
    assert list(found.routines) == ["imported"]


EXERCISE_DB = [
    {"bodyPart": "waist", "equipment": "body weight", "gifUrl": "https://example.org/1.gif", "id": "9001",
     "name": "3/4 curl up", "target": "abs", "secondaryMuscles": ["hip flexors"],
     "instructions": ["Lie on your back with bent knees.", "Curl up three quarters of the way.", "Lower slowly."]},
    {"bodyPart": "upper legs", "equipment": "resistance band", "id": "9003", "name": "BAND SQUAT v. 2 🏋️",
     "target": "quads", "secondaryMuscles": [], "instructions": ["Step 1: Stand on the band.", "Step 2: Squat."]},
    {"exerciseId": "x1", "name": "Sled push", "equipments": ["SLED MACHINE"], "bodyParts": ["LEGS"],
     "targetMuscles": ["QUADS"], "instructions": ["Step:1 Stand behind it.", "Step:2 Push."]},
]  # fmt: skip


def test_exercises_of_exercisedb_need_no_equipment_where_they_say_body_weight(tmp_path: Path) -> None:
    found = imported(tmp_path, "it.json", EXERCISE_DB)
    found.write(tmp_path / "own")
    curl, squat, sled = Library([tmp_path / "own"]).families.values()
    assert [family.variants[0].equipment for family in (curl, squat, sled)] == ["none", "long band", "sled machine"]
    assert curl.muscles == ("abs", "hip flexors")
    assert squat.variants[0].setup == ("Stand on the band.",)
    assert sled.variants[0].move == "Push."
    assert "These have no counterpart and were left out: bodyPart, gifUrl, bodyParts." in found.left_out


def test_what_an_api_wraps_is_unwrapped(tmp_path: Path) -> None:
    found = imported(tmp_path, "it.json", {"success": True, "data": EXERCISE_DB[0]})
    assert list(found.exercises) == ["3-4-curl-up"]


def test_an_exercise_that_is_a_variant_of_ours_is_left_alone(tmp_path: Path) -> None:
    found = imported(tmp_path, "it.json", [EXERCISE_DB[0] | {"name": "Bodyweight Squat"}])
    assert found.exercises == {}
    assert '"Bodyweight Squat" is in the library already, and was left alone.' in found.left_out


def test_equipment_that_says_nothing_is_left_out_and_told_in_one_sentence(tmp_path: Path) -> None:
    records = [{"name": f"Move {n}", "equipment": "other", "instructions": ["Stand.", "Go."]} for n in range(9)]
    found = imported(tmp_path, "it.json", records)
    assert all("equipment: none" in text for text in found.exercises.values())
    assert found.left_out[0] == (
        "9 do not name what they take, write their equipment: Move 0, Move 1, Move 2, Move 3, Move 4, ..."
    )


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ([{"name": "Legs", "intervals": [{"name": "Squat", "seconds": 45}]}], "name, intervals"),
        ({"name": "Foo"}, "name"),
        ({"title": "x", "sets": []}, "title, sets"),
    ],
)
def test_json_of_another_shape_is_refused_with_what_it_has(tmp_path: Path, data: Any, fields: str) -> None:
    with pytest.raises(CoachError, match=f"JSON of a form that is not known: its fields are {fields}"):
        imported(tmp_path, "it.json", data)


def test_one_record_of_another_shape_among_exercises_is_not_understood(tmp_path: Path) -> None:
    found = imported(tmp_path, "it.json", [*EXERCISE_DB, {"name": "Legs", "intervals": []}])
    assert found.told.unclear == ['One entry is no exercise, and left out: "fields name, intervals".']


WGER_EXERCISES = {
    "count": 1,
    "results": [
        {
            "id": 7,
            "category": {"name": "Legs"},
            "equipment": [{"id": 7, "name": "none (bodyweight exercise)"}],
            "muscles": [{"name": "Gluteus maximus", "name_en": "Glutes"}],
            "muscles_secondary": [],
            "translations": [
                {"language": 1, "name": "Wandsitz", "description": "<p>An die Wand.</p>"},
                {"language": 2, "name": "Wall sit", "description": "<p>Lean on a wall.</p><p>Sink &amp; stay.</p>"},
            ],
        }
    ],
}
WGER_ROUTINE = {
    "id": 3,
    "name": "Hips",
    "days": [
        {"name": "Rest", "is_rest": True, "slots": []},
        {
            "name": "A",
            "is_rest": False,
            "slots": [
                {
                    "entries": [
                        {
                            "exercise": {"translations": [{"name": "Glute bridge"}]},
                            "sets_configs": [{"value": 3}],
                            "repetitions_configs": [{"value": "8.00"}],
                            "max_repetitions_configs": [{"value": "12.00"}],
                            "rest_configs": [{"value": "60"}],
                        },
                    ]
                },
                {"entries": [{"exercise": 512, "sets_configs": [{"value": 3}]}]},
            ],
        },
    ],
}


def test_exercises_and_routines_of_wgers(tmp_path: Path) -> None:
    found = imported(tmp_path, "wger.json", WGER_EXERCISES)
    found.write(tmp_path / "own")
    (sit,) = Library([tmp_path / "own"]).families.values()
    assert (sit.name, sit.muscles, sit.variants[0].equipment) == ("Wall sit", ("glutes",), "none")
    assert (sit.variants[0].setup, sit.variants[0].move) == (("Lean on a wall.",), "Sink & stay.")
    found = imported(tmp_path, "wger.json", WGER_ROUTINE)
    assert found.told.unclear == ["Exercise 512 of wger is named in another file, and was left out."]
    made = routine(found, tmp_path, "hips")
    assert doses(made) == [("banded glute bridge", "3", "8-12", "rep")]
    assert isinstance(made.blocks[0], Work)
    assert made.blocks[0].rest == 60


def test_exercises_of_wgers_older_form(tmp_path: Path) -> None:
    old = {"id": 9, "name": "Swing", "description": "<p>Hinge.</p><p>Swing.</p>", "category": 10, "muscles": [11]}
    records = [
        old | {"equipment": [10], "muscles_secondary": [6]},
        old | {"name": "Air", "equipment": [], "muscles_secondary": []},
    ]
    found = imported(tmp_path, "wger.json", {"count": 2, "next": None, "results": records})
    found.write(tmp_path / "own")
    families = Library([tmp_path / "own"]).families
    assert [(f.name, f.variants[0].equipment) for f in families.values()] == [("Air", "none"), ("Swing", "kettlebell")]


def test_a_program_that_needs_nothing_gets_the_rungs_that_need_nothing(tmp_path: Path) -> None:
    program = """\
program_name: Nothing but the floor
workouts:
  - name: Day one
    exercises:
      - {name: Glute Bridge, sets: 2, reps: 10, weight: bodyweight, rest: 45sec}
      - {name: Squat, sets: 2, reps: 10}
equipment_needed:
  primary: ["None - bodyweight only"]
"""
    made = routine(imported(tmp_path, "it.yaml", program), tmp_path, "nothing-but-the-floor")
    assert [name for name, *_ in doses(made)] == ["bodyweight glute bridge", "bodyweight squat"]


def test_a_routine_of_ours_and_words_are_refused_as_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="in the coach's own form already"):
        imported(tmp_path, "it.yaml", "routine: x\nblocks: [{exercise: plank}]\n")
    with pytest.raises(CoachError, match=r"Nothing in .* is an exercise with its dose"):
        imported(tmp_path, "it.txt", "Dear diary,\ntoday I rested.\n")


@pytest.mark.parametrize(
    ("name", "takes", "held", "ours"),
    [
        ("Glute Bridges", "", False, "banded glute bridge"),
        ("Hip Bridge (Bodyweight)", "", False, "bodyweight glute bridge"),
        ("Resistance band squats", "", False, "banded squat"),
        ("Air Squat", "none", False, "bodyweight squat"),
        ("Front plank", "", True, "forearm plank"),
        ("Bridge hold", "", True, "banded glute bridge hold"),
        ("Bridge hold", "", False, None),
        ("Side-lying clam", "", False, "banded clamshell"),
        ("Standing kickback", "long band", False, "banded glute kickback"),
        ("Band Leg Press", "", False, "banded leg press"),
        ("Band pull aparts", "", False, "tall-kneeling band pull-apart"),
        ("banded clamshell against a wall", "", False, "banded clamshell against a wall"),
        ("Squat (Barbell)", "", False, None),
        ("Goblet squat", "", False, None),
        ("Leg Press", "", False, None),
        ("Side plank", "", True, None),
        ("Single leg glute bridge", "none", False, None),
        ("Squat jump", "", False, None),
        ("Bent over row", "", False, None),
        ("Hip thrust", "", False, None),
    ],
)
def test_a_name_means_the_variant_that_fits_or_none(name: str, takes: str, held: bool, ours: str | None) -> None:
    match = Matcher(OURS.families).find(name, takes, held=held)
    assert (match.variant.name if match else None) == ours


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        ("body weight", "none"), ("Body Only", "none"), ("none", "none"), ("other", ""), ("Bands", "long band"),
        ("loop band", "mini band"), ("Dumbbell", "dumbbell"), ("e-z curl bar", "e-z curl bar"),
    ],
)  # fmt: skip
def test_equipment_in_our_words(word: str, ours: str) -> None:
    assert equipment.known(word) == ours


PARTS = (
    "3x12", "squat", "plank", "60s rest", "- ", "# ", "## Day 1", "|", "Exercise", "Sets", ":", "\n", "\n\n",
    " each side", "AMRAP", "(", ")", "@ 20 kg", "superset", "circuit: 3 rounds", "30s", " / ", "...Squat", "[1-4]",
    "# Week 1", "{~ x ~}", "```liftoscript\n", "---\n", "a,b,c,d\n", "2025,x,Plank,1,", '"', "💪", "\u00a0", "\t",
    "Date,Workout Name,Exercise Name,Set Order,Reps\n", "workouts:", "1:30", "0", "99999999999", "-5", "2.5", "RPE 8",
)  # fmt: skip
FIELDS = (
    "name", "instructions", "equipment", "translations", "days", "slots", "entries", "exercise", "sets_configs",
    "value", "planner", "weeks", "exerciseText", "program", "results", "description", "muscles", "category", "target",
)  # fmt: skip
DATA = st.recursive(
    st.sampled_from([None, True, 0, 1.5, "", "squat", "8-12", "30s", "other"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join) | DATA.map(json.dumps))
def test_whatever_a_file_holds_is_taken_or_refused_in_a_sentence(tmp_path: Path, content: str) -> None:
    with suppress(CoachError):
        imported(tmp_path, "it.txt", content)
