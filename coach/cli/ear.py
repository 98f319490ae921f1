"""`coach phrases` and `coach calibrate`: what a person types to fit the ear to themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Show, add or remove phrases of your own.", invoke_without_command=True)


@app.callback(invoke_without_command=True)
def show(context: typer.Context) -> None:
    """Show the phrases you have added."""
    if context.invoked_subcommand is not None:
        return
    from coach.own import phrases

    own = phrases.load()
    for phrase, command in own.items():
        print(f"{command:<12}  {phrase}")
    if not own:
        print('None yet. To add one: coach phrases add "onward" next')


@app.command()
def add(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="What you would say.")],
    command: Annotated[str, typer.Argument(metavar="COMMAND", help="What it is to mean, as `coach commands` has it.")],
) -> None:
    """Say a command your own way, if it can be heard and told from the others."""
    from coach import language, speech_models
    from coach.own import phrases
    from coach.own.settings import load

    chosen = load()
    phrases.add(phrase, command, language.load(chosen.language), speech_models.best(chosen.model))
    print(f'From the next workout on, "{phrase}" means {command}.')


@app.command()
def remove(phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="A phrase of yours.")]) -> None:
    """Forget a phrase of your own."""
    from coach.own import phrases

    phrases.remove(phrase)
    print("Forgotten.")


def calibrate(
    commands: Annotated[Path, typer.Argument(metavar="FOLDER", help="WAV files named after what is said in them.")],
    talk: Annotated[Path, typer.Option(metavar="FOLDER", help="WAV files of talk that is not for the coach.")],
) -> None:
    """Fit the ear's thresholds to recordings: of commands, next.wav, next exercise 2.wav, ..., and of other talk."""
    from coach.app.parts import Studio
    from coach.ear import calibrate as calibration
    from coach.ear.hearing import read_wav
    from coach.own.settings import load

    studio = Studio(load())
    ear = studio.make_ear()
    recordings = calibration.labelled(commands, studio.language.orders)
    found = calibration.calibrate(ear, recordings, [read_wav(path) for path in sorted(talk.glob("*.wav"))])
    path = calibration.save(studio.model, found)
    print(f"{found.obeyed:.0%} of the recognised commands would be obeyed, with {found.false} false ones.")
    print(f"Written to {path}.")
