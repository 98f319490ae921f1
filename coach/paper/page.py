"""Looking back, as a page: large print, highest contrast, a chart, and every number of the chart in a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from coach.journal.courses import Course
from coach.journal.history import History, Week
from coach.language import Language
from coach.paper.chart import svg
from coach.paper.document import document
from coach.paper.ladder import ladders
from coach.paper.report import best, summary
from coach.paper.table import table
from coach.paper.wording import Wording
from coach.routine.model import Family

STYLE = """\
:root { color-scheme: light dark; }
body { font: 18pt/1.35 Verdana, "DejaVu Sans", sans-serif; max-width: 42em; margin: 0 auto; padding: 1em; }
h1 { font-size: 1.5em; margin: 0 0 .3em; }
h2 { font-size: 1.1em; margin: 1em 0 .3em; break-after: avoid; }
p { margin: .3em 0; }
figure { margin: 0; }
svg { width: 100%; font-size: 11px; }
svg rect, svg text { fill: currentColor; }
svg text { text-anchor: middle; }
svg .first { text-anchor: start; }
svg .last { text-anchor: end; }
svg line { stroke: currentColor; }
svg .rung { stroke-dasharray: 1 4; }
svg polyline { fill: none; stroke: currentColor; stroke-width: 2; }
svg circle { fill: currentColor; }
h3 { font-size: 1em; margin: .9em 0 .2em; break-after: avoid; }
.figures { display: flex; max-width: 14em; }
.figures svg { flex: 1; min-width: 0; }
table { border-collapse: collapse; width: 100%; font-size: .8em; }
caption { text-align: left; font-weight: bold; padding-bottom: .3em; }
th, td { text-align: left; vertical-align: top; padding: .2em .6em .2em 0; border-bottom: 1px solid; }
tr { break-inside: avoid; }
@page { size: A4; margin: 15mm; }
@media print { body { max-width: none; padding: 0; } }
"""


def html(
    history: History, language: Language, courses: Sequence[Course] = (), families: Mapping[str, Family] | None = None
) -> str:
    """One page that needs no other file. `courses`: how each exercise went; `families`: their ladders, by name."""
    words = Wording(language, "history")
    body = [f"<p>{escape(it)}</p>" for it in (summary(history, words) if history.sessions else [words.text("nothing")])]
    if history.sessions:
        body += [*_chart(history.chart, words), *_exercises(history, words)]
        body += [*ladders(courses, families or {}, words), *_sessions(history, words)]
    return document(words.code, words.text("title"), STYLE, body)


def _chart(weeks: Sequence[Week], words: Wording) -> Iterator[str]:
    busiest = max(weeks, key=lambda week: week.sets)
    told = words.text(
        "chart",
        weeks=words.counted(len(weeks), "week"),
        first=weeks[0].monday,
        sets=words.counted(busiest.sets, "set"),
        monday=busiest.monday,
    )
    yield f"<h2>{escape(words.text('week_by_week'))}</h2>"
    yield "<figure>"
    yield svg([week.sets for week in weeks], [str(week.monday) for week in weeks], words.text("sets_a_week"), told)
    yield "</figure>"
    rows = ((str(week.monday), str(week.sessions), str(week.sets)) for week in reversed(weeks))
    yield from table(words.text("weeks_plain"), words.some("chart_columns"), rows)


def _exercises(history: History, words: Wording) -> Iterator[str]:
    rows = (
        (
            progress.latest.called,
            progress.routine,
            str(progress.sessions),
            best(progress.first, words),
            best(progress.latest, words),
        )
        for progress in history.exercises
    )
    yield f"<h2>{escape(words.text('exercises'))}</h2>"
    yield from table(words.text("exercises_caption"), words.some("exercises_columns"), rows)


def _sessions(history: History, words: Wording) -> Iterator[str]:
    rows = (
        (
            f"{session.began:%Y-%m-%d %H:%M}",
            session.title,
            words.text("sets", sets=session.sets, planned=session.planned),
            str(max(1, round(session.seconds / 60))),
            words.some("status").get(session.status, session.status),
            str(session.number),
        )
        for session in history.recent
    )
    yield f"<h2>{escape(words.text('last'))}</h2>"
    yield from table(words.text("sessions_caption"), words.some("sessions_columns"), rows)
