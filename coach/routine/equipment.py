"""Equipment is written as people write it: "Mini Bands" and "mini band" are the same thing."""

from __future__ import annotations

from collections.abc import Iterable

from coach.document.names import key

_KNOWN = ("mini band", "long band", "chair")
"""What the coach has words for: which bands somebody has, how they are put on."""


def spelled(name: str) -> str:
    """The name as the coach's own exercises have it, where they do."""
    alike = (known for known in _KNOWN if key(known) == key(name))
    return next(alike, " ".join(name.split()))


def there(name: str, has: Iterable[str]) -> bool:
    """Whether a thing is among those that somebody has."""
    return key(name) in {key(other) for other in has}
