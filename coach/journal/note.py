"""One statement of the journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Note:
    """One statement; `:session` is filled in when it is carried out."""

    sql: str
    values: dict[str, Any] = field(default_factory=dict)
    lasting: bool = True
    """Worth waiting for the disk; a place that is passed through is not, and falls in the middle of a count."""
    begins: bool = False
    """It makes the session's row."""
    index: int | None = None
    """The set that is saved with it."""
