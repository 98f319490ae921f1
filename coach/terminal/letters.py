"""Text in letters of any size, drawn with blocks: to be read from the floor, and from across the room."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import zip_longest

DOTS = 5
"""How many dots high a letter is; its width differs."""
SPACE = 2
"""Dots between words, beside the one after each letter."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
"""A cell of the terminal has two dots, which are as wide as they are high."""


def known(text: str) -> bool:
    """Whether there are letters for all of it."""
    return all(letter == " " or letter in _letters() for letter in _drawn(text))


def width(text: str) -> int:
    """How many dots wide the text is."""
    return len(_rows(text)[0])


def rows_of(scale: int) -> int:
    """How many rows a line of letters takes whose dots are `scale` half rows high, with the space below it."""
    return DOTS * scale // 2 + 1


def large(text: str, across: int, halves: int, *, blocks: bool = True) -> list[str]:
    """The text as rows, in letters `halves` half rows high, each of their dots `across` columns wide.

    Without `blocks`, for a terminal that lacks them, the ink is "#", and the halves must be even.
    """
    dots = ["".join(dot * across for dot in row) for row in _rows(text)]
    if not blocks:
        return [dots[place * DOTS // (halves // 2)].replace(".", " ") for place in range(halves // 2)]
    lines = [dots[place * DOTS // halves] for place in range(halves)]
    pairs = zip_longest(lines[::2], lines[1::2], fillvalue="." * len(lines[0]))
    return ["".join(_HALVES[up == "#", down == "#"] for up, down in zip(*pair, strict=True)) for pair in pairs]


def filling(text: str, columns: int, rows: int) -> tuple[int, int] | None:
    """Across and halves of the largest letters with which the text fills a room; None where it does not fit."""
    across = min(columns // max(1, width(text)), max(1, 4 * rows // DOTS))
    return (across, 2 * rows) if across and 2 * rows >= DOTS else None


def wrapped(text: str, dots: int) -> list[str] | None:
    """The text in lines at most so many dots wide; None where a word is wider than that."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer) <= dots:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines if all(width(line) <= dots for line in lines) else None


def _rows(text: str) -> list[str]:
    letters = [_letters().get(letter, ("." * SPACE,) * DOTS) for letter in _drawn(text)]
    return [".".join(letter[row] for letter in letters) for row in range(DOTS)]


def _drawn(text: str) -> str:
    """Capitals without their accents."""
    parts = unicodedata.normalize("NFKD", text.upper().replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part))


@cache
def _letters() -> dict[str, Sequence[str]]:
    text = (files("coach.terminal") / "letters.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines()[1:])
    return {letter: dots for letter, *dots in rows}
