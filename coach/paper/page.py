"""Looking back, as a page: large print, highest contrast, a chart, and every number of the chart in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from coach.journal.history import Best, History, Week
from coach.paper.chart import svg
from coach.paper.report import NOTHING, counted, summary

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
table { border-collapse: collapse; width: 100%; font-size: .8em; }
caption { text-align: left; font-weight: bold; padding-bottom: .3em; }
th, td { text-align: left; vertical-align: top; padding: .2em .6em .2em 0; border-bottom: 1px solid; }
tr { break-inside: avoid; }
@page { size: A4; margin: 15mm; }
@media print { body { max-width: none; padding: 0; } }
"""


def html(history: History) -> str:
    """One page that needs no other file."""
    body = [f"<p>{line}</p>" for line in (summary(history) if history.sessions else [NOTHING])]
    if history.sessions:
        body += [*_chart(history.chart), *_exercises(history), *_sessions(history)]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<title>Workouts</title>",
            f"<style>\n{STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            "<h1>Workouts</h1>",
            *body,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _chart(weeks: Sequence[Week]) -> Iterator[str]:
    busiest = max(weeks, key=lambda week: week.sets)
    told = (
        f"{len(weeks)} weeks, from the week of {weeks[0].monday} to this one. The most was"
        f" {counted(busiest.sets, 'set')}, in the week of {busiest.monday}. The table after this has every number."
    )
    yield "<h2>Week by week</h2>"
    yield "<figure>"
    yield svg([week.sets for week in weeks], [str(week.monday) for week in weeks], "Sets a week", told)
    yield "</figure>"
    rows = ((str(week.monday), str(week.sessions), str(week.sets)) for week in reversed(weeks))
    yield from _table("Sets a week, the latest first", ("Week of", "Workouts", "Sets"), rows)


def _exercises(history: History) -> Iterator[str]:
    rows = (
        (
            progress.latest.exercise,
            progress.routine,
            str(progress.sessions),
            _best(progress.first),
            _best(progress.latest),
        )
        for progress in history.exercises
    )
    yield "<h2>Exercises</h2>"
    yield from _table(
        "The best set, first and last", ("Exercise", "Routine", "Workouts", "First time", "Last time"), rows
    )


def _best(of: Best) -> str:
    return f"{counted(of.amount, of.unit)} of {of.exercise}"


def _sessions(history: History) -> Iterator[str]:
    rows = (
        (
            f"{session.began:%Y-%m-%d %H:%M}",
            session.title,
            f"{session.sets} of {session.planned}",
            str(max(1, round(session.seconds / 60))),
            session.status,
            str(session.number),
        )
        for session in history.recent
    )
    yield "<h2>Last workouts</h2>"
    yield from _table("The latest first", ("When", "Routine", "Sets", "Minutes", "How it ended", "Number"), rows)


def _table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"<table><caption>{escape(caption)}</caption>"
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for first, *others in rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table>"
