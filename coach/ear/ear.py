"""The ear: what the microphone brought and what was played in, what was heard out.

    mic, played ─► linear canceller ─► last half second ─► recogniser ─► judge ─► Decision
              └──► AEC3 ─► endpointer ─► Opened, Closed

While nobody speaks only the endpointer works, and the cancellers only while the coach is heard.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.echo import FRAME, LinearCanceller, detector
from coach.ear.endpoint import STEP, Endpointer
from coach.ear.judge import Bench, Utterance, judge
from coach.ear.recognizer import UNKNOWN, SpeechModel, Transcript

PRE_ROLL = 0.5
"""Seconds before the opening that are decoded too: the echo is louder than the athlete's first sound."""
_STEADY = 0.10
"""Seconds for which a partial result has to stay the same before it is acted on."""
_SURE_HANGOVER = 0.18
"""Seconds of silence after a phrase that nothing longer begins with."""


@dataclass(frozen=True)
class Opened:
    """Somebody who is not the coach began to speak. All times here are seconds on the loudspeaker's clock."""

    at: float


@dataclass(frozen=True)
class Closed:
    """They stopped."""

    at: float


@dataclass(frozen=True)
class Decision:
    """What was made of an utterance."""

    text: str
    accepted: bool
    reason: str
    """Why it was rejected; empty when it was accepted."""
    start: float
    end: float
    """When the speech ended, as near as is known: for an early decision the time it was made."""
    decided: float
    early: bool = False
    """Made while the speech went on: a longer decision about the same utterance may follow."""


class Ear:
    """Hears commands. Give it every block, in order; ask nothing of it from two threads at once.

    `phrases` are all that can be said, numbers among them; `urgent` those that act before the athlete has finished
    speaking; `decoys` are words that sound like commands and are none. Constructing loads the model (0.1 s for the
    built-in one) and may happen in a thread of its own. Raises NotFound or PartMissing.
    """

    def __init__(
        self, model: Path, phrases: Iterable[str], *, urgent: Iterable[str] = (), decoys: Iterable[str] = ()
    ) -> None:
        speech = SpeechModel(model)
        wanted = dict.fromkeys(phrases)
        self.unknown_words = speech.unknown(wanted)
        """Words of the phrases that the model cannot hear; phrases with one of them are left out."""
        self.phrases = frozenset(p for p in wanted if not self.unknown_words.intersection(p.split()))
        self._urgent = self.phrases.intersection(urgent)
        known_decoys = [d for d in decoys if d not in wanted and not speech.unknown([d])]
        self._grammar = speech.recognizer([*(p for p in wanted if p in self.phrases), *known_decoys, UNKNOWN])
        self._beginnings = {" ".join(p.split()[:n]) for p in self.phrases for n in range(1, len(p.split()))}
        self._linear = LinearCanceller()
        self._detector = detector()
        self._endpointer = Endpointer()
        self._expected: frozenset[str] | None = None
        self._saying = ""
        self._pending = (np.empty(0, np.float32), np.empty(0, np.float32))
        self._now = 0.0
        self._recent: deque[Samples] = deque(maxlen=round(PRE_ROLL * EAR_RATE / FRAME))
        self._begin_utterance(0.0)

    @property
    def echo_detector(self) -> str:
        """What tells the athlete from the coach: "WebRTC AEC3", or "gate" where its wheel is missing."""
        return self._detector.name

    def expect(self, phrases: Iterable[str] | None) -> None:
        """What makes sense in the session's state; None for everything. Other phrases are heard, and rejected."""
        self._expected = None if phrases is None else frozenset(phrases)

    def saying(self, text: str | None) -> None:
        """The line that the loudspeaker has begun to speak; None when it has ended."""
        self._saying = (text or "").lower()

    def feed(self, mic: Samples, played: Samples, at: float) -> list[Opened | Closed | Decision]:
        """Equally long stretches of both, of any length, beginning at `at`."""
        heard: list[Opened | Closed | Decision] = []
        mic, played = (np.concatenate((old, new)) for old, new in zip(self._pending, (mic, played), strict=True))
        self._now = at - len(self._pending[0]) / EAR_RATE
        whole = len(mic) // FRAME * FRAME
        for start in range(0, whole, FRAME):
            frame = slice(start, start + FRAME)
            heard += self._hear(mic[frame], played[frame])
        self._pending = (mic[whole:], played[whole:])
        return heard

    def _hear(self, mic: Samples, played: Samples) -> list[Opened | Closed | Decision]:
        left, _ = self._linear.process(mic, played)
        residual = mic if self._linear.idle else self._detector.process(mic, played, left)
        was_open = self._endpointer.open
        for start in range(0, FRAME, STEP):
            part = slice(start, start + STEP)
            self._endpointer.step(mic[part], played[part], left[part], residual[part])
        self._now += FRAME / EAR_RATE
        if was_open:
            return self._listen(left)
        self._recent.append(left)
        if not self._endpointer.open:
            return []
        sound = np.concatenate(self._recent)
        self._recent.clear()
        self._begin_utterance(self._now - len(sound) / EAR_RATE)
        return [Opened(self._now), *self._decode(sound)]

    def _begin_utterance(self, first_sample: float) -> None:
        self._first_sample = first_sample
        self._opened = self._now
        self._partial, self._partial_since = "", self._now
        self._early = ""

    def _listen(self, left: Samples) -> list[Opened | Closed | Decision]:
        heard = self._decode(left)
        ends = self._endpointer
        if ends.quiet_for < self._hangover() and ends.open_for < ends.rules.longest:
            return heard
        ends.close()
        heard += self._decide(self._grammar.finish(), self._now - ends.quiet_for)
        return [*heard, Closed(self._now)]

    def _hangover(self) -> float:
        sure = self._partial in self.phrases and self._partial not in self._beginnings
        return _SURE_HANGOVER if sure else self._endpointer.rules.hangover

    def _decode(self, sound: Samples) -> list[Opened | Closed | Decision]:
        ended = self._grammar.feed(sound)
        if ended:
            decided = self._decide(ended, self._now - self._endpointer.quiet_for)
            self._begin_utterance(self._now)
            return decided
        partial = self._grammar.partial()
        if partial != self._partial:
            self._partial, self._partial_since = partial, self._now
        steady = self._now - self._partial_since >= _STEADY
        if steady and partial in self._urgent and partial != self._early:
            self._early = partial
            if (self._expected is None) or partial in self._expected:
                return [Decision(partial, True, "", self._opened, self._now, self._now, early=True)]
        return []

    def _decide(self, heard: Transcript, end: float) -> list[Opened | Closed | Decision]:
        if not heard.words or heard.text == self._early:
            return []
        seconds = heard.words[-1].end - heard.words[0].start
        utterance = Utterance(heard, None, self._saying, seconds)
        objection = judge(utterance, Bench(self.phrases, self._expected))
        start = self._first_sample + heard.words[0].start
        return [Decision(heard.text, objection is None, objection or "", start, end, self._now)]
