"""A language: what the coach understands and what it says, read from one data file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from coach.language.commands import Command, Order
from coach.language.signs import Signs
from coach.language.wording import Wording

_COUNTED = 20
"""The largest number in a phrase that has one."""
_WORDS = re.compile(r"[\w'-]+")


@dataclass(frozen=True)
class Language:
    """All that the coach understands and says in one language."""

    name: str
    code: str
    voice: str
    voices: Sequence[str]
    """Voices to choose from by asking for another."""
    phrases: Mapping[str, Order]
    """What can be said, lower case, to what it means. Numbers are not among them: see `orders`."""
    lines: Mapping[str, Sequence[str]]
    """Every line by its dotted key; where there are several wordings, they take turns."""
    words: Mapping[str, Any]
    talks: Mapping[str, Mapping[str, Sequence[str]]]
    """What can be said beside a workout: each talk's entries, with the phrases that mean them, in braces what fills
    them."""
    minutes_asked: Sequence[int]
    """How long a workout can be asked for."""
    plurals: Mapping[str, str]
    """How several of a {name} are called, by its ending; the first that fits counts."""
    numbers: Sequence[str]
    """Zero to one hundred, in words."""
    named: Mapping[Command, Sequence[str]]
    """Phrases with a {name} in them, of a band or an exercise, by what they mean."""
    counted: Mapping[Command, Sequence[str]]
    """Phrases with a number {n} in them, by what they mean."""
    wording: Wording
    """What people say around a phrase, and what they say instead of one in need."""
    choosing: Wording
    """What people say around a phrase of the menu."""
    always: str
    """The phrase that counts among talk, and without the wake phrase."""
    decoys: Sequence[str]
    """What sounds like a phrase and is none."""
    longer_phrases: Sequence[str]
    """What makes a {phrase} of the athlete's own longer, and so easier to tell from others."""
    keys: Mapping[str, Sequence[Command]]
    """What single keys mean: the first of its commands that makes sense at the moment, the last where none does."""
    moments: Mapping[str, Sequence[Command]]
    """The commands that fit a moment of the workout, the likeliest first."""
    shown: Mapping[str, Any]
    """What a terminal shows, beside what is said."""
    paper: Mapping[str, Any]
    """What is printed: the sheet's and the history's words."""
    effects: Mapping[str, str]
    """What each command does, by its name."""
    signs: Signs
    """How signs that stand in people's names and texts are spoken."""

    @cached_property
    def orders(self) -> Mapping[str, Order]:
        """Every phrase and every number with its meaning: what the ear's grammar is made of."""
        spoken = {words: Order(Command.NUMBER, n) for n, words in enumerate(self.numbers)}
        counted = {
            phrase.format(n=self.numbers[n]): Order(command, n)
            for command, phrases in self.counted.items()
            for phrase in phrases
            for n in range(1, _COUNTED + 1)
        }
        return {**spoken, **counted, **self.phrases}

    def order(self, text: str) -> Order | None:
        """What a typed or heard text means; None when there is no phrase of the table in it."""
        words = plain_words(text)
        if words.isdigit() and int(words) <= 100:
            return Order(Command.NUMBER, int(words))
        phrase = self.phrase_in(words)
        order = self.orders.get(phrase)
        return order and replace(order, text=phrase)

    def phrase_in(self, words: str) -> str:
        """The phrase or number in what was said, lower case; that of a cry for help; "" where there is neither."""
        span = self.wording.span(words, self.orders.get)
        if span:
            return " ".join(words.split()[slice(*span)])
        return self.wording.cry_means if self.wording.cry(words) else ""

    def sayable(self, name: str) -> dict[Command, list[str]]:
        """Every phrase by its command, in the order of the commands; `name` stands for those of bands and exercises."""
        found: dict[Command, list[str]] = {command: [] for command in Command}
        for phrase, order in self.phrases.items():
            found[order.command].append(phrase)
        for command, phrases in self.named.items():
            found[command] += [phrase.format(name=name) for phrase in phrases]
        return {command: phrases for command, phrases in found.items() if phrases}

    def phrase(self, command: Command) -> str:
        """The first phrase for a command, as the table has it."""
        return next(said for said, order in self.phrases.items() if order.command is command)

    def line(self, key: str, turn: int = 0, **values: object) -> str:
        """The line with its braces filled, its first letter a capital. Whole numbers are put in words."""
        wordings = self.lines[key]
        filled = {k: self.number(v) if isinstance(v, int) else v for k, v in values.items()}
        return sentence(wordings[turn % len(wordings)].format(**filled))

    def speakable(self, text: str) -> str:
        """The text as it is to be spoken: signs and figures in words, pictures left out."""
        return self.signs.spoken(text, self.number)

    def number(self, n: int) -> str:
        """A number in words where the language has words for it, else in figures."""
        return self.numbers[n] if 0 <= n < len(self.numbers) else str(n)

    def several(self, name: str) -> str:
        """A name's plural, as the language most often makes it."""
        return next(form for ending, form in self.plurals.items() if name.endswith(ending)).format(name=name)

    def count(self, n: int, word: str) -> str:
        """How many of something, in words: "one set", "three sets"."""
        one, many = self.words[word]
        return f"{self.number(n)} {one if n == 1 else many}"

    def duration(self, seconds: float) -> str:
        """A time that is to be kept, exact to the second."""
        whole = round(seconds)
        minutes, rest = divmod(whole, 60)
        if whole <= 100 and whole != 60:
            return self.count(whole, "second")
        if not rest:
            return self.count(minutes, "minute")
        return f"{self.count(minutes, 'minute')} {self.words['and']} {self.count(rest, 'second')}"

    def about(self, seconds: float) -> str:
        """A time that is an estimate, in whole minutes and at least one."""
        return self.count(max(1, round(seconds / 60)), "minute")


