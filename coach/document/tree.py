"""A YAML document as dictionaries, lists and texts that remember where they stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from coach.errors import Fault


class Mark(NamedTuple):
    """Line and column, from 1."""

    line: int
    column: int


class Text(str):
    """A scalar as written."""

    __slots__ = ("kind", "mark")
    mark: Mark
    kind: str
    """What YAML takes it for: text, number, truth value, nothing or date."""

    size = 1

    @property
    def true(self) -> bool:
        """Whether it is a truth value, and true."""
        return self.kind == "truth value" and self.lower() in ("true", "yes", "on")


class Table(dict[str, Any]):
    """A mapping; `keys_at` says where each key stands."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.keys_at: dict[str, Mark] = {}
        self.size = 1


class Items(list[Any]):
    """A list."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.size = 1


Node = Text | Table | Items


@dataclass
class Document:
    """A file's content and what was wrong with it as YAML, apart from what made reading impossible."""

    file: str
    root: Node
    faults: list[Fault] = field(default_factory=list)
