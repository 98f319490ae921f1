"""`coach commands`, `hear` and `calibrate`: what a person types to see what the ear understands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.cli.output import print_file


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(commands)
    app.command()(hear)
    app.command()(calibrate)


def commands(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Show what you can say."""
    from coach import language
    from coach.own.settings import load

    phrases = language.load(load().language).sayable("{name}")
    if as_json:
        print_file(json.dumps(phrases, ensure_ascii=False, indent=1) + "\n")
        return
    for command, said in phrases.items():
        print(f"{command:<12}  {' · '.join(said)}")


def hear(
    files: Annotated[list[Path], typer.Argument(metavar="FILE.wav...", help="Recordings.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a file.")] = False,
    played: Annotated[
        Path | None, typer.Option(metavar="FILE.wav", help="What the loudspeaker played at the same time.")
    ] = None,
) -> None:
    """Tell what the ear makes of recordings."""
    from coach.app.parts import Studio
    from coach.ear.hearing import hear_file
    from coach.own.settings import load

    studio = Studio(load())
    for file in files:
        heard = hear_file(file, studio.make_ear(), studio.language, played)
        if as_json:
            print_file(json.dumps({"file": str(file), "heard": heard}, ensure_ascii=False) + "\n")
        else:
            print(f"{file}:")
            for each in heard:
                print(_as_line(each))


def _as_line(heard: dict[str, Any]) -> str:
    verdict = heard["command"] if heard["accepted"] else f"not obeyed: {heard['reason']}"
    return f"  {heard['start']:8.2f} s  {heard['text'] or '(nothing)'}  ({verdict})"


def calibrate(
    commands: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="WAV files named after what is said in them.")
    ] = None,
    talk: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="WAV files of talk that is not for the coach.")
    ] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Delete what was learned of your voice.")] = False,
) -> None:
    """Let the coach learn your voice: it asks for a dozen commands, or takes them from recordings.

    With recordings of talk, too, the ear's thresholds are fitted to both.
    """
    from coach.app import learning
    from coach.errors import CoachError

    if forget:
        print("Deleted." if learning.forget() else "Nothing was learned of your voice.")
    elif commands is not None:
        learning.learn_from_folder(commands, print)
        if talk is not None:
            learning.fit_thresholds(commands, talk, print)
    elif talk is not None:
        raise CoachError("Talk alone fits no threshold.", "Name a folder of commands before --talk.")
    else:
        learning.learn_by_asking(print)
