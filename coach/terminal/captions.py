"""The workout as text: what the coach says, where in it the athlete is, and what was understood.

A display reads the event stream and nothing else, but for the line that is being spoken: the stream has it when it has
ended, a reader wants it when it begins.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Protocol, Self, TextIO

from coach.language import Language
from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.language.manner import Captions
from coach.session.events import Event
from coach.terminal.plain import Plain


class Display(Protocol):
    """What shows a workout to somebody who can see or has it read aloud."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def show(self, event: Event) -> None:
        """Something happened."""

    def speaking(self, text: str, priority: Priority) -> None:
        """A line begins to sound."""

    def typing(self, typed: str) -> None:
        """What has been typed so far of a command or a number; may be told again and again."""

    def offer(self, commands: Sequence[Command]) -> None:
        """The commands that fit the moment, the likeliest first; may be told again and again."""

    def unknown(self, typed: str) -> None:
        """What was typed is no command."""

    def tick(self, at: float) -> None:
        """The time in seconds on the audio clock; may be told every block."""


def captions(
    language: Language, *, plain: bool = False, which: Captions = "all", stream: TextIO | None = None
) -> Display:
    """The large display on a terminal that can redraw; else, and with `plain`, one line an event of those `which`."""
    stream = stream or sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        # A character that the terminal does not know must not end a workout.
        stream.reconfigure(errors="replace")
    if not plain and which != "off" and stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb", "unknown"):
        from coach.terminal.large import Large

        return Large(language, stream)
    return Plain(language, stream, which)
