"""Where the athlete is and what was understood, as the terminal and the page show it. Made of events alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coach.language import Language
from coach.language.delivery import Priority
from coach.session import events
from coach.session.events import Event
from coach.view.in_words import in_words, minutes, not_understood

LINGER = 8.0
"""Seconds for which a line stays to be read after it was said, and what was understood after it was heard."""


@dataclass
class View:
    """All that is to be seen. Texts are empty, and numbers None, where there is nothing to say."""

    language: Language
    title: str = ""
    family: str = ""
    exercise: str = ""
    set: str = ""
    side: str = ""
    unit: str = "rep"
    done: int | None = None
    """Reps, steps or seconds of the set in hand."""
    amount: int = 0
    resting: int | None = None
    """Seconds of the rest that are left."""
    rest: float = 0.0
    """Its whole length in seconds."""
    paused: bool = False
    next: str = ""
    coming: str = ""
    """The exercise that comes after the rest, by its name alone."""
    spoken: str = ""
    heard: str = ""
    finished: str = ""
    """What it came to, when it is over."""
    seconds: float = 0.0
    """About how long the workout takes, and how much of that is left."""
    left: float = 0.0
    _at: float = field(default=0.0, repr=False)
    _left_at: float = field(default=0.0, repr=False)
    _rest_ends: float = field(default=0.0, repr=False)
    _paused_at: float = field(default=0.0, repr=False)
    _spoken_at: float = field(default=math.inf, repr=False)
    _heard_at: float = field(default=math.inf, repr=False)
    _left: float = field(default=0.0, repr=False)

    @property
    def seen(self) -> tuple[object, ...]:
        """All that can be seen of it: where this is the same, a screen is."""
        own = {name: value for name, value in vars(self).items() if not name.startswith("_") and name != "left"}
        return (*own.values(), self.time_left, round(self.of_workout, 3))

    @property
    def shown(self) -> Mapping[str, Any]:
        """The words of the language for what is shown."""
        return self.language.shown

    @property
    def counted(self) -> str:
        """How much of the set is done, in words; empty before and after a set."""
        if self.done is None:
            return ""
        one_of = self.shown["of"][self.unit]
        return str(one_of.format(n=self.done, of=self.amount))

    @property
    def of_set(self) -> float:
        """How much of the set, or of the rest, is over: 0 to 1."""
        if self.resting is not None:
            return 1 - min(1.0, self.resting / self.rest) if self.rest else 1.0
        return min(1.0, self.done / self.amount) if self.done is not None and self.amount else 0.0

    @property
    def of_workout(self) -> float:
        """How much of the workout is over: 0 to 1."""
        return 1.0 if self.finished else max(0.0, 1 - self.left / self.seconds) if self.seconds else 0.0

    @property
    def time_left(self) -> str:
        """About how long it still takes, in words."""
        if self.finished or not self.seconds:
            return ""
        return str(self.shown["left"].format(minutes=minutes(self.left)))

    def take(self, event: Event) -> None:
        """Something happened."""
        self._at = max(self._at, event.at)
        match event:
            case events.SessionStarted():
                self.title, self.seconds, self.finished = event.title, event.seconds, ""
                self._go_on(event.at, event.seconds)
            case events.ExerciseStarted():
                self.family, self.exercise = event.family, event.exercise
                self.set = self.side = self.next = ""
                self.done = self.resting = None
            case events.VariantChanged():
                self.exercise = event.to
            case events.SetStarted():
                self._begin(event)
            case events.Rep() | events.HoldSecond():
                self.done, self.side = event.n, event.side or ""
            case events.SideChanged():
                self.side, self.done = event.side, None
            case events.SetFinished():
                self.done = None
            case events.RestStarted() | events.RestFinished():
                self._rest(event)
            case events.SessionFinished():
                self.resting = self.done = None
                self.paused = False
                self.next = self.side = self.set = self.exercise = self.spoken = ""
                self.finished = in_words(event, self.shown)
            case _:
                self._take_words(event)

    def speaking(self, text: str, priority: Priority) -> None:
        """A line begins to sound. A count is seen as a figure."""
        if priority is not Priority.COUNT:
            self.spoken, self._spoken_at = text, math.inf

    def unknown(self, typed: str) -> None:
        """What was typed is no command."""
        self.note(not_understood(typed, self.shown))

    def note(self, text: str) -> None:
        """Show something for a while where it is shown what was heard."""
        if text:
            self.heard, self._heard_at = text, self._at

    def tick(self, at: float) -> None:
        """The time in seconds on the audio clock."""
        self._at = at
        if at > self._spoken_at + LINGER:
            self.spoken = ""
        if at > self._heard_at + LINGER:
            self.heard = ""
        if self.paused:
            return
        if self.resting is not None:
            self.resting = max(0, math.ceil(self._rest_ends - at))
        self.left = max(0.0, self._left - (at - self._left_at))

    def _begin(self, event: events.SetStarted) -> None:
        self.exercise, self.family, self.unit = event.exercise, event.family, event.unit
        self.set = self.shown["set"].format(n=event.set, of=event.of)
        self.side, self.next, self.resting = event.side or "", "", None
        self.done, self.amount = 0, event.amount
        if event.left is not None:
            self._go_on(event.at, event.left)

    def _go_on(self, at: float, left: float) -> None:
        self._left, self._left_at = left, at
        self.left, self.seconds = left, max(self.seconds, left)

    def _rest(self, event: events.RestStarted | events.RestFinished) -> None:
        self.done, self.side = None, ""
        if isinstance(event, events.RestFinished):
            self.resting = None
            return
        self.rest, self._rest_ends, self.resting = event.seconds, event.at + event.seconds, round(event.seconds)
        self.set, self.coming = "", event.next or ""
        self.next = self.shown["next"].format(exercise=event.next) if event.next else ""

    def _take_words(self, event: Event) -> None:
        match event:
            case events.Paused():
                self.paused, self._paused_at = True, event.at
            case events.Resumed():
                if self.paused:
                    self._rest_ends += event.at - self._paused_at
                    self._left_at += event.at - self._paused_at
                self.paused = False
            case events.Said() if event.priority != "count" and event.until > event.at:
                self.spoken, self._spoken_at = event.text, event.until
            case events.HeardSpeech(accepted=False, text=text) if text:
                self.note(not_understood(text, self.shown))
            case events.HeardSpeech() | events.CommandGiven() | events.DeviceLost() | events.DeviceBack():
                self.note(in_words(event, self.shown))
