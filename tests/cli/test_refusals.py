"""Every refusal says what is wrong and gives the one hint that fits it, in words that can be followed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli.main import app
from coach.errors import CoachError

FILES = {
    "diary.txt": "Dear diary,\ntoday I rested.\n",
    "steps.csv": "Date,Steps,Weight,Mood\n2025-01-01,9000,70,good\n",
    "foo.json": '{"name": "Foo"}',
    "half.json": '{"name": ',
    "list.txt": "- squat\n- 3x10 plank\n",
    "program.yaml": "program_name: x\nworkouts: none\n",
    "ours.yaml": "routine: x\nblocks: [{exercise: plank}]\n",
    "early.yaml": "- {say: next}\n",
    "no.wav": "no sound",
}
ROUTINES = {
    "rset": "{exercise: squat, reps: 5, rset: 30 s}",
    "each side": "{exercise: squat, reps: 12 each side}",
    "amrap": "{exercise: squat, reps: AMRAP}",
    "sets in one": "{exercise: squat, reps: 2x10}",
    "time for reps": "{exercise: squat, reps: 30 s}",
    "a number a set": "{exercise: squat, reps: 10/8/6}",
    "more": "{exercise: squat, reps: 10+}",
    "superset": "{superset: 3, blocks: [{exercise: plank}]}",
    "weight": "{exercise: squat, reps: 5, weight: 20 kg}",
    "range of rests": "{exercise: squat, reps: 5, rest: 60-90 s}",
    "no rest": "{exercise: squat, reps: 5, rest: none}",
    "held": "{exercise: plank, reps: 10}",
    "counted": "{exercise: squat, hold: 30 s}",
    "no dose": "{exercise: squat}",
    "misspelt": "{exercise: sqaut, reps: 5}",
    "backwards": "{exercise: squat, reps: 12-8}",
    "base eight": "{exercise: squat, reps: 010}",
    "fraction": "{exercise: squat, reps: 2.5}",
    "too many": "{exercise: squat, reps: 5000}",
    "words": "{exercise: squat, reps: ten}",
    "a truth": "{exercise: no, reps: 5}",
    "unclosed": "{exercise: squat, reps: 5",
}
"""The block of a routine, by what is wrong with it."""

CHECKED = [
    ("rset", 'there is no such key; did you mean "rest"?'),
    ("each side", '"banded squat" has no sides; write reps: 12'),
    ("amrap", 'a range to work up through, 8-12, and say "done" when you can do no more'),
    ("sets in one", '"2x10" is sets and reps in one; write sets: 2 and reps: 10'),
    ("time for reps", '"30 s" is a time where a number is due; write hold: 30 s, if it is held'),
    ("a number a set", '"10/8/6" has a number for each set; write one for all, or a range: 8-12'),
    ("more", '"10+" has no end to count to; write a range: 10-14'),
    ("superset", "there is no such key; write circuit: 3 rounds, and under blocks: the exercises"),
    ("weight", "there is no such key; a routine has no weights; name the equipment in the exercise"),
    ("range of rests", '"60-90 s" is a range, and a rest is one time; write 60 s'),
    ("no rest", '"none" is not a time; write 0'),
    ("held", '"forearm plank" is held, not counted; write hold: 20-30 s instead'),
    ("counted", '"banded squat" is counted, not held; write reps: 10 instead'),
    ("no dose", '"reps" is missing; write reps: 10 or 8-12'),
    ("misspelt", 'there is no exercise "sqaut"; did you mean "squat"?'),
    ("backwards", '"12-8" runs downwards; write the smaller number first'),
    ("base eight", '"010" begins with a zero, which YAML takes for base eight; leave it out, or write 10 or 8-12'),
    ("fraction", '"2.5" is not a whole number; write 10 or 8-12'),
    ("too many", '"5000" is more than 1000; write 10 or 8-12'),
    ("words", '"ten" is not a number or a range; write 10 or 8-12'),
    ("a truth", 'YAML reads "no" as a truth value, not as words; put it in quotes'),
    ("unclosed", "a mapping begins with { and has no comma or } where one is due; write {exercise: plank, hold: 30 s}"),
]
TYPED = [
    ("show warmup", 'Did you mean "prerun-warmup"?'),
    ("show 'Pre-run worm-up'", 'Did you mean "prerun-warmup"?'),
    ("show nope.yaml", "Name a routine by its file, or by a name that coach list shows."),
    ("run nope", "The routines are: accessory-bands, beginner-bands, hotel-room,"),
    ("render nope -o x.wav", "The routines are: accessory-bands, beginner-bands, hotel-room,"),
    ("render ours.yaml -o folder", "Name a file in a folder of yours."),
    ("render ours.yaml -o none/x.wav", "Make it first: mkdir -p "),
    ("render ours.yaml -o x.wav --athlete early.yaml", "write {at: 42, say: easier} or {at: 42, wav: pause.wav}"),
    ("render ours.yaml -o x.wav --athlete none.yaml", "check the name and the folder"),
    ("check none.yaml", "check the name and the folder"),
    ("check steps.csv", "to take it over: coach import and the file's name"),
    ("watch none.yaml", "check the name and the folder"),
    ("new X -e sqaut", 'Did you mean "squat"?'),
    ("new X -e zumba", "Some that there are: band pull-apart, band row, clamshell, donkey kick, fire hydrant."),
    ("new X -e 'squat 30 s'", "Write squat 2 x 8-12."),
    ("new X -e 'plank 10 reps'", "Write plank 2 x 30 s."),
    ("new X -e 'squat 10-8'", "Write the smaller number first."),
    ("new X -e 'squat 99x8'", "Write 3 or 2-4."),
    ("new !! -e squat", "Use a letter in the title."),
    ("new X -e squat --rest soon", "Write 45 s, 2 min or 1:30."),
    ("new X -e squat --rounds many", "Write 3 or 2-3."),
    ("import diary.txt", "Write an exercise a line: 3x12 squat, 60 s rest."),
    ("import steps.csv", "It takes tables of Strong, Hevy and Liftosaur."),
    ("import foo.json", "It takes JSON of free-exercise-db, ExerciseDB, wger and Liftosaur."),
    ("import half.json", "From line 1, column 10, it cannot be read; export it again."),
    ("import list.txt", "Change the file, or add --partial to take over what was."),
    ("import program.yaml", "It takes programs of workout-share, which have workouts or phases of them."),
    ("import ours.yaml", "Copy it into the folder of your routines."),
    ("import none.json", "Check its name, or write - for what is piped."),
    ("import folder", "Name a file in it."),
    ("phrases add onward next", 'These mean next already: "next", "next exercise", "next one".'),
    ("phrases add text pause", 'These would: "text now", "text please", "text coach".'),
    ("phrases add move nxt", 'Did you mean "next"?'),
    ("phrases add move 'it hurst'", 'Did you mean "it hurts"?'),
    ("phrases remove foo", "`coach phrases` shows them."),
    ("settings get rat", 'Did you mean "rate"?'),
    ("settings set rate fast", "Write one from 80 to 450."),
    ("settings set rate 9999", "Write a number from 80 to 450."),
    ("settings set verbosity loud", "Write coach, counts or sounds."),
    ("settings set ask_effort maybe", "Write true or false."),
    ("models install nope", "There are: vosk-model-small-en-us-0.15."),
    ("history forget 7 --yes", "`coach history` shows their numbers."),
    ("history fit x.fit", "It begins with: coach run"),
    ("hear none.wav", "Check its name and its rights."),
    ("hear no.wav", "To make one: ffmpeg -i no.wav converted.wav"),
    ("demo --events folder", "Name a file in it."),
]


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"COACH_{kind}_DIR", str(tmp_path / kind))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")


def refused(line: str) -> str:
    done = CliRunner().invoke(app, shlex.split(line))
    assert isinstance(done.exception, CoachError), (done.output, done.exception)
    return str(done.exception)


def test_there_are_at_least_sixty() -> None:
    assert len(CHECKED) + len(TYPED) >= 60


@pytest.mark.parametrize(("line", "hint"), TYPED)
def test_a_command_that_is_refused_gives_the_hint_that_fits(line: str, hint: str) -> None:
    assert hint in refused(line)


@pytest.mark.parametrize(("wrong", "told"), CHECKED)
def test_a_routine_that_is_refused_tells_what_would_be_right(wrong: str, told: str) -> None:
    Path("it.yaml").write_text(f"routine: x\nblocks:\n  - {ROUTINES[wrong]}\n", encoding="utf-8")
    faults = refused("check it.yaml").splitlines()
    assert len(faults) == 1, faults
    assert told in faults[0]


@pytest.mark.parametrize("line", ["lst", "settings gte rate"])
def test_a_command_that_is_misspelt_is_answered_with_the_one_that_was_meant(line: str) -> None:
    done = CliRunner().invoke(app, shlex.split(line))
    assert done.exit_code == 2
    assert "Did you mean" in done.output


@pytest.mark.parametrize(("typed", "meant"), [("standby", "listen"), ("menu", "run")])
def test_a_command_by_what_people_call_it_leads_to_its_name(typed: str, meant: str) -> None:
    result = CliRunner().invoke(app, [typed])
    assert result.exit_code == 2
    assert f"`coach {meant}`" in result.output


STRANGE = "a\a\x1b[31mb\x9bc\u202e"
"""A bell, colours, and writing from right to left."""
DRIVING = "\a\x1b\x9b\u202e"


@pytest.mark.parametrize(
    "line",
    [
        "show {0}", "run {0}", "check {0}", "check .", "list", "render {0} -o x.wav", "hear {0}", "import {0}",
        "phrases add {0} next", "phrases add {0} {0}", "phrases remove {0}", "settings set voice {0}",
        "settings set model {0}", "models install {0}", "voices {0}", "doctor --report {0}/x",
    ],
)  # fmt: skip
def test_what_was_typed_cannot_drive_the_terminal(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CONFIG_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / f"{STRANGE}.yaml").write_text("blocks: 3\n")
    outcome = CliRunner().invoke(app, [word.format(STRANGE) for word in line.split()])
    told = outcome.output + str(outcome.exception or "")
    assert r"a\x07\x1b[31mb\x9bc\u202e" in told
    assert not set(told) & set(DRIVING)


@pytest.mark.parametrize("line", ["--{0}", "run --{0}", "list {0}", "{0}", "phrases {0}"])
def test_what_is_told_of_wrong_usage_cannot_drive_it_either(line: str) -> None:
    outcome = CliRunner().invoke(app, [word.format(STRANGE) for word in line.split()])
    assert outcome.exit_code == 2
    assert not set(outcome.output) & set(DRIVING)
    assert "\\" in outcome.output
