"""Who wants no boxes gets none: help, complaints, and every command that has --plain."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.terminal.screen import terminal

BOX = "╭─│"
COACH = [sys.executable, "-m", "coach"]


def shown(*arguments: str, **environment: str) -> str:
    with terminal(
        [*COACH, *arguments], rows=24, columns=80, **{"NO_COLOR": "", "ACCESSIBLE": "", **environment}
    ) as screen:
        assert screen.wait_for_end() in (0, 2)
        return screen.output.decode()


def test_help_on_a_terminal_has_frames() -> None:
    assert set(BOX) <= set(shown("run", "--help"))


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("run", "--help"), {"NO_COLOR": "1"}),
        (("list", "--nonsense"), {"ACCESSIBLE": "1"}),
        (("history", "forget", "--help"), {"TERM": "dumb"}),
    ],
)
def test_help_and_complaints_have_none_for_who_wants_none(
    arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    output = shown(*arguments, **environment)
    assert "Usage: " in output
    assert not set(BOX) & set(output)
    assert "\x1b[" not in output


def test_nor_with_plain_or_in_a_pipe() -> None:
    assert not set(BOX) & set(shown("run", "--plain", "--help"))
    done = subprocess.run([*COACH, "run", "--help"], capture_output=True, text=True, check=True, env={**os.environ})
    assert not set(BOX) & set(done.stdout)
    assert "--captions" in done.stdout


@pytest.mark.parametrize(("value", "boxes"), [("1", False), ("yes", False), ("0", True)])
def test_the_sign_for_plain_text_counts_like_the_option(value: str, boxes: bool) -> None:
    assert ("───" in shown("show", "no-band", ACCESSIBLE=value)) is boxes
