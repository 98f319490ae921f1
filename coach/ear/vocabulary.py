"""What can be said to the coach, as the ear needs to know it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property

from coach.language import Language
from coach.language.commands import Command
from coach.language.costs import needed

URGENT = frozenset({Command.PAUSE, Command.HURTS})
"""Commands that are acted on before the athlete has finished speaking: taking them back costs nothing."""


@dataclass(frozen=True)
class Vocabulary:
    """Phrases are lower case, their words parted by single spaces."""

    phrases: tuple[str, ...]
    """All that can be said, numbers and the wake phrase among them."""
    numbers: frozenset[str] = frozenset()
    """Phrases that are not even listened for while none of them is expected: noises sound like them."""
    urgent: frozenset[str] = frozenset()
    """Phrases that act before the athlete has finished speaking, and cost nothing to take back."""
    always: str = ""
    """Counts without the wake phrase, and among talk as soon as elsewhere: "stop"."""
    wake: str = ""
    """A phrase without which the others do not count, except `always`; empty when none is needed."""
    decoys: tuple[str, ...] = ()
    """Words that sound like commands and are none."""
    meanings: Callable[[str], object] = str
    """What a phrase means: two that mean the same cannot be mistaken for each other."""
    needed: Callable[[str], float] = lambda phrase: 0.5
    """The probability from which on a phrase is obeyed (language/costs.py)."""
    code: str = ""
    """The language, for how its words sound; empty where they are compared by their letters."""

    @classmethod
    def of(cls, language: Language, wake: str = "") -> Vocabulary:
        """Everything that a language understands."""
        return cls(
            phrases=tuple(dict.fromkeys([*language.phrases, *language.numbers, *([wake] if wake else [])])),
            numbers=frozenset(language.numbers),
            urgent=frozenset(said for said, order in language.phrases.items() if order.command in URGENT),
            always=language.always,
            wake=wake,
            meanings=language.order,
            needed=lambda phrase: needed(language.order(phrase)),
            code=language.code,
        )

    def without(self, words: Collection[str]) -> Vocabulary:
        """The same without the phrases that have one of these words in them."""
        if not words:
            return self
        known = tuple(phrase for phrase in self.phrases if not set(phrase.split()).intersection(words))
        return replace(
            self, phrases=known, numbers=self.numbers.intersection(known), urgent=self.urgent.intersection(known)
        )

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The words that longer phrases begin with: every phrase may follow the wake phrase in one breath."""
        split = [phrase.split() for phrase in self.phrases]
        begun = {" ".join(words[:n]) for words in split for n in range(1, len(words))}
        return frozenset(begun | {self.wake} if self.wake else begun)

    def is_whole(self, text: str) -> bool:
        """Whether it is a phrase that nothing longer begins with."""
        return text in self.phrases and text not in self.beginnings
