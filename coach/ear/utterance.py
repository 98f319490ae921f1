"""An utterance while it lasts: what the recognisers make of it so far, and how loud it is."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.cancel.cancellers import FRAME
from coach.ear.recognizer import Recognizer, Transcript
from coach.ear.verifier import AFTER, BEFORE

FRAME_SECONDS = FRAME / EAR_RATE
PRE_ROLL = 0.5
"""Seconds before the opening that are decoded too: the echo is louder than the athlete's first sound."""
_SOFTEST, _OVER_ROOM = 28.0, 8.0
"""dB under its loudest moment that are still a word, where they are so many dB over the room."""
_FURTHER, _PAUSE = 0.4, 0.12
"""Seconds by which a word may reach beyond the decoder's times for it, and be still within that: before a "p"."""
_HEARD_AFTER = 0.4
"""Seconds from the beginning of a word to the first partial result."""
_BEGINS = 0.25
"""Seconds after its first partial result in which a word is not over."""
_LINGERS = 0.15
"""Seconds that a word may last beyond the decoder's times for it."""
_AS_LOUD = 8.0
"""dB under words that what follows them may lie, and be as loud."""
_STILL, _BREATH = 20.0, 0.1
"""dB under words, and seconds, of a pause after them."""
_FAR_SOFTER = 20.0
"""dB by which a room is softer in which what is as loud as words is speech."""
_LATELY, _VOWELS = 0.25, 0.05
"""Seconds, and how many of them are vowels, in speech that goes on: a stop before a "t" is longer than a frame."""


class Level(NamedTuple):
    """How loud a frame was."""

    at: float
    power: float
    """Mean square of the frame."""
    over_coach: float
    """dB by which it stands above what is left of the coach."""
    voiced: bool = False
    """It has a voice's pitch."""


class Words(NamedTuple):
    """Two decodings of the same sound."""

    heard: Transcript
    """By the grammar of phrases."""
    opinion: Transcript
    """By the decoder that may hear any word."""


def whole(sound: Samples, first: int, last: int) -> tuple[int, int]:
    """The samples between which words were said, of which a decoder found the middle: its times cut off what it took
    for no speech, and the verifier learned from words that were cut by their loudness."""
    steps = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.convolve(np.mean(steps**2, axis=1), np.ones(3) / 3, "same") + 1e-12 if len(steps) else np.zeros(0)
    begin, end = first // FRAME, min(last // FRAME, len(power))
    if begin >= end:
        return first, last
    level = 10 * np.log10(power)
    top = level[begin:end].max()
    loud = level > max(top - _SOFTEST, np.percentile(level, 10) + _OVER_ROOM)
    before = _reach(loud[:begin][::-1])
    after = _reach(loud[end:])
    return first - before * FRAME, last + after * FRAME


def _reach(loud: NDArray[np.bool_]) -> int:
    """How many frames the word goes on for, up to _FURTHER, with pauses up to _PAUSE."""
    reached = 0
    for n in np.flatnonzero(loud[: round(_FURTHER / FRAME_SECONDS)]):
        if n - reached > round(_PAUSE / FRAME_SECONDS):
            break
        reached = int(n) + 1
    return reached