def plain_words(text: str) -> str:
    """What was typed or heard as phrases are written: its words, lower case, without marks."""
    return " ".join(_WORDS.findall(text.lower().replace("’", "'")))


def sentence(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


@cache
def load(code: str = "en") -> Language:
    """The language of this code, one of those that came with the coach."""
    return parse((files("coach.language") / f"{code}.yaml").read_text(encoding="utf-8"))


def parse(text: str) -> Language:
    """A language from its file's text."""
    data = yaml.safe_load(text)
    timed, leaving, declining, reassuring, unwell, of_load = (
        frozenset(data[key]) for key in ("timed", "leaving", "declining", "reassuring", "unwell", "of the load")
    )
    phrases = {
        phrase: Order(
            Command(name),
            timed=phrase in timed,
            leaves=phrase in leaving,
            declines=phrase in declining,
            reassures=phrase in reassuring,
            unwell=phrase in unwell,
            of_load=phrase in of_load,
        )
        for name, said in data["commands"].items()
        for phrase in said
    }
    return Language(
        name=data["language"],
        code=data["code"],
        voice=data["voice"],
        voices=tuple(data["voices"]),
        phrases=phrases,
        lines=dict(_flat(data["lines"])),
        words=data["words"],
        talks=data["talks"],
        minutes_asked=tuple(data["minutes asked"]),
        plurals=data["plurals"],
        numbers=_numbers(data["numbers"]),
        named={Command(name): said for name, said in data["named"].items()},
        counted={Command(name): said for name, said in data["counted"].items()},
        wording=_wording(data["around phrases"], data["cries"]),
        choosing=Wording(tuple(data["around choices"]["before"]), tuple(data["around choices"]["after"])),
        always=data["always"],
        decoys=tuple(data["decoys"]),
        longer_phrases=tuple(data["longer phrases"]),
        keys={key: tuple(map(Command, names)) for key, names in data["keys"].items()},
        moments={moment: tuple(map(Command, names)) for moment, names in data["moments"].items()},
        shown=data["shown"],
        paper=data["paper"],
        effects=data["effects"],
        signs=Signs(**data["signs"]),
    )


def _flat(tree: Mapping[str, Any], above: str = "") -> list[tuple[str, Sequence[str]]]:
    flat: list[tuple[str, Sequence[str]]] = []
    for key, value in tree.items():
        name = f"{above}{key}"
        if isinstance(value, Mapping):
            flat += _flat(value, f"{name}.")
        else:
            flat.append((name, tuple(value) if isinstance(value, list) else (str(value),)))
    return flat


def _wording(around: Mapping[str, Sequence[str]], cries: Mapping[str, Any]) -> Wording:
    return Wording(
        before=tuple(around["before"]),
        after=tuple(around["after"]),
        cries=tuple(cries["any of"]),
        unless=frozenset(cries["unless"]),
        cry_words=cries["words"],
        cry_means=cries["mean"],
    )


def _numbers(words: Mapping[str, Any]) -> Sequence[str]:
    small, tens = words["small"], words["tens"]
    rest = [f"{ten} {small[n]}" if n else ten for ten in tens for n in range(10)]
    return (*small, *rest, words["hundred"])
