"""Whether the microphone hears the loudspeaker at all, and how long after: from 0 to 2.5 s.

Once a second what the microphone brought is correlated with what was played before (cross-spectrum, mostly whitened).
In simulated rooms the coach's echo, from 12 dB above the athlete to as far below, stood 12 to 67 times above the mean
of all delays; without an echo, the athlete speaking or not, the highest place mostly stood 4 to 7 times above it, and
never twice at the same delay.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.cancel.cancellers import FRAME

LONGEST = 2.5
"""Seconds: wireless loudspeakers are up to 2 s late."""
_LOOK = EAR_RATE // FRAME
"""Frames of microphone that are looked at together: a second."""
_SPAN = round(LONGEST * EAR_RATE)
_KEPT = 10.0
"""Seconds that are remembered: the longest utterance, and what was played before it."""
_CLEAR = 10.0
"""How far an echo stands above the mean of all delays, as a ratio of amplitudes."""
_TRACE = 18.0
"""The same for a single utterance, which is not looked at twice: an echo alone had 20 to 60, an athlete's words by a
voice of the coach's make 5 to 15, and once in twenty more; ..."""
_TRACE_AT_KNOWN = 8.0
"""... at the one delay at which an echo is known; ..."""
_TRACE_IN_NONE = 30.0
"""... and where it was proved that there is none."""
_TRACE_OF_WORDS = 20.0
"""The same for the words alone of what was heard: a stretch so short lies between two losses of sound. The coach's own
that were obeyed there had 22 to 80, a few 11 to 20, other voices of its synthesiser up to 19.9, people over an echo
12 dB louder than they are up to 10; ..."""
_TRACE_OF_WORDS_ASTRAY = 10.0
"""... which is all that there is to go by where the last look saw the echo at another delay than the known one."""
_TRACE_AFTER, _TRACE_OF_WORDS_AFTER = 30.0, 40.0
"""The same of an utterance, and of its words, where the coach has been silent for longer than the known delay: then
only an echo that is suddenly far later can be it. "Resume" in the silence after a line made up to 28 there."""
_COVERED = 0.6
"""The share of a sound's energy while which something was played, where it is an echo: beside a silence with a tone in
it, or the end of a line, one word of eight of an athlete's own stood out by as much as an echo does."""
_AMONG_COVERED = 0.6
"""How far it has to stand above the mean of the delays alone at which something was played, by what it stands above
that of all: the others are silence. What was no echo stood 4 to 10 times above it, echoes 48 to 60 times."""
NEAR = round(0.03 * EAR_RATE)
"""Samples by which two looks at one echo differ at most: now the direct sound is louder, now a wall's."""
_AGREE = 2
"""Looks that see an echo at one delay until it is believed ..."""
_AGREE_ANEW = 3
"""... and at another one than before."""
_NONE = 3
"""Looks without an echo, each over 3.5 s that were mostly words, that prove that there is none."""
_GONE = 8
"""The same where there was one: it may be lost in noise for a while."""
_MOSTLY = 0.5
"""The share of what was played that has to be words for a new delay to be believed, and for none: against a silence
with the end of a line in it whatever the athlete says stands out at some delay."""
_AUDIBLE = 0.003
"""Peak of a frame of words."""
_BAND = (200.0, 6000.0)
"""Hz that are compared."""
_BESIDE, _SURELY = 1.5, 15.0
"""What stands elsewhere so many times as high as at the known delay, or so high at all, is the echo; an athlete's own
words, over an echo that is where it was, had 10.4 elsewhere and 7.2 there, once in ten times that they were said."""
_WHITENED = 0.75
"""How far: 0 is a plain correlation, which speech's own pitch blurs; at 1 bands with noise alone count as much."""

Floats = npt.NDArray[np.floating]


