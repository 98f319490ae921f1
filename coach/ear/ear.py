"""The ear: what the microphone brought and what was played in, what was heard out.

    mic, played ─► linear canceller ─► last half second ─► recognisers ─► judge ─► Decision
              │                           └► AEC3 ┐
              └──────────────────────────────► AEC3 ┴► endpointer ─► Opened, Closed

While nobody speaks only the endpointer works, and the cancellers only while the coach is heard.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.cancel.cancellers import FRAME
from coach.ear.cancel.front import Cancelled, Front
from coach.ear.decide.judge import ECHO, NO_TALK, NO_WORDS, OWN_WORDS, Court, Thresholds, Utterance, judge, judge_early
from coach.ear.decide.surroundings import Company
from coach.ear.decide.whose_words import reread, without_call, without_others, without_remains
from coach.ear.endpoint import STEP, Endpointer
from coach.ear.recognizer import UNKNOWN, SpeechModel, Transcript

PRE_ROLL = 0.5
"""Seconds before the opening that are decoded too: the echo is louder than the athlete's first sound."""
_STEADY = 0.06
"""Seconds for which a partial result has to stay the same before it is acted on."""
_SURE_HANGOVER = 0.15
"""Seconds of silence after a phrase that nothing longer begins with."""
_SETTLED = 0.6
"""Seconds for which a phrase has to stay the same to be decided although it is not quiet."""
_SURE_SETTLED = 0.4
"""The same for one that nothing longer begins with, where nobody talks: rooms and music go on after the word."""
_TAIL = 0.4
"""Seconds after a command in which a noise is taken for its end and not for talk."""
_PATIENCE = 2.0
"""Seconds for which an utterance that has lasted its longest may go on while new words are heard in it."""
_BEGINS = 0.25
"""Seconds after its first partial result in which a word is not over."""
_SOUND = 0.2
"""Seconds that a sound without words lasts at least to tell how loud the room is: knocks do not."""
_LINGERS = 0.6
"""Seconds for which a line still counts as being said after it has ended: its echo is late."""
_FRAME_SECONDS = FRAME / EAR_RATE


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
    utterance: Utterance | None = field(default=None, compare=False, repr=False)
    """What it was judged by; None for an early one."""


