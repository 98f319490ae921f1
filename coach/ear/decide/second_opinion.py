"""What a verifier that was raised on people adds: it turns away, it confirms, and where it is sure it has its own word.

Over the coach it is asked where the athlete stands out from him, for his echo is nothing it was trained on: of 39 times
"stop" by people, as loud as the coach, the decoders alone missed five, with it none. Of a phrase that it does not know,
as one of the athlete's own, it has no opinion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from coach.ear.decide.judge import Rules, grown
from coach.ear.decide.likeness import likeness
from coach.ear.products import Array
from coach.ear.recognizer import UNKNOWN, Transcript

_WORDS, _WORDS_ALWAYS, _WHATEVER = 1, 2, 0.95
"""So many words by the decoder that may hear any word are still no talk, where it may be "stop" so many; from this
probability on any number is not."""
_BEGUN_UNTAUGHT = 0.95
"""The probability of what no person taught it from which on that is acted on before its end: 45 times "hold on" by
neural voices had 0.98 and more, "the old" 0.94."""
_CERTAIN = 0.8
"""The probability of a word by people, "right", from which on it is not "wait", which people did not teach."""
_SECONDS = 1.6
"""The same for how long it lasted."""


class Weighed(NamedTuple):
    """What was heard, how likely that was said, what it rather was, and what the verifier saw in it."""

    heard: Transcript
    likely: float | None = None
    rather: str = ""
    features: Array | None = None
    own: bool = False
    """It is the verifier's own word."""


