"""A routine on paper: each exercise with its dose, its band and one line of cues.

Ranges and times are spelled out ("6 to 10 reps"), because a screen reader makes "6-10" a subtraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from coach.language import Language
from coach.paper.wording import Wording
from coach.routine.model import Circuit, Range, Routine, Variant, Work

if TYPE_CHECKING:
    from rich.console import RenderableType

CUES = 3
"""As many as fit on a line of large print."""

STYLE = """\
:root { color-scheme: light dark; }
body { font: 18pt/1.35 Verdana, "DejaVu Sans", sans-serif; max-width: 36em; margin: 0 auto; padding: 1em; }
h1 { font-size: 1.5em; margin: 0 0 .3em; }
h2, h3, h4, h5, h6 { font-size: 1.1em; margin: .7em 0 .1em; break-after: avoid; }
p { margin: .3em 0; }
ol { padding-left: 1.6em; margin: 0; }
li { break-inside: avoid; }
li::marker { font-weight: bold; }
li:has(ol) { break-inside: auto; }
dl { margin: 0; }
dt, dd { display: inline; margin: 0; }
dt { font-weight: bold; }
dt::after { content: ":"; }
@page { size: A4; margin: 15mm; }
@media print { body { max-width: none; padding: 0; } }
"""


@dataclass(frozen=True)
class Exercise:
    """An exercise as the sheet shows it."""

    name: str
    facts: tuple[tuple[str, str], ...]
    """Label and text, in the order they are shown; what there is nothing to say of is left out."""


@dataclass(frozen=True)
class Rounds:
    """A circuit as the sheet shows it."""

    name: str
    rest: str
    entries: tuple[Exercise | Rounds, ...]


def plain(routine: Routine, language: Language) -> str:
    """Text to be read line by line, aloud or in a pipe."""
    words = Wording(language, "sheet")
    body = [routine.title, *_introduction(routine, words), "", *_plain(_entries(routine, routine.blocks, words), words)]
    for line in _credit(routine, words):
        body += ["", line]
    return "\n".join(body) + "\n"


def markdown(routine: Routine, language: Language) -> str:
    """The same as Markdown."""
    words = Wording(language, "sheet")
    body = [f"# {_marked(routine.title)}"]
    for line in _introduction(routine, words):
        body += ["", _marked(line)]
    body += ["", *_markdown(_entries(routine, routine.blocks, words), words)]
    for line in _credit(routine, words):
        body += ["", _marked(line)]
    return "\n".join(body) + "\n"


def html(routine: Routine, language: Language) -> str:
    """One page that needs no other file: large print in the colours of highest contrast, headings to jump by."""
    words, title = Wording(language, "sheet"), escape(routine.title)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{words.code}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>\n{STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{title}</h1>",
            *(f"<p>{escape(line)}</p>" for line in _introduction(routine, words)),
            *_html(_entries(routine, routine.blocks, words), words, level=2),
            *(f"<p>{escape(line)}</p>" for line in _credit(routine, words)),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


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
    for depth, entry in _flat(_entries(routine, routine.blocks, words)):
        name = Text("  " * depth + entry.name, style="bold")
        facts = dict(entry.facts) if isinstance(entry, Exercise) else {words.text("rest"): entry.rest}
        table.add_row(name, *(Text(facts.get(column, "")) for column in columns[1:]))
    title = Text(routine.title, style="bold")
    return Group(title, *map(Text, _introduction(routine, words)), table, *map(Text, _credit(routine, words)))


def _introduction(routine: Routine, words: Wording) -> list[str]:
    needed = dict.fromkeys(variant.equipment for variant in _variants(routine, routine.blocks))
    needed.pop("none", None)
    return [
        *([routine.about] if routine.about else []),
        words.text("need", equipment=", ".join(needed)) if needed else words.text("need_nothing"),
        words.text("pain"),
    ]


def _credit(routine: Routine, words: Wording) -> list[str]:
    return [words.text("credit", source=routine.source)] if routine.source else []


def _variants(routine: Routine, blocks: Sequence[Work | Circuit]) -> Iterator[Variant]:
    for block in blocks:
        if isinstance(block, Circuit):
            yield from _variants(routine, block.blocks)
        else:
            yield _variant(routine, block)


def _variant(routine: Routine, work: Work) -> Variant:
    return routine.families[work.family].variants[work.rung]


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
    return Exercise(_capital(variant.name), tuple((words.text(label), text) for label, text in facts if text))


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


def _capital(text: str) -> str:
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


def _html(entries: Sequence[Exercise | Rounds], words: Wording, level: int) -> Iterator[str]:
    heading = f"h{min(level, 6)}"
    yield "<ol>"
    for entry in entries:
        yield f"<li><{heading}>{escape(entry.name)}</{heading}>"
        if isinstance(entry, Exercise):
            yield "<dl>"
            yield from (f"<div><dt>{escape(label)}</dt> <dd>{escape(text)}</dd></div>" for label, text in entry.facts)
            yield "</dl>"
        else:
            yield from _html(entry.entries, words, level + 1)
            if entry.rest:
                yield f"<p>{words.text('rest')}: {escape(entry.rest)}</p>"
        yield "</li>"
    yield "</ol>"
