"""Finding what somebody meant by a name: any case, singular or plural, hyphen or space."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What two spellings of one name have in common: "Single-Leg Glute Bridges" and "single leg glute bridge"."""
    return " ".join(_singular(word) for word in re.findall(r"[^\W_]+", name.casefold().replace("'", "")))


def name_of(file: Path) -> str:
    """A file's name without its ending, as text: a name may have bytes that are no letters, and a locale that knows few
    letters makes such bytes of the others.
    """
    return os.fsencode(file.stem).decode(errors="replace")


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name that looks most like this one; one with the same letters in another order before any other."""
    by_key = {key(other): other for other in known}
    close = get_close_matches(key(name), by_key, 5, cutoff)
    close.sort(key=lambda other: sorted(other) != sorted(key(name)))
    return by_key[close[0]] if close else None


def _singular(word: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word
