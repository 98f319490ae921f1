"""`coach watch`: what a person types to see and hear a file while they write it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.app.watch import Look
    from coach.language import Language


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(watch)


def watch(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A routine's or an exercise's file.")],
    quiet: Annotated[bool, typer.Option("--quiet", help="Only print, play nothing.")] = False,
) -> None:
    """Check and show a file each time you save it, and play the exercise that has changed; Ctrl-C ends it."""
    from coach import language
    from coach.app.watch import looks
    from coach.own.settings import load

    words = language.load(load().language)
    for look in looks(file):
        _print(look, words)
        if look.changed is not None and not quiet:
            quiet = not _play(look, words)


def _print(look: Look, words: Language) -> None:
    from coach.paper import sheet
    from coach.routine.model import Routine

    for fault in look.faults:
        print(fault, file=sys.stderr)
    if isinstance(look.found, Routine):
        print(sheet.plain(look.found, words), end="")
    elif look.found is not None:
        print(f"{look.found.name}: {', '.join(variant.name for variant in look.found.variants)}")
    print("" if look.faults else "All is well.", flush=True)


def _play(look: Look, words: Language) -> bool:
    """Whether it could be heard."""
    from coach.app.live import say_once

    variant = look.changed
    assert variant is not None
    dose = [f"{look.dose.amount} {words.words[look.dose.unit][1]}"] if look.dose else []
    try:
        brace = [variant.brace] if variant.brace else []
        say_once(variant.name, *dose, *variant.setup, *brace, variant.move, *variant.cues)
    except CoachError as error:
        print(f"{error.sentence} Nothing is played from now on.", file=sys.stderr)
        return False
    return True
