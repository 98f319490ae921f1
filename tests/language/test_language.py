"""Numbers, times and phrases in words."""

from __future__ import annotations

import re

import pytest

from coach import language
from coach.language.commands import Command, Order

EN = language.load()
ASKING = (
    "offer", "menu", "first_run.which", "first_run.has", "first_run.teach", "first_run.hello", "hurts", "trouble",
    "end", "rest.effort", "pause", "set.own_pace", "brief.ready", "brief.waiting", "device.back",
)  # fmt: skip
"""Lines after which the coach waits for an answer. `doubt` asks for yes or no, in the words that it doubts."""


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "one second"), (45, "forty five seconds"), (60, "one minute"), (90, "ninety seconds"),
        (120, "two minutes"), (135, "two minutes and fifteen seconds"),
    ],
)  # fmt: skip
def test_a_time_that_is_to_be_kept_is_exact(seconds: float, said: str) -> None:
    assert EN.duration(seconds).replace("-", " ") == said


def test_an_estimate_is_in_minutes_and_never_none() -> None:
    assert EN.about(5) == "one minute"
    assert EN.about(200) == "three minutes"


def test_a_number_beyond_words_is_in_figures() -> None:
    assert EN.number(100) == "one hundred"
    assert EN.number(101) == "101"
    assert EN.count(1, "set") == "one set"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Stop! ", Order(Command.PAUSE)), ("i’m ready.", Order(Command.READY)), ("12", Order(Command.NUMBER, 12)),
        ("101", None), ("fly", None),
    ],
)  # fmt: skip
def test_what_is_typed_means_what_it_would_when_said(typed: str, meant: Order | None) -> None:
    assert EN.order(typed) == meant


def test_wordings_take_turns_and_begin_with_a_capital() -> None:
    key = next(key for key, wordings in EN.lines.items() if len(wordings) > 1 and "{" not in "".join(wordings))
    said = [EN.line(key, turn) for turn in range(len(EN.lines[key]) + 1)]
    assert said[0] == said[-1]
    assert all(line[0] == line[0].upper() for line in said)


def test_a_question_does_not_end_in_words_that_answer_it() -> None:
    """What is said right after them would be told from the coach's own echo with more pains."""
    talks = {phrase for talk in EN.talks.values() for what, said in talk.items() if what != "decoys" for phrase in said}
    answers = tuple(f" {phrase}" for phrase in {*EN.phrases, *talks, *map(EN.number, range(101))})
    asked = {
        key: wordings[-1]
        for key, wordings in EN.lines.items()
        if key.startswith(ASKING) and re.search(r"\?|\bsay\b", wordings[-1], re.IGNORECASE)
    }
    asked.pop("menu.help")  # followed by another question
    spoken = {key: " ".join(re.findall(r"[\w']+", line.lower())) for key, line in asked.items()}
    assert len(spoken) > 25
    assert not [spoken[key] for key in spoken if spoken[key].endswith(answers)]
