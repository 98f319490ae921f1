"""`coach schema`, `new` and `import`: what a person types to write routines of their own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from coach.cli import completion
from coach.cli.output import print_file


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(schema)
    app.command()(new)
    app.command("import")(import_)


def schema(
    exercise: Annotated[bool, typer.Option("--exercise", help="Of exercise files instead of routines.")] = False,
) -> None:
    """Print a JSON Schema, by which editors check a routine as it is written."""
    from coach.routine.schema import exercise_json_schema, routine_json_schema

    print_file(
        json.dumps(exercise_json_schema() if exercise else routine_json_schema(), indent=2, ensure_ascii=False) + "\n"
    )


def new(
    title: Annotated[str, typer.Argument(metavar="[TITLE]", help="What the routine is called.")] = "",
    exercises: Annotated[
        list[str] | None,
        typer.Option(
            "--exercise",
            "-e",
            metavar='"glute bridge 3x8-12"',
            help="An exercise and its dose; repeatable.",
            autocompletion=completion.exercises,
        ),
    ] = None,
    about: Annotated[str, typer.Option(help="One line about it.")] = "",
    rest: Annotated[str, typer.Option(help="Between sets: 45 s.")] = "",
    rounds: Annotated[str, typer.Option(help="Makes it a circuit of so many rounds.")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a routine of that name.")] = False,
) -> None:
    """Write a routine of your own, from answers or from options."""
    from coach.errors import CoachError
    from coach.own import paths
    from coach.routine import writing
    from coach.routine.library import Library

    families = Library().families
    asking = sys.stdin.isatty() and not (title and exercises)
    if not asking and not (title and exercises):
        raise typer.BadParameter('name a title and at least one -e "glute bridge 3x8-12"')
    title = title or typer.prompt("What is the routine called?")
    entries = [writing.entry(text, families) for text in exercises or []]
    while asking:
        text = typer.prompt(
            'An exercise and its dose, "glute bridge 3x8-12"; Enter when done', default="", show_default=False
        )
        if not text and entries:
            break
        try:
            entries.append(writing.entry(text, families))
        except CoachError as error:
            print(error)
    slug = writing.slug(title)
    path = paths.own_routines() / f"{slug}.yaml"
    draft = writing.Draft(title, tuple(entries), about, rest, rounds)
    writing.write(path, writing.compose(draft, families, slug), replace)
    print(f"{path}\nTo do it: coach run {slug}")


def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="JSON, YAML, a table or a list of another program; - for what is piped."),
    ],
    only: Annotated[list[str] | None, typer.Option(help="Only this exercise; repeatable.")] = None,
    partial: Annotated[bool, typer.Option("--partial", help="Write what was understood where not all was.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite files of the same names.")] = False,
) -> None:
    """Take over exercises and routines from other formats, and tell what has no counterpart."""
    from coach.own import paths
    from coach.routine.importers.importing import load
    from coach.routine.library import Library

    imported = load(file, Library().families, only=only or ())
    for sentence in imported.left_out:
        print(sentence, file=sys.stderr)
    for path in imported.write(paths.own_routines(), replace=replace, partial=partial):
        print(path)
