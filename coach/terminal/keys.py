"""What the athlete, or a helper, types while a workout runs.

On a terminal single keys act at once, a number and Enter is a number, and `:` or `/` begins a command in words that
Enter ends. With --plain, and where the input is a pipe, each line is a command in words.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import select
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol, TextIO

from coach.language import Language
from coach.language.commands import Command
from coach.session.events import By


class Entered(NamedTuple):
    """A phrase of the command table, or whatever was typed in place of one."""

    text: str
    by: By
    """How, as in the event stream."""


class Keys(Protocol):
    """What is typed while a workout runs."""

    @property
    def typed(self) -> str:
        """What has been typed of a command or a number that Enter has not ended yet."""
        ...

    @property
    def over(self) -> bool:
        """Nothing will ever be typed: the input has ended."""
        ...

    def poll(self, expected: Collection[Command] = ()) -> list[Entered]:
        """What was entered since the last call; never waits. A key with several meanings takes the first expected."""
        ...


@contextlib.contextmanager
def listening(
    language: Language,
    *,
    plain: bool = False,
    source: TextIO | None = None,
    screen: AbstractContextManager[object] | None = None,
) -> Iterator[Keys]:
    """The keys that suit the input: single keys on a terminal, else lines. Leaves the terminal as it was.

    `screen` is left while the program is stopped, and entered again when it goes on.
    """
    source = source or sys.stdin
    try:
        fd = source.fileno()
    except (AttributeError, OSError, ValueError):
        yield Lines(None)
        return
    if plain or not os.isatty(fd):
        yield Lines(fd)
        return
    from coach.terminal.raw import KeyByKey

    with KeyByKey(fd, screen or contextlib.nullcontext()) as terminal:
        yield SingleKeys(fd, language, terminal.in_foreground)


class _Input:
    """Text from a file descriptor, as much as there is, without ever waiting for more."""

    def __init__(self, fd: int | None) -> None:
        self._fd = fd
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    @property
    def ended(self) -> bool:
        return self._fd is None

    def read(self) -> str:
        if self._fd is None or not select.select([self._fd], [], [], 0)[0]:
            return ""
        try:
            came = os.read(self._fd, 4096)
        except OSError:
            came = b""  # the terminal has gone
        if not came:
            self._fd = None
        return self._decode(came, final=not came)


class Lines:
    """Commands in words, a line each."""

    def __init__(self, fd: int | None) -> None:
        self.typed = ""
        self._input = _Input(fd)

    @property
    def over(self) -> bool:
        """As in Keys."""
        return self._input.ended and not self.typed

    def poll(self, expected: Collection[Command] = ()) -> list[Entered]:
        """As in Keys."""
        *whole, self.typed = (self.typed + self._input.read()).split("\n")
        if self._input.ended:
            whole, self.typed = [*whole, self.typed], ""
        return [Entered(line.strip(), "typed") for line in whole if line.strip()]


_NAMES = {" ": "space", "\n": "enter", "\r": "enter"}
_ERASE, _KILL = ("\x7f", "\b"), "\x15"
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\[O])", re.DOTALL)
"""What arrows, function keys and Alt with a key send; none of them means anything here."""


class SingleKeys:
    """A terminal in single-key mode, see coach/terminal.py."""

    def __init__(self, fd: int, language: Language, in_foreground: Callable[[], bool] = lambda: True) -> None:
        self.typed = ""
        self._input = _Input(fd)
        self._language = language
        self._in_foreground = in_foreground
        self._escape = ""

    @property
    def over(self) -> bool:
        """As in Keys."""
        return self._input.ended

    def poll(self, expected: Collection[Command] = ()) -> list[Entered]:
        """As in Keys."""
        if not self._in_foreground():
            return []  # reading now would stop the program
        came = self._input.read()
        text, self._escape = self._escape + came, ""
        entered: list[Entered] = []
        while text:
            if sequence := _SEQUENCE.match(text):
                text = text[sequence.end() :]
            elif text[0] == "\x1b" and came:
                self._escape, text = text, ""  # the rest of a sequence may be on its way
            else:
                entered += self._press(text[0], expected)
                text = text[1:]
        return entered

    def _press(self, key: str, expected: Collection[Command]) -> list[Entered]:
        if key == "\x1b" or key == _KILL:
            self.typed = ""
        elif key in _ERASE:
            self.typed = self.typed[:-1]
        elif self.typed and key in "\r\n":
            return self._enter()
        elif self.typed[:1] in (":", "/"):
            self.typed += key if key.isprintable() else ""
        elif key in ":/" or key in "0123456789":
            self.typed = self.typed + key if key not in ":/" else key
        else:
            self.typed = ""
            return self._act(_NAMES.get(key, key.lower()), expected)
        return []

    def _enter(self) -> list[Entered]:
        typed, self.typed = self.typed, ""
        if typed.isdigit():
            return [Entered(typed, "key")]
        words = typed[1:].strip()
        return [Entered(words, "typed")] if words else []

    def _act(self, key: str, expected: Collection[Command]) -> list[Entered]:
        commands = self._language.keys.get(key, ())
        wanted = [command for command in commands if command in expected] or list(commands[-1:])
        return [Entered(self._language.phrase(command), "key") for command in wanted[:1]]
