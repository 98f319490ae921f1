"""What nobody could ask for by voice is told by `coach check`, with what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.app.callable_names import unheard
from coach.app.parts import Studio
from coach.dialogue.names import exercise_phrases
from coach.own import paths
from coach.own.settings import Settings
from coach.routine.library import Library
from tests.dialogue.workouts import EN

FAMILY = """family: {name}
muscles: [glutes]
{called}variants:
  - name: {name}
    equipment: none
    setup: [Stand tall.]
    move: Sit and stand up.
"""


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(Settings())


def told(studio: Studio, *files: Path) -> list[str]:
    return list(unheard(files, Library(), EN, studio.model))


def test_a_name_that_nobody_can_say_is_told_with_one_that_could_be(studio: Studio, tmp_path: Path) -> None:
    text = "routine: Zercher\n{}blocks:\n  - {{exercise: banded squat, sets: 1, reps: 5}}\n"
    (tmp_path / "zercher.yaml").write_text(text.format(""))
    (told,) = unheard([tmp_path], Library(), EN, studio.model)
    assert told.startswith(f'{tmp_path / "zercher.yaml"}: nobody can ask for "Zercher" by voice: ')
    assert 'does not know "zercher"; add  called: [' in told
    (tmp_path / "zercher.yaml").write_text(text.format("called: [front squats]\n"))
    assert list(unheard([tmp_path], Library(), EN, studio.model)) == []


@pytest.mark.parametrize(
    ("name", "alias"),
    [("zercher", "glutes exercise"), ("deep knee zercher", "deep knee")],
)
def test_an_exercise_that_nobody_can_skip_to_is_told_with_what_could_be_said(
    studio: Studio, tmp_path: Path, name: str, alias: str
) -> None:
    family = tmp_path / "exercises" / "own.yaml"
    family.parent.mkdir()
    family.write_text(FAMILY.format(name=name, called=""))
    routine = tmp_path / "evening.yaml"
    routine.write_text(f"routine: Evening legs\nblocks:\n  - {{exercise: {name}, reps: 5}}\n")
    reason = 'the speech model does not know "zercher"'
    sentence = f'nobody can skip to "{name}" by voice: {reason}; add  called: [{alias}]'
    assert told(studio, routine) == [f"{routine}: {sentence}"]
    assert [line.removeprefix(str(tmp_path)) for line in told(studio, tmp_path)] == [f"/evening.yaml: {sentence}"]
    family.write_text(FAMILY.format(name=name, called=f"called: [{alias}]\n"))
    assert told(studio, tmp_path) == []
    loaded = Library().load_routine(routine)
    assert loaded is not None
    phrases = exercise_phrases(EN, loaded)
    assert phrases[f"skip to {alias}"].family == name


def test_the_end_of_a_name_is_enough(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(FAMILY.format(name="zercher knee bend", called=""))
    assert told(studio, tmp_path) == []


def test_everything_that_came_with_the_coach_can_be_asked_for(studio: Studio) -> None:
    assert told(studio, paths.routines()) == []
