"""Which of the words that were heard are the athlete's command: none of the wake phrase, the coach or other people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from coach.ear.decide.judge import Rules
from coach.ear.decide.likeness import distance
from coach.ear.recognizer import Transcript

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
    Words around a phrase let the grammar hear much in a little sound: there the other decoder's phrase counts.
    """
    phrase_in = rules.vocabulary.phrase_in
    if heard.text in rules.vocabulary.phrases:
        return heard
    mine, phrase = phrase_in(heard.text), phrase_in(opinion.text)
    waited_for = rules.expected is None or phrase in rules.expected
    if phrase and waited_for and (mine or heard.score >= opinion.score):
        return opinion
    if mine:
        return heard
    for text, score in () if among_talk else heard.others:
        if " " in text and phrase_in(text) and heard.score - score <= rules.thresholds.reread:
            return replace(heard, text=text, score=score, others=((heard.text, heard.score), *heard.others))
    return heard


def unwrapped(said: Transcript, rules: Rules) -> Transcript:
    """The phrase alone, of "hey coach, could you stop please"; the same where there is none."""
    span = rules.vocabulary.span(said.text)
    words = said.text.split()
    if span is None or span == (0, len(words)):
        return said
    first, last = span
    phrase = replace(said, text=" ".join(words[first:last]), said=said.text)
    if len(words) != len(said.ends):
        return phrase
    start = said.ends[first - 1] if first else said.start
    return replace(phrase, start=start, end=said.ends[last - 1], ends=said.ends[first:last])


def is_heard_whole(heard: Transcript, opinion: Transcript, rules: Rules) -> bool:
    """Whether both decoders hear the same phrase, and much the same words around it: "could you slow down" and "cut you
    slow down"."""
    if not heard.said or f" {heard.text} " not in f" {opinion.words} ":
        return False
    return distance(heard.said, opinion.words, rules.vocabulary.code) <= rules.thresholds.near


def in_need(heard: Transcript, opinion: Transcript, rules: Rules) -> Transcript:
    """What is no phrase as the one that a cry for help stands for, where both decoders hear the same cry; as the phrase
    that the decoder hears in it that may hear any word."""
    vocabulary = rules.vocabulary
    cry = vocabulary.wording.cry(opinion.text)
    if not cry or cry != vocabulary.wording.cry(heard.text) or vocabulary.phrase_in(heard.text):
        return heard
    if vocabulary.phrase_in(opinion.text):
        return opinion
    return replace(heard, text=vocabulary.wording.cry_means, said=opinion.text, others=())


def without_remains(heard: Transcript, opened: float, rules: Rules) -> Transcript:
    """A phrase without the words before it that ended as the ear opened, at `opened` on the transcript's clock: what
    was left of the coach before the athlete began."""
    return _from(heard, sum(end <= opened + _REMAINS for end in heard.ends), rules)


def without_others(heard: Transcript, power: Power, rules: Rules) -> Transcript:
    """A phrase without the words before it, none of which is one, that are so much softer that somebody else said
    them."""
    words = heard.text.split()
    known = next((k for k, word in enumerate(words) if word in rules.vocabulary.phrases), len(words) - 1)
    phrase = next((it for k in range(1, known + 1) if (it := _from(heard, k, rules)) is not heard), heard)
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
        or not rules.vocabulary.phrase_in(phrase)
        or rules.vocabulary.phrase_in(heard.text)
    ):
        return heard
    return replace(heard, text=phrase, start=heard.ends[first - 1], others=(), cut=True)
