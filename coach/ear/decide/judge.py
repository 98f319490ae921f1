"""Whether what was heard was a command. Each check is a function; the first that objects is the reason."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from coach.ear.decide.likeness import distance
from coach.ear.decide.thresholds import Thresholds
from coach.ear.products import Array
from coach.ear.recognizer import UNKNOWN, Transcript
from coach.ear.vocabulary import Vocabulary

_LED_IN = 0.4
"""Seconds of words before a phrase from which on it is the end of a sentence."""
ATTENTION = 8.0
"""Seconds after the wake phrase in which commands count."""
_AFTER_GAP = 1.0
"""Seconds after a gap in the sound in which the cancellers have not found the echo again."""
_SOON_AFTER_GAP = 0.3
"""The same where the coach has been silent, and nothing can be its echo: from then on no word begins within the gap."""
_LONG_AFTER_GAP = 4.0
"""The same for the words of the line that the coach is saying: where sound is missed once it is missed again."""
NOT_NOW, NOT_CALLED = "makes no sense now", "not called before"
OWN_WORDS, ECHO = "the coach's own words", "the coach's echo"
UNPROVEN = "the coach's echo, as far as is known yet"
OF_THE_COACH = (OWN_WORDS, ECHO, UNPROVEN)
NO_WORDS, NO_WORD, NO_LOUDER = "no known words", "sounds like no word", "no louder than the room"
GAP, NOT_A_PHRASE = "just after sound was missed", "not a phrase"
NO_TALK = (NOT_NOW, NOT_CALLED, OWN_WORDS, ECHO, NO_WORD, NO_LOUDER, GAP)
"""What reasons begin with that do not show that somebody talks of other things."""


@dataclass(frozen=True)
class Utterance:
    """What is known of one stretch of speech when it is judged."""

    heard: Transcript
    """By the grammar of phrases, numbers and decoys."""
    opinion: Transcript
    """Of the same samples, by a decoder that may hear any word."""
    over_echo: float = 20.0
    """How many dB the cancelled signal stands above what is usually left of the coach, the mean over bands and time
    (residue.py); 20 when it is silent."""
    coach_says: str = ""
    """The coach's words at that moment, lower case."""
    echo_known: bool = True
    """The coach has been heard for long enough to tell what is left of it."""
    talk_before: float = 60.0
    """Seconds since somebody last said several words that were no command."""
    speech_before: float = 60.0
    """Seconds since somebody last said anything that was no command."""
    among_talk: bool = False
    """There is talk in the room (surroundings.py)."""
    over_company: float = 60.0
    """How many dB this was louder than what was said in the last 15 s and was no command."""
    over_room: float = 60.0
    """How many dB this was louder than what opened the ear in the last 15 s and had no known words in it."""
    led_in: float = 0.0
    """Seconds before it, and the words around it, in which the decoder that may hear any word has heard some."""
    went_on: float = 0.0
    """Seconds of vowels after it, nearly as loud, in a room that is far softer, until it was judged."""
    since_called: float = 60.0
    """Seconds since the wake phrase."""
    since_gap: float = 60.0
    """Seconds since sound was missed, or a device was back."""
    echoes: bool = False
    """It resembles what was played in the last seconds, at a delay that the cancellers do not take out; or its words
    alone do, at any."""
    coach_said: str = ""
    """The coach's words of the last seconds, as late as an echo may come, lower case."""
    likely: float | None = None
    """The probability that this was said, by a verifier that people taught (second_opinion.py); None: no opinion."""
    rather: str = ""
    """What the verifier rather heard."""
    own_word: bool = False
    """It is the verifier's word, likely enough without the decoders, which heard another or none."""
    features: Array | None = field(default=None, compare=False, repr=False)
    """What the verifier's heads saw in the sound: own_voice.py learns from it."""

    @property
    def agreed(self) -> bool:
        """Both decoders hear the same phrase, or the same words."""
        return self.opinion.text == self.heard.text or self.opinion.words == self.heard.words

    @property
    def own(self) -> bool:
        """The coach has just said these words."""
        return set(self.heard.text.split()) <= set(f"{self.coach_says} {self.coach_said}".split())

    @property
    def quotes(self) -> bool:
        """More of the coach's line is heard than the command in it: "say help"."""
        said, heard = self.opinion.text, self.heard.text
        return self.own and len(said) > len(heard) and f" {said} " in f" {self.coach_says} "

    @property
    def in_pieces(self) -> bool:
        """The coach speaks, and sound was missed meanwhile."""
        return bool(self.coach_says) and self.since_gap <= _LONG_AFTER_GAP

    @property
    def seconds(self) -> float:
        """How long the words lasted."""
        return self.heard.end - self.heard.start


