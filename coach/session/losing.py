"""What is told where something is lost: a device, the sound, time in which nothing could be heard."""

from __future__ import annotations

from coach.errors import Device
from coach.language.delivery import Priority
from coach.session.directives import Hush
from coach.session.interruptions import Interruptible
from coach.session.modes import ON_HOLD, Mode

GONE = 60.0
"""Seconds of standstill after which nobody waits in position any more."""
TOLD_LATELY = 180.0
"""Seconds after a standstill was told in which others are not told in words ..."""
NOT_TOLD = 15.0
"""... unless more than this was lost since."""


class Losing(Interruptible):
    """A workout in which devices come and go, and time may be lost."""

    _told_once: frozenset[str] = frozenset()
    """The lines about the sound that were said."""
    _away_told: float | None = None
    """When it was said last that time was lost, and ..."""
    _away_since = 0.0
    """... the seconds lost since."""

    def device_lost(self, device: Device, at: float) -> None:
        """Without a loudspeaker wait, as if told to; without a microphone say so and go on: the keys are left."""
        if self.mode is Mode.FINISHED:
            return
        if device == "microphone":
            self.answer(at, self.script.line("device.no_microphone"))
        elif self.mode is not Mode.PAUSED:
            self.pause(at)

    def device_back(self, device: Device, at: float) -> None:
        """Say so; what waits goes on waiting."""
        if self.mode is Mode.FINISHED:
            return
        self.answer(at, self.script.line("device.hears_again" if device == "microphone" else "device.back"))

    def was_away(self, seconds: float, at: float) -> None:
        """Nothing was to be heard for so long, as the program was stopped or the computer slept: tell it and go on,
        with a count-in where it was in a set; or wait, where the athlete may have gone. Short ones that follow each
        other are told together, once they are long; until then a tone tells that it goes on.
        """
        if self.mode is Mode.FINISHED or self.mode in ON_HOLD:
            return
        if seconds >= GONE:
            self._away_told, self._away_since = at, 0.0
            self.pause(at, self.script.line("device.long_away", time=self.script.language.about(seconds)))
            return
        self._away_since += seconds
        lately = self._away_told is not None and at - self._away_told < TOLD_LATELY
        line = "" if lately and self._away_since < NOT_TOLD else self._lost_in_words(at)
        self.emit(Hush(at))
        self.said_enough()
        self.freeze(at)
        score = self.score(at).wait(0.15)
        if not line:
            score.tone("resumed", 0.3)
        self.play(score.say(line, priority=Priority.ANSWER).then(self.thaw), Mode.ANSWER)

    def _lost_in_words(self, at: float) -> str:
        line = self.script.line("device.away", time=self.script.language.duration(self._away_since))
        self._away_told, self._away_since = at, 0.0
        return line

    def tell_once(self, key: str, at: float) -> None:
        """Say this line about the sound, the first time."""
        if key not in self._told_once and self.mode is not Mode.FINISHED:
            self._told_once |= {key}
            self.answer(at, self.script.line(key))
