"""Whether somebody near spoke to the coach although it was no command: then they are owed an answer."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from coach.ear.decide.judge import NO_LOUDER, NOT_A_PHRASE, NOT_NOW, Rules, Utterance, judge
from coach.ear.recognizer import UNKNOWN

_WORDS = 6
"""What is said to the coach has so many words at most ..."""
_SECONDS = 2.5
"""... lasts no longer ..."""
_APART = 1.0
"""... and comes so many seconds after other speech at least."""
_SAME = 2
"""Both decoders hear so many words alike, one after the other: those of talk they hear each in its own way."""
_DOUBTED = 0.3
"""From this probability on a single word that was not obeyed may have been said."""

_DOUBTS = ("sounds more like", "may be", NO_LOUDER)
"""How the objections begin to a phrase that was perhaps said."""


def is_owed_an_answer(utterance: Utterance, objection: str, rules: Rules) -> bool:
    """Whether it was for the coach, as far as can be told; talk in the room and what the coach says are not."""
    if utterance.among_talk or utterance.coach_says or utterance.speech_before < _APART:
        return False
    if len(utterance.opinion.words.split()) > _WORDS or utterance.seconds > _SECONDS:
        return False
    if objection == NOT_NOW:
        # A single word, a "no" or a number, is said to anybody.
        return " " in utterance.heard.text and judge(utterance, replace(rules, expected=None)) is None
    if objection == NOT_A_PHRASE:
        return _same(utterance) and not rules.vocabulary.wording.around(utterance.opinion.words)
    if not objection.startswith(_DOUBTS):
        return False
    return _same(utterance) or (utterance.agreed and (utterance.likely or 0.0) >= _DOUBTED)


def is_worth_a_question(utterance: Utterance, rules: Rules) -> bool:
    """Whether it was likely enough a phrase to ask whether that was said, and nothing else speaks against it."""
    if utterance.likely is None or utterance.among_talk:
        return False
    vocabulary = rules.vocabulary
    return judge(utterance, replace(rules, vocabulary=replace(vocabulary, needed=vocabulary.asked))) is None


def _same(utterance: Utterance) -> bool:
    heard = [word for word in utterance.heard.words.split() if word != UNKNOWN]
    match = SequenceMatcher(None, heard, utterance.opinion.words.split(), autojunk=False).find_longest_match()
    return match.size >= _SAME