@dataclass(frozen=True)
class Rules:
    """What an utterance is judged by."""

    vocabulary: Vocabulary
    thresholds: Thresholds = field(default_factory=Thresholds)
    expected: frozenset[str] | None = None
    """The phrases that make sense in the session's present state; None for all."""


Check = Callable[[Utterance, Rules], str | None]
"""Returns what speaks against taking an utterance for a command, or None."""


def is_a_phrase(utterance: Utterance, rules: Rules) -> str | None:
    """The grammar heard one of the phrases."""
    text = utterance.heard.text
    if text in rules.vocabulary.phrases:
        return None
    known = " ".join(word for word in text.split() if word != UNKNOWN)
    return NOT_A_PHRASE if known and not rules.vocabulary.wording.around(known) else NO_WORDS


def makes_sense_now(utterance: Utterance, rules: Rules) -> str | None:
    """The session expects it; to be called is always in season."""
    if utterance.heard.text == rules.vocabulary.wake:
        return None
    if rules.expected is None or utterance.heard.text in rules.expected:
        return None
    return NOT_NOW


def was_called(utterance: Utterance, rules: Rules) -> str | None:
    """The wake phrase came shortly before, where one is set."""
    if (
        not rules.vocabulary.wake
        or utterance.heard.text in (rules.vocabulary.wake, rules.vocabulary.always)
        or utterance.since_called <= ATTENTION
    ):
        return None
    return NOT_CALLED


def is_long_enough(utterance: Utterance, rules: Rules) -> str | None:
    """It lasted as long as a word does."""
    return "too short" if utterance.seconds < rules.thresholds.shortest else None


def is_a_word_at_all(utterance: Utterance, rules: Rules) -> str | None:
    """A decoder free to hear any word hears one."""
    return None if utterance.opinion.text else NO_WORD


def is_likeliest_of_all_words(utterance: Utterance, rules: Rules) -> str | None:
    """A decoder free to hear any word finds nothing that fits much better."""
    heard, opinion, limits = utterance.heard, utterance.opinion, rules.thresholds
    if utterance.agreed or utterance.own_word:
        return None
    lenient = " " in heard.words or distance(heard.words, opinion.words, rules.vocabulary.code) <= limits.near
    if heard.score - opinion.score >= (limits.likelier_lenient if lenient else limits.likelier):
        return None
    return f'sounds more like "{opinion.text}"'


def is_likely_enough(utterance: Utterance, rules: Rules) -> str | None:
    """A verifier that knows what people sound like finds it likely enough for what a mistake costs."""
    if utterance.likely is None or utterance.likely >= rules.vocabulary.needed(utterance.heard.text):
        return None
    return f'sounds more like "{utterance.rather}"'


def is_no_other_command(utterance: Utterance, rules: Rules) -> str | None:
    """No other command fits nearly as well."""
    heard = utterance.heard
    for text, score in heard.others:
        other = rules.vocabulary.phrase_in(text)
        if other and rules.vocabulary.meanings(other) != rules.vocabulary.meanings(heard.text):
            return f'may be "{text}"' if heard.score - score < rules.thresholds.ambiguous else None
    return None


def stands_alone(utterance: Utterance, rules: Rules) -> str | None:
    """A command is an utterance of its own; talk goes on and on."""
    limits = rules.thresholds
    single = " " not in utterance.heard.words
    if utterance.over_company >= limits.over_company:
        return None
    talked = utterance.talk_before < limits.talk or (single and utterance.speech_before < limits.pause)
    if utterance.among_talk and utterance.heard.text != rules.vocabulary.always:
        talked = talked or utterance.speech_before < limits.apart
    return "part of talk" if talked else None


def is_over(utterance: Utterance, rules: Rules) -> str | None:
    """Nobody speaks on, and nobody spoke just before. A number was asked for, however much is said around it."""
    if utterance.coach_says or utterance.heard.text in rules.vocabulary.numbers or _is_shouted(utterance, rules):
        return None
    return "part of talk" if utterance.led_in > _LED_IN or utterance.went_on >= rules.thresholds.went_on else None


def _is_shouted(utterance: Utterance, rules: Rules) -> bool:
    """What is urgent, and short, may be shouted again and again."""
    text = utterance.heard.text
    if text == rules.vocabulary.always:
        return not utterance.own_word
    return utterance.agreed and rules.vocabulary.is_shout(text)


def is_plain_in_company(utterance: Utterance, rules: Rules) -> str | None:
    """Where people talk, or the coach, what sounds a little like a command is mostly another word."""
    limits = rules.thresholds
    over_coach = utterance.coach_says and utterance.over_echo < limits.own_words
    if utterance.agreed or not (utterance.among_talk or over_coach):
        return None
    return f'among talk, and may be "{utterance.opinion.text}"'


