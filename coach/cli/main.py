"""What a person types. Parses, calls, prints, nothing else."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.cli import ear as cli_ear
from coach.cli import history as cli_history
from coach.cli import models as cli_models
from coach.cli import writing as cli_writing
from coach.errors import CoachError, FileFault

app = typer.Typer(
    name="coach",
    help="A hands-free workout coach: it counts, you say what you need. Nothing leaves this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

RoutineName = Annotated[str, typer.Argument(metavar="ROUTINE", help="A name that `coach list` shows, or a file.")]
EventsFile = Annotated[
    Path | None, typer.Option("--events", metavar="FILE", help="Write what happens to FILE, one JSON object a line.")
]
Plain = Annotated[
    bool, typer.Option("--plain", help="One line an event, no redrawing, no colour: for screen readers and pipes.")
]


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


@app.command()
def run(
    routine: Annotated[
        str, typer.Argument(metavar="[ROUTINE]", help="A name that `coach list` shows, or a file.")
    ] = "",
    plain: Plain = False,
    events: EventsFile = None,
    wake: Annotated[
        str | None,
        typer.Option(metavar="PHRASE", help='Obey only within 8 s of this phrase, "hey coach"; "stop" always.'),
    ] = None,
) -> None:
    """Do a workout: listen, count, coach."""
    from coach.app.live import run_live

    try:
        run_live(routine, plain=plain, events=events, wake=wake)
    except KeyboardInterrupt:
        print("Stopped. Every set that was begun is in the journal; `coach run` offers to go on.", file=sys.stderr)
        raise


@app.command("list")
def list_routines() -> None:
    """Show the routines there are."""
    from coach.routine.library import Library

    for listing in Library().routines():
        print(f"{listing.slug:<20}  {listing.title}" + (f"  {listing.about}" if listing.about else ""))


@app.command()
def show(
    routine: RoutineName,
    plain: Plain = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown.")] = False,
    html: Annotated[bool, typer.Option("--html", help="As a printable page.")] = False,
) -> None:
    """Show a routine on one page: exercise, dose, band, and a line of cue."""
    from coach.paper import sheet
    from coach.routine.library import Library

    found = Library().routine(routine)
    if html or markdown:
        print((sheet.html if html else sheet.markdown)(found), end="")
    elif plain or not sys.stdout.isatty():
        print(sheet.plain(found), end="")
    else:
        from rich.console import Console

        Console().print(sheet.terminal(found))


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files, or folders of them.")],
    strict: Annotated[bool, typer.Option("--strict", help="Also what makes a line hard to follow by ear.")] = False,
) -> None:
    """Check routines and exercises, and tell every fault with its place."""
    from coach.routine.library import Library

    library = Library()
    faults = library.check(paths)
    if strict and not faults:
        from coach.routine import strict as by_ear

        faults = by_ear.check(paths, library)
    if faults:
        raise FileFault(faults)
    print("All is well.")


@app.command()
def commands(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Show what you can say."""
    from coach import language
    from coach.own.settings import load

    phrases: dict[str, list[str]] = {}
    for phrase, order in language.load(load().language).phrases.items():
        phrases.setdefault(order.command.value, []).append(phrase)
    if as_json:
        print(json.dumps(phrases, ensure_ascii=False, indent=1))
        return
    for command, said in phrases.items():
        print(f"{command:<12}  {' · '.join(said)}")


@app.command()
def say(text: Annotated[list[str], typer.Argument(metavar="TEXT", help="What to say.")]) -> None:
    """Say something, to hear the voice."""
    from coach.app.live import say_once

    say_once(" ".join(text))


@app.command()
def render(
    routine: RoutineName,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE.wav", help="The sound file to write.")],
    athlete: Annotated[
        Path | None, typer.Option(metavar="SCRIPT.yaml", help="What an athlete says: [{at: 42, say: easier}, ...]")
    ] = None,
    events: EventsFile = None,
    echo: Annotated[
        float | None,
        typer.Option(metavar="DB", help="How much louder than the athlete the microphone hears the coach."),
    ] = None,
    noise: Annotated[
        float | None, typer.Option(metavar="DB", help="How much quieter than the athlete a steady noise is.")
    ] = None,
    journal: Annotated[bool, typer.Option("--journal", help="Note it in the journal, like a workout done.")] = False,
) -> None:
    """Make a sound file of a whole workout, to take along."""
    from coach.app.athlete import load_script, spoken
    from coach.app.render import Scene, render_to

    said = spoken(load_script(athlete)) if athlete else []
    seconds = render_to(routine, out, Scene(said, echo, noise), events=events, journal=journal)
    print(f"{out}: {seconds / 60:.0f} min {seconds % 60:02.0f} s")


@app.command()
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
            print(json.dumps({"file": str(file), "heard": heard}, ensure_ascii=False))
        else:
            print(f"{file}:")
            for each in heard:
                print(_as_line(each))


def _as_line(heard: dict[str, Any]) -> str:
    verdict = heard["command"] if heard["accepted"] else f"not obeyed: {heard['reason']}"
    return f"  {heard['start']:8.2f} s  {heard['text'] or '(nothing)'}  ({verdict})"


@app.command()
def demo(events: EventsFile = None) -> None:
    """Listen to a short workout with a scripted athlete; needs no hardware."""
    from coach.app.demo import run_demo

    run_demo(events=events)


@app.command()
def doctor() -> None:
    """Check every part the coach needs, and tell what to do about what is missing."""
    from coach.app.doctor import State, examine

    faults = 0
    for finding in examine():
        print(finding, flush=True)
        faults += finding.state is State.FAULT
    if faults:
        raise typer.Exit(1)


app.add_typer(cli_models.app, name="models")
app.add_typer(cli_history.app, name="history")
app.add_typer(cli_ear.app, name="phrases")
app.command()(cli_ear.calibrate)
cli_writing.add_to(app)


if __name__ == "__main__":
    main()
