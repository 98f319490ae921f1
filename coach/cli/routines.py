"""`coach list`, `show` and `check`: what a person types to see routines, and to see whether they are well written."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import Plain, RoutineName
from coach.cli.output import print_file
from coach.errors import CoachError, FileFault, printable


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("list")(list_routines)
    app.command()(show)
    app.command()(check)


def list_routines(
    plain: Plain = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with what each is for.")] = False,
) -> None:
    """Show the routines there are, with how long they take, how hard they are, and what to have at hand."""
    from coach import language
    from coach.own.settings import load
    from coach.paper import listing
    from coach.routine.library import Library

    listed, words = listing.entries(Library()), language.load(load().language)
    if as_json:
        print(json.dumps(listing.as_objects(listed), indent=2, ensure_ascii=False))
    elif plain or not sys.stdout.isatty():
        print(listing.plain(listed, words), end="")
    else:
        from rich.console import Console

        Console().print(listing.terminal(listed, words))


def show(
    routine: RoutineName,
    plain: Plain = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown.")] = False,
    html: Annotated[bool, typer.Option("--html", help="As a printable page, with a drawing of each exercise.")] = False,
    how: Annotated[bool, typer.Option("--how", help="Add how each exercise is done, on pages of its own.")] = False,
) -> None:
    """Show a routine on one page: exercise, dose, band, and a line of cue."""
    from coach import language
    from coach.own.settings import load
    from coach.paper import sheet, sheet_page
    from coach.routine.library import Library

    found, words = Library().routine(routine), language.load(load().language)
    if html or markdown:
        print_file((sheet_page.html if html else sheet.markdown)(found, words, how=how))
    elif plain or how or not sys.stdout.isatty():
        print(sheet.plain(found, words, how=how), end="")
    else:
        from rich.console import Console

        Console().print(sheet.terminal(found, words))


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files, or folders of them.")],
    strict: Annotated[bool, typer.Option("--strict", help="Also what makes a line hard to follow by ear.")] = False,
) -> None:
    """Check routines and exercises, and tell every fault with its place."""
    from coach.app.callable_names import unheard
    from coach.app.parts import Studio
    from coach.own.settings import load
    from coach.routine.library import Library

    library = Library()
    faults = library.check(paths)
    if strict and not faults:
        from coach.routine import strict as by_ear

        faults = by_ear.check(paths, library)
    if faults:
        raise FileFault(faults)
    print("All is well.")
    with contextlib.suppress(CoachError):  # without an ear nobody asks for anything by voice
        studio = Studio(load())
        for sentence in unheard(paths, library, studio.language, studio.model):
            print(printable(sentence))
