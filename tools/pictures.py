"""Pictures of the terminal as SVG: what is drawn is read back from a terminal emulator, cell by cell."""

from __future__ import annotations

import io
import os
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby, pairwise

import pyte
from rich.console import Console

from coach import language
from coach.paper import figure
from coach.paper import sheet as paper
from coach.routine.model import Family, Routine
from coach.session import events
from coach.session.events import Event
from coach.terminal.large import Large

COLUMNS, ROWS = 80, 24
SIZES = ((40, 12), (80, 24), (200, 60))
"""Columns and rows of the terminals that docs/screens.md shows."""
WIDE, HIGH, MARGIN = 9.0, 19.0, 14.0
"""A cell and the margin around them all, in pixels."""
PAPER, INK = "#111111", "#eeeeee"
BLOCKS = {"█": (0.0, 1.0, 1.0), "▀": (0.0, 0.5, 1.0), "▄": (0.5, 0.5, 1.0), "░": (0.0, 1.0, 0.25)}
"""Where in its cell a block begins, how high it is, and how much of its ink is seen."""

Cell = tuple[str, bool]
"""A character, and whether it is bold."""


MOMENTS: Mapping[str, tuple[str, str, Callable[[Event, Event], bool]]] = {
    "set": ("In the middle of a set", "working", lambda before, event: isinstance(event, events.Rep) and event.n > 3),
    "rest": ("During a rest", "resting", lambda before, event: isinstance(before, events.RestStarted)),
    "paused": ("Paused", "paused", lambda before, event: isinstance(event, events.Paused)),
}
"""What is shown, what can be asked for then, and after which two events that is."""


def workout(happened: Sequence[Event], moment: str = "set", size: tuple[int, int] = (COLUMNS, ROWS)) -> str:
    """The captions on a terminal of `size` at the first such moment."""
    title, offered, come = MOMENTS[moment]
    stream = io.StringIO()
    # Rich asks the environment how large the terminal is.
    os.environ |= {"TERM": "xterm", "COLUMNS": str(size[0]), "LINES": str(size[1])}
    english = language.load()
    with Large(english, stream) as display:
        display.offer(english.moments[offered])
        for before, event in pairwise(happened):
            display.show(before)
            if come(before, event):
                display.show(event)
                display.tick(event.at)
                return _svg(_screen(stream.getvalue(), *size), f"{title}, on a terminal of {size[0]} by {size[1]}")
    raise ValueError(f"this workout has no moment {moment}")


def sheet(routine: Routine) -> str:
    """A routine as `coach show` draws it."""
    stream = io.StringIO()
    Console(file=stream, width=COLUMNS, force_terminal=True).print(paper.terminal(routine, language.load()))
    drawn = stream.getvalue()
    return _svg(_screen(drawn, COLUMNS, drawn.count("\n")), f"{routine.title}, on one page")


def figures(families: Iterable[Family]) -> str:
    """Every drawing there is, with the names of the exercises that have it."""
    drawings: dict[tuple[str, str], list[str]] = {}
    for family in families:
        for variant in family.variants:
            if variant.figure:
                drawings.setdefault(figure.pair(variant.figure, variant), []).append(variant.name)
    cell_wide, cell_high, across = 320.0, 165.0, 3
    body = []
    for place, (pair, names) in enumerate(drawings.items()):
        x, y = place % across * cell_wide, place // across * cell_high
        body += [
            f'<svg x="{x + half * cell_wide / 2:g}" y="{y:g}" width="{cell_wide / 2:g}" height="115">{drawing}</svg>'
            for half, drawing in enumerate(pair)
        ]
        lines = enumerate(textwrap.wrap(", ".join(names), 44))
        body += [f'<text x="{x + 8:g}" y="{y + 128 + 14 * line:g}">{escape(text)}</text>' for line, text in lines]
    width, height = across * cell_wide, -(-len(drawings) // across) * cell_high
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}"'
            ' style="color:#111;color-scheme:light" font-family="DejaVu Sans, Verdana, sans-serif" font-size="12">',
            "<title>Every exercise at its start and at its end</title>",
            f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>',
            *body,
            "</svg>",
            "",
        ]
    )


def _screen(output: str, columns: int, rows: int) -> list[list[Cell]]:
    screen = pyte.Screen(columns, rows + 1)
    pyte.Stream(screen).feed(output.replace("\n", "\r\n"))
    lines = [[screen.buffer[row][column] for column in range(columns)] for row in range(rows)]
    return [[(cell.data, cell.bold) for cell in line] for line in lines]


def _svg(lines: Sequence[Sequence[Cell]], title: str) -> str:
    width, height = len(lines[0]) * WIDE + 2 * MARGIN, len(lines) * HIGH + 2 * MARGIN
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
    for (block, bold), run in groupby(line, key=lambda cell: (cell[0] if cell[0] in BLOCKS else "", cell[1])):
        text = "".join(character for character, _ in run)
        left = MARGIN + column * WIDE
        column += len(text)
        if block:
            down, high, inked = BLOCKS[block]
            faint = f' opacity="{inked}"' if inked < 1 else ""
            # A little higher than the row, so that no seam shows between two.
            yield (
                f'<rect x="{left:g}" y="{top + down * HIGH:g}" width="{len(text) * WIDE:g}"'
                f' height="{high * HIGH + 0.5:g}" fill="{INK}"{faint}/>'
            )
            continue
        weight = ' font-weight="bold"' if bold else ""
        for words in re.finditer(r"\S+( \S+)*", text):  # a renderer may take several spaces for one
            shown, at = words[0], left + words.start() * WIDE
            yield (
                f'<text x="{at:g}" y="{top + 0.75 * HIGH:g}" textLength="{len(shown) * WIDE:g}" fill="{INK}"{weight}>'
                f"{escape(shown)}</text>"
            )
