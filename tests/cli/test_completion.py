"""What a shell offers after the words that were typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach.cli import completion
from coach.own import paths


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_CONFIG_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("offers", "typed", "offered"),
    [
        (completion.routines, "hot", ["hotel-room"]),
        (completion.routines, "zz", []),
        (completion.exercises, "Banded side", ["banded side step"]),
        (completion.commands, "hur", ["hurts"]),
        (completion.settings, "ask", ["ask_effort"]),
        (completion.models, "vosk-model-small-en", ["vosk-model-small-en-us-0.15"]),
    ],
)  # fmt: skip
def test_what_begins_as_it_was_typed_is_offered(offers: completion.Offers, typed: str, offered: list[str]) -> None:
    assert [name for name, _ in offers(typed)] == offered


def test_own_phrases_are_offered_and_a_broken_file_offers_nothing() -> None:
    paths.own_phrases().write_text("next: [move on]\n", encoding="utf-8")
    assert completion.own_phrases("mo") == [("move on", "next")]
    paths.own_phrases().write_text("next: [", encoding="utf-8")
    assert completion.own_phrases("mo") == []


@pytest.mark.parametrize(
    ("words", "offered"), [("coach show hot", "hotel-room"), ("coach settings get ask", "ask_effort")]
)
def test_the_program_answers_the_shell(words: str, offered: str) -> None:
    asked = {"_COACH_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", "import sys\nfrom coach.cli.main import main\nsys.argv[0] = 'coach'\nmain()"],
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == [offered]