class EchoFinder:
    """Give it every frame of both, as they come."""

    def __init__(self) -> None:
        self.delay: int | None = None
        """Samples from playing to hearing, to within NEAR; None while it is unknown, and where there is no echo."""
        self.absent = False
        """Seconds of coach without a trace of it: there is no way from the loudspeaker to the microphone."""
        frames = round(_KEPT * EAR_RATE / FRAME)
        self._played: deque[Samples] = deque(maxlen=frames)
        self._mic: deque[Samples] = deque(maxlen=_LOOK)
        self._words: deque[bool] = deque(maxlen=_LOOK + round(_SPAN / FRAME))
        self._places: deque[int | None] = deque(maxlen=_AGREE_ANEW)
        """Where the last looks saw an echo."""
        self._without = 0
        """Looks since the last that saw one."""
        self.astray = False
        """The last look saw the echo elsewhere than it is known: sound was missed, and nobody has told."""
        self.unseen = False
        """The last look, at words, did not see it where it is known: so it is, too, while an athlete is far louder."""
        self._turn = 0

    @property
    def settled(self) -> bool:
        """It is known whether there is an echo."""
        return self.absent or self.delay is not None

    def feed(self, mic: Samples, played: Samples, *, words: bool) -> bool:
        """FRAME samples of both; whether what is played is words. Returns whether the delay has changed."""
        self._mic.append(mic)
        self._played.append(played)
        self._words.append(words and float(np.abs(played).max()) > _AUDIBLE)
        self._turn += 1
        if self._turn % _LOOK or not any(self._words):
            return False
        return self._look()

    def traced(self, sound: Samples, ended: float, *, after: bool = False) -> int | None:
        """The delay in samples at which `sound`, which ended so many seconds ago, is what was played; None where it is
        something else. `after`: the coach was silent when it began, and its last words were others."""
        found = self._alike(sound, ended)
        best = int(np.argmax(found))
        limit = _TRACE_AFTER if after and self._is_where_it_was else _TRACE
        if found[best] > (_TRACE_IN_NONE if self.absent else limit):
            return best
        if self.delay is not None and len(found) > self.delay:
            start = max(0, self.delay - NEAR)
            near = start + int(np.argmax(found[start : self.delay + NEAR]))
            if found[near] > _TRACE_AT_KNOWN:
                return near
        return None

    @property
    def _is_where_it_was(self) -> bool:
        """An echo is known, and the last look neither missed it there nor saw it elsewhere."""
        return self.delay is not None and not self.astray and not self.unseen

    def was_played(self, words: Samples, ended: float, *, after: bool = False) -> bool:
        """Whether these words, which ended so many seconds ago, were played, at whatever delay. For the known one
        that cannot be asked of an utterance, which has what is left of the coach in it; but of the athlete's own
        words nothing else is as like the coach's sound.
        """
        limit = _TRACE_OF_WORDS_ASTRAY if self.astray else _TRACE_OF_WORDS
        if after and self._is_where_it_was:
            limit = _TRACE_OF_WORDS_AFTER
        return float(self._alike(words, ended).max()) > (_TRACE_IN_NONE if self.absent else limit)

    def _alike(self, sound: Samples, ended: float) -> Floats:
        """What _agreement finds for `sound`, which ended so many seconds ago, where something was played meanwhile."""
        before = list(self._played)[: len(self._played) - round(ended * EAR_RATE / FRAME)]
        if len(sound) < FRAME or not before:
            return np.zeros(1)
        played = np.concatenate(before)
        found = _agreement(sound, played)
        covered = _covers(sound, played, len(found))
        if not covered.any():
            return np.zeros(1)
        among = float(np.sqrt(np.mean(np.square(found[covered]))))
        return found * covered * min(1.0, 1 / (_AMONG_COVERED * among + 1e-30))

    def _look(self) -> bool:
        found = _agreement(np.concatenate(self._mic), np.concatenate(self._played))
        best = int(np.argmax(found))
        place = best if found[best] > _CLEAR else None
        mostly_words = sum(self._words) > _MOSTLY * len(self._words)
        if place is not None and not mostly_words and not self._is_known(place):
            place = None
        elsewhere = place is not None and not self._is_known(place)
        self.astray = elsewhere and self._has_left(found)
        self.unseen = self.delay is not None and mostly_words and (place is None or elsewhere)
        self._places.append(place)
        if place is None:
            self._without += mostly_words and len(self._words) == self._words.maxlen
            if self._without >= (_NONE if self.delay is None else _GONE):
                self.delay, self.absent = None, True
            return False
        self._without = 0
        seen = [each for each in self._places if each is not None and abs(each - place) <= NEAR]
        if len(seen) < (_AGREE if self.delay is None or self._is_known(place) else _AGREE_ANEW):
            return False
        self.absent = False
        if self._is_known(place):
            return False
        self.delay = min(seen)
        return True

    def _has_left(self, found: Floats) -> bool:
        """Whether what stands highest is the echo, which is not where it is known any more. Where no words are due
        there, nothing shows that it is not."""
        if self.delay is None:
            return False
        there = found[max(0, self.delay - NEAR) : self.delay + NEAR].max(initial=0.0)
        return bool(found.max() > (min(_SURELY, _BESIDE * there) if self._are_words_due(self.delay) else _SURELY))

    def _are_words_due(self, delay: int) -> bool:
        """Whether words that were played are to be heard in this look, so many samples later."""
        until = len(self._words) - delay // FRAME
        return any(list(self._words)[max(0, until - _LOOK) : max(0, until)])

    def _is_known(self, place: int) -> bool:
        return self.delay is not None and abs(place - self.delay) <= NEAR


def _agreement(mic: Samples, played: Samples) -> Floats:
    """How alike they are at each delay up to LONGEST, over the mean of all; both end at the same moment."""
    played = played[-(len(mic) + _SPAN) :]
    delays = len(played) - len(mic) + 1
    if delays < 1 or not played.any() or not mic.any():
        return np.zeros(1)
    size = 1 << (len(played) - 1).bit_length()  # what wraps around meets the silence before `mic`
    window = np.zeros(len(played), np.float32)
    window[-len(mic) :] = mic * np.hanning(len(mic))
    both = np.fft.rfft(window, size) * np.fft.rfft(played, size).conj()
    hertz = np.fft.rfftfreq(size, 1 / EAR_RATE)
    both *= (hertz > _BAND[0]) & (hertz < _BAND[1])
    both /= (np.abs(both) + 1e-12) ** _WHITENED
    alike = np.abs(np.fft.irfft(both)[:delays])
    mean: Floats = alike / (np.sqrt(np.mean(alike**2)) + 1e-30)
    return mean


def _covers(sound: Samples, played: Samples, delays: int) -> npt.NDArray[np.bool_]:
    """Whether something was played, at each of so many delays, while the sound had most of its energy."""
    energy = np.square(_frames(sound)).sum(axis=1)
    audible = np.abs(_frames(played)).max(axis=1) > _AUDIBLE
    missing = max(0, len(energy) + -(-delays // FRAME) - len(audible))
    shares = np.correlate(np.pad(audible, (missing, 0)).astype(np.float32), energy, "valid")[::-1]
    return np.repeat(shares > _COVERED * energy.sum(), FRAME)[:delays]


def _frames(sound: Samples) -> Samples:
    """Whole frames, the last ending with it."""
    return sound[len(sound) % FRAME :].reshape(-1, FRAME)
