"""A routine on paper: each exercise with its dose, its band and one line of cues.

Ranges and times are spelled out ("6 to 10 reps"), because a screen reader makes "6-10" a subtraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.language import Language
from coach.paper.wording import Wording
from coach.routine.model import Circuit, Range, Routine, Variant, Work
from coach.session.briefing import needs, planned
from coach.session.plan import make_plan, works
from coach.session.script import Script
from coach.view.in_words import minutes

if TYPE_CHECKING:
    from rich.console import RenderableType

_FILE = re.compile(r"\S+\.\w{2,4}$")
CUES = 3
"""As many as fit on a line of large print."""


@dataclass(frozen=True)
class Exercise:
    """An exercise as the sheet shows it."""

    name: str
    facts: tuple[tuple[str, str], ...]
    """Label and text, in the order they are shown; what there is nothing to say of is left out."""
    variant: Variant


@dataclass(frozen=True)
class Rounds:
    """A circuit as the sheet shows it."""

    name: str
    rest: str
    entries: tuple[Exercise | Rounds, ...]


def plain(routine: Routine, language: Language, *, how: bool = False) -> str:
    """Text to be read line by line, aloud or in a pipe. `how` adds how each exercise is done."""
    words = Wording(language, "sheet")
    body = [routine.title, *introduction(routine, words), "", *_plain(entries(routine, words), words)]
    for line in credit(routine, words):
        body += ["", line]
    if how:
        body += ["", words.text("how")]
        for variant in variants(routine):
            body += ["", capital(variant.name), *(f"  {label}: {text}" for label, text in how_to(variant, words))]
    return "\n".join(body) + "\n"


def markdown(routine: Routine, language: Language, *, how: bool = False) -> str:
    """The same as Markdown."""
    words = Wording(language, "sheet")
    body = [f"# {_marked(routine.title)}"]
    for line in introduction(routine, words):
        body += ["", _marked(line)]
    body += ["", *_markdown(entries(routine, words), words)]
    for line in credit(routine, words):
        body += ["", _marked(line)]
    if how:
        body += ["", f"## {words.text('how')}"]
        for variant in variants(routine):
            facts = (f"- {label}: {_marked(text)}" for label, text in how_to(variant, words))
            body += ["", f"### {_marked(capital(variant.name))}", "", *facts]
    return "\n".join(body) + "\n"


def terminal(routine: Routine, language: Language) -> RenderableType:
    """The same as a table, for rich's Console."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    words = Wording(language, "sheet")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    columns = [words.text(name) for name in ("exercise", "dose", "rest", "band", "cue")]
    for column in columns:
        table.add_column(column)
    for depth, entry in _flat(entries(routine, words)):
        name = Text("  " * depth + entry.name, style="bold")
        facts = dict(entry.facts) if isinstance(entry, Exercise) else {words.text("rest"): entry.rest}
        table.add_row(name, *(Text(facts.get(column, "")) for column in columns[1:]))
    title = Text(routine.title, style="bold")
    return Group(title, *map(Text, introduction(routine, words)), table, *map(Text, credit(routine, words)))


def introduction(routine: Routine, words: Wording) -> list[str]:
    """What it is for, how long it takes, and what it takes."""
    plan = make_plan(routine)
    return [
        *([routine.about] if routine.about else []),
        words.text("takes", minutes=words.counted(minutes(plan.seconds), "minute")),
        needs(Script(words.language, plan), planned(plan)) or words.text("need_nothing"),
        words.text("pain"),
    ]


def credit(routine: Routine, words: Wording) -> list[str]:
    """Whom it is from, by name: the file that a source was read from says nothing to who holds the sheet."""
    name = _FILE.sub("", routine.source).rstrip(" ,")
    return [words.text("credit", source=name)] if name else []


def variants(routine: Routine) -> list[Variant]:
    """The exercises that it begins with, each once, in their order."""
    return list(dict.fromkeys(_variant(routine, work) for work in works(routine.blocks)))