@dataclass(frozen=True)
class SecondOpinion:
    """Of one utterance: `verified` is the probability of each phrase by the sound alone; people taught it `taught`, and
    synthesised voices the other phrases."""

    verified: Mapping[str, float]
    taught: frozenset[str]
    rules: Rules
    features: Array | None = None
    """What the verifier's heads saw in the sound."""
    coach_said: str = ""
    """The coach's words that may be in the sound, lower case."""

    @cached_property
    def believed(self) -> Mapping[str, float]:
        """The same, with everyday words, and phrases that make no sense now, as rare as they are when somebody speaks
        to the coach."""
        rules, rare = self.rules, self.rules.thresholds.rare
        likely = self.taught.union(rules.vocabulary.phrases if rules.expected is None else rules.expected)
        weighed = {text: p if text in likely or text[0] == "[" else rare * p for text, p in self.verified.items()}
        total = sum(weighed.values())
        return {text: p / total for text, p in weighed.items()}

    @property
    def rather(self) -> str:
        """What it most likely was, phrase or not; UNKNOWN for none of what the verifier knows."""
        best = max(self.believed, key=lambda it: self.believed[it])
        return UNKNOWN if best.startswith("[") else best

    def of(self, text: str) -> float | None:
        """The probability that what `text` means was said, by the sound alone; None for a phrase it does not know."""
        if text not in self.verified:
            return None
        known = (phrase for phrase in self.rules.vocabulary.phrases if phrase in self.verified)
        return sum(self.believed[phrase] for phrase in known if self._alike(phrase, text))

    def confirmed(self, text: str, *, twice: bool = False) -> float | None:
        """The same, once the grammar has heard it too; `twice`: so has the decoder that may hear any word."""
        p = self.of(text)
        if p is None:
            return None
        limits = self.rules.thresholds
        agrees = limits.agrees + limits.agrees_twice * twice
        if text not in self.taught:
            if self._certain_of_another(text):
                return p
            agrees = limits.agrees_untaught + limits.agrees_twice_untaught * (twice and " " in text)
            # Of two phrases that only synthesised voices taught it, it does not know which was meant.
            phrases = self.rules.vocabulary.phrases
            untaught = sum(self.believed[it] for it in phrases if it in self.verified and it not in self.taught)
            p /= max(1 - untaught + p, 1e-6)
        return grown(p, agrees)

    def is_begun(self, text: str) -> bool:
        """Whether it is likely enough before the end, when the grammar may still hear other words: what people taught
        by the sound alone, and of the rest more than at its end."""
        if text in self.taught:
            return (self.of(text) or 0.0) >= self.rules.vocabulary.needed(text)
        likely = self.confirmed(text)
        return likely is not None and likely >= _BEGUN_UNTAUGHT

    def _certain_of_another(self, text: str) -> bool:
        """Whether it hears a word that people taught it, so surely that no agreement makes it another."""
        others = (self.believed[it] for it in self.taught if it in self.verified and not self._alike(it, text))
        return max(others, default=0.0) >= _CERTAIN

    def weighed(self, heard: Transcript, opinion: Transcript, alone: Transcript | None) -> Weighed:
        """What was heard, or its own word in its place: only where nobody talks, `alone` is what that word lasted."""
        own = self.own_word(heard, opinion) if alone else ""
        if not alone or not own:
            twice = heard.text == opinion.text
            return Weighed(heard, self.confirmed(heard.text, twice=twice), self.rather, self.features)
        p = self._alone(own, heard, opinion)
        return Weighed(replace(alone, text=own, others=()), p, self.rather, self.features, own=True)

    def own_word(self, heard: Transcript, opinion: Transcript) -> str:
        """The phrase that it most likely was, where that is not what was heard, and likely enough; else "".

        What people did not teach it has to be all but certain, or to sound like what was heard: other words, a name
        that it never met, are easily like a phrase of synthesisers.
        """
        if heard.cut or heard.end - heard.start > _SECONDS:
            return ""
        vocabulary, expected = self.rules.vocabulary, self.rules.expected
        known = [phrase for phrase in vocabulary.phrases if phrase in self.verified]
        waited_for = [phrase for phrase in known if expected is None or phrase in expected]
        phrase = max(waited_for, key=lambda it: self.believed[it], default="")
        limits = self.rules.thresholds
        p = self._alone(phrase, heard, opinion) if phrase else 0.0
        enough = limits.own_word if phrase in self.taught else limits.own_word_untaught
        if len(opinion.text.split()) > (_WORDS_ALWAYS if phrase == vocabulary.always else _WORDS):
            enough = max(enough, _WHATEVER)
        if p < max(vocabulary.needed(phrase), enough) or self._alike(phrase, heard.text):
            return ""
        if self.coach_said and not self._comes_through(phrase, p, opinion):
            return ""
        if heard.text not in vocabulary.phrases:
            return phrase
        if {phrase, heard.text} <= vocabulary.answers:
            return ""  # an answer that was heard is not turned into its opposite: better to ask again
        rival = self.confirmed(heard.text)
        stays = rival is None or (rival >= p and rival >= vocabulary.needed(heard.text))
        return "" if stays else phrase

    def _alone(self, phrase: str, heard: Transcript, opinion: Transcript) -> float:
        """The probability of a phrase that the grammar has not heard: by the sound alone, and of several words by how
        much what the decoders heard sounds like it. A single word has too many neighbours for that ("wine", "why"), and
        what is urgent needs so little that "snow boy" would be "no wait"."""
        if phrase in self.taught:
            return self.of(phrase) or 0.0
        # What the grammar has not heard either is as likely as not an everyday word.
        p, vocabulary = self.verified[phrase], self.rules.vocabulary
        if " " not in phrase or phrase in vocabulary.urgent:
            return p
        alike = max(likeness(said.words.replace(UNKNOWN, ""), phrase, vocabulary.code) for said in (heard, opinion))
        return grown(p, self.rules.thresholds.agrees_untaught * alike)

    def _comes_through(self, phrase: str, p: float, opinion: Transcript) -> bool:
        """Whether the phrase may be taken over the coach: what is urgent, and not where his words are heard, as they
        are where his echo comes at a delay that nobody knows; where one of them is, it has to be all but certain."""
        heard, own = set(opinion.text.split()), set(self.coach_said.split())
        if phrase not in self.rules.vocabulary.urgent or heard <= own:
            return False
        return heard.isdisjoint(own) or p >= self.rules.thresholds.own_word_untaught

    def _alike(self, one: str, other: str) -> bool:
        return self.rules.vocabulary.meanings(one) == self.rules.vocabulary.meanings(other)
