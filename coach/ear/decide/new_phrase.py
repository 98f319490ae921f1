"""The athlete's own phrases: whether the model can hear them, and whether they can be told from the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice

from coach.ear.decide.likeness import distance, phones
from coach.language import Language

ALIKE = 0.34
"""Phrases nearer than this are taken for each other too often."""
_FEWEST_PHONES = 3


@dataclass(frozen=True)
class Objection:
    """What speaks against a phrase, and what would do instead."""

    reason: str
    better: tuple[str, ...]
    """Up to three longer ones that would do."""


def check_phrase(
    phrase: str, meaning: object, taken: Mapping[str, object], knows: Callable[[str], bool], language: Language
) -> Objection | None:
    """What speaks against `phrase` for `meaning`, beside the phrases already `taken`; None when nothing does.

    `knows` tells whether the speech model has a word (SpeechModel.knows).
    """
    phrase = " ".join(phrase.lower().split())
    alike = partial(sounding_like, taken=taken, code=language.code)
    reason = fault(phrase, meaning, knows, alike, language.code)
    if reason is None:
        return None
    longer = [each.format(phrase=phrase) for each in language.longer_phrases]
    better = (each for each in longer if fault(each, meaning, knows, alike, language.code) is None)
    return Objection(reason, tuple(islice(better, 3)))


def sounding_like(phrase: str, taken: Mapping[str, object], code: str) -> dict[str, object]:
    """Those that are `taken` and sound much like it."""
    return {other: meaning for other, meaning in taken.items() if distance(phrase, other, code) < ALIKE}


def fault(
    phrase: str,
    meaning: object,
    knows: Callable[[str], bool],
    alike: Callable[[str], Mapping[str, object]],
    code: str,
) -> str | None:
    """What speaks against a phrase; `alike`: what is taken already and sounds like one, with its meaning."""
    unheard = [word for word in phrase.split() if not knows(word)]
    if not phrase:
        return "there is no word in it"
    if unheard:
        return f'the speech model does not know "{unheard[0]}"'
    if len(phones(phrase, code)) < _FEWEST_PHONES:
        return f'"{phrase}" is so short that talk is full of it'
    others = (other for other, other_meaning in alike(phrase).items() if other_meaning != meaning)
    return next((f'"{phrase}" sounds like "{other}"' for other in others), None)
