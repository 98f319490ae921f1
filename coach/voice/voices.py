"""The voices of a system, and finding the one that was meant."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from coach.errors import NotFound


@dataclass(frozen=True)
class SystemVoice:
    """A voice that the synthesiser has."""

    id: str
    name: str
    languages: tuple[str, ...]


def find_voice(known: Sequence[SystemVoice], asked: str) -> str:
    """The id of the voice asked for by id, name or language, with its +variant if it has one.

    Raises NotFound with the nearest, where there are any.
    """
    base, plus, variant = asked.partition("+")
    for names in (_ids, _names, _languages):
        for voice in known:
            if base.lower() in names(voice):
                return voice.id + plus + variant
    called = {name: voice.id for voice in known for name in (*_ids(voice), *_names(voice), *_languages(voice))}
    near = dict.fromkeys(called[name] for name in difflib.get_close_matches(base.lower(), called, n=5, cutoff=0.6))
    nearest = f"The nearest are: {', '.join(near)}. " if near else ""
    raise NotFound(f'There is no voice "{asked}".', hint=f"{nearest}`coach voices` lists them all.")


def no_variant(base: str, variant: str) -> NotFound:
    """The error for a voice whose variant does not exist."""
    return NotFound(
        f'There is no variant "{variant}" of the voice "{base}".',
        hint="There are m1 to m8, f1 to f5, croak and whisper.",
    )


def _ids(voice: SystemVoice) -> tuple[str, ...]:
    return voice.id.lower(), voice.id.lower().split("/")[-1]


def _names(voice: SystemVoice) -> tuple[str, ...]:
    return (voice.name.lower(),)


def _languages(voice: SystemVoice) -> tuple[str, ...]:
    return tuple(language.lower().replace("_", "-") for language in voice.languages)