def is_plain_or_louder_than_the_room(utterance: Utterance, rules: Rules) -> str | None:
    """What is as loud as the rest that is heard, and might be another word, comes from where the rest does."""
    if utterance.agreed or utterance.heard.text == rules.vocabulary.always:
        return None
    if utterance.over_room >= rules.thresholds.over_room:
        return None
    return f'{NO_LOUDER}, and may be "{utterance.opinion.text}"'


def can_wait_in_company(utterance: Utterance, rules: Rules) -> str | None:
    """Where people talk, only one word is acted on before it is known how it goes on."""
    waits = utterance.among_talk and utterance.heard.text != rules.vocabulary.always
    return "among talk" if waits else None


def can_wait_after_a_gap(utterance: Utterance, rules: Rules) -> str | None:
    """Where sound was missed while the coach speaks, what comes of it in pieces may begin like anything."""
    return GAP if utterance.coach_says and utterance.since_gap <= _AFTER_GAP else None


def is_not_the_coach(utterance: Utterance, rules: Rules) -> str | None:
    """While the coach is heard the athlete's own energy has to show, the more when the coach says those words."""
    if utterance.quotes:
        return OWN_WORDS
    own = set(utterance.heard.text.split()) <= set(utterance.coach_says.split())
    if (
        utterance.coach_says
        and not utterance.echo_known
        and (own or utterance.heard.text not in rules.vocabulary.urgent)
    ):
        return OWN_WORDS if own else UNPROVEN
    if own and utterance.coach_says:
        needed = rules.thresholds.own_words
    elif utterance.heard.text in rules.vocabulary.urgent:
        needed = rules.thresholds.over_echo_urgent
    elif utterance.heard.cut:
        needed = rules.thresholds.own_words
    else:
        needed = rules.thresholds.over_echo
    if utterance.over_echo >= needed:
        return None
    return OWN_WORDS if own else ECHO


def was_not_played(utterance: Utterance, rules: Rules) -> str | None:
    """An echo that came later than the cancellers know of is no athlete."""
    if not utterance.echoes:
        return None
    return OWN_WORDS if utterance.own else ECHO


def is_not_just_after_a_gap(utterance: Utterance, rules: Rules) -> str | None:
    """Where sound was missed the echo has moved: only what is urgent counts then, unless the coach has just said it."""
    wait = _AFTER_GAP if utterance.coach_said else _SOON_AFTER_GAP
    if utterance.since_gap > (_LONG_AFTER_GAP if utterance.own and utterance.coach_says else wait):
        return None
    return None if utterance.heard.text in rules.vocabulary.urgent and not utterance.own else GAP


CHECKS: tuple[Check, ...] = (
    is_a_phrase,
    makes_sense_now,
    was_called,
    is_not_just_after_a_gap,
    is_not_the_coach,
    was_not_played,
    stands_alone,
    is_over,
    is_plain_in_company,
    is_likely_enough,
)
BY_DECODERS: tuple[Check, ...] = (
    is_long_enough,
    is_a_word_at_all,
    is_plain_or_louder_than_the_room,
    is_likeliest_of_all_words,
    is_no_other_command,
)
"""What counts only where the verifier is not sure."""
EARLY_CHECKS: tuple[Check, ...] = (
    is_a_phrase,
    makes_sense_now,
    was_called,
    is_not_just_after_a_gap,
    is_not_the_coach,
    was_not_played,
    stands_alone,
    can_wait_in_company,
    can_wait_after_a_gap,
)


def judge(utterance: Utterance, rules: Rules) -> str | None:
    """Why the utterance is rejected; None when it is a command."""
    checks = CHECKS if _is_sure(utterance, rules) else CHECKS + BY_DECODERS
    return next((objection for check in checks if (objection := check(utterance, rules))), None)


def _is_sure(utterance: Utterance, rules: Rules) -> bool:
    """Whether the verifier finds it so likely that no decoder's objection would make it too unlikely. Over the coach no
    phrase is: what is left of him may be like one, and both have to find it."""
    if utterance.likely is None or (utterance.coach_says and not utterance.own_word):
        return False
    needed = rules.vocabulary.needed(utterance.heard.text)
    return grown(utterance.likely, -rules.thresholds.objects) >= needed


def grown(probability: float, by: float) -> float:
    """A probability whose odds have grown so much, as a natural logarithm."""
    odds = math.exp(by) * probability / max(1 - probability, 1e-6)
    return odds / (1 + odds)


def judge_early(utterance: Utterance, rules: Rules) -> str | None:
    """The same of an utterance that is not over, for commands that can be taken back at no cost."""
    return next((objection for check in EARLY_CHECKS if (objection := check(utterance, rules))), None)
