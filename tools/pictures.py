"""Pictures of the terminal as SVG: what is drawn is read back from a terminal emulator, cell by cell."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

import pyte
from rich.console import Console

from coach import language
from coach.paper import sheet as paper
from coach.routine.model import Routine
from coach.session import events
from coach.session.events import Event
from coach.terminal.large import Large

COLUMNS, ROWS = 80, 17
WIDE, HIGH, MARGIN = 9.0, 19.0, 14.0
"""A cell and the margin around them all, in pixels."""
PAPER, INK = "#111111", "#eeeeee"
FULL = "█"

Cell = tuple[str, bool, bool]
"""A character, whether it is bold, and whether it is reversed."""


def workout(happened: Sequence[Event]) -> str:
    """The captions at the moment in which an easier exercise was asked for and told."""
    stream = io.StringIO()
    # Rich asks the environment how large the terminal is.
    os.environ |= {"TERM": "xterm", "COLUMNS": str(COLUMNS), "LINES": str(ROWS)}
    with Large(language.load(), stream) as display:
        changed = False
        for event in happened:
            display.show(event)
            changed = changed or isinstance(event, events.VariantChanged)
            if changed and isinstance(event, events.Rep):
                return _svg(_screen(stream.getvalue(), ROWS), "The captions in the middle of a set")
    raise ValueError("nobody asked for an easier exercise")


def sheet(routine: Routine) -> str:
    """A routine as `coach show` draws it."""
    stream = io.StringIO()
    Console(file=stream, width=COLUMNS, force_terminal=True).print(paper.terminal(routine, language.load()))
    drawn = stream.getvalue()
    return _svg(_screen(drawn, drawn.count("\n")), f"{routine.title}, on one page")


def _screen(output: str, rows: int) -> list[list[Cell]]:
    screen = pyte.Screen(COLUMNS, rows + 1)
    pyte.Stream(screen).feed(output.replace("\n", "\r\n"))
    lines = [[screen.buffer[row][column] for column in range(COLUMNS)] for row in range(rows)]
    return [[(cell.data, cell.bold, cell.reverse) for cell in line] for line in lines]


def _svg(lines: Sequence[Sequence[Cell]], title: str) -> str:
    width, height = COLUMNS * WIDE + 2 * MARGIN, len(lines) * HIGH + 2 * MARGIN
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" role="img"'
        f' aria-label="{escape(title)}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width:g}" height="{height:g}" rx="8" fill="{PAPER}"/>',
    ]
    for row, line in enumerate(lines):
        body += _row(line, MARGIN + row * HIGH)
    return "\n".join([*body, "</svg>", ""])


def _row(line: Sequence[Cell], top: float) -> Iterator[str]:
    column = 0
    for (full, bold, reverse), run in groupby(line, key=lambda cell: (cell[0] == FULL, cell[1], cell[2])):
        text = "".join(character for character, _, _ in run)
        left = MARGIN + column * WIDE
        column += len(text)
        if full or reverse:
            # A little higher than the row, so that no seam shows between two.
            yield f'<rect x="{left:g}" y="{top:g}" width="{len(text) * WIDE:g}" height="{HIGH + 0.5:g}" fill="{INK}"/>'
        if full:
            continue
        ink, weight = PAPER if reverse else INK, ' font-weight="bold"' if bold else ""
        for words in re.finditer(r"\S+( \S+)*", text):  # a renderer may take several spaces for one
            shown, at = words[0], left + words.start() * WIDE
            yield (
                f'<text x="{at:g}" y="{top + 0.75 * HIGH:g}" textLength="{len(shown) * WIDE:g}" fill="{ink}"{weight}>'
                f"{escape(shown)}</text>"
            )
