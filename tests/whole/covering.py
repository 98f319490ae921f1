"""Few rows in which each value of each factor meets each value of every other."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

Factors = Mapping[str, Sequence[Any]]
"""Each factor's values, by its name."""
Row = Mapping[str, Any]
Value = tuple[str, Any]

TRIES = 8
"""Rows of which the best is taken."""


def covering(factors: Factors, seed: int) -> list[Row]:
    """Rows with a value of each factor, so that each two values of two factors are in one. The same seed gives the same
    rows.
    """
    chance = random.Random(seed)
    open_pairs = {
        frozenset([(one, a), (other, b)])
        for one, other in combinations(factors, 2)
        for a in factors[one]
        for b in factors[other]
    }
    rows: list[Row] = []
    while open_pairs:
        tried = [_row(factors, open_pairs, chance) for _ in range(TRIES)]
        best = max(tried, key=lambda row: len(_pairs(row) & open_pairs))
        open_pairs -= _pairs(best)
        rows.append({name: best[name] for name in factors})
    return rows


def _pairs(row: Row) -> set[frozenset[Value]]:
    return set(map(frozenset, combinations(row.items(), 2)))


def _row(factors: Factors, open_pairs: set[frozenset[Value]], chance: random.Random) -> dict[str, Any]:
    """One that begins with a pair that no row has, each other value chosen for how many such pairs it makes."""
    row = dict(chance.choice(sorted(map(sorted, open_pairs), key=repr)))
    for name in chance.sample(sorted(set(factors) - set(row)), len(factors) - len(row)):
        gain = {
            value: sum(frozenset([(name, value), other]) in open_pairs for other in row.items())
            for value in chance.sample(list(factors[name]), len(factors[name]))
        }
        row[name] = max(gain, key=lambda value: gain[value])
    return row