class OngoingUtterance:
    """Begins where the ear opens, and anew after every decision while it stays open. Give it every frame."""

    def __init__(self, grammar: Recognizer, free: Recognizer, begun: float, longest: float) -> None:
        """`longest`: seconds of levels that are kept."""
        self._grammar, self._free = grammar, free
        self._levels: deque[Level] = deque(maxlen=round(longest / FRAME_SECONDS))
        self._lately: deque[Samples] = deque(maxlen=round(PRE_ROLL / FRAME_SECONDS))
        self._sound: deque[Samples] = deque(maxlen=round((longest + PRE_ROLL) / FRAME_SECONDS))
        self._begin(begun)

    def _begin(self, now: float) -> None:
        self.begun = now
        """When it began, or a decision about what was said before it was made."""
        self.partial = ""
        """What the grammar hears so far."""
        self.same_for = 0.0
        """Seconds since that has changed."""
        self._worded_for = 0.0
        """Seconds since it hears anything."""
        self.early = self.doubted = ""
        """The phrase that was acted on before the end, and the one that is to be heard to its end first."""
        self._levels.clear()
        self._lately.clear()
        self._sound.clear()

    @property
    def lately(self) -> list[Samples]:
        """Its last frames, up to PRE_ROLL."""
        return list(self._lately)

    @property
    def sound(self) -> Samples:
        """All of it, with what was decoded from before its beginning."""
        return np.concatenate([*self._sound, np.empty(0, np.float32)])

    def words(self, said: Transcript, quiet: float, *, as_heard: bool = False) -> Samples:
        """The sound of these words, as a verifier wants it; all but the last `quiet` seconds where there are none.
        `as_heard`: the decoder's times are taken as they are."""
        sound = self.sound
        begun = self._grammar.fed - len(sound) / EAR_RATE
        begin, end = (said.start, said.end) if said.text else (begun, self._grammar.fed - quiet)
        first, last = (max(0, round((at - begun) * EAR_RATE)) for at in (begin, end))
        if not as_heard:
            first, last = whole(sound, first, last)
        return sound[max(0, first - round(BEFORE * EAR_RATE)) : last + round(AFTER * EAR_RATE)]

    def stretch(self, said: Transcript) -> Samples:
        """The sound between the decoder's times for these words."""
        sound = self.sound
        begun = self._grammar.fed - len(sound) / EAR_RATE
        first, last = (max(0, round((at - begun) * EAR_RATE)) for at in (said.start, said.end))
        return sound[first:last]

    def so_far(self, phrase: str) -> Transcript:
        """The phrase, and about since when it has been said; a partial result has no times."""
        return Transcript(phrase, self._grammar.fed - self._worded_for - _HEARD_AFTER, self._grammar.fed)

    @property
    def sounded_for(self) -> float:
        """Seconds of it that were loud enough to keep the ear open."""
        return len(self._levels) * FRAME_SECONDS

    @property
    def over_coach(self) -> float | None:
        """The mean of its levels'; None where it has none."""
        return float(np.mean([level.over_coach for level in self._levels])) if self._levels else None

    @property
    def free_agrees(self) -> bool:
        """The free decoder hears the same so far."""
        return self._free.partial() == self.partial

    def clock(self, now: float) -> float:
        """What has to be added to a transcript's times."""
        return now - self._grammar.fed

    def note(self, level: Level) -> None:
        """Remember how loud a frame was."""
        self._levels.append(level)

    def hear(self, frame: Samples, now: float) -> Words | None:
        """Decode another frame; what was said, where a decoder finds the end of it."""
        self._lately.append(frame)
        return self.decode(frame, now)

    def decode(self, sound: Samples, now: float) -> Words | None:
        """The same for sound from before it began."""
        self._sound.append(sound)
        ended, free_ended = self._grammar.feed(sound), self._free.feed(sound)
        if free_ended and not ended and self.partial and self.same_for < _BEGINS:
            # A word has just begun in what one decoder takes for the silence after other words: it is to be whole.
            self._grammar.finish()
            beginning = np.concatenate(self._lately)
            self._begin(now)
            return self.decode(beginning, now)
        if ended or free_ended:
            return Words(ended or self._grammar.finish(), free_ended or self._free.finish())
        partial = self._grammar.partial()
        self.same_for += FRAME_SECONDS
        self._worded_for = self._worded_for + FRAME_SECONDS if partial else 0.0
        if partial != self.partial:
            self.partial, self.same_for = partial, 0.0
        return None

    def finish(self) -> Words:
        """End it, and tell what both decoders heard."""
        return Words(self._grammar.finish(), self._free.finish())

    def spoken_after(self, end: float, power: float, noise: float, *, paused: bool = False) -> float:
        """Seconds of vowels after words of this mean square, nearly as loud, where the room, `noise`, is far softer;
        `paused`: none before a pause, for a long "nooo" is one word."""
        if power * 10 ** (-_FAR_SOFTER / 10) < noise:
            return 0.0
        heard = [level for level in self._levels if level.at > end + (0 if paused else _LINGERS)]
        if paused:
            still = power * 10 ** (-_STILL / 10)
            ends = [end, *(level.at for level in heard if level.power > still)]
            resumed = (after for before, after in pairwise(ends) if after - before > _BREATH)
            since = next(resumed, np.inf)
            heard = [level for level in heard if level.at >= since]
        least = power * 10 ** (-_AS_LOUD / 10)
        return sum(level.voiced and level.power > least for level in heard) * FRAME_SECONDS

    def goes_on(self, noise: float) -> bool:
        """Whether it is as loud at last as all the while, in a room that is far softer."""
        now = self._levels[-1].at if self._levels else 0.0
        return self.spoken_after(now - _LATELY - _LINGERS, self.power(), noise) >= _VOWELS

    def power(self, start: float = -np.inf, end: float = np.inf) -> float:
        """The mean square of what was loud enough to keep the ear open between these moments; of all of it where
        nothing was."""
        within = [level.power for level in self._levels if start <= level.at <= end]
        return float(np.mean(within or [level.power for level in self._levels] or [0.0]))
