"""Those who follow a workout: displays, files, the journal. None of them can end it, or make it wait."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

from coach.ear.decision import Decision
from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.session.events import Event
from coach.terminal.captions import Display

T = TypeVar("T")
Sink = Callable[[Event], None]
Record = Callable[[Event], Iterable[int]]
"""Takes note of an event; returns the indices of the sets that are safe by now and were not before."""


def _raise(error: Exception) -> None:
    raise error


@dataclass(frozen=True)
class Following:
    """Who is told what. Each is left out from the moment on when it fails."""

    sinks: Sequence[Sink] = ()
    """Each event."""
    speaking: Callable[[str, Priority], None] | None = None
    """Each line, as it is placed."""
    judged: Callable[[Decision], None] | None = None
    """Each utterance, with all that it was judged by."""
    record: Record | None = None
    """The journal."""
    safe: Callable[[], Iterable[int]] = tuple
    """The sets that have become safe since the last call, where `record` does not wait for the disk."""
    ticking: Sequence[Callable[[float], None]] = ()
    """The time in seconds on the audio clock, each block."""
    music: Callable[[bool], None] | None = None
    """What pauses other programs' music, or lets it play again."""
    news: Callable[[], Iterable[str]] = tuple
    """Lines that the athlete should hear soon."""
    failed: Callable[[Exception], None] = _raise
    """Told once of each that fails. Where nobody is told, the failure is raised."""


NOBODY = Following()


class Onlookers:
    """Tells all of them; a failure of one is told, and it is asked no more."""

    def __init__(self, following: Following) -> None:
        self._following = following
        self._gone: set[int] = set()

    def saw(self, event: Event) -> list[int]:
        """Tell of an event; the sets that are safe by now."""
        for sink in self._following.sinks:
            self._ask(sink, event)
        return list(self._ask(self._following.record, event) or ())

    def speaking(self, text: str, priority: Priority) -> None:
        """Tell that a line is placed."""
        self._ask(self._following.speaking, text, priority)

    def judged(self, decision: Decision) -> None:
        """Tell what was made of an utterance."""
        self._ask(self._following.judged, decision)

    def safe(self) -> list[int]:
        """The sets that have become safe since the last call."""
        return list(self._ask(self._following.safe) or ())

    def music(self, plays: bool) -> None:
        """Tell that other programs' music is to play, or not."""
        self._ask(self._following.music, plays)

    def news(self) -> list[str]:
        """What is to be said of troubles."""
        return list(self._ask(self._following.news) or ())

    def tick(self, at: float) -> None:
        """Tell the time."""
        for whom in self._following.ticking:
            self._ask(whom, at)

    def entered(self, given: Callable[[], Iterable[T]]) -> list[T]:
        """What came by other ways than the microphone."""
        return list(self._ask(given) or ())

    def _ask(self, whom: Callable[..., T] | None, *what: object) -> T | None:
        if whom is None or id(whom) in self._gone:
            return None
        try:
            return whom(*what)
        except Exception as error:
            self._gone.add(id(whom))
            self._following.failed(error)
            return None


class Shown:
    """A display whose place another takes when it fails; where that fails too, nothing is shown. Itself a Display."""

    def __init__(self, display: Display, spare: Display, failed: Callable[[Exception], None]) -> None:
        self._displays = [display, spare]
        self._failed = failed

    def __enter__(self) -> Self:
        self._tell(lambda display: display.__enter__())
        return self

    def __exit__(self, *end: object) -> None:
        self._tell(lambda display: display.__exit__(*end))

    def show(self, event: Event) -> None:
        """As in Display."""
        self._tell(lambda display: display.show(event))

    def speaking(self, text: str, priority: Priority) -> None:
        """As in Display."""
        self._tell(lambda display: display.speaking(text, priority))

    def typing(self, typed: str) -> None:
        """As in Display."""
        self._tell(lambda display: display.typing(typed))

    def offer(self, commands: Sequence[Command]) -> None:
        """As in Display."""
        self._tell(lambda display: display.offer(commands))

    def unknown(self, typed: str) -> None:
        """As in Display."""
        self._tell(lambda display: display.unknown(typed))

    def tick(self, at: float) -> None:
        """As in Display."""
        self._tell(lambda display: display.tick(at))

    def _tell(self, what: Callable[[Display], object]) -> None:
        while self._displays:
            try:
                what(self._displays[0])
            except Exception as error:
                failed = self._displays.pop(0)
                with contextlib.suppress(Exception):
                    failed.__exit__(None, None, None)  # the terminal is to be as it was
                self._failed(error)
            else:
                return
