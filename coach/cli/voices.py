"""`coach voices`: what a person types to hear what the coach could sound like, and to choose."""

from __future__ import annotations

from typing import Annotated

import typer


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(voices)


def voices(
    voice: Annotated[str, typer.Argument(metavar="[VOICE]", help='One to listen to: "en-gb", or "en-us+f3".')] = "",
    keep: Annotated[bool, typer.Option("--keep", help="Let the coach speak with it from now on.")] = False,
    every: Annotated[bool, typer.Option("--all", help="List those of other languages, too.")] = False,
) -> None:
    """List the voices there are; play one; choose it."""
    from coach.app import voices as known

    if voice:
        print(known.chosen(voice) if keep else known.played(voice))
        return
    for each in known.listed(every=every):
        print(each)
