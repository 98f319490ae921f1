"""What can be said to the coach, as the ear needs to know it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from coach.language import Language
from coach.language.commands import Command
from coach.language.costs import asked, needed
from coach.language.wording import Span, Wording

URGENT = frozenset({Command.PAUSE, Command.HURTS})
"""Commands that are acted on before the athlete has finished speaking: taking them back costs nothing."""

ANSWERS = frozenset({Command.YES, Command.NO})
"""Commands of which none is taken for the other where it was heard."""

_SHOUT = 2
"""Words of a phrase that is shouted, at most."""

BARE = Wording()
"""Phrases are said without a word more."""


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
    asked: Callable[[str], float] = lambda phrase: 0.5
    """The probability from which on it is asked about a phrase that is not obeyed."""
    answers: frozenset[str] = frozenset()
    """The phrases that mean yes, and those that mean no."""
    wording: Wording = BARE
    """What may be said around a phrase, and what in need is said instead of one."""
    code: str = ""
    """The language, for how its words sound; empty where they are compared by their letters."""

    @classmethod
    def of(cls, language: Language, wake: str = "") -> Vocabulary:
        """Everything that a language understands."""
        return cls(
            phrases=tuple(dict.fromkeys([*language.orders, *([wake] if wake else [])])),
            numbers=frozenset(language.numbers),
            urgent=frozenset(said for said, order in language.phrases.items() if order.command in URGENT),
            always=language.always,
            wake=wake,
            meanings=language.order,
            needed=lambda phrase: needed(language.order(phrase)),
            asked=lambda phrase: asked(language.order(phrase)),
            answers=frozenset(said for said, order in language.phrases.items() if order.command in ANSWERS),
            decoys=tuple(language.decoys),
            wording=language.wording,
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

    def phrase_in(self, text: str) -> str:
        """The phrase in what was said, without the words around it; "" where there is none."""
        span = self.span(text)
        return " ".join(text.split()[slice(*span)]) if span else ""

    def span(self, text: str) -> Span | None:
        """The same as the place of its first word, and of the first one after it."""
        return self._span(text)

    @cached_property
    def _span(self) -> Callable[[str], Span | None]:
        # Asked every 10 ms about what has been heard so far.
        return lru_cache(64)(lambda text: self.wording.span(text, self._meanings.get))

    @cached_property
    def _meanings(self) -> Mapping[str, object]:
        return {phrase: self.meanings(phrase) for phrase in self.phrases}

    @cached_property
    def around(self) -> tuple[str, ...]:
        """What else a grammar has to know to hear phrases as people say them: words around them, and both together."""
        wording = self.wording
        first: dict[object, str] = {}
        for phrase in self.phrases:
            if phrase not in self.numbers:
                first.setdefault(self.meanings(phrase), phrase)
        alone = (*wording.before, *wording.cries, *sorted(wording.unless))
        # What only ever follows a phrase never stands alone: "now" would be heard for "no".
        ended = (f"{self.always} {after}" for after in wording.after if after not in wording.before)
        wrapped = (f"{before} {phrase}" for before in wording.before for phrase in first.values())
        return tuple(dict.fromkeys((*alone, *ended, *wrapped)))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The words that longer phrases begin with: every phrase may follow the wake phrase in one breath."""
        split = [phrase.split() for phrase in self.phrases]
        split += [[*wording.split(), ""] for wording in self.wording.before]
        begun = {" ".join(words[:n]) for words in split for n in range(1, len(words))}
        return frozenset(begun | {self.wake} if self.wake else begun)

    def is_shout(self, text: str) -> bool:
        """Whether it is urgent, and short enough to be shouted: "hold on", and not "give me a minute"."""
        return text in self.urgent and len(text.split()) <= _SHOUT

    def is_whole(self, text: str) -> bool:
        """Whether it is a phrase that nothing longer begins with, but the words that people add after one."""
        phrase = self.phrase_in(text)
        return bool(phrase) and phrase not in self.beginnings and text not in self.beginnings
