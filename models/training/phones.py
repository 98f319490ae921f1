"""Phones as the decoding graphs number them: by their place in a word, as Vosk's own models do."""

from __future__ import annotations

from typing import NamedTuple

from common import PHONES

KINDS = {"": "nonword", "B": "begin", "E": "end", "I": "internal", "S": "singleton"}


class Phone(NamedTuple):
    name: str
    kind: str
    """What word_boundary.int calls it."""
    sound: int
    """Its index in PHONES."""


def phone_table() -> tuple[dict[int, Phone], dict[tuple[str, str], int]]:
    """Every phone by its id, and every id by (name, position); ids count from 1.

    SIL and SPN take five ids each (plain, B, E, I, S), every other phone four.
    """
    table: dict[int, Phone] = {}
    ids: dict[tuple[str, str], int] = {}
    for sound, name in enumerate(PHONES):
        for position, kind in KINDS.items():
            if position or name in ("SIL", "SPN"):
                ids[name, position] = len(table) + 1
                table[len(table) + 1] = Phone(f"{name}_{position}" if position else name, kind, sound)
    return table, ids


def forward_tid(phone: int) -> int:
    """The transition-id that leaves a phone's one state."""
    return 2 * phone


def loop_tid(phone: int) -> int:
    """The transition-id that stays in it."""
    return 2 * phone - 1
