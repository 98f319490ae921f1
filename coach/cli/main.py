"""What a person types. Parses, calls, prints, nothing else."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import Annotated

import typer

from coach.app.endings import ended_by_signals, leave
from coach.app.limits import in_words, need_enough
from coach.cli import (
    doctor,
    ear,
    history,
    models,
    phrases,
    routines,
    service,
    settings,
    voices,
    watch,
    workouts,
    writing,
)
from coach.cli.commands import Commands
from coach.cli.output import as_typed, fit_to_terminal
from coach.errors import CoachError, FileFault
from coach.terminal.accessible import draws_boxes

app = typer.Typer(
    name="coach",
    cls=Commands,
    help="A hands-free workout coach: it counts, you say what you need. Nothing leaves this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if draws_boxes(sys.argv) else None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_SOUND_OR_LISTEN = frozenset(
    ("run", "listen", "render", "demo", "say", "hear", "calibrate", "watch", "phrases", "voices", "doctor")
)


def main() -> None:
    """The program. Exit status: 0 done, 1 a fault told in a sentence, 2 wrong usage, 130 Ctrl-C, 128 + a signal's."""
    os.umask(0o077)  # what was done in a workout is nobody else's business
    fit_to_terminal()
    sys.argv[1:] = map(as_typed, sys.argv[1:])
    status = _status()
    leave(status if _flush() else status or 1)


def _status() -> int | str | None:
    try:
        with ended_by_signals():
            app()
    except SystemExit as end:
        if (too_little := in_words(end)) is not None:
            _complain(too_little)
        return end.code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; what is left in the buffer must not complain at the exit.
        _give_up_output()
        return 1
    except CoachError as error:
        _complain(error)
        return error.exit_status
    except Exception as error:
        return _unforeseen(error)
    return 0


def _unforeseen(error: Exception) -> int:
    """A bug in the coach, or a system that fails where nobody expected it: a sentence, and what can be done."""
    if isinstance(error, OSError) and error.filename is None and error.errno == errno.ENOSPC:
        return _output_lost(error)
    if (too_little := in_words(error)) is not None:
        _complain(too_little)
        return 1
    from coach.app.report import FAULT_COMMAND, note_fault

    _complain(CoachError(note_fault(error), f"To write a report of it: {FAULT_COMMAND}"))
    return 1


def _flush() -> bool:
    """Whether all that was printed has left; a full disk shows only here."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
        return False
    except (OSError, ValueError) as error:
        _output_lost(error)
        return False
    return True


def _output_lost(error: Exception) -> int:
    _give_up_output()
    _complain(CoachError(f"What was to be printed cannot be written: {getattr(error, 'strerror', error)}."))
    return 1


def _give_up_output() -> None:
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(error: CoachError) -> None:
    with contextlib.suppress(OSError, ValueError):
        if isinstance(error, FileFault):
            print(error, file=sys.stderr)
            return
        print(f"coach: {error.sentence}", file=sys.stderr)
        if error.hint:
            print(f"       {error.hint}", file=sys.stderr)


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    if version:
        from coach import __version__

        print(f"coach {__version__}")
        raise typer.Exit
    if context.invoked_subcommand in _SOUND_OR_LISTEN:
        need_enough()


for group in (workouts, routines, watch, writing, ear, phrases, settings, history, models, voices, service, doctor):
    group.add_to(app)
