"""The phrase in what somebody says: "hey coach, could you stop please" is "stop", and so is "stop, stop"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

Wordings = tuple[tuple[str, ...], ...]
Span = tuple[int, int]
"""The first word of a phrase, and the first one after it."""


@dataclass(frozen=True)
class Wording:
    """The words around a phrase that change nothing, and those that are a cry for help whatever is around them."""

    before: tuple[str, ...] = ()
    """What may come before a phrase, and ..."""
    after: tuple[str, ...] = ()
    """... after one: lower case, words parted by single spaces. Several may follow each other."""
    cries: tuple[str, ...] = ()
    """Words that in a short utterance, without a phrase, ask to be stopped ..."""
    unless: frozenset[str] = frozenset()
    """... but for these among them."""
    cry_words: int = 0
    """How many words such an utterance has at most."""
    cry_means: str = ""
    """The phrase that a cry stands for."""

    @cached_property
    def _before(self) -> Wordings:
        return tuple(tuple(wording.split()) for wording in self.before)

    @cached_property
    def _all(self) -> Wordings:
        return (*self._before, *(tuple(wording.split()) for wording in self.after))

    def span(self, text: str, meaning: Callable[[str], object | None]) -> Span | None:
        """Where the phrase is in `text`; of one that is said again, in these words or others, the last time.

        `meaning` is what a phrase means, and None for what is none. None where `text` has no phrase, several that mean
        different things, or words that do not belong around one.
        """
        return _Reading(tuple(text.split()), meaning, self._before, self._all).span(0, None)

    def around(self, text: str) -> bool:
        """Whether these words alone come around phrases, and nothing else is said."""
        words = tuple(text.split())
        return bool(words) and _only(words, self._all)

    def cry(self, text: str) -> str:
        """The cry in a few words that are no phrase; "" where there is none."""
        words = text.split()
        if len(words) > self.cry_words or self.unless.intersection(words):
            return ""
        padded = f" {text} "
        return next((cry for cry in self.cries if f" {cry} " in padded), "")


def _only(words: tuple[str, ...], wordings: Wordings) -> bool:
    return not words or any(_only(words[n:], wordings) for n in _steps(words, 0, wordings))


def _steps(words: tuple[str, ...], at: int, wordings: Wordings) -> list[int]:
    """How many words each of the wordings takes that stand at `at`."""
    return [len(each) for each in wordings if words[at : at + len(each)] == each]


@dataclass(frozen=True)
class _Reading:
    words: tuple[str, ...]
    meaning: Callable[[str], object | None]
    before: Wordings
    around: Wordings

    def span(self, at: int, found: Span | None) -> Span | None:
        """What the words from `at` on make of a reading in which `found` is the phrase so far."""
        if at == len(self.words):
            return found
        for end in range(len(self.words), at, -1):
            means = self.meaning(self._text(at, end))
            if means is None or (found and means != self.meaning(self._text(*found))):
                continue
            if span := self.span(end, (at, end)):
                return span
        for step in _steps(self.words, at, self.around if found else self.before):
            if span := self.span(at + step, found):
                return span
        return None

    def _text(self, first: int, last: int) -> str:
        return " ".join(self.words[first:last])
