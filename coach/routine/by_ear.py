"""What a text is to the ear: how long it takes, how many words come in one breath, what a synthesiser mangles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]
"""How many seconds a text takes to say at the usual rate."""

Remark = tuple[str, str]
"""What is wrong with a text, and what would be right."""

MOST_WORDS = 20
"""Words in one breath."""

_SILENT = set(" .,;:!?'’‘\"“”()-–—…")
_ABBREVIATION = re.compile(
    r"\b(?:(?:[a-z]\.){2,}|(?:approx|etc|incl|vs|resp|fig|nr|kg|lbs?|oz|mm|cm|km|ft|hrs?|mins?|secs?)\b)",
    re.IGNORECASE,
)
_SIGHT = re.compile(
    r"\b(?:like (?:this|that|so)|as (?:shown|seen|pictured|illustrated|above|below)|over there|here|"
    r"(?:look|watch|see|gaze)(?:s|ing)?|eyes on|mirror|picture|photo|video|diagram|screen)\b",
    re.IGNORECASE,
)


def estimated_seconds(text: str) -> float:
    """How long eSpeak NG takes over a text at 175 words a minute, without the silence around it.

    Fitted to 236 lines of the exercise library as pyttsx3 2.99 renders them, which come to 3.5 words a second; the
    standard deviation of what is left is 0.16 s. Letters tell more than words do (0.16 against 0.25 s).
    """
    letters = sum(1 for character in text if character.isalpha())
    pauses = len(re.findall(r"[,;:.!?](?=\s)", text))
    return 0.10 + 0.061 * letters + 0.30 * pauses


def sentences(text: str) -> list[str]:
    """The text in sentences."""
    return [sentence for sentence in re.split(r"(?<=[.!?;])\s+", text) if sentence]


def out_of_breath(text: str) -> Iterator[Remark]:
    """A text that is to be said in one breath and has too many words for it."""
    words = len(text.split())
    if words > MOST_WORDS:
        yield f"{words} words are too many for one breath", f"say it in at most {MOST_WORDS}, or in two sentences"


def mangled(text: str) -> Iterator[Remark]:
    """What a synthesiser would spell out, misread or leave out."""
    if found := re.search(r"[^\s]*\d[^\s]*", text):
        yield f'"{found[0]}" has digits', "write the number in words"
    if found := _ABBREVIATION.search(text):
        yield f'"{found[0]}" is an abbreviation', "write the word out"
    if found := re.search(r"\b[A-Z]{2,}\b", text):
        yield f'"{found[0]}" is all capitals', "write it as it is spoken"
    strange = next((c for c in text if not (_latin(c) or c in _SILENT or c.isdigit())), None)
    if strange:
        yield f'nobody knows how "{strange}" is spoken', "write it in words"


def needs_sight(text: str) -> Iterator[Remark]:
    """What nobody can follow who does not see."""
    if found := _SIGHT.search(text):
        yield f'"{found[0]}" depends on sight', "say where, by the body: above your knees"


def _latin(character: str) -> bool:
    if character.isascii():
        return character.isalpha()
    return unicodedata.combining(character) != 0 or unicodedata.name(character, "").startswith("LATIN")
