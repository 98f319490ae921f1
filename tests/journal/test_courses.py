"""How each exercise has gone: what the journal tells, and how the page draws it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from coach import language
from coach.journal.courses import Course, Done, courses
from coach.journal.history import history
from coach.journal.store import Journal
from coach.own import paths
from coach.paper.ladder import rungs
from coach.paper.page import html
from coach.routine.library import Library
from coach.session import events
from tests.journal.workouts import BRIDGES, Exercise, workout
from tests.paper.test_sheet import axe as axe
from tests.paper.test_sheet import needs_chromium, violations

EN = language.load()
FAMILIES = Library([paths.routines()]).families
BEGAN = datetime(2026, 11, 2, 7, 30)


def train(path: Path, day: int, exercise: Exercise, *, effort: int | None = None, hurts: bool = False) -> None:
    with Journal(path, clock=(BEGAN + timedelta(days=day)).timestamp) as journal:
        for event in workout((exercise,), effort=effort):
            journal.record(event)
            if hurts and isinstance(event, events.SetStarted):
                journal.record(events.CommandGiven(at=event.at + 1, command="hurts"))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    path = tmp_path / "journal.db"
    train(path, 0, replace(BRIDGES, name="bodyweight glute bridge", amount=10), effort=4)
    train(path, 3, replace(BRIDGES, amount=8), effort=8)
    train(path, 6, replace(BRIDGES, amount=9), hurts=True)
    with Journal(path, clock=(BEGAN + timedelta(days=6)).timestamp) as journal:
        yield journal


def test_a_course_has_each_session_with_its_effort_and_its_pain(journal: Journal) -> None:
    assert courses(journal) == (
        Course(
            "glute bridge",
            (
                Done(date(2026, 11, 2), "bodyweight glute bridge", 10, "rep", 4, False),
                Done(date(2026, 11, 5), "banded glute bridge", 8, "rep", 8, False),
                Done(date(2026, 11, 8), "banded glute bridge", 9, "rep", None, True),
            ),
        ),
    )


def test_the_ladder_is_the_familys_and_what_it_lacks_comes_last(journal: Journal) -> None:
    (course,) = courses(journal)
    assert rungs(course, FAMILIES["glute bridge"]) == ["bodyweight glute bridge", "banded glute bridge"]
    other = replace(course, done=(replace(course.done[1], exercise="a bridge of my own"), *course.done))
    assert rungs(other, FAMILIES["glute bridge"])[-1] == "a bridge of my own"
    assert rungs(other, None)[0] == "a bridge of my own"


def test_the_page_draws_it_and_tells_all_of_it_in_a_table(journal: Journal) -> None:
    page = html(history(journal), EN, courses(journal), FAMILIES)
    section = page.partition("Up and down the ladder")[2].partition("</section>")[0]
    assert section.count('role="img"') == 3  # the exercise's start and end, and how it went
    drawing = ElementTree.fromstring(re.search(r"<figure>(<svg.*?</svg>)", section, re.DOTALL)[1])  # type: ignore[index]
    heights = [float(bar.attrib["height"]) for bar in drawing.iter("rect")]
    assert heights == [20, 40]
    ys = [float(dot.attrib["cy"]) for dot in drawing.iter("circle")]
    assert ys[0] > ys[1] == ys[2]  # up a rung, and stayed there
    assert [text.text for text in drawing.iter("text") if (text.text or "").startswith("✕")] == ["✕ 9"]
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', section)
    assert [re.sub("<[^>]*>+", "|", row) for row in rows] == [
        "2026-11-08||banded glute bridge||9 reps||not told||it hurt|",
        "2026-11-05||banded glute bridge||8 reps||8||none|",
        "2026-11-02||bodyweight glute bridge||10 reps||4||none|",
    ]


def test_pain_before_a_set_was_done_is_there_too(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db", clock=BEGAN.timestamp) as journal:
        for event in workout((BRIDGES,)):
            journal.record(event)
            if isinstance(event, events.ExerciseStarted):
                journal.record(events.CommandGiven(at=event.at + 1, command="hurts"))
                break
        ((done,),) = [course.done for course in courses(journal)]
    assert (done.exercise, done.amount, done.hurt) == ("banded glute bridge", 0, True)


@pytest.mark.slow
@needs_chromium
def test_an_accessibility_checker_finds_nothing_wrong(journal: Journal, axe: str, tmp_path: Path) -> None:
    page = html(history(journal), EN, courses(journal), FAMILIES)
    assert violations(page, axe, tmp_path) == []
