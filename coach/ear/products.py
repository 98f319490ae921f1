"""Whether products of matrices come out right on this processor: under an emulated one they were wrong, and finite."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Product = Callable[[Array, Array], Array]
_TOLERANCE = 1e-6
"""Of the greatest that the sum of a row could be; single precision is off by less than 1e-8 of that."""


def proving(product: Product) -> Product:
    """The same product, which raises ArithmeticError where a result is wrong."""

    def proved(a: Array, b: Array) -> Array:
        found = product(a, b)
        if not is_product(found, a, b):
            raise ArithmeticError("a product of matrices is wrong")
        return found

    return proved


def is_product(found: Array, a: Array, b: Array) -> bool:
    """Whether `found` is the product of a, of any shape, and the matrix b.

    Freivalds' check: both sides are multiplied by a random vector, which costs far less than the product. `einsum` does
    that in double precision and in loops of its own, without the library that makes products.
    """
    chance = np.random.default_rng(0).standard_normal(b.shape[1])
    wanted = np.einsum("...k,k->...", a, np.einsum("kn,n->k", b, chance))
    off = np.abs(np.einsum("...n,n->...", found, chance) - wanted)
    most = float(np.abs(a).max()) * float(np.abs(b * chance).sum())
    return bool(np.all(off <= _TOLERANCE * most))
