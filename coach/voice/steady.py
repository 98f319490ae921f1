"""A voice that keeps nobody waiting: what is not at hand at once is silence of about its length, which captions show.

The synthesiser works beside the loop. Where it fails or hangs, tones and the clips at hand carry on, and it is tried
again until it answers.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import SimpleQueue

from coach.audio.clip import Clip
from coach.errors import CoachError, NotFound
from coach.language.delivery import Pace
from coach.voice.cache import Voice
from coach.voice.silent import SilentVoice

PATIENCE = 0.6
"""Seconds that the loop waits for a line that is not at hand; eSpeak needs some 0.02, and under load ten times that."""
AT_START = 6.0
"""Seconds for the first line: the engine starts, too."""
SLOW = 3.0
"""Seconds after which one that is slow counts as failing, and that is told."""
AGAIN = 2.0
"""Seconds between two tries of a synthesiser that failed."""


class SteadyVoice:
    """`voice`, with silence in the place of what it does not give in time.

    `failed` is told once when it stops giving, `back` when it gives again; both by a thread beside the loop.
    """

    def __init__(
        self,
        voice: Voice,
        silent: SilentVoice,
        failed: Callable[[Exception], None],
        back: Callable[[], None],
        patience: float = PATIENCE,
    ) -> None:
        self._voice, self._silent = voice, silent
        self._failed, self._back, self._patience = failed, back, patience
        self._wanted: SimpleQueue[tuple[str, Pace, threading.Event]] = SimpleQueue()
        self._asked: dict[tuple[str, Pace], threading.Event] = {}
        self._silenced = self._told = False
        threading.Thread(target=self._work, name="lines", daemon=True).start()

    def begin(self, line: str) -> None:
        """Wait for the first line, not for ever. Raises NotFound for a voice that does not exist."""
        tried, missing = threading.Event(), list[NotFound]()

        def speak() -> None:
            try:
                self._made(line, Pace.TALK)
            except NotFound as error:
                missing.append(error)
            tried.set()

        threading.Thread(target=speak, name="first line", daemon=True).start()
        if not tried.wait(AT_START):
            self._fail(CoachError("The speech synthesiser does not answer.", "Captions and tones go on without it."))
        if missing:
            raise missing[0]

    def clip(self, text: str, pace: Pace = Pace.TALK) -> Clip:
        """The line, or silence that lasts about as long."""
        return self._at_hand(text, pace) or self._silent.clip(text, pace)

    def seconds(self, text: str, pace: Pace = Pace.TALK) -> float:
        """How long `clip` of the same line will be, as far as is known."""
        return self.clip(text, pace).seconds

    def prepare(self, lines: Iterable[tuple[str, Pace]]) -> None:
        """Have these at hand soon, as in Voice."""
        self._voice.prepare(lines)

    def forget(self) -> None:
        """As in Voice."""
        self._voice.forget()

    def tune(self, *, voice: str, talk: int, pitch: int) -> None:
        """Speak otherwise from now on. Raises CoachError, and stays as it was, where that cannot be done at once."""
        if self._silenced:
            raise CoachError("The speech synthesiser does not answer.")
        done, trouble = threading.Event(), list[Exception]()

        def tune() -> None:
            try:
                self._voice.tune(voice=voice, talk=talk, pitch=pitch)
            except Exception as error:
                trouble.append(error)
            done.set()

        threading.Thread(target=tune, name="tuning", daemon=True).start()
        if not done.wait(2 * self._patience):
            raise CoachError("The speech synthesiser does not answer in time.")
        if trouble:
            if isinstance(trouble[0], CoachError):
                raise trouble[0]
            raise CoachError("The speech synthesiser cannot do that.") from trouble[0]
        self._silent.tune(voice=voice, talk=talk, pitch=pitch)

    def _at_hand(self, text: str, pace: Pace) -> Clip | None:
        clip = self._voice.at_hand(text, pace)
        if clip is not None:
            return clip
        made = self._asked.get((text, pace))
        asked_before = made is not None
        if made is None:
            made = self._asked[text, pace] = threading.Event()
            self._wanted.put((text, pace, made))
        # The loop waits once for a line, and not at all while the synthesiser is known to be in trouble.
        if not self._silenced and not asked_before and not made.wait(self._patience):
            self._silenced = True
            late = threading.Timer(SLOW, self._still_silent, (made,))
            late.daemon = True
            late.start()
        if made.is_set():
            self._asked.pop((text, pace), None)
        return self._voice.at_hand(text, pace)

    def _work(self) -> None:
        while True:
            text, pace, made = self._wanted.get()
            with suppress(NotFound):
                while not self._made(text, pace) and self._wanted.empty():
                    time.sleep(AGAIN)  # nothing else is asked for: the same shows when it is back
            made.set()

    def _made(self, text: str, pace: Pace) -> bool:
        try:
            self._voice.clip(text, pace)
        except NotFound:
            raise
        except Exception as error:
            self._fail(error)
            return False
        self._silenced = False
        if self._told:
            self._told = False
            self._back()
        return True

    def _still_silent(self, made: threading.Event) -> None:
        if not made.is_set():
            self._fail(CoachError("The speech synthesiser has stopped answering.", "Captions and tones go on."))

    def _fail(self, error: Exception) -> None:
        self._silenced = True
        if not self._told:
            self._told = True
            self._failed(error)
