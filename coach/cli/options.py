"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coach.cli import completion
from coach.terminal.accessible import is_accessible

NAMED = "A name that `coach list` shows, its title, or a file."
RoutineName = Annotated[str, typer.Argument(metavar="ROUTINE", help=NAMED, autocompletion=completion.routines)]

EventsFile = Annotated[
    Path | None, typer.Option("--events", metavar="FILE", help="Write what happens to FILE, one JSON object a line.")
]


def _or_accessible(plain: bool) -> bool:
    return plain or is_accessible()


Plain = Annotated[
    bool,
    typer.Option(
        "--plain",
        callback=_or_accessible,
        help="Lines of text, no redrawing, no colour: for screen readers and pipes. ACCESSIBLE=1 asks for it, too.",
    ),
]
LogFile = Annotated[
    Path | None,
    typer.Option(
        "--log", metavar="FILE", envvar="COACH_LOG", help="Write how well it hears to FILE, for a report of a fault."
    ),
]
LogWords = Annotated[bool, typer.Option("--log-words", help="Write what was said into the log, too.")]