class Ear:
    """Hears commands. Give it every block, in order; ask nothing of it from two threads at once.

    `phrases` are all that can be said, numbers among them; `urgent` those that act before the athlete has finished
    speaking; `decoys` are words that sound like commands and are none; `meanings` tells phrases that mean the same;
    `numbers` are phrases that are not even listened for while none of them is expected: noises sound like them.
    `wake` is a phrase without which the others do not count, nor later than 8 s after it: "stop" always does.
    Constructing loads the model (0.1 s for the built-in one) and may happen in a thread of its own. Raises NotFound
    or PartMissing.
    """

    def __init__(
        self,
        model: Path,
        phrases: Iterable[str],
        *,
        urgent: Iterable[str] = (),
        decoys: Iterable[str] = (),
        meanings: Callable[[str], object] = str,
        numbers: Iterable[str] = (),
        wake: str = "",
    ) -> None:
        speech = SpeechModel(model)
        wanted = dict.fromkeys([*phrases, *numbers, *([wake] if wake else [])])
        self.unknown_words = speech.unknown(wanted)
        """Words of the phrases that the model cannot hear; phrases with one of them are left out."""
        known = [p for p in wanted if not self.unknown_words.intersection(p.split())]
        self.phrases = frozenset(known)
        self._urgent = self.phrases.intersection(urgent)
        others = [d for d in decoys if d not in wanted and not speech.unknown([d])]
        self._numbers = self.phrases.intersection(numbers)
        self._asked = speech.recognizer([*known, *others, UNKNOWN])
        self._unasked = speech.recognizer([*(p for p in known if p not in self._numbers), *others, UNKNOWN])
        vocabulary = speech.vocabulary()
        self._opinion = speech.recognizer(vocabulary and [*known, *vocabulary, UNKNOWN])
        self._beginnings = {" ".join(p.split()[:n]) for p in known for n in range(1, len(p.split()))}
        self._thresholds = Thresholds.of(model)
        self._meanings = meanings
        self._wake = wake
        self._expected: frozenset[str] | None = None

        self._front, self._endpointer = Front(), Endpointer()
        self._pending = (np.empty(0, np.float32), np.empty(0, np.float32))
        self._now = 0.0
        self._line, self._line_ended, self._told = "", -60.0, False
        self._recent: deque[Samples] = deque(maxlen=round(PRE_ROLL / _FRAME_SECONDS))
        """The last that was heard while it was closed, and of the utterance: what the next one is to begin with."""
        self._lately: deque[Samples] = deque(maxlen=self._recent.maxlen)
        self._forget()
        self._begin_utterance()

    @property
    def court(self) -> Court:
        """What utterances are judged against at present."""
        return Court(self.phrases, self._expected, self._meanings, self._thresholds, self._wake, self._urgent)

    @property
    def echo_detector(self) -> str:
        """What tells the athlete from the coach: "WebRTC AEC3", or "gate" where its wheel is missing."""
        return self._front.detector

    @property
    def drift(self) -> float:
        """How much faster the microphone's clock runs than the loudspeaker's, in millionths; 0 while it is unknown."""
        return self._front.drift

    def expect(self, phrases: Iterable[str] | None) -> None:
        """What makes sense in the session's state; None for everything. Other phrases are heard, and rejected."""
        self._expected = None if phrases is None else frozenset(phrases)

    def saying(self, text: str | None) -> None:
        """The line that the loudspeaker has begun to speak; None when it has ended. Without ever being told, the ear
        takes everything that is played for words."""
        self._told = True
        if text:
            self._line, self._line_ended = text.lower(), float("inf")
        elif self._line_ended == float("inf"):
            self._line_ended = self._now

    def feed(self, mic: Samples, played: Samples, at: float, leap: int = 0) -> list[Opened | Closed | Decision]:
        """Equally long stretches of both, of any length, beginning at `at`; `leap` as in Heard."""
        heard: list[Opened | Closed | Decision] = []
        if leap:
            self._front.leap(leap)
        mic, played = (np.concatenate((old, new)) for old, new in zip(self._pending, (mic, played), strict=True))
        now = at - len(self._pending[0]) / EAR_RATE
        if now < self._now - _FRAME_SECONDS:
            self._forget()
        self._now = now
        whole = len(mic) // FRAME * FRAME
        for start in range(0, whole, FRAME):
            frame = slice(start, start + FRAME)
            heard += self._hear(mic[frame], played[frame])
        self._pending = (mic[whole:], played[whole:])
        return heard

    def _hear(self, mic: Samples, played: Samples) -> list[Opened | Closed | Decision]:
        words = not self._told or self._line_ended == float("inf")
        sound = self._front.process(mic, played, words=words)
        was_open = self._endpointer.open
        self._follow(mic, sound)
        self._now += _FRAME_SECONDS
        if was_open:
            return self._listen(sound.left)
        self._recent.append(sound.left)
        if not self._endpointer.open:
            return []
        beginning = np.concatenate(self._recent)
        self._recent.clear()
        self._begin_utterance()
        self._note_level(sound.left)
        return [Opened(self._now), *self._decode(beginning)]

    def _follow(self, mic: Samples, sound: Cancelled) -> None:
        excess = self._front.leftover.excess
        for start in range(0, FRAME, STEP):
            at = slice(start, start + STEP)
            self._endpointer.step(
                mic[at], sound.played[at], sound.left[at], sound.residual[at], sound.second[at], excess
            )

    def _forget(self) -> None:
        """The clock has been set back: another recording begins."""
        self._called = self._command_ended = -60.0
        self._company = Company(self._thresholds.company)

    def _begin_utterance(self) -> None:
        asked = self._expected is None or not self._numbers.isdisjoint(self._expected)
        self._grammar = self._asked if asked else self._unasked
        self._begun = self._now
        self._partial, self._same_for = "", 0.0
        self._early = ""
        self._lately.clear()
        self._levels: deque[tuple[float, float, float]] = deque(
            maxlen=round(self._endpointer.rules.longest / _FRAME_SECONDS)
        )

    def _listen(self, left: Samples) -> list[Opened | Closed | Decision]:
        ends = self._endpointer
        if ends.quiet_for == 0:
            self._note_level(left)
        self._lately.append(left)
        heard = self._decode(left)
        cut = self._too_long()
        over = cut or ends.quiet_for >= self._hangover()
        if cut and not self._partial:
            self._recent.extend(self._lately)  # a word may just have begun
        if over or self._settled():
            heard += self._decide(self._grammar.finish(), self._opinion.finish())
            self._begin_utterance()
        if over:
            ends.close()
            heard.append(Closed(self._now))
        return heard

    def _too_long(self) -> bool:
        """Music and other people's talk keep it open for ever."""
        longest = self._endpointer.rules.longest
        if self._partial and self._same_for < _SETTLED:
            longest += _PATIENCE
        return self._endpointer.open_for >= longest

    def _note_level(self, left: Samples) -> None:
        self._levels.append((self._now, float(np.dot(left, left)) / FRAME, self._front.leftover.over_coach))

    def _hangover(self) -> float:
        return _SURE_HANGOVER if self._sure() else self._endpointer.rules.hangover

    def _sure(self) -> bool:
        return self._partial in self.phrases and self._partial not in self._beginnings

    def _settled(self) -> bool:
        if self._partial not in self.phrases:
            return False
        sure = self._sure() and not self._company.talks(self._now)
        return self._same_for >= (_SURE_SETTLED if sure else _SETTLED)

    def _decode(self, sound: Samples) -> list[Opened | Closed | Decision]:
        ended, opinion_ended = self._grammar.feed(sound), self._opinion.feed(sound)
        if opinion_ended and not ended and self._partial and self._same_for < _BEGINS:
            return self._begin_again()
        if ended or opinion_ended:
            decided = self._decide(ended or self._grammar.finish(), opinion_ended or self._opinion.finish())
            self._begin_utterance()
            return decided
        partial = self._grammar.partial()
        self._same_for += _FRAME_SECONDS
        if partial != self._partial:
            self._partial, self._same_for = partial, 0.0
        steady = _STEADY if " " not in partial else 2 * _STEADY
        if partial not in self._urgent or partial == self._early or self._same_for < steady:
            return []
        if self._opinion.partial() != partial:
            return []
        same = Transcript(partial)
        if judge_early(self._utterance(same, same, self._begun, self._power()), self.court):
            return []
        self._early = partial
        return [Decision(partial, True, "", self._begun, self._now, self._now, early=True)]

    def _begin_again(self) -> list[Opened | Closed | Decision]:
        """A word has just begun in what one decoder takes for the silence after other words: it is to be whole."""
        self._grammar.finish()
        beginning = np.concatenate(self._lately)
        self._begin_utterance()
        return self._decode(beginning)

    def _decide(self, heard: Transcript, opinion: Transcript) -> list[Opened | Closed | Decision]:
        called = without_call(heard, self._wake)
        if called is not heard:
            self._called = self._now
            heard, opinion = called, without_call(opinion, self._wake)
        court = self.court
        heard = reread(self._of_the_athlete(heard, court), opinion, self._company.talks(self._now), court)
        if not heard.text:
            if len(self._levels) * _FRAME_SECONDS >= _SOUND and not self._said_by_the_coach(self._begun):
                self._company.sounded(self._now, self._power())
            return []
        if heard.text == self._early:
            return []
        start, end = (self._now - (self._grammar.fed - at) for at in (heard.start, heard.end))
        power = self._power(start, end)
        utterance = self._utterance(heard, opinion, start, power)
        objection = judge(utterance, court)
        if objection in (ECHO, OWN_WORDS):
            self._endpointer.raise_threshold()
        if not objection:
            self._command_ended = self._now
            if heard.text == self._wake:
                self._called = self._now
        elif (
            not objection.startswith(NO_TALK)
            and start > self._command_ended + _TAIL
            and not self._may_be_the_coach(utterance)
        ):
            self._company.spoke(end, power, len(opinion.text.split()))
            if objection == NO_WORDS:
                self._company.sounded(end, power)
        return [Decision(heard.text, objection is None, objection or "", start, end, self._now, utterance=utterance)]

    def _may_be_the_coach(self, utterance: Utterance) -> bool:
        return bool(utterance.coach_says) and utterance.over_echo < self._thresholds.over_echo

    def _of_the_athlete(self, heard: Transcript, court: Court) -> Transcript:
        """Without words of the coach's or other people's before a phrase."""
        clock = self._now - self._grammar.fed
        if self._said_by_the_coach(self._begun - PRE_ROLL):
            heard = without_remains(heard, self._begun - clock, court)
        return without_others(heard, lambda start, end: self._power(start + clock, end + clock), court)

    def _utterance(self, heard: Transcript, opinion: Transcript, begun: float, power: float) -> Utterance:
        over_coach = [over for _, _, over in self._levels] or [self._front.leftover.over_coach]
        return Utterance(
            heard,
            opinion,
            over_echo=float(np.mean(over_coach)),
            coach_says=self._said_by_the_coach(begun),
            echo_known=self._front.leftover.known,
            talk_before=begun - self._company.talk_ended,
            speech_before=begun - self._company.speech_ended,
            among_talk=self._company.talks(self._now),
            over_company=self._company.louder(power),
            over_room=self._company.over_room(self._now, power),
            since_called=begun - self._called,
        )

    def _said_by_the_coach(self, since: float) -> str:
        """The coach's words that may be in what was heard since then; "" where he was silent."""
        return self._line if self._line_ended + _LINGERS > since else ""

    def _power(self, start: float = -np.inf, end: float = np.inf) -> float:
        """The mean square of what was loud enough to keep the ear open between these moments of the utterance; of all
        of it where nothing was."""
        within = [power for at, power, _ in self._levels if start <= at <= end]
        return float(np.mean(within or [power for _, power, _ in self._levels] or [0.0]))
