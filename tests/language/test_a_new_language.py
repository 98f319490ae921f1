"""A language is a file: with a made-up one, nothing that the coach says, shows or prints is left in English."""

from __future__ import annotations

import re
import string
from importlib.resources import files
from io import StringIO
from random import Random
from typing import Any

import pytest
import yaml

from coach import language
from coach.language.commands import Command
from coach.own import paths
from coach.paper import sheet
from coach.routine.library import Library
from coach.session.directives import Say
from coach.session.events import Event
from coach.session.orders import obey
from coach.session.script import Script
from coach.session.session import Session
from coach.terminal.plain import Plain
from tests.session.workouts import an_order, measure, plan, work

GREEK = str.maketrans("abcdefghijklmnopqrstuvwxyz", "αβγδεζηθικλμνξοπρστυφχψωϊϋ")
TRANSLATED = ("lines", "words", "numbers", "shown", "paper")
"""The parts of a language's file that are said, shown or printed. Phrases are the ear's, and stay as they are here."""
KEPT = {"floor", "each", "direction", "keys", "a_band"}
"""What is compared with a routine's own words, which are in English here."""


def made_up(value: Any, key: str = "") -> Any:
    """English in Greek letters, its braces as they were."""
    if isinstance(value, dict):
        return {k: v if k in KEPT and key != "shown" else made_up(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [made_up(each) for each in value]
    if not isinstance(value, str):
        return value
    return "".join(
        text.lower().translate(GREEK) + (f"{{{name}{':' + form if form else ''}}}" if name is not None else "")
        for text, name, form, _ in string.Formatter().parse(value)
    )


@pytest.fixture(scope="module")
def greek() -> language.Language:
    english = yaml.safe_load((files("coach.language") / "en.yaml").read_text(encoding="utf-8"))
    return language.parse(
        yaml.safe_dump({part: made_up(value) if part in TRANSLATED else value for part, value in english.items()})
    )


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


ROUTINES_OWN = words(repr(plan())) | {"each"}
"""The words of the test's routine, which no language can translate, and one of those that are KEPT."""


def test_nothing_that_is_said_in_a_workout_is_in_english(greek: language.Language) -> None:
    said = [line for seed in range(4) for line in conversation(greek, Random(seed))]
    assert len(said) > 200
    assert {line: left for line in said if (left := words(line) - ROUTINES_OWN)} == {}


def conversation(greek: language.Language, chance: Random) -> list[str]:
    """What is said in a workout in which anything is ordered, every seven seconds."""
    todo = plan(work("kickback", 2, 6), work("bridge", 1, 8))
    session = Session(todo, Script(greek, todo), measure)
    orders = [an_order(command, 5) for command in Command]
    said: list[str] = []
    for turn in range(200):
        order = chance.choice(orders)
        if order.command is not Command.YES:  # it would end the workout
            obey(session, order, 7.3 * turn)
        said += [item.text for item in session.advance(7.3 * (turn + 1)) if isinstance(item, Say)]
    return said


def test_nothing_that_is_shown_is_in_english(greek: language.Language) -> None:
    todo = plan()
    session = Session(todo, Script(greek, todo), measure)
    stream = StringIO()
    display = Plain(greek, stream)
    for event in session.advance(400.0):
        if isinstance(event, Event):
            display.show(event)
    assert stream.getvalue().count("\n") > 20
    assert words(stream.getvalue()) - ROUTINES_OWN == set()


@pytest.mark.parametrize("form", [sheet.plain, sheet.markdown])
def test_nothing_on_paper_is_in_english_but_the_routine(greek: language.Language, form: Any) -> None:
    routine = Library([paths.routines()]).routine("prerun-warmup")
    assert words(form(routine, greek)) - words(repr(routine)) == set()
