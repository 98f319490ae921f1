"""An agenda in time: what is on it comes out as the audio clock passes it.

It has no clock and no threads: `advance` tells it how far the audio clock has come. Changing one's mind means writing
a new agenda.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from coach.language.delivery import Earcon, Pace, Priority
from coach.session.directives import Hush, Music, Say, Tone, Volume
from coach.session.events import Event
from coach.session.modes import Manner, Mode
from coach.session.score import Beat, Item, Measure, Score, Step

Directive = Say | Tone | Hush | Volume | Music | Event

PRESENCE = 10.0
"""Seconds of silence after which a soft tick says that the coach is there."""
ONE_GO = 1.5
"""Lines with less silence than this between them are repeated together."""
AT_ONCE = 0.5
"""Seconds in which a line comes that an order has brought."""

Tuned = Callable[[Manner], bool]
"""Told that the voice is to sound otherwise; false where it cannot. From then on `measure` goes by the new voice."""


class Timeline:
    """Plays agendas, and knows what was said last.

    `measure` tells how many seconds a line takes to say; agendas are laid out by it.
    """

    def __init__(self, measure: Measure, manner: Manner, tuned: Tuned) -> None:
        self.measure = measure
        self.manner = manner
        self._tuned = tuned
        self.mode = Mode.OPENING
        self.agenda: deque[Item] = deque()
        self.now = 0.0
        self.speaking: Say | None = None
        """The last line begun, to be begun again when it was broken off."""
        self.repeatable: list[str] = []
        """The lines said last, in one go, that are not counts."""
        self._another_matter = False
        self._spoken_until = 0.0
        self._counted_until = 0.0
        self._heard_until = 0.0
        """Where the last sound ends."""
        self._out: list[Directive] = []

    @property
    def finished(self) -> bool:
        """The workout is over, and all of it has been said."""
        return self.mode is Mode.FINISHED and not self.agenda

    @property
    def waiting(self) -> bool:
        """Nothing will happen until the athlete says something."""
        return not self.agenda and self.mode is not Mode.FINISHED

    def advance(self, until: float) -> list[Directive]:
        """All that happens before `until`, in order of time."""
        while self.agenda and self.agenda[0].at < until:
            item = self.agenda.popleft()
            self._keep_company(item.at)
            self.now = item.at
            if isinstance(item, Step):
                item.do(item.at)
            elif isinstance(item, Beat):
                self._beat(item)
            else:
                self.emit(item)
        self._keep_company(until)
        self.now = max(self.now, until)
        out, self._out = self._out, []
        return out

    def _keep_company(self, until: float) -> None:
        """Tick softly in a long silence before `until`."""
        while self.manner.presence and self.mode is not Mode.FINISHED and self._heard_until + PRESENCE < until:
            self.emit(Tone(self._heard_until + PRESENCE, "here"))

    def _beat(self, beat: Beat) -> None:
        raise NotImplementedError

    def emit(self, item: Directive) -> None:
        """Let it happen now."""
        if isinstance(item, Say):
            kept = self._in_manner(item)
            if kept is None:
                return
            item = kept
        if isinstance(item, Say):
            self._note(item)
        elif isinstance(item, Tone | Hush):
            self._heard_until = item.at
        self._out.append(item)

    def _note(self, say: Say) -> None:
        end = self._heard_until = say.at + self.measure(say.text, say.pace)
        if say.pace is Pace.COUNT:
            self._counted_until = end
            return
        if self._another_matter or say.at > self._spoken_until + ONE_GO:
            self._another_matter, self.repeatable = False, []
        self.repeatable.append(say.text)
        self.speaking, self._spoken_until = say, end

    def said_enough(self) -> None:
        """What is said from now on is another matter: it is not repeated together with what was said before."""
        self._another_matter = True

    def about_to_speak(self, at: float) -> bool:
        """Whether something is due at once that makes an end of what was said before."""
        due = (item.at for item in self.agenda if isinstance(item, Say))
        return self._another_matter and next(due, math.inf) < at + AT_ONCE

    def _in_manner(self, say: Say) -> Say | Tone | None:
        """The line as the athlete wants to be coached: spoken, ticked or left out."""
        if self.manner.verbosity == "coach" or say.priority >= Priority.ANSWER:
            return say
        if say.priority <= Priority.CUE:
            return None
        if self.manner.verbosity == "sounds" and say.priority is Priority.COUNT:
            return Tone(say.at, "count")
        return say

    def score(self, at: float) -> Score:
        """An empty agenda from this moment on."""
        return Score(at, self.measure)

    def play(self, score: Score, mode: Mode) -> None:
        """Write a new agenda."""
        self.mode = mode
        self.agenda = deque(sorted(score.items, key=lambda item: item.at))

    def tone(self, name: Earcon, at: float) -> None:
        """An earcon, now."""
        self.emit(Tone(at, name))

    def hush(self, at: float) -> None:
        """Be silent at once: a line that is cut is not begun again."""
        self.emit(Hush(at))
        self.speaking = None

    def tune(self, manner: Manner) -> bool:
        """Speak otherwise from now on, with what is still to be said laid out anew; false where that cannot be."""
        before = {say: self.measure(say.text, say.pace) for say in self._to_be_said()}
        if not self._tuned(manner):
            return False
        self.manner = manner
        if self.mode is not Mode.WORK:
            # An answer goes on as it was begun; any other line is cut, and begun again in the new voice.
            speaking = [self.speaking] if self.speaking in before and self.mode is not Mode.ANSWER else []
            self.agenda = deque(self._stretched([*speaking, *self.agenda], before)[len(speaking) :])
        return True

    def _to_be_said(self) -> list[Say]:
        """The line being said, and those that are to come."""
        says = [item for item in self.agenda if isinstance(item, Say)]
        return [self.speaking, *says] if self.speaking and self.now < self._spoken_until else says

    def comes(self, texts: Collection[str]) -> bool:
        """Whether one of these is being said, or is still to be."""
        return any(say.text in texts for say in self._to_be_said())

    def _stretched(self, items: Iterable[Item], before: Mapping[Say, float]) -> list[Item]:
        """The same, each as much later as the lines before it take longer than `before`."""
        longer = 0.0
        later: list[Item] = []
        for item in items:
            later.append(replace(item, at=item.at + longer))
            if isinstance(item, Say):
                longer += self.measure(item.text, item.pace) - before[item]
        return later
