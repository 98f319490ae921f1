"""What is seen of a workout as rows of a terminal of any size: a number a third of it high, the rest as it fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.text import Text

from coach.language.commands import Command
from coach.terminal import letters
from coach.view.view import View

Rows = list[Text]

NUMBER = 1 / 3
"""Of the height is the number's at least; half of it at most."""
ROOMY = 20
"""Rows from which on more than the number is in large letters."""
SHARES = {"exercise": 1 / 4, "alone": 1 / 2, "place": 1 / 8, "spoken": 1 / 6, "heard": 1 / 16, "keys": 1 / 16}
"""Of the height, at most; `alone` is an exercise while there is no number."""


@dataclass(frozen=True)
class Paper:
    """What is drawn on: so many columns and rows, and whether the terminal has blocks."""

    columns: int
    rows: int
    blocks: bool = True

    def room(self, part: str, least: int = 0) -> int:
        """How many rows the part may have."""
        return max(least, int(SHARES[part] * self.rows)) if self.rows >= ROOMY else least

    def set(self, text: str, part: str, plain_rows: int = 1) -> Rows:
        """The text in the largest letters that fit the part's share, else in ordinary type."""
        return self._in_letters(text, self.room(part)) or self._plain(text, plain_rows)

    def figure(self, text: str, rows: int) -> Rows:
        """The text in letters `rows` rows high and as wide as fits; in ordinary type where that is not to be."""
        size = letters.filling(text, self.columns, rows) if letters.known(text) else None
        if size is None:
            return self._plain(text, 1)
        return [Text(line, no_wrap=True) for line in letters.large(text, *size, blocks=self.blocks)]

    def cut(self, text: str) -> Text:
        """The text as one row, with an ellipsis where it is too long."""
        row = Text(text, style="bold", no_wrap=True)
        row.truncate(self.columns, overflow="ellipsis")
        return row

    def fits(self, text: str) -> bool:
        """Whether it is no wider than a row."""
        return Text(text).cell_len <= self.columns

    def _in_letters(self, text: str, room: int) -> Rows:
        if not text or not letters.known(text):
            return []
        step = 1 if self.blocks else 2
        for scale in range(2 * (room - 1) // letters.DOTS // step * step + step, 0, -step):
            lines = letters.wrapped(text, self.columns // scale)
            rows = letters.rows_of(scale)
            if lines and len(lines) * rows <= room:
                drawn = [letters.large(line, scale, letters.DOTS * scale, blocks=self.blocks) for line in lines]
                return [Text(row, no_wrap=True) for line in drawn for row in (*line, "")[:rows]]
        return []

    def _plain(self, text: str, most: int) -> Rows:
        if self.fits(text):
            return [self.cut(text)]
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if not self.fits(longer) and lines[-1] and len(lines) < most:
                lines.append(word)
            else:
                lines[-1] = longer
        return [self.cut(line) for line in lines]


def screen(view: View, offered: Sequence[Command], typed: str, paper: Paper) -> Rows:
    """All rows of a screen. `typed` takes the place of the keys that fit the moment."""
    number = _number(view)
    exercise = view.next if view.resting is not None else view.exercise or view.title
    above = paper.set(exercise, "exercise" if number else "alone", 2)
    above += paper.set(", ".join(filter(None, [view.set, view.side])) or view.finished, "place")
    # Each keeps its room when it is empty: the number stays where it is.
    told = _filled(paper.set(view.spoken, "spoken", 3 if paper.rows >= ROOMY else 2), paper.room("spoken", 2))
    told += _filled(paper.set(view.heard, "heard"), paper.room("heard", 1))
    bars = _filled([] if view.finished else _bars(view, paper), 2)
    keys = [paper.cut(f"> {typed}")] if typed else paper.set(_keys(view, offered, paper), "keys")
    least = max(1, round(paper.rows * NUMBER))
    if paper.rows - sum(map(len, (above, told, bars, keys))) < least:  # what is read most stays
        told = told[max(0, sum(map(len, (above, told, bars, keys))) + least - paper.rows) :]
        bars = bars[: max(0, paper.rows - len(above) - len(keys) - least)]
        above = above[: max(0, paper.rows - len(keys) - least)]
    room = max(0, paper.rows - sum(map(len, (above, told, bars, keys))))
    figure = paper.figure(number, max(min(room, least), min(room - 2, paper.rows // 2))) if number else []
    spare = max(0, room - len(figure))
    rows = [*above, *_empty(spare // 2), *figure, *_empty(spare - spare // 2), *told, *bars, *keys]
    return [Text.assemble(" ", row, no_wrap=True) for row in rows[: paper.rows]]


def _number(view: View) -> str:
    """What is to be read from farthest away: a number, PAUSED, or how long the rest still is."""
    if view.paused:
        return str(view.shown["paused"])
    if view.resting is not None:
        return f"{view.shown['resting']} {view.resting}"
    return "" if view.done is None else str(view.done)


def _bars(view: View, paper: Paper) -> Rows:
    names = view.shown["bars"]
    bars = [(names["workout"], view.of_workout, view.time_left)]
    if view.resting is not None or view.done is not None:
        bars.insert(0, (names["set"] if view.resting is None else names["rest"], view.of_set, view.counted))
    named, told = (max(len(text) for text in texts) for texts in (names.values(), [bar[2] for bar in bars]))
    length = max(0, paper.columns - named - told - 2)
    full, empty = "█░" if paper.blocks else "#-"
    return [
        paper.cut(f"{name:<{named}} {full * int(share * length)}{empty * (length - int(share * length))} {text}")
        for name, share, text in bars
    ]


def _keys(view: View, offered: Sequence[Command], paper: Paper) -> str:
    """The keys that fit the moment, as many as there is room for in a row: none is cut."""
    keys = {command: key for key, commands in reversed(list(view.language.keys.items())) for command in commands}
    shown = ""
    for command in offered:
        if command in keys:
            longer = f"{shown}   {keys[command]} {view.language.phrase(command)}".strip()
            shown = longer if paper.fits(longer) else shown
    return shown


def _filled(rows: Rows, room: int) -> Rows:
    return [*_empty(room - len(rows)), *rows]


def _empty(rows: int) -> Iterable[Text]:
    return (Text() for _ in range(rows))
