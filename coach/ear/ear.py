"""The ear: what the microphone brought and what was played go in, what was heard comes out.

    mic, played ─► linear canceller ─► last half second ─► recognisers ─► judge ─► Decision
              │                           └► AEC3 ┐
              └──────────────────────────────► AEC3 ┴► endpointer ─► Opened, Closed

While nobody speaks only the endpointer works, and the cancellers only while the coach is heard.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from coach.audio.clip import EAR_RATE, Samples, without_faults
from coach.ear.cancel.cancellers import FRAME
from coach.ear.cancel.front import Front
from coach.ear.circumstances import Circumstances
from coach.ear.decide.addressed import is_owed_an_answer, is_worth_a_question
from coach.ear.decide.judge import NO_TALK, NO_WORDS, OF_THE_COACH, Rules, Utterance, judge, judge_early
from coach.ear.decide.second_opinion import SecondOpinion, Weighed
from coach.ear.decide.thresholds import Thresholds
from coach.ear.decide.whose_words import (
    in_need,
    is_heard_whole,
    reread,
    unwrapped,
    without_call,
    without_others,
    without_remains,
)
from coach.ear.decision import Closed, Decision, Opened
from coach.ear.endings import is_quiet, is_settled, is_steady, is_too_long
from coach.ear.endpoint import Endpointer
from coach.ear.grammar import grammar
from coach.ear.recognizer import UNKNOWN, SpeechModel, Transcript
from coach.ear.utterance import FRAME_SECONDS, PRE_ROLL, Level, OngoingUtterance, Words
from coach.ear.verifier import Verifier
from coach.ear.vocabulary import Vocabulary
from coach.ear.voicing import is_voiced

_TAIL = 0.4
"""Seconds after a command in which a noise is taken for its end and not for talk."""
_SOUND = 0.2
"""Seconds that a sound without words lasts at least to tell how loud the room is: knocks do not."""
_SET_BACK = 1.0
"""Seconds that the clock goes back where another recording begins; less, where a little sound is missed."""


class Ear:
    """Hears commands. Give it every block, in order; ask nothing of it from two threads at once.

    Constructing loads the model (0.1 s for the built-in one) and may happen in a thread of its own. Raises NotFound
    or PartMissing.
    """

    def __init__(
        self,
        model: Path | SpeechModel,
        vocabulary: Vocabulary,
        verifier: Verifier | None = None,
        front: Front | None = None,
    ) -> None:
        """`model`: its folder, or one that is loaded, which ears may share; `verifier` gives a second opinion on what
        was said; `front`: what an ear before this one, at the same streams, has learned of the echo.
        """
        speech = SpeechModel(model) if isinstance(model, Path) else model
        self.unknown_words = speech.unknown(vocabulary.phrases)
        """Words of the phrases that the model cannot hear; phrases with one of them are left out."""
        self.vocabulary = vocabulary.without(self.unknown_words)
        phrases, numbers = self.vocabulary.phrases, self.vocabulary.numbers
        decoys = [
            each
            for each in dict.fromkeys((*vocabulary.around, *vocabulary.decoys))
            if each not in vocabulary.phrases and not speech.unknown([each])
        ]
        unasked = [each for each in phrases if each not in numbers]
        self._asked = speech.recognizer(grammar(phrases, decoys))
        self._unasked = speech.recognizer(grammar(unasked, decoys))
        # Without a phrase to find, nothing is as good as the model's own sense of which words follow each other.
        words = speech.vocabulary() if phrases else None
        self._free = speech.recognizer(words and [*phrases, *words, UNKNOWN])
        self._thresholds = Thresholds.of(speech.path)
        self.verifier = verifier
        self._expected: frozenset[str] | None = None

        self._front, self._endpointer = front or Front(), Endpointer()
        self._pending = (np.empty(0, np.float32), np.empty(0, np.float32))
        self._now = 0.0
        self._told = self._gap = False
        self._recent: deque[Samples] = deque(maxlen=round(PRE_ROLL / FRAME_SECONDS))
        """The last that was heard while it was closed: what the next utterance is to begin with."""
        self._around = Circumstances(self._front, self._thresholds, self.vocabulary)
        self._begin_utterance()

    @property
    def rules(self) -> Rules:
        """What utterances are judged by at present."""
        return Rules(self.vocabulary, self._thresholds, self._expected)

    @property
    def echo_detector(self) -> str:
        """What tells the athlete from the coach: "WebRTC AEC3", or "gate" where its wheel is missing."""
        return self._front.detector

    @property
    def echo_known(self) -> bool:
        """Whether the coach has been heard for long enough to tell what is left of it."""
        return self._front.residue.known

    @property
    def drift(self) -> float:
        """How much faster the microphone's clock runs than the loudspeaker's, in millionths; 0 while it is unknown."""
        return self._front.drift

    def expect(self, phrases: Iterable[str] | None) -> None:
        """What makes sense in the session's state; None for everything. Other phrases are heard, and rejected."""
        self._expected = None if phrases is None else frozenset(phrases)

    def saying(self, text: str | None, at: float) -> None:
        """The line that the loudspeaker speaks from `at` on, on the clock of `feed`; None for silence. Without ever
        being told, the ear takes everything that is played for words."""
        self._told = True
        self._around.lines.say(text, at)

    def missed(self) -> None:
        """Sound was missed, or a device is back: for a second only what is urgent counts."""
        self._gap = True  # what is heard next may have another clock: the microphone was away, or silence was played

    def feed(self, mic: Samples, played: Samples, at: float, leap: int = 0) -> list[Opened | Closed | Decision]:
        """Equally long stretches of both, of any length, beginning at `at`; `leap` as in Heard."""
        heard: list[Opened | Closed | Decision] = []
        if leap:
            self._front.leap(leap)
        new = (without_faults(mic), played)
        mic, played = (np.concatenate(both) for both in zip(self._pending, new, strict=True))
        now = at - len(self._pending[0]) / EAR_RATE
        if now < self._now - _SET_BACK and not self._gap:
            self._around.forget()
        self._now = now
        if self._gap:
            self._gap, self._around.gap_at = False, now + len(mic) / EAR_RATE
        whole = len(mic) // FRAME * FRAME
        for start in range(0, whole, FRAME):
            frame = slice(start, start + FRAME)
            heard += self._hear(mic[frame], played[frame])
        self._pending = (mic[whole:], played[whole:])
        return heard

    def _hear(self, mic: Samples, played: Samples) -> list[Opened | Closed | Decision]:
        words = not self._told or self._around.lines.at(self._now)
        sound = self._front.process(mic, played, words=words)
        was_open = self._endpointer.open
        levels = (mic, sound.played, sound.left, sound.residual, sound.second)
        self._endpointer.follow(levels, self._front.residue.excess)
        self._now += FRAME_SECONDS
        if was_open:
            return self._listen(sound.left)
        self._recent.append(sound.left)
        if not self._endpointer.open:
            return []
        beginning = np.concatenate(self._recent)
        self._recent.clear()
        self._begin_utterance()
        self._note_level(sound.left)
        return [Opened(self._now), *self._heard(self._utterance.decode(beginning, self._now))]

    def _begin_utterance(self) -> None:
        asked = self._expected is None or not self.vocabulary.numbers.isdisjoint(self._expected)
        listening = self._asked if asked else self._unasked
        self._utterance = OngoingUtterance(listening, self._free, self._now, self._endpointer.rules.longest)

    def _listen(self, left: Samples) -> list[Opened | Closed | Decision]:
        ends, utterance = self._endpointer, self._utterance
        if ends.quiet_for == 0:
            self._note_level(left)
        heard = self._heard(utterance.hear(left, self._now))
        utterance = self._utterance
        cut = is_too_long(utterance, ends)
        over = cut or is_quiet(utterance, ends, self.vocabulary)
        if cut and not utterance.partial:
            self._recent.extend(utterance.lately)  # a word may just have begun
        if over or is_settled(utterance, self.vocabulary, ends.noise, lambda: self._around.people.talks(self._now)):
            heard += self._decide(utterance.finish())
            self._begin_utterance()
        if over:
            ends.close()
            heard.append(Closed(self._now))
        return heard

    def _heard(self, words: Words | None) -> list[Opened | Closed | Decision]:
        """What follows from another frame of the utterance, and from its words where a decoder found their end."""
        if words is None:
            return self._decide_early()
        decided = self._decide(words)
        self._begin_utterance()
        return decided

    def _note_level(self, left: Samples) -> None:
        power = float(np.dot(left, left)) / FRAME
        self._utterance.note(Level(self._now, power, self._front.residue.over_coach, is_voiced(left)))

    def _decide_early(self) -> list[Opened | Closed | Decision]:
        utterance = self._utterance
        phrase = self.vocabulary.phrase_in(utterance.partial)
        if not self.vocabulary.is_shout(phrase) or phrase == utterance.early:
            return []
        if not is_steady(utterance, self.vocabulary) or not utterance.free_agrees:
            return []
        same = utterance.so_far(phrase)
        if judge_early(self._evidence(same, same, utterance.begun, utterance.power()), self.rules):
            return []
        if self._doubts(phrase):
            return []
        utterance.early = phrase
        return [Decision(phrase, True, "", utterance.begun, self._now, self._now, early=True)]

    def _decide(self, words: Words) -> list[Opened | Closed | Decision]:
        ongoing, rules = self._utterance, self.rules
        (heard, opinion), wake = words, self.vocabulary.wake
        called = without_call(heard, wake)
        if called is not heard:
            self._around.called = self._now
            heard, opinion = called, without_call(opinion, wake)
        heard = reread(self._of_the_athlete(heard, rules), opinion, self._around.people.talks(self._now), rules)
        heard, opinion = unwrapped(in_need(heard, opinion, rules), rules), unwrapped(opinion, rules)
        heard, likely, rather, seen, own = self._weighed(heard, opinion)
        if not heard.text:
            if ongoing.sounded_for >= _SOUND and not self._around.said_by_the_coach(self._utterance.begun):
                self._around.people.sounded(self._now, self._utterance.power())
            return []
        if heard.text == ongoing.early:
            return []
        clock = ongoing.clock(self._now)
        start, end = heard.start + clock, heard.end + clock
        power = self._utterance.power(start, end)
        evidence = self._evidence(heard, opinion, start, power)
        whole = words.heard if words.heard.text else heard  # with the words that people say around a phrase
        noise, answers = self._endpointer.noise, self.vocabulary.answers
        utterance = replace(
            evidence, likely=likely, rather=rather, features=seen, own_word=own,
            led_in=0.0 if heard.cut or not words.opinion.text else whole.start - words.opinion.start,
            went_on=ongoing.spoken_after(whole.end + clock, power, noise, paused=heard.text in answers),
        )  # fmt: skip
        objection = judge(utterance, rules)
        if objection in OF_THE_COACH:
            self._endpointer.raise_threshold()
        if not objection:
            self._around.command_ended = self._now
            if heard.text == wake:
                self._around.called = self._now
        elif (
            not objection.startswith(NO_TALK)
            and start > self._around.command_ended + _TAIL
            and not self._around.may_be_the_coach(utterance)
        ):
            self._around.people.spoke(end, power, len(opinion.text.split()))
            if objection == NO_WORDS:
                self._around.people.sounded(end, power)
        doubtful = objection is not None and is_worth_a_question(utterance, rules)
        unanswered = objection is not None and not doubtful and is_owed_an_answer(utterance, objection, rules)
        said = Decision(heard.text, objection is None, objection or "", start, end, self._now, utterance=utterance)
        return [replace(said, doubtful=doubtful, unanswered=unanswered)]

    def _weighed(self, heard: Transcript, opinion: Transcript) -> Weighed:
        """What was heard, or the verifier's own word in its place."""
        if is_heard_whole(heard, opinion, self.rules):
            return Weighed(heard)  # the verifier was taught phrases alone
        words = heard if heard.text else opinion
        second = self._second_opinion(words)
        if second is None:
            return Weighed(heard)
        if not words.text:
            clock = self._utterance.clock(self._now)
            words = Transcript(start=self._utterance.begun - clock, end=self._now - self._endpointer.quiet_for - clock)
        alone = not self._utterance.early and not self._around.people.talks(self._now)
        return second.weighed(heard, opinion, words if alone else None)

    def _doubts(self, partial: str) -> bool:
        """Whether the verifier would rather hear the end of it first. It is asked once about each beginning; over the
        coach not, where at once is worth most."""
        if self._around.people.talks(self._now) or self._around.said_by_the_coach(self._utterance.begun - PRE_ROLL):
            return False
        if self._utterance.sounded_for < _SOUND:
            return True  # less than a word
        if partial != self._utterance.doubted:
            second = self._second_opinion(Transcript())
            if second is None or second.is_begun(partial):
                return False
            self._utterance.doubted = partial
        return True

    def _second_opinion(self, words: Transcript) -> SecondOpinion | None:
        """By the sound of these words, of all of the utterance where there are none. None where the coach may be most
        of it, and for less than a word."""
        begun = self._utterance.begun - PRE_ROLL
        if self.verifier is None or self._around.is_mostly_the_coach(self._utterance, begun):
            return None
        if not words.text and self._utterance.sounded_for < _SOUND:
            return None
        cut = words.text in self.vocabulary.phrases and words.text not in self.verifier.taught
        sound = self._utterance.words(words, self._endpointer.quiet_for, as_heard=cut)
        features = self.verifier.features(sound)
        probabilities, coach_said = self.verifier.probabilities(features), self._around.said_by_the_coach(begun)
        return SecondOpinion(probabilities, self.verifier.taught, self.rules, features, coach_said)

    def _of_the_athlete(self, heard: Transcript, rules: Rules) -> Transcript:
        """Without words of the coach's or other people's before a phrase."""
        clock = self._utterance.clock(self._now)
        if self._around.said_by_the_coach(self._utterance.begun - PRE_ROLL):
            heard = without_remains(heard, self._utterance.begun - clock, rules)
        return without_others(heard, lambda start, end: self._utterance.power(start + clock, end + clock), rules)

    def _evidence(self, heard: Transcript, opinion: Transcript, begun: float, power: float) -> Utterance:
        quiet_for = self._endpointer.quiet_for
        return self._around.evidence(heard, opinion, self._utterance, begun, power, quiet_for, self._now)
