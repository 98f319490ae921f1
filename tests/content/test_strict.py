from __future__ import annotations

from coach.own import paths
from coach.routine import strict
from coach.routine.library import Library


def test_what_is_shipped_passes_the_strict_check() -> None:
    assert strict.check([paths.routines()], Library()) == []


def test_every_variant_is_reached_from_the_standard_one() -> None:
    """By "easier" and "harder", one rung at a time: a ladder has no gaps."""
    for family in Library().families.values():
        assert [variant.rung for variant in family.variants] == list(range(len(family.variants)))
        assert 0 < family.standard < len(family.variants)
        assert len(family.variants) >= 3
