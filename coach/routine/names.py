"""Finding an exercise by the name somebody wrote: any case, singular or plural, hyphen or space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache

from coach.routine.model import Family


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What two spellings of one name have in common: "Single-Leg Glute Bridges" and "single leg glute bridge"."""
    return " ".join(_singular(word) for word in re.findall(r"[^\W_]+", name.casefold().replace("'", "")))


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name that looks most like this one."""
    by_key = {key(other): other for other in known}
    close = get_close_matches(key(name), by_key, 1, cutoff)
    return by_key[close[0]] if close else None


class Ladders:
    """Families and their variants by name; those of an earlier collection before those of a later one."""

    def __init__(self, *collections: Mapping[str, Family]) -> None:
        self._rungs: dict[str, tuple[Family, int]] = {}
        self._names: dict[str, str] = {}
        for families in collections:
            for family in families.values():
                self._add(family.name, family, family.standard)
            for family in families.values():
                for variant in family.variants:
                    self._add(variant.name, family, variant.rung)

    def _add(self, name: str, family: Family, rung: int) -> None:
        self._rungs.setdefault(key(name), (family, rung))
        self._names.setdefault(key(name), name)

    def find(self, name: str) -> tuple[Family, int] | None:
        """The family and the rung on its ladder: the standard one for the family's own name."""
        return self._rungs.get(key(name))

    def nearest(self, name: str) -> str | None:
        return nearest(name, self._names.values())

    def some(self, most: int = 5) -> list[str]:
        """A few names, for somebody whose own is like none of them."""
        return list(self._names.values())[:most]


def _singular(word: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word
