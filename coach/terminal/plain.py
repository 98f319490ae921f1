"""Captions for screen readers and pipes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from typing import Self, TextIO

from coach.language import Language
from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.language.manner import Captions
from coach.session import events
from coach.session.events import Event
from coach.view.in_words import in_words, not_understood

_COUNTED = (
    events.Rep, events.HoldSecond, events.SideChanged, events.SetFinished, events.SetCorrected, events.Effort,
)  # fmt: skip


class Plain:
    """One line an event, never redrawn, without colour, each at once: for screen readers and pipes."""

    def __init__(self, language: Language, stream: TextIO, which: Captions = "all") -> None:
        self._shown = language.shown
        self._stream: TextIO | None = stream if which != "off" else None
        self._key_only = which == "key"
        self._announced: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def show(self, event: Event) -> None:
        """As in Display."""
        match event:
            case events.Said(text=text, priority=priority) if text != self._announced:
                self._speak(text, Priority[priority.upper()])
            case _ if not (self._key_only and isinstance(event, _COUNTED)):
                self._print(in_words(event, self._shown))

    def speaking(self, text: str, priority: Priority) -> None:
        """As in Display."""
        self._announced = text
        self._speak(text, priority)

    def typing(self, typed: str) -> None:
        """As in Display."""
        # the terminal itself shows it

    def offer(self, commands: Sequence[Command]) -> None:
        """As in Display."""
        # what there is to say is spoken, and listed by "help"

    def unknown(self, typed: str) -> None:
        """As in Display."""
        self._print(not_understood(typed, self._shown))

    def tick(self, at: float) -> None:
        """As in Display."""

    def _speak(self, text: str, priority: Priority) -> None:
        # A count has an event of its own. Of what is spoken, only what waits for an answer need be read as well.
        if priority is not Priority.COUNT and not (self._key_only and "?" not in text):
            self._print(self._shown["coach"].format(text=text))

    def _print(self, text: str) -> None:
        if not text or self._stream is None:
            return
        try:
            print(" ".join(text.split()), file=self._stream, flush=True)
        except OSError:
            # Whoever read along has gone; the workout goes on. What is still in the buffer must not fail at the exit.
            with contextlib.suppress(OSError, ValueError), open(os.devnull, "w") as nowhere:
                os.dup2(nowhere.fileno(), self._stream.fileno())
            self._stream = None
