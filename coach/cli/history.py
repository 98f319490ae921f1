"""`coach history`: what a person types to look back, export, or forget."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import Plain
from coach.cli.output import print_file

if TYPE_CHECKING:
    from coach.journal.store import Journal

history_app = typer.Typer(help="Look back on what was done; export it, or delete it.", invoke_without_command=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.add_typer(history_app, name="history")


@contextmanager
def _journal() -> Iterator[Journal]:
    from coach.journal.store import Journal
    from coach.own import paths

    with Journal(paths.journal()) as journal:
        if journal.trouble is not None:
            print(f"coach: {journal.trouble}", file=sys.stderr)
        with journal.reading():
            yield journal


@history_app.callback(invoke_without_command=True)
def look_back(
    context: typer.Context,
    plain: Plain = False,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Every set, as CSV.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="As a page with charts, and all of it in tables.")] = False,
) -> None:
    """Look back on what was done."""
    if context.invoked_subcommand is not None:
        return
    from coach import language
    from coach.journal import export
    from coach.journal.courses import courses
    from coach.journal.history import history
    from coach.own.settings import load
    from coach.paper import page, report
    from coach.routine.library import Library

    words = language.load(load().language)
    with _journal() as journal:
        if as_json:
            print_file(f"{export.as_json(journal)}\n")
        elif as_csv:
            table = io.StringIO(newline="")
            export.write_csv(journal, table)
            print_file(table.getvalue())
        elif as_html:
            print_file(page.html(history(journal), words, courses(journal), Library().families))
        else:
            print(report.terminal(history(journal), words, plain=plain or not sys.stdout.isatty()), end="")


@history_app.command()
def fit(
    out: Annotated[Path, typer.Argument(metavar="FILE.fit", help="The file to write.")],
    session: Annotated[int, typer.Option(help="A workout's number in the list; the last one if none is named.")] = 0,
) -> None:
    """Write a workout as a FIT file, which Garmin Connect and Strava import."""
    from coach.errors import NotFound
    from coach.journal.fit import write_fit
    from coach.journal.history import history

    with _journal() as journal:
        recent = history(journal, recent=1).recent
        if not recent:
            raise NotFound("There is no workout in the journal yet.", "It begins with: coach run")
        write_fit(journal, session or recent[0].number, out)
    print(out)


@history_app.command()
def forget(
    session: Annotated[int, typer.Argument(metavar="[NUMBER]", help="A workout's number in the list.")] = 0,
    everything: Annotated[bool, typer.Option("--all", help="Every workout there is.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a workout, or all of them, for good."""
    from coach.journal import forget as deleting

    if everything == bool(session):
        raise typer.BadParameter("name the number of one workout, or --all")
    if not yes:
        typer.confirm(
            "Delete every workout for good?" if everything else f"Delete workout {session} for good?", abort=True
        )
    with _journal() as journal:
        if everything:
            print(f"Deleted: {deleting.forget_all(journal)}")
        else:
            deleting.forget(journal, session)
            print("Deleted.")