def how_to(variant: Variant, words: Wording) -> Iterator[tuple[str, str]]:
    """How it is done, as labels and texts."""
    texts = {
        "setup": " ".join(filter(None, [*variant.setup, variant.brace])),
        "move": variant.move,
        "switch": variant.switch,
        "mistakes": " ".join(variant.mistakes),
        "caution": " ".join(filter(None, [variant.safety, variant.caution])),
    }
    yield from ((words.text(label), text) for label, text in texts.items() if text)


def _variant(routine: Routine, work: Work) -> Variant:
    return routine.families[work.family].variants[work.rung]


def entries(routine: Routine, words: Wording) -> tuple[Exercise | Rounds, ...]:
    """What is done, in its order."""
    return _entries(routine, routine.blocks, words)


def _entries(routine: Routine, blocks: Sequence[Work | Circuit], words: Wording) -> tuple[Exercise | Rounds, ...]:
    return tuple(
        Rounds(
            words.range(block.rounds.low, block.rounds.high, "round"),
            words.text("after_round", time=words.time(block.rest)) if block.rest and block.rounds.high > 1 else "",
            _entries(routine, block.blocks, words),
        )
        if isinstance(block, Circuit)
        else _exercise(_variant(routine, block), block, words)
        for block in blocks
    )


def _exercise(variant: Variant, work: Work, words: Wording) -> Exercise:
    facts = (
        ("dose", _dose(variant, work, words)),
        ("rest", words.time(work.rest) if work.rest and work.sets.high > 1 else ""),
        ("band", variant.band if variant.equipment != "none" else ""),
        ("cue", ", ".join([*variant.cues[:1], *(cue[:1].lower() + cue[1:] for cue in variant.cues[1:CUES])])),
    )
    return Exercise(capital(variant.name), tuple((words.text(label), text) for label, text in facts if text), variant)


def _dose(variant: Variant, work: Work, words: Wording) -> str:
    amount = words.range(work.amount.low, work.amount.high, work.unit) + _each(variant.sides, words)
    if work.sets == Range(1, 1):
        return amount
    return words.text("sets_of", sets=words.range(work.sets.low, work.sets.high, "set"), amount=amount)


def _each(sides: Sequence[str], words: Wording) -> str:
    """ " each leg" for a right and a left one, " each direction" for two ways to go, else the sides themselves."""
    if not sides:
        return ""
    last_words = {side.split()[-1] for side in sides}
    if len(last_words) == 1:
        return words.text("each", last=last_words.pop())
    if all(side.startswith(words.text("direction")) for side in sides):
        return words.text("each_direction")
    return words.text("sides", first=", ".join(sides[:-1]), last=sides[-1])


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def _flat(entries: Sequence[Exercise | Rounds], depth: int = 0) -> Iterator[tuple[int, Exercise | Rounds]]:
    for entry in entries:
        yield depth, entry
        if isinstance(entry, Rounds):
            yield from _flat(entry.entries, depth + 1)


def _plain(entries: Sequence[Exercise | Rounds], words: Wording, indent: str = "") -> Iterator[str]:
    for number, entry in enumerate(entries, 1):
        inner = indent + "   "
        yield f"{indent}{number}. {entry.name}"
        if isinstance(entry, Exercise):
            yield from (f"{inner}{label}: {text}" for label, text in entry.facts)
        else:
            yield from _plain(entry.entries, words, inner)
            if entry.rest:
                yield f"{inner}{words.text('rest')}: {entry.rest}"


def _markdown(entries: Sequence[Exercise | Rounds], words: Wording, indent: str = "") -> Iterator[str]:
    for number, entry in enumerate(entries, 1):
        marker = f"{number}. "
        inner = indent + " " * len(marker)
        yield f"{indent}{marker}**{_marked(entry.name)}**"
        if isinstance(entry, Exercise):
            yield from (f"{inner}- {label}: {_marked(text)}" for label, text in entry.facts)
        else:
            yield ""
            yield from _markdown(entry.entries, words, inner)
            if entry.rest:
                yield from ("", f"{inner}{words.text('rest')}: {_marked(entry.rest)}")


def _marked(text: str) -> str:
    """The text with everything escaped that Markdown would take for a mark, wherever it stands in a line."""
    return re.sub(r"[\\`*\[\]<>|~&]|\b_|_\b|^[-=+#]|(?<=^\d)[.)]", r"\\\g<0>", text)
