"""What people write in names, as it is spoken."""

from __future__ import annotations

import pytest

from coach import language
from coach.own import paths
from coach.routine.library import Library

ENGLISH = language.load()


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("3/4 curl up", "three quarters curl up"),
        ("½ squat", "half squat"),
        ("5/8 turn", "five over eight turn"),
        ("90/90 hip switch", "ninety ninety hip switch"),
        ("band side kick (left/right)", "band side kick (left or right)"),
        ("BAND SQUAT v. 2 🏋️", "BAND SQUAT version two"),
        ("Été 💪 legs", "Été legs"),
        ("Push & pull @ home #2", "Push and pull at home number two"),
        ("8-12 reps w/ band", "eight to twelve reps with band"),
        ("12kg bell, 30s", "twelve kilos bell, thirty seconds"),
        ("row ×2 + hold", "row by two plus hold"),
        ("Straight-leg 45° raise", "Straight-leg forty five degrees raise"),
        ("Step 1: Stand.", "Step one: Stand."),
        ("cat_cow*", "cat cow"),
        ("3x12, then 2x", "three by twelve, then two times"),
        ("legs 💪, arms", "legs, arms"),
    ],
)
def test_signs_are_spoken_as_words(written: str, spoken: str) -> None:
    assert ENGLISH.speakable(written) == spoken


@pytest.mark.parametrize(
    "text", ["one… “two” – three", "T-Bar row", "8:30", "2.5 per week", "1,000 steps", "naïve café"]
)
def test_what_can_be_spoken_stays(text: str) -> None:
    assert ENGLISH.speakable(text) == text


def test_every_line_and_every_exercise_of_ours_is_spoken_as_it_is_written() -> None:
    texts = [text for wordings in ENGLISH.lines.values() for text in wordings if "{" not in text]
    for family in Library([paths.routines()]).families.values():
        texts.append(family.why)
        for v in family.variants:
            texts += [v.name, *v.setup, v.move, *v.cues, *v.mistakes, v.caution, v.switch, v.band, *v.sides, *v.phases]
    assert [text for text in texts if ENGLISH.speakable(text) != text] == []
