"""A voice that takes long to make, made ahead of need; another one says what is not ready, so that nothing waits."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Protocol

from coach.audio.clip import Clip
from coach.language.delivery import Pace
from coach.voice.cache import Voice

Line = tuple[str, Pace]


class Quick(Protocol):
    """A voice that is there at once."""

    def clip(self, text: str, pace: Pace = Pace.TALK) -> Clip:
        """The line as sound."""
        ...

    def prepare(self, lines: Iterable[Line]) -> None:
        """Make these lines ahead of need, in this order."""
        ...

    def tune(self, *, voice: str, talk: int, pitch: int) -> None:
        """Sound otherwise from now on. Raises CoachError where that cannot be."""
        ...

    def forget(self) -> None:
        """Keep no clip in memory."""
        ...


class AheadVoice:
    """`voice` where a line is ready, `stand_in` where it is not.

    A line that was not ready when it was to be said is made after those that are still to come: otherwise a slow
    machine, once behind, would stay behind. `behind` is told once that a line that was asked for ahead was not ready,
    `failed` once that the voice cannot be made at all; both by any thread.
    """

    def __init__(
        self,
        voice: Voice,
        stand_in: Quick,
        behind: Callable[[], None],
        failed: Callable[[Exception], None],
        *,
        usual: str,
        chosen: Callable[[str], bool],
    ) -> None:
        """`usual`: the voice that stands in; `chosen` says whether a voice is one that has to be made ahead."""
        self._voice, self._stand_in = voice, stand_in
        self._behind, self._failed = behind, failed
        self._usual, self._chosen = usual, chosen
        self._wanted: OrderedDict[Line, None] = OrderedDict()
        self._promised: dict[Line, Clip] = {}
        self._lock = threading.Lock()
        self._making: threading.Thread | None = None
        self._told = False
        self._off = False
        """Another voice was asked for, which the stand-in has."""
        self._works: bool | None = None
        """Whether the voice can be made; None until it was tried."""

    def clip(self, text: str, pace: Pace = Pace.TALK) -> Clip:
        """The line at once, in whichever voice there is; as long as `seconds` has promised."""
        with self._lock:
            promised = self._promised.pop((text, pace), None)
        return promised or self._at_once(text, pace)

    def seconds(self, text: str, pace: Pace = Pace.TALK) -> float:
        """How long the next `clip` of the same line will be, exactly."""
        clip = self._promised.get((text, pace)) or self._at_once(text, pace)
        with self._lock:
            self._promised[text, pace] = clip
        return clip.seconds

    def prepare(self, lines: Iterable[Line]) -> None:
        """Have these ready soon, in this order, and the stand-in's before them."""
        wanted = list(lines)
        self._stand_in.prepare(wanted)
        self._want(wanted)

    def ready(self, timeout: float | None = None) -> bool:
        """Wait until all that was asked for is made; False when `timeout` seconds were not enough."""
        making = self._making
        if making is not None:
            making.join(timeout)
            return not making.is_alive()
        return True

    def tune(self, *, voice: str, talk: int, pitch: int) -> None:
        """Sound otherwise from now on. Raises CoachError where that cannot be."""
        ahead = self._chosen(voice)
        self._stand_in.tune(voice=self._usual if ahead else voice, talk=talk, pitch=pitch)
        with self._lock:
            self._wanted.clear()
            self._promised.clear()
            self._off = not ahead or self._works is False
        if ahead:
            self._voice.change(voice=voice, talk=talk, pitch=pitch)

    def forget(self) -> None:
        """As in Voice."""
        self._voice.forget()
        self._stand_in.forget()
        with self._lock:
            self._promised.clear()

    def _at_once(self, text: str, pace: Pace) -> Clip:
        if self._off:
            return self._stand_in.clip(text, pace)
        clip = self._voice.at_hand(text, pace)
        if clip is None:
            clip = self._stand_in.clip(text, pace)
            with self._lock:
                late = (text, pace) in self._wanted
                if late:
                    self._wanted.move_to_end((text, pace))
            if late and self._works and not self._told:
                self._told = True
                self._behind()
            self._want([(text, pace)])
        return clip

    def _want(self, lines: Iterable[Line]) -> None:
        with self._lock:
            if self._off:
                return
            for line in lines:
                self._wanted.setdefault(line)
            if self._making is None and self._wanted:
                self._making = threading.Thread(target=self._make, name="voice ahead", daemon=True)
                self._making.start()

    def _make(self) -> None:
        while True:
            with self._lock:
                if not self._wanted or self._off or not threading.main_thread().is_alive():
                    self._making = None
                    return
                line = next(iter(self._wanted))
            try:
                self._voice.clip(*line)
                self._works = True
            except Exception as trouble:
                self._works, self._off = False, True
                if threading.main_thread().is_alive():
                    self._failed(trouble)
            with self._lock:
                self._wanted.pop(line, None)
