"""The list of events for docs/events.md, from the classes in coach/session/events.py."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from coach.audio.tones import TONES
from coach.session import events
from coach.session.events import Event

TYPES: dict[Any, tuple[str, object]] = {
    float: ("number", 1.0),
    int: ("whole number", 1),
    str: ("text", "text"),
    bool: ("true or false", True),
    dict: ("object of whole numbers", {}),
    dict[str, dict[str, int]]: ("object of objects of whole numbers", {}),
    list: ("list of objects", []),
}
"""Each type's name in the list, and a value of it."""

MEANINGS = {
    "at": "Seconds on the audio clock since the session began.",
    "title": "The routine's title.",
    "exercise": "The variant's name.",
    "family": "The family's name.",
    "slot": "Which of the routine's exercises, from 0.",
    "set": "Which set of this exercise, from 1.",
    "n": "Which one, from 1.",
    "of": "Of how many.",
    "amount": "Reps or steps a side, or seconds of a hold, that were planned.",
    "index": "The set's place in the whole workout, from 0.",
    "side": "The leg, arm, side or direction.",
    "tempo": "Seconds of effort, hold and return: 2-0-2.",
    "text": "What was said.",
    "device": "Which it is.",
    "command": "The command's name, as `coach commands` has it.",
    "set_started.of": "How many sets of this exercise the workout has.",
    "exercise_started.of": "How many exercises the workout has.",
    "variant_changed.from": "The variant that was used until now.",
    "variant_changed.to": "The variant from now on.",
    "variant_changed.why": "Who or what wanted it: the athlete, pain, an undo, or progression.",
    "phase.phase": "Its word, or effort, hold or return.",
    "set_finished.why": "How it ended; done: the athlete said so.",
    "set_finished.of": "How many sets of this exercise the workout has.",
    "set_finished.done": "What was done of each side.",
    "offer_answered.accepted": "Whether the athlete goes on from there.",
    "effort.effort": "0 to 10.",
    "said.until": "When it ended.",
    "rest_started.seconds": "How long the rest is.",
    "rest_started.next": "The exercise after it.",
    "said.priority": "A line gives way to one that stands later here.",
    "said.cut": "Whether it was broken off.",
    "band": "Which of the athlete's bands, by its name; null where the settings name none or one.",
    "band_changed.equipment": "What kind of band.",
    "band_changed.to": "The band from now on, by its name.",
    "band_changed.why": "Who or what wanted it; took: the athlete said that it is on.",
    "sounded.tone": f"Its name: {', '.join(TONES)}.",
    "heard.command": "The command that the words mean; null where they mean none.",
    "heard.accepted": "Whether it is obeyed.",
    "heard.reason": "Why it is not obeyed; empty where it is. See [tuning the ear](tuning-the-ear.md).",
    "heard.speech_end": "When the athlete stopped speaking.",
    "command.by": "How it came.",
    "session_finished.status": "How it ended; ended: the athlete said so.",
    "unit": "What is counted.",
    "command.number": "The number that was said.",
    "sound_missed.seconds": "How much silence was played.",
    "sound_lost.seconds": "How much has become certain.",
    "session_finished.seconds": "How long the workout took.",
}
"""What a field means where its class does not say so; an event's own entry goes before the common one."""


def kinds() -> list[type[Event]]:
    """Every class of event, in the order of the module."""
    found = [each for each in vars(events).values() if isinstance(each, type)]
    return [kind for kind in found if issubclass(kind, Event) and kind is not Event]


def as_markdown() -> str:
    """A heading, a sentence and a table of fields for each event."""
    text = "\n\n".join("\n".join(_about(kind)) for kind in kinds())
    for kind in kinds():
        text = re.sub(rf"\b{kind.__name__}\b(?!`)", f"`{kind.name()}`", text) if "_" in kind.name() else text
    return text


def _about(kind: type[Event]) -> Iterator[str]:
    about, told = _written(kind)
    yield f"### `{kind.name()}`"
    yield f"\n{about}"
    rows = list(_rows(kind, told))
    if rows:
        yield "\n| field | holds | meaning |\n|---|---|---|"
        yield from rows


def _rows(kind: type[Event], told: dict[str, str]) -> Iterator[str]:
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind) if each.name != "at"]
    full: dict[str, Any] = {name: _value(hints[name]) for name in ("at", *names)}
    bare: dict[str, Any] = {name: None if _may_miss(hints[name]) else value for name, value in full.items()}
    always = kind(**bare).record()
    for name, shown in zip(names, [key for key in kind(**full).record() if key not in ("at", "event")], strict=True):
        holds = _type(hints[name]) + ("" if shown in always else "; may be missing")
        meaning = told.get(name) or MEANINGS.get(f"{kind.name()}.{shown}") or MEANINGS[shown]
        yield f"| `{shown}` | {holds} | {meaning} |"


def _written(kind: type[Event]) -> tuple[str, dict[str, str]]:
    """The class's docstring, and what stands under its fields."""
    (tree,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(tree, ast.ClassDef)
    told: dict[str, str] = {}
    name = ""
    for node in tree.body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name)):
                pass
            case ast.Expr(value=ast.Constant(value=str(text))) if name:
                told[name] = " ".join(text.split())
    return " ".join((ast.get_docstring(tree) or "").split()), told


def _may_miss(hint: Any) -> bool:
    return NoneType in get_args(hint)


def _plain(hint: Any) -> Any:
    """The type itself, of one that may be None."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    return hint


def _choices(hint: Any) -> list[str]:
    if get_origin(hint) is Literal:
        return [str(each) for each in get_args(hint)]
    return [each.value for each in hint] if inspect.isclass(hint) and issubclass(hint, StrEnum) else []


def _known(plain: Any) -> tuple[str, object]:
    return TYPES.get(plain) or TYPES[get_origin(plain) or plain]


def _type(hint: Any) -> str:
    plain = _plain(hint)
    choices = _choices(plain)
    if choices:
        return "text" if len(choices) > 8 else f"one of {', '.join(choices)}"
    return _known(plain)[0]


def _value(hint: Any) -> Any:
    plain = _plain(hint)
    choices = _choices(plain)
    if choices:
        return plain(choices[0]) if isinstance(plain, type) else choices[0]
    return _known(plain)[1]
