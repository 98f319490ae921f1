"""Families of exercises, found by the name of one or of a variant."""

from __future__ import annotations

from collections.abc import Mapping

from coach.document.names import key, nearest
from coach.routine.model import Family


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
        """The name that looks most like this one."""
        return nearest(name, self._names.values())

    def some(self, most: int = 5) -> list[str]:
        """A few names, for somebody whose own is like none of them."""
        return list(self._names.values())[:most]
