"""Which of the words that were heard are the athlete's command: none of the wake phrase, the coach or other people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coach.ear.decide.judge import Rules
from coach.ear.recognizer import UNKNOWN, Transcript

_REMAINS = 0.1
"""Seconds after the opening within which a word that ends there was none of the athlete's."""
Power = Callable[[float, float], float]
"""The mean square of the sound between two moments on a transcript's clock."""


def without_call(said: Transcript, wake: str) -> Transcript:
    """What was said after the wake phrase, in one breath with it; the same where there was none."""
    if not wake or not said.text.startswith(f"{wake} "):
        return said
    words = len(wake.split())
    start = said.ends[words - 1] if len(said.ends) > words else said.start
    return replace(said, text=said.text.removeprefix(f"{wake} "), start=start, ends=said.ends[words:], others=())


def reread(heard: Transcript, opinion: Transcript, among_talk: bool, rules: Rules) -> Transcript:
    """What is no phrase, read as one, where that is what it mostly was.

    Other people's voices under an athlete's are words to a grammar that knows few: it puts a word before the phrase.
    A decoder that may hear any word hears the phrase alone; in talk it hears the talk, which fits far better. Or
    the phrase is one of several words that fits nearly as well as what is none, and there is no talk in the room.
    """
    if heard.text in rules.vocabulary.phrases:
        return heard
    waited_for = rules.expected is None or opinion.text in rules.expected
    if opinion.text in rules.vocabulary.phrases and waited_for and heard.score >= opinion.score:
        return opinion
    for text, score in () if among_talk else heard.others:
        if " " in text and text in rules.vocabulary.phrases and heard.score - score <= rules.thresholds.reread:
            return replace(heard, text=text, score=score, others=((heard.text, heard.score), *heard.others))
    return heard


def without_remains(heard: Transcript, opened: float, rules: Rules) -> Transcript:
    """A phrase without the words before it that ended as the ear opened, at `opened` on the transcript's clock: what
    was left of the coach before the athlete began."""
    return _from(heard, sum(end <= opened + _REMAINS for end in heard.ends), rules)


def without_others(heard: Transcript, power: Power, rules: Rules) -> Transcript:
    """A phrase without the unknown words before it that are so much softer that somebody else said them."""
    unknown = next((k for k, word in enumerate(heard.text.split()) if word != UNKNOWN), 0)
    phrase = _from(heard, unknown, rules)
    if phrase is heard:
        return heard
    louder = 10 ** (rules.thresholds.over_others / 10)
    return phrase if power(phrase.start, phrase.end) >= louder * power(heard.start, phrase.start) else heard


def _from(heard: Transcript, first: int, rules: Rules) -> Transcript:
    """A phrase that begins with the word `first`; what was heard itself where that is one, or the rest is none."""
    words = heard.text.split()
    phrase = " ".join(words[first:])
    if (
        not first
        or len(words) != len(heard.ends)
        or phrase not in rules.vocabulary.phrases
        or heard.text in rules.vocabulary.phrases
    ):
        return heard
    return replace(heard, text=phrase, start=heard.ends[first - 1], others=(), cut=True)
