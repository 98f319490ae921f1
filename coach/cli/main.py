"""What a person types. Parses, calls, prints, nothing else."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from coach.cli import doctor, ear, history, models, phrases, routines, workouts, writing
from coach.errors import CoachError, FileFault

app = typer.Typer(
    name="coach",
    help="A hands-free workout coach: it counts, you say what you need. Nothing leaves this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The program. Exit status: 0 done, 1 a fault told in a sentence, 2 wrong usage, 130 Ctrl-C."""
    try:
        app()
    except CoachError as error:
        _complain(error)
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has gone; what is left in the buffer must not complain at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _complain(error: CoachError) -> None:
    if isinstance(error, FileFault):
        print(error, file=sys.stderr)
        return
    print(f"coach: {error.sentence}", file=sys.stderr)
    if error.hint:
        print(f"       {error.hint}", file=sys.stderr)


@app.callback(invoke_without_command=True)
def _options(version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False) -> None:
    if version:
        from coach import __version__

        print(f"coach {__version__}")
        raise typer.Exit


for group in (workouts, routines, writing, ear, phrases, history, models, doctor):
    group.add_to(app)
