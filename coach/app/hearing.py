"""An ear in the making, at work, or made anew after it failed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from coach.audio.clip import Heard
from coach.ear.decision import Closed, Decision, Opened
from coach.ear.ear import Ear

TRIES = 3
"""Ears that may fail at work until it is left at keys."""


class Hearing:
    """The ear of a workout. While it is being made, and when it cannot be, nothing is heard.

    `make` begins to make one; `failed` is told when one fails, `back` when the next one hears again.
    """

    def __init__(
        self,
        make: Callable[[], Future[Ear]],
        failed: Callable[[Exception], None],
        back: Callable[[], None] = lambda: None,
    ) -> None:
        self._make, self._failed, self._back = make, failed, back
        self._expected: object = None
        self._left = TRIES
        self._making: Future[Ear] | None = make()
        self._again = self._gap = False

    @property
    def ear(self) -> Ear | None:
        """The ear, where there is one by now."""
        making = self._making
        if making is None or not making.done():
            return None
        error = making.exception()
        if error is not None:
            self._lose(error if isinstance(error, Exception) else RuntimeError(str(error)), again=False)
            return None
        return making.result()

    def missed(self) -> None:
        """Sound was missed, or a device is back."""
        self._gap = True

    def saying(self, line: str | None, at: float) -> None:
        """What the coach says from `at` on, while the microphone is away: its echo may come when it is back."""
        if (ear := self.ear) is not None:
            ear.saying(line, at)

    def hear(
        self, heard: Heard, line: str | None, at: float, expected: frozenset[str]
    ) -> list[Opened | Closed | Decision]:
        """What the ear makes of a block that began to play `at`. `line`: what the coach says; `expected`: the phrases
        that make sense.
        """
        ear = self.ear
        if ear is None:
            return []
        try:
            if expected != self._expected:
                self._expected = expected
                ear.expect(expected)
            if self._gap:
                self._gap = False
                ear.missed()
            ear.saying(line, at)
            found = ear.feed(heard.mic, heard.played, heard.at, heard.leap)
        except Exception as error:
            self._lose(error, again=True)
            return []
        if self._again:
            self._again = False
            self._back()
        return found

    def _lose(self, error: Exception, *, again: bool) -> None:
        self._expected, self._making = None, None
        self._left -= 1
        if again and self._left > 0:
            self._again = True
            self._making = self._make()
        self._failed(error)


def made(ear: Ear) -> Callable[[], Future[Ear]]:
    """One that is there already, to be handed to Hearing."""
    future: Future[Ear] = Future()
    future.set_result(ear)
    return lambda: future
