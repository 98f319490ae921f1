"""A routine as a page to print: large print, each exercise drawn, and how it is done on pages of its own if wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from coach.language import Language
from coach.paper import figure
from coach.paper.document import document
from coach.paper.sheet import Exercise, Rounds, capital, credit, entries, how_to, introduction, variants
from coach.paper.wording import Wording
from coach.routine.model import Routine, Variant

STYLE = """\
:root { color-scheme: light dark; }
body { font: 18pt/1.35 Verdana, "DejaVu Sans", sans-serif; max-width: 36em; margin: 0 auto; padding: 1em; }
h1 { font-size: 1.5em; margin: 0 0 .3em; }
h2, h3, h4, h5, h6 { font-size: 1.1em; margin: .7em 0 .1em; break-after: avoid; }
p { margin: .3em 0; }
ol { padding-left: 1.6em; margin: 0; }
li { break-inside: avoid; clear: both; }
li::marker { font-weight: bold; }
li:has(ol) { break-inside: auto; }
dl { margin: 0; }
dt, dd { display: inline; margin: 0; }
dt { font-weight: bold; }
dt::after { content: ":"; }
.figures { float: right; display: flex; align-items: end; width: 46%; margin: 0 0 .3em .5em; }
.figures svg { flex: 1; min-width: 0; }
.how { break-before: page; font-size: .75em; }
.how section { break-inside: avoid; clear: both; }
@page { size: A4; margin: 15mm; }
@media print { body { max-width: none; padding: 0; } }
"""


def html(routine: Routine, language: Language, *, how: bool = False) -> str:
    """One page that needs no other file: the colours of highest contrast, headings to jump by."""
    words = Wording(language, "sheet")
    body = [
        *(f"<p>{escape(line)}</p>" for line in introduction(routine, words)),
        *_blocks(entries(routine, words), words, level=2),
        *(f"<p>{escape(line)}</p>" for line in credit(routine, words)),
        *(_how(routine, words) if how else ()),
    ]
    return document(words.code, routine.title, STYLE, body)


def _blocks(blocks: Sequence[Exercise | Rounds], words: Wording, level: int) -> Iterator[str]:
    heading = f"h{min(level, 6)}"
    yield "<ol>"
    for block in blocks:
        yield f"<li><{heading}>{escape(block.name)}</{heading}>"
        if isinstance(block, Exercise):
            yield from _drawn(block.variant)
            yield from _facts(block.facts)
        else:
            yield from _blocks(block.entries, words, level + 1)
            if block.rest:
                yield f"<p>{words.text('rest')}: {escape(block.rest)}</p>"
        yield "</li>"
    yield "</ol>"


def _how(routine: Routine, words: Wording) -> Iterator[str]:
    yield f'<section class="how"><h2>{escape(words.text("how"))}</h2>'
    for variant in variants(routine):
        yield f"<section><h3>{escape(capital(variant.name))}</h3>"
        yield from _drawn(variant)
        yield from _facts(how_to(variant, words))
        yield "</section>"
    yield "</section>"


def _drawn(variant: Variant) -> Iterator[str]:
    if variant.figure:
        yield f'<div class="figures">{"".join(figure.pair(variant.figure, variant))}</div>'


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield "<dl>"
    yield from (f"<div><dt>{escape(label)}</dt> <dd>{escape(text)}</dd></div>" for label, text in facts)
    yield "</dl>"
