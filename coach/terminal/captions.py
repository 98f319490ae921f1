"""The workout as text: what the coach says, where in it the athlete is, and what was understood.

A display reads the event stream and nothing else, but for the line that is being spoken: the stream has it when it has
ended, a reader wants it when it begins.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Mapping
from typing import Any, Protocol, Self, TextIO

from coach.language import Language
from coach.language.delivery import Priority
from coach.session import events
from coach.session.events import Event


class Display(Protocol):
    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def show(self, event: Event) -> None:
        """Something happened."""

    def speaking(self, text: str, priority: Priority) -> None:
        """A line begins to sound."""

    def typing(self, typed: str) -> None:
        """What has been typed so far of a command or a number; may be told again and again."""

    def unknown(self, typed: str) -> None:
        """What was typed is no command."""

    def tick(self, at: float) -> None:
        """The time in seconds on the audio clock; may be told every block."""


def captions(language: Language, *, plain: bool = False, stream: TextIO | None = None) -> Display:
    """The large display on a terminal that can redraw; else, and with `plain`, one line an event."""
    stream = stream or sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        # A character that the terminal does not know must not end a workout.
        stream.reconfigure(errors="replace")
    if not plain and stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb", "unknown"):
        from coach.terminal.large import Large

        return Large(language, stream)
    return Plain(language, stream)


class Plain:
    """One line an event, never redrawn, without colour, each at once: for screen readers and pipes."""

    def __init__(self, language: Language, stream: TextIO) -> None:
        self._shown = language.shown
        self._stream: TextIO | None = stream
        self._announced: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def show(self, event: Event) -> None:
        match event:
            case events.Said(text=text, priority=priority) if text != self._announced:
                self._speak(text, Priority[priority.upper()])
            case _:
                self._print(line(event, self._shown))

    def speaking(self, text: str, priority: Priority) -> None:
        self._announced = text
        self._speak(text, priority)

    def typing(self, typed: str) -> None:
        pass  # the terminal itself shows it

    def unknown(self, typed: str) -> None:
        self._print(self._shown["not_understood"].format(text=typed))

    def tick(self, at: float) -> None:
        pass

    def _speak(self, text: str, priority: Priority) -> None:
        # A count has an event of its own.
        if priority is not Priority.COUNT:
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


def line(event: Event, shown: Mapping[str, Any]) -> str:
    """The event in words; empty for one that is no news to a reader."""
    match event:
        case events.SessionStarted():
            return _filled(shown["started"], title=event.title, sets=event.sets, minutes=minutes(event.seconds))
        case events.ExerciseStarted():
            return _filled(shown["exercise"], exercise=event.exercise, n=event.slot + 1, of=event.of)
        case events.VariantChanged():
            return _filled(shown["changed"], exercise=event.to)
        case events.SetStarted():
            amount = _filled(shown["amount"][event.unit], n=event.amount)
            return ", ".join(filter(None, [_filled(shown["set"], n=event.set, of=event.of), amount, event.side]))
        case events.Rep():
            return ", ".join(filter(None, [_filled(shown["rep"], n=event.n, of=event.of), event.side]))
        case events.HoldSecond() if event.n % 5 == 0 or event.of - event.n < 3:
            return _filled(shown["second"], n=event.n, of=event.of)
        case events.SideChanged():
            return event.side
        case events.SetFinished():
            done = ", ".join(f"{n} {side}".strip() for side, n in event.done.items())
            return _filled(shown["set_finished"], done=done)
        case events.RestStarted():
            rest = _filled(shown["rest"], n=round(event.seconds))
            return f"{rest}. {_filled(shown['next'], exercise=event.next)}" if event.next else rest
        case events.Effort():
            return _filled(shown["effort"], n=event.effort)
        case events.HeardSpeech(accepted=True):
            return _filled(shown["you"], text=event.text)
        case events.CommandGiven() if event.by in ("key", "typed"):
            return _filled(shown["key"], text=event.command if event.number is None else event.number)
        case events.Paused():
            return str(shown["paused"])
        case events.Resumed():
            return str(shown["resumed"])
        case events.DeviceLost():
            return str(shown["lost"][event.device])
        case events.DeviceBack():
            return str(shown["back"][event.device])
        case events.SessionFinished():
            return _filled(shown["finished"], sets=event.sets, minutes=minutes(event.seconds))
    return ""


def minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))


def _filled(template: str, **values: object) -> str:
    return template.format(**values)
