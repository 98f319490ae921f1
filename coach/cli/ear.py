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

    phrases: dict[str, list[str]] = {}
    for phrase, order in language.load(load().language).phrases.items():
        phrases.setdefault(order.command.value, []).append(phrase)
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
    commands: Annotated[Path, typer.Argument(metavar="FOLDER", help="WAV files named after what is said in them.")],
    talk: Annotated[Path, typer.Option(metavar="FOLDER", help="WAV files of talk that is not for the coach.")],
) -> None:
    """Fit the ear's thresholds to recordings: of commands, next.wav, next exercise 2.wav, ..., and of other talk."""
    from coach.app.parts import Studio
    from coach.audio.clip import EAR_RATE
    from coach.audio.wav import read
    from coach.ear import calibrate as calibration
    from coach.own.settings import load

    studio = Studio(load())
    ear = studio.make_ear()
    recordings = calibration.labelled(commands, studio.language.orders)
    found = calibration.calibrate(ear, recordings, [read(path, EAR_RATE) for path in sorted(talk.glob("*.wav"))])
    path = calibration.save(studio.model, found)
    print(f"{found.obeyed:.0%} of the recognised commands would be obeyed, with {found.false} false ones.")
    print(f"Written to {path}.")
