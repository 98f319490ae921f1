"""Captions that can be read from the floor: redrawn in place, and only when something has changed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self, TextIO

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from coach.language import Language
from coach.language.delivery import Priority
from coach.session import events
from coach.session.events import Event
from coach.terminal import digits
from coach.terminal.in_words import in_words

_SPOKEN_LINES = 3
_ROOM_FOR_LARGE = digits.HEIGHT + _SPOKEN_LINES + 9


@dataclass
class _Scene:
    """What is to be seen."""

    title: str = ""
    exercise: str = ""
    set: str = ""
    side: str = ""
    count: str = ""
    next: str = ""
    spoken: str = ""
    heard: str = ""
    typed: str = ""
    paused: bool = False


class Large:
    """Captions on a terminal that can redraw."""

    def __init__(self, language: Language, stream: TextIO) -> None:
        self._language = language
        self._shown = language.shown
        self._console = Console(file=stream, highlight=False, force_terminal=True)
        self._ink = "█" if self._console.encoding.startswith("utf") else "#"
        self._live: Live | None = Live(console=self._console, auto_refresh=False, vertical_overflow="crop")
        self._scene = _Scene()
        self._rest_ends: float | None = None
        self._paused_at = 0.0
        self._drawn: object = None

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
            # Left visible: nothing needs to be put right when the program is stopped or killed.
            self._console.show_cursor(True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._scene.typed = ""
            self._draw()
        if self._live:
            self._live.stop()

    def show(self, event: Event) -> None:
        """As in Display."""
        self._take(event)
        self._draw()

    def speaking(self, text: str, priority: Priority) -> None:
        """As in Display."""
        # A count is seen as a figure.
        if priority is not Priority.COUNT:
            self._scene.spoken = text
            self._draw()

    def typing(self, typed: str) -> None:
        """As in Display."""
        self._scene.typed = typed
        self._draw()

    def unknown(self, typed: str) -> None:
        """As in Display."""
        self._scene.heard = self._shown["not_understood"].format(text=typed)
        self._draw()

    def tick(self, at: float) -> None:
        """As in Display."""
        if self._rest_ends is not None and not self._scene.paused:
            self._scene.count = str(max(0, math.ceil(self._rest_ends - at)))
            self._draw()

    def _take(self, event: Event) -> None:
        scene = self._scene
        match event:
            case events.SessionStarted():
                scene.title = event.title
            case events.ExerciseStarted():
                scene.exercise, scene.set, scene.side, scene.count, scene.next = event.exercise, "", "", "", ""
            case events.VariantChanged():
                scene.exercise = event.to
            case events.SetStarted():
                scene.set = self._shown["set"].format(n=event.set, of=event.of)
                scene.side, scene.next, scene.count = event.side or "", "", f"0/{event.amount}"
                self._rest_ends = None
            case events.Rep() | events.HoldSecond():
                scene.count = f"{event.n}/{event.of}"
                scene.side = event.side or ""
            case events.SideChanged():
                scene.side = event.side
            case events.RestStarted():
                self._rest_ends = event.at + event.seconds
                scene.count, scene.side = str(round(event.seconds)), ""
                scene.next = self._shown["next"].format(exercise=event.next) if event.next else ""
            case events.RestFinished():
                self._rest_ends, scene.count = None, ""
            case events.SessionFinished():
                self._rest_ends = None
                scene.count, scene.next, scene.side = "", "", ""
                scene.set = in_words(event, self._shown)
            case _:
                self._take_words(event)

    def _take_words(self, event: Event) -> None:
        scene = self._scene
        match event:
            case events.Paused():
                scene.paused, self._paused_at = True, event.at
            case events.Resumed():
                if scene.paused and self._rest_ends is not None:
                    self._rest_ends += event.at - self._paused_at
                scene.paused = False
            case events.Said() if event.priority != "count" and event.until > event.at:
                scene.spoken = event.text
            case events.HeardSpeech() if not event.accepted and event.text:
                scene.heard = self._shown["not_understood"].format(text=event.text)
            case events.HeardSpeech() | events.CommandGiven() | events.DeviceLost() | events.DeviceBack():
                scene.heard = in_words(event, self._shown) or scene.heard

    def _draw(self) -> None:
        if self._live is None:
            return
        size = self._console.size
        now = (*vars(self._scene).values(), size)
        if now == self._drawn:
            return
        self._drawn = now
        try:
            self._live.update(Group(*self._lines(size.width, size.height)), refresh=True)
        except OSError:
            self._live = None  # the terminal has gone; the workout goes on

    def _lines(self, width: int, height: int) -> Iterable[Table | Text]:
        scene = self._scene
        yield _ends(scene.title, scene.set)
        yield _ends(scene.exercise, scene.side)
        yield Text()
        count = self._shown["paused"] if scene.paused else scene.count
        if height >= _ROOM_FOR_LARGE:
            figures = digits.large(scene.count, self._ink) if scene.count and not scene.paused else []
            figures = figures if all(len(row) < width for row in figures) else []
            rows = figures or ["", "", count, "", ""]
            yield from (Text(f" {row}", style="bold", no_wrap=True) for row in rows)
        else:
            yield Text(f" {count}", style="bold reverse" if scene.paused else "bold")
        yield Text()
        spoken = Text(scene.spoken, style="bold").wrap(self._console, max(10, width - 2))[:_SPOKEN_LINES]
        yield from (Text.assemble(" ", row) for row in spoken)
        yield from (Text() for _ in range(_SPOKEN_LINES - len(spoken)))
        yield _line(scene.heard)
        yield _line(scene.next)
        yield Text()
        yield _line(f"> {scene.typed}" if scene.typed else self._help())

    def _help(self) -> str:
        keys = list(self._language.keys.items())[: self._shown["keys"]]
        return "   ".join(f"{key} {self._language.phrase(commands[-1])}" for key, commands in keys)


def _ends(left: str, right: str) -> Table:
    """One line, something at either end."""
    grid = Table.grid(expand=True)
    grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    grid.add_column(no_wrap=True, overflow="ellipsis", justify="right")
    grid.add_row(Text(f" {left}", style="bold"), Text(f"{right} "))
    return grid


def _line(text: str) -> Text:
    return Text(f" {text}", no_wrap=True, overflow="ellipsis")
