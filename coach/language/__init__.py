"""A language: what the coach understands and what it says, read from one data file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from coach.session.commands import Command, Order


@dataclass(frozen=True)
class Language:
    name: str
    code: str
    voice: str
    phrases: dict[str, Order]
    """What can be said, lower case, to what it means. Numbers are not among them: see `orders`."""
    lines: dict[str, Any]
    numbers: tuple[str, ...]
    """Zero to one hundred, in words."""

    def orders(self) -> dict[str, Order]:
        """Every phrase and every number with its meaning: what the ear's grammar is made of."""
        spoken = {words: Order(Command.NUMBER, n) for n, words in enumerate(self.numbers)}
        return spoken | self.phrases

    def order(self, text: str) -> Order | None:
        """What a typed or heard text means; None when it is not a phrase of the table."""
        words = " ".join(text.lower().replace("’", "'").split()).rstrip(".!?")
        if words.isdigit() and int(words) <= 100:
            return Order(Command.NUMBER, int(words))
        return self.orders().get(words)


@cache
def load(code: str = "en") -> Language:
    data = yaml.safe_load((files("coach.language") / f"{code}.yaml").read_text(encoding="utf-8"))
    phrases = {phrase: Order(Command(name)) for name, said in data["commands"].items() for phrase in said}
    return Language(
        name=data["language"],
        code=data["code"],
        voice=data["voice"],
        phrases=phrases,
        lines=data.get("lines", {}),
        numbers=_numbers(data["numbers"]),
    )


def _numbers(words: dict[str, Any]) -> tuple[str, ...]:
    small, tens = words["small"], words["tens"]
    rest = [f"{ten} {small[n]}" if n else ten for ten in tens for n in range(10)]
    return (*small, *rest, words["hundred"])
