"""The README tells the truth."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach import language
from coach.cli.main import app
from coach.language.commands import Command
from coach.routine.library import Library

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_tables_are_those_of_the_program() -> None:
    current = runpy.run_path(str(ROOT / "tools" / "readme.py"))["current"]
    assert current(README) == README, "run .venv/bin/python tools/readme.py"


@pytest.mark.slow
def test_its_transcript_is_what_the_program_says() -> None:
    with_transcript = runpy.run_path(str(ROOT / "tools" / "readme.py"))["with_transcript"]
    assert with_transcript(README) == README, "run .venv/bin/python tools/readme.py"


def test_its_routine_is_one_that_the_coach_takes(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    file = tmp_path / "example.yaml"
    file.write_text(example, encoding="utf-8")
    assert Library().check([file]) == []


def test_it_names_every_routine() -> None:
    named = set(re.findall(r"^\| `([a-z-]+)` \|", README, re.MULTILINE)) - {"language"}
    assert {listing.slug for listing in Library().routines()} <= named


def test_every_command_but_a_number_has_an_effect_and_every_effect_a_command() -> None:
    assert set(language.load().effects) | {"number"} == {command.value for command in Command}


def test_it_names_every_key() -> None:
    names = {"space": "space", "enter": "Enter", "=": "+"}
    for key in language.load().keys:
        assert re.search(rf"(`|\b){re.escape(names.get(key, key))}(`|\b)", README), key


def test_every_file_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_its_command_lines_are_those_of_the_program() -> None:
    guides = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    lines = re.findall(r"^    (?:.venv/bin/)?coach (\w[^#\n]*)|`(?:.venv/bin/)?coach (\w[^`]*)`", guides, re.MULTILINE)
    assert len(lines) > 10
    for one, other in lines:
        words = (one or other).split()
        groups = 2 if words[0] in ("models", "history") and words[1:] else 1
        told = CliRunner().invoke(app, [*words[:groups], "--help"], terminal_width=200)
        assert told.exit_code == 0, words
        for option in (word for word in words if word.startswith("-")):
            assert option in told.output, words
