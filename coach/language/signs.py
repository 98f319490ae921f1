"""Signs, figures and pictures in what people write, as words: a synthesiser spells them out, or says nothing at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_PLAIN = re.compile(r"[A-Za-z\s.,;:!?'’\"-]*")
_FRACTION = re.compile(r"(?<![\d/])(\d{1,3})\s?/\s?(\d{1,3})(?![\d/])")
_RANGE = re.compile(r"(?<![\d.-])(\d{1,3})\s?[-–]\s?(\d{1,3})(?![\d.-])")
_TIMES = re.compile(r"(?<=\d)\s?[x×]\s?(?=\d)", re.IGNORECASE)
_MIXED = re.compile(r"(?<=\d)\s?[- ]\s?(?=\d{1,2}/\d)")
_NUMBER = re.compile(r"(?<![\w.,:])\d{1,3}(?!\w|[.,:]\d)")
_EITHER = re.compile(r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])")
_BRACKETS = str.maketrans("[]{}<>|\\", "()(),,, ")


@dataclass(frozen=True)
class Signs:
    """How a language says them."""

    words: Mapping[str, str]
    """Of single signs: {"&": "and"}."""
    short: Mapping[str, str]
    """Of words that are written short: {"w/": "with"}."""
    units: Mapping[str, str]
    """Of what stands after a figure: {"lbs": "pounds"}."""
    fractions: Mapping[str, str]
    """Of the usual ones: {"3/4": "three quarters"}."""
    over: str
    """Between the figures of any other."""
    to: str
    """Between the ends of a range: 8-12."""
    either: str
    """For a stroke between words: left/right."""

    def spoken(self, text: str, number: Callable[[int], str]) -> str:
        """The text in words. `number` has those of a number up to one hundred."""
        if _PLAIN.fullmatch(text):
            return text
        text = unicodedata.normalize("NFC", "".join(map(_whole_fraction, text))).translate(_BRACKETS)
        for short, words in self.short.items():
            text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", f" {words} ", text, flags=re.IGNORECASE)
        for unit, words in self.units.items():
            text = re.sub(rf"(?<=\d)\s?{unit}\b\.?", f" {words}", text, flags=re.IGNORECASE)
        text = _TIMES.sub(f" {self.words['×']} ", text)
        text = _MIXED.sub(f" {self.words['&']} ", text)
        text = _FRACTION.sub(lambda found: self._fraction(int(found[1]), int(found[2]), number), text)
        text = _RANGE.sub(lambda found: self._range(int(found[1]), int(found[2]), number), text)
        text = _NUMBER.sub(lambda found: number(int(found[0])), text)
        text = _EITHER.sub(f" {self.either} ", text)
        text = "".join(map(self._sign, text))
        return re.sub(r"\s+([.,;:!?)])", r"\1", " ".join(text.split())).replace("()", "").replace("( ", "(")

    def _fraction(self, part: int, whole: int, number: Callable[[int], str]) -> str:
        if part == whole:
            return f"{number(part)} {number(whole)}"
        known = self.fractions.get(f"{part}/{whole}")
        return known or f"{number(part)} {self.over} {number(whole)}"

    def _range(self, low: int, high: int, number: Callable[[int], str]) -> str:
        between = f" {self.to} " if low < high else " "
        return f"{number(low)}{between}{number(high)}"

    def _sign(self, character: str) -> str:
        if character in self.words:
            return f" {self.words[character]} "
        if unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
            return ""
        return " " if unicodedata.category(character)[0] in "SCZ" or character in "_*" else character


def _whole_fraction(character: str) -> str:
    """½ as 1/2."""
    apart = unicodedata.normalize("NFKC", character)
    return f" {apart.replace('⁄', '/')}" if "⁄" in apart and len(apart) > 1 else character
