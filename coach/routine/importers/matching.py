"""Which of our exercises another program means: by name, by what it takes, and by how it is dosed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from coach.document.names import key
from coach.routine.importers import equipment
from coach.routine.ladders import Ladders
from coach.routine.model import Family, Variant

_SAYS_NOTHING = {
    "the", "a", "an", "with", "exercise", "standard", "regular", "basic", "normal", "using", "on", "floor",
    "rep", "set", "of", "each", "per", "both", "alternating", "and",
}  # fmt: skip


@dataclass(frozen=True)
class Match:
    """A variant of ours for a name of theirs."""

    family: Family
    variant: Variant
    asked: bool
    """The variant itself was meant, by its name or by what it takes, and not just its family."""

    @property
    def exercise(self) -> str:
        """What a block is to name: the family where the athlete's history may choose."""
        return self.family.name if self.variant.rung == self.family.standard and not self.asked else self.variant.name


class Matcher:
    """Finds our variants by other programs' names."""

    def __init__(self, families: Mapping[str, Family]) -> None:
        self._ladders = Ladders(families)
        self._by_core: dict[str, str] = {}
        for family in families.values():
            self._by_core.setdefault(_core(family.name), family.name)
        for ours, theirs in _names().items():
            if self._ladders.find(ours):
                for name in theirs:
                    self._by_core.setdefault(_core(name), ours)
        self._banded = {key(name) for name in _needs_a_band()}

    def knows(self, name: str) -> bool:
        """Whether a family or a variant of ours has this very name."""
        return self._ladders.find(name) is not None

    def is_held(self, name: str) -> bool:
        """Whether what is meant by this name is held, and not counted."""
        return self.find(name, "", held=False) is None and self.find(name, "", held=True) is not None

    def find(self, name: str, takes: str, *, held: bool) -> Match | None:
        """Our variant for an exercise of this name that takes this ("" where nothing says), held or counted."""
        bare, in_name = equipment.in_name(re.sub(r"[()\[\],]", " ", name))
        takes = takes or in_name
        exact = self._ladders.find(name)
        place = exact or self._ladders.find(self._by_core.get(_core(bare), ""))
        if place is None or _is_heavy(takes):
            return None
        family, rung = place
        banded = takes.endswith("band") or "band" in in_name
        if not banded and key(family.name) in self._banded and not (exact and key(name) != key(family.name)):
            return None
        of_family = rung == family.standard
        named = family.variants if of_family else [family.variants[rung]]
        fitting = [v for v in named if v.hold == held and (not of_family or _fits(v, takes))]
        if not fitting:
            return None
        variant = min(fitting, key=lambda variant: abs(variant.rung - rung))
        asked = not of_family or key(variant.name) == key(name) or (bool(takes) and key(name) != key(family.name))
        return Match(family, variant, asked)


def _fits(variant: Variant, takes: str) -> bool:
    if takes == "none":
        return variant.equipment == "none"
    return not takes or "band" in variant.equipment


def _is_heavy(takes: str) -> bool:
    return takes not in ("", "none") and not takes.endswith("band")


def _core(name: str) -> str:
    """What is left of a name without equipment and words that say nothing, in any order of spelling."""
    bare = equipment.in_name(re.sub(r"[()\[\],/]", " ", name))[0]
    return " ".join(word for word in key(bare).split() if word not in _SAYS_NOTHING)


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(
        (files("coach.routine.importers") / "names.yaml").read_text(encoding="utf-8")
    )
    return table


def _names() -> dict[str, list[str]]:
    return {ours: theirs for ours, theirs in _table().items() if ours != "needs a band"}


def _needs_a_band() -> list[str]:
    return list(_table()["needs a band"])
