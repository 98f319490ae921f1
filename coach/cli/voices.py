"""`coach voices`: what a person types to hear what the coach could sound like, and to choose."""

from __future__ import annotations

from typing import Annotated

import typer

from coach.cli import completion


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(voices)


def voices(
    voice: Annotated[
        str, typer.Argument(metavar="[VOICE]", help='One to listen to: "en-gb", "en-us+f3" or "af_heart".')
    ] = "",
    keep: Annotated[bool, typer.Option("--keep", help="Let the coach speak with it from now on.")] = False,
    every: Annotated[bool, typer.Option("--all", help="List those of other languages, too.")] = False,
    make: Annotated[
        str,
        typer.Option(
            metavar="ROUTINE",
            help="Make all that is said in this workout now, where the chosen voice takes long.",
            autocompletion=completion.routines,
        ),
    ] = "",
) -> None:
    """List the voices there are; play one; choose it."""
    from coach.app import voices as known

    if voice:
        print(known.chosen(voice) if keep else known.played(voice))
    if make:
        print(known.made(make))
    if voice or make:
        return
    for each in known.listed(every=every):
        print(each)
