"""What the athlete should know of what is missing, and is gone without."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from queue import SimpleQueue

from coach.app.parts import Studio
from coach.app.report import note_fault
from coach.errors import CoachError


class Notices:
    """Troubles before and during a workout: printed at once; what matters on the floor is spoken, too.

    Any thread may tell of a trouble; the loop takes what is to be spoken.
    """

    def __init__(self, studio: Studio) -> None:
        self._language = studio.language
        self._spoken: SimpleQueue[str] = SimpleQueue()

    def tell(self, error: CoachError, spoken: str = "", **values: str) -> None:
        """Print a trouble; `spoken` names the line that is said of it, `values` fill its braces."""
        with contextlib.suppress(OSError, ValueError):  # nobody reads along
            print(f"coach: {error.sentence}" + (f" {error.hint}" if error.hint else ""), file=sys.stderr, flush=True)
        if spoken:
            self.mention(spoken, **values)

    def unforeseen(self, spoken: str = "") -> Callable[[Exception], None]:
        """What tells of a part that fails in a way that nobody foresaw, and is gone without from then on."""

        def tell(error: Exception) -> None:
            if not isinstance(error, CoachError):
                error = CoachError(note_fault(error), "The workout goes on without it.")
            self.tell(error, spoken)

        return tell

    def mention(self, key: str, **values: str) -> None:
        """Say a line of the language, its braces filled with `values`."""
        self.say(self._language.line(key, 0, **values))

    def say(self, line: str) -> None:
        """Say this."""
        self._spoken.put(line)

    def taken(self) -> list[str]:
        """The lines to be spoken that have come up since the last call."""
        return [self._spoken.get_nowait() for _ in range(self._spoken.qsize())]
