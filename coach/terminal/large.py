"""Captions that fill the terminal. Only rows that have changed are redrawn, and nothing is left of them at the end."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import Self, TextIO

from rich.console import Console
from rich.text import Text

from coach.language import Language
from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.session.events import Event
from coach.terminal.layout import Paper, screen
from coach.view.view import View


class Large:
    """Captions on a terminal that can redraw: on a screen of their own, in black and white."""

    def __init__(self, language: Language, stream: TextIO) -> None:
        self._console: Console | None = Console(file=stream, highlight=False, force_terminal=True, color_system=None)
        self._blocks = self._console.encoding.startswith("utf")
        self._view = View(language)
        self._offered: Sequence[Command] = ()
        self._typed = ""
        self._seen: object = None
        self._rows: list[Text] = []
        self._told = _Told(sys.stderr)

    def __enter__(self) -> Self:
        if self._console:
            self._console.set_alt_screen(True)
            self._console.show_cursor(False)  # one that blinks is seen before all else
            self._seen, self._rows = None, []
            if self._told.stream.isatty():
                sys.stderr = self._told
        return self

    def __exit__(self, *_: object) -> None:
        if sys.stderr is self._told:
            sys.stderr = self._told.stream
        if self._console:
            try:
                self._console.show_cursor(True)
                self._console.set_alt_screen(False)
                if self._view.finished:
                    self._console.print(self._view.finished, markup=False)
            except OSError:
                self._console = None
        self._told.stream.write(self._told.taken())

    def show(self, event: Event) -> None:
        """As in Display."""
        self._view.take(event)
        self._draw()

    def speaking(self, text: str, priority: Priority) -> None:
        """As in Display."""
        self._view.speaking(text, priority)
        self._draw()

    def typing(self, typed: str) -> None:
        """As in Display."""
        self._typed = typed
        self._draw()

    def offer(self, commands: Sequence[Command]) -> None:
        """As in Display."""
        self._offered = commands

    def unknown(self, typed: str) -> None:
        """As in Display."""
        self._view.unknown(typed)
        self._draw()

    def tick(self, at: float) -> None:
        """As in Display."""
        self._view.tick(at)
        self._draw()

    def _draw(self) -> None:
        if self._console is None:
            return
        if self._told.last:
            self._view.note(self._told.last)
            self._told.last = ""
        size = self._console.size
        seen = (self._view.seen, self._offered, self._typed, size)
        if seen == self._seen:
            return
        if self._rows and len(self._rows) != size.height:
            self._rows = []
        self._seen = seen
        paper = Paper(max(1, size.width - 2), size.height, self._blocks)
        rows = screen(self._view, self._offered, self._typed, paper)
        rows += [Text() for _ in range(size.height - len(rows))]
        options = self._console.options.update(width=size.width, height=1)
        try:
            for number, row in enumerate(rows):
                if number >= len(self._rows) or row != self._rows[number]:
                    self._console.update_screen_lines(self._console.render_lines(row, options), 0, number)
        except OSError:
            self._console = None  # the terminal has gone; the workout goes on
        self._rows = rows


class _Told(io.TextIOBase):
    """What is told of troubles: to be seen on the screen while there is one, and printed after it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.last = ""
        self._kept: list[str] = []

    def write(self, text: str) -> int:
        """Keep it."""
        self._kept.append(text)
        self.last = text.strip() or self.last
        return len(text)

    def taken(self) -> str:
        """All that was kept since the last call."""
        kept, self._kept = "".join(self._kept), []
        return kept
