"""`coach models`: what a person types about speech models, and voices to fetch."""

from __future__ import annotations

from typing import Annotated

import typer

from coach.cli import completion
from coach.cli.options import Plain

models_app = typer.Typer(
    help="Show, or fetch, the speech models that the coach hears with, and voices.", invoke_without_command=True
)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.add_typer(models_app, name="models")


@models_app.callback(invoke_without_command=True)
def show(context: typer.Context) -> None:
    """Show the speech models on this machine, and those and the voices that can be fetched."""
    if context.invoked_subcommand is not None:
        return
    from coach import speech_models
    from coach.own import paths
    from coach.own.settings import load
    from coach.speech_models import voices
    from coach.speech_models.catalogue import megabytes

    used = speech_models.best(load().model)
    there = speech_models.installed()
    for model in there:
        mark = "  in use" if model.path == used else ""
        print(f"{model.name:<34}  {'built in' if model.built_in else 'installed'}{mark}")
    for entry in speech_models.catalogue():
        if entry.name not in {model.name for model in there}:
            print(f"{entry.name:<34}  {megabytes(entry.size)}, {entry.licence}  {entry.good_for}")
            print(f"{'':<34}  coach models install {entry.name}")
    for voice in voices.catalogue():
        print(f"{voice.name:<34}  {megabytes(voice.size)}, {voice.licence}  {voice.good_for}")
        has = voice.whole(paths.voices() / voice.name)
        print(f"{'':<34}  {'installed: coach voices lists them' if has else f'coach models install {voice.name}'}")


@models_app.command()
def install(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="A model or a voice that `coach models` shows.", autocompletion=completion.models
        ),
    ] = "",
    plain: Plain = False,
) -> None:
    """Fetch a speech model, or a voice; without a name the recommended model."""
    from coach import speech_models
    from coach.ear.proof import proved
    from coach.errors import NotFound
    from coach.own import paths
    from coach.speech_models import voices
    from coach.terminal.progress import progress

    if any(name == voice.name for voice in voices.catalogue()):
        with progress(name, plain=plain) as report:
            voices.install(name, report)
        print(f"{name} is installed. `coach voices` lists its voices; they need pip install 'workout-coach[neural]'.")
        return
    wanted = name or next(entry.name for entry in speech_models.catalogue() if entry.recommended)
    with progress(wanted, plain=plain) as report:
        model = speech_models.install(wanted, report, whole=lambda folder: proved(folder, paths.cache()))
    if not proved(model.path, paths.cache()):
        raise NotFound(f"{model.name} is stored, but cannot be loaded on this machine.", "The built-in model serves.")
    print(f"{model.name} is installed; the next workout listens with the best model there is.")
