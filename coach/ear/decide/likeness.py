"""How words sound, and how alike: a phone edit distance that knows that some phones are nearly the same."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_VOWELS = {
    "IY": "front high", "IH": "front high", "EY": "front mid", "EH": "front mid", "AE": "front low", "AA": "back low",
    "AO": "back mid", "OW": "back mid", "UH": "back high", "UW": "back high", "AH": "central mid", "ER": "central mid",
    "AY": "front low", "AW": "back low", "OY": "back mid",
}  # fmt: skip
_KINDS = ("P B", "T D", "K G", "F V TH DH", "S Z", "SH ZH CH JH", "M N NG", "L R", "W Y", "HH")
_KIND = {phone: number for number, kind in enumerate(_KINDS) for phone in kind.split()}
_LETTERS = {
    "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH", "k": "K",
    "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "u": "AH", "v": "V",
    "w": "W", "x": "K S", "y": "Y", "z": "Z",
}  # fmt: skip


_ANY_TWO, _TWICE = 0.3, 0.8
"""The share of the phones."""


@cache
def lexicon(code: str) -> dict[str, tuple[str, ...]]:
    """Words to phones; empty for a language without a file of its own."""
    path = files("coach.ear.decide") / f"sounds-{code}.txt"
    if not path.is_file():
        return {}
    entries = (line.split() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {entry[0]: tuple(entry[1:]) for entry in entries}


def phones(phrase: str, code: str) -> tuple[str, ...]:
    """A phrase's phones; a word that is not in the lexicon is spelled out, which is better than nothing."""
    known = lexicon(code)
    out: list[str] = []
    for word in phrase.lower().split():
        out += known.get(word) or " ".join(_LETTERS.get(letter, "") for letter in word).split()
    return tuple(out)


def distance(one: str, other: str, code: str) -> float:
    """How differently two phrases sound: 0 the same, 1 nothing in common; the cost of turning the one into the other
    over the longer one's number of phones."""
    a, b = phones(one, code), phones(other, code)
    if not a or not b:
        return float(a != b)
    costs = [float(i) for i in range(len(b) + 1)]
    for i, phone in enumerate(a, 1):
        before, costs[0] = costs[0], float(i)
        for j, against in enumerate(b, 1):
            swap = before + _unlike(phone, against)
            before, costs[j] = costs[j], min(swap, costs[j] + 1, costs[j - 1] + 1)
    return costs[-1] / max(len(a), len(b))


def likeness(one: str, other: str, code: str) -> float:
    """From 0, as any two phrases are alike, to 1, as one is when it is heard twice, through noise the second time."""
    alike = (1 - distance(one, other, code) - _ANY_TWO) / (_TWICE - _ANY_TWO) if one.strip() else 0.0
    return min(max(alike, 0.0), 1.0)


def _unlike(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        shared = sum(x == y for x, y in zip(_VOWELS[one].split(), _VOWELS[other].split(), strict=True))
        return 0.75 - 0.25 * shared
    return 0.5 if _KIND.get(one, -1) == _KIND.get(other, -2) else 1.0
