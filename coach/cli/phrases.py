"""`coach phrases`: what a person types to say a command their own way."""

from __future__ import annotations

from typing import Annotated

import typer

from coach.cli import completion

phrases_app = typer.Typer(help="Show, add or remove phrases of your own.", invoke_without_command=True)

Meant = Annotated[
    str,
    typer.Argument(
        metavar="COMMAND",
        help="What your phrase is to mean: a command's name, or what you say for it now.",
        autocompletion=completion.commands,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.add_typer(phrases_app, name="phrases")


@phrases_app.callback(invoke_without_command=True)
def show(context: typer.Context) -> None:
    """Show the phrases you have added."""
    if context.invoked_subcommand is not None:
        return
    from coach.own import phrases

    own = phrases.load()
    for phrase, command in own.items():
        print(f"{command:<12}  {phrase}")
    if not own:
        print('None yet. To add one: coach phrases add "move on" next')


@phrases_app.command()
def add(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="What you would say.")],
    command: Meant,
) -> None:
    """Say a command your own way, if it can be heard and told from the others."""
    from coach import language, speech_models
    from coach.app.teaching import teach
    from coach.own.settings import load

    chosen = load()
    meant = teach(phrase, command, language.load(chosen.language), speech_models.best(chosen.model))
    print(f'From the next workout on, "{phrase}" means {meant.value}.')


@phrases_app.command("teach")
def teach_aloud(
    command: Meant,
) -> None:
    """Say a phrase of your own after a tone, twice, instead of typing it."""
    from coach.app.phrase_lesson import learn_phrase

    learn_phrase(command, print)


@phrases_app.command()
def remove(
    phrase: Annotated[
        str, typer.Argument(metavar="PHRASE", help="A phrase of yours.", autocompletion=completion.own_phrases)
    ],
) -> None:
    """Forget a phrase of your own."""
    from coach.own import phrases

    phrases.remove(phrase)
    print("Forgotten.")
