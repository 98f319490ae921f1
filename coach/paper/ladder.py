"""How an exercise has gone, as a drawing: up and down its ladder, with amounts, effort and pain; and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from coach.journal.courses import Course, Done
from coach.paper import figure
from coach.paper.table import table
from coach.paper.wording import Wording
from coach.routine.model import Family

STEP, RUNG, EFFORT = 48, 42, 50
"""Between two sessions, between two rungs, and how high the greatest effort is, in the drawing's own units."""
LEFT, TOP = 30, 20
WIDE = LEFT + 12 * STEP


def ladders(courses: Sequence[Course], families: Mapping[str, Family], words: Wording) -> Iterator[str]:
    """A part of the page: for each family what it looks like, how it went, and a table of that."""
    if not courses:
        return
    yield f"<h2>{escape(words.text('ladders'))}</h2><p>{escape(words.text('ladders_read'))}</p>"
    for course in courses:
        yield f"<section><h3>{escape(course.family)}</h3>"
        family = families.get(course.family)
        latest = (one for one in family.variants if one.name == course.done[-1].exercise) if family else iter(())
        if (variant := next(latest, None)) and variant.figure:
            yield f'<div class="figures">{"".join(figure.pair(variant.figure, variant))}</div>'
        yield f"<figure>{svg(course.done, rungs(course, family), words)}</figure>"
        yield from _table(course, words)
        yield "</section>"


def rungs(course: Course, family: Family | None) -> list[str]:
    """The variants that were done, the easiest first; those that the family does not know come last."""
    known = [variant.name for variant in family.variants] if family else []
    used = dict.fromkeys(done.exercise for done in course.done)
    return [name for name in known if name in used] + [name for name in used if name not in known]


def svg(done: Sequence[Done], ladder: Sequence[str], words: Wording) -> str:
    """A line from session to session, its corners on the rungs; below it a bar for each effort."""
    foot = TOP + len(ladder) * RUNG
    body = []
    for rung, name in enumerate(reversed(ladder)):
        y = TOP + (rung + 1) * RUNG - 8
        body.append(f'<line class="rung" x1="0" y1="{y}" x2="{WIDE}" y2="{y}"/>')
        body.append(f'<text class="first" x="0" y="{y + 12}">{escape(name)}</text>')
    spots = [
        (LEFT + place * STEP, TOP + (len(ladder) - ladder.index(one.exercise)) * RUNG - 8)
        for place, one in enumerate(done)
    ]
    body.append(f'<polyline points="{" ".join(f"{x},{y}" for x, y in spots)}"/>')
    for (x, y), one in zip(spots, done, strict=True):
        told = _told(one, words)
        body.append(f'<g><title>{escape(told)}</title><circle cx="{x}" cy="{y}" r="5"/>')
        body.append(f'<text x="{x}" y="{y - 9}">{"✕ " if one.hurt else ""}{one.amount}</text>')
        if one.effort is not None:
            high = one.effort * EFFORT / 10
            body.append(f'<rect x="{x - 8}" y="{foot + EFFORT + 16 - high:g}" width="16" height="{high:g}"/>')
            body.append(f'<text x="{x}" y="{foot + EFFORT + 13 - high:g}">{one.effort}</text>')
        body.append(f'<text x="{x}" y="{foot + EFFORT + 30}">{one.day:%m-%d}</text></g>')
    label = escape(words.text("ladder_told", first=_told(done[0], words), last=_told(done[-1], words)))
    return f'<svg role="img" aria-label="{label}" viewBox="0 0 {WIDE} {foot + EFFORT + 36}">{"".join(body)}</svg>'


def _told(done: Done, words: Wording) -> str:
    hurt = f", {words.text('hurt')}" if done.hurt else ""
    return f"{done.day}: {done.exercise}, {words.counted(done.amount, done.unit)}{hurt}"


def _table(course: Course, words: Wording) -> Iterator[str]:
    rows = (
        (
            str(one.day),
            one.exercise,
            words.counted(one.amount, one.unit),
            words.text("no_answer") if one.effort is None else str(one.effort),
            words.text("hurt" if one.hurt else "no_pain"),
        )
        for one in reversed(course.done)
    )
    yield from table(words.text("ladder_caption", family=course.family), words.some("ladder_columns"), rows)
