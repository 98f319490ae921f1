"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

RoutineName = Annotated[str, typer.Argument(metavar="ROUTINE", help="A name that `coach list` shows, or a file.")]
EventsFile = Annotated[
    Path | None, typer.Option("--events", metavar="FILE", help="Write what happens to FILE, one JSON object a line.")
]
Plain = Annotated[
    bool, typer.Option("--plain", help="One line an event, no redrawing, no colour: for screen readers and pipes.")
]
LogFile = Annotated[
    Path | None,
    typer.Option(
        "--log", metavar="FILE", envvar="COACH_LOG", help="Write how well it hears to FILE, for a report of a fault."
    ),
]
LogWords = Annotated[bool, typer.Option("--log-words", help="Write what was said into the log, too.")]
