"""What the page is told: all that is to be seen of the workout, as one object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coach.language.commands import Command
from coach.paper import figure
from coach.routine.model import Variant
from coach.view.view import View

HARDEST = 10
"""Of the answers to "how hard was that"."""


def state(view: View, offered: Sequence[Command], variants: Mapping[str, Variant]) -> dict[str, Any]:
    """All of it: texts ready to be shown, parts of the set and of the workout from 0 to 1, and what can be tapped."""
    variant = variants.get(view.coming if view.resting is not None else view.exercise)
    mirrored = bool(variant and len(variant.sides) > 1 and view.side == variant.sides[1])
    drawn = figure.pair(variant.figure, variant, mirrored=mirrored) if variant and variant.figure else ()
    return {
        "title": view.title,
        "exercise": (view.next if view.resting is not None else view.exercise) or view.title,
        "place": ", ".join(filter(None, [view.set, view.side])) or view.finished,
        "number": "" if (number := view.resting if view.resting is not None else view.done) is None else str(number),
        "told": view.counted,
        "moment": _moment(view),
        "spoken": view.spoken,
        "heard": view.heard,
        "set": round(view.of_set, 3),
        "workout": round(view.of_workout, 3),
        "left": view.time_left,
        "over": bool(view.finished),
        "figures": "".join(drawn),
        "commands": _commands(view, offered),
    }


def _moment(view: View) -> str:
    if view.paused:
        return str(view.shown["paused"])
    return str(view.shown["resting"]) if view.resting is not None else ""


def _commands(view: View, offered: Sequence[Command]) -> list[str]:
    """What a tap says: a phrase of the table, or a number."""
    phrases: list[str] = []
    for command in offered:
        if command is Command.NUMBER:
            phrases += [str(n) for n in range(HARDEST + 1)]
        else:
            phrases.append(view.language.phrase(command))
    return phrases
