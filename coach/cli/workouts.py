"""`coach run`, `render`, `demo` and `say`: what a person types to be coached."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from coach.cli import completion
from coach.cli.options import NAMED, EventsFile, LogFile, LogWords, Plain, RoutineName
from coach.language.manner import Captions


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(run)
    app.command()(listen)
    app.command()(render)
    app.command()(demo)
    app.command()(say)


def run(
    routine: Annotated[str, typer.Argument(metavar="[ROUTINE]", help=NAMED, autocompletion=completion.routines)] = "",
    plain: Plain = False,
    captions: Annotated[
        Captions, typer.Option(help="What is printed: all, key (what is worth a screen reader's voice), or off.")
    ] = "all",
    events: EventsFile = None,
    wake: Annotated[
        str | None,
        typer.Option(metavar="PHRASE", help='Obey only within 8 s of this phrase, "hey coach"; "stop" always.'),
    ] = None,
    page: Annotated[bool, typer.Option("--page", help="Show it in a browser, too, with buttons to tap.")] = False,
    lan: Annotated[
        bool, typer.Option("--lan", help="With the page, let phones in this network in, by a code. Not encrypted.")
    ] = False,
    log: LogFile = None,
    log_words: LogWords = False,
) -> None:
    """Do a workout: listen, count, coach."""
    from coach.app.eventlog import Files
    from coach.app.live import Served, run_live

    served: Served = "network" if lan else "here" if page else "no"
    with _told_when_stopped():
        run_live(routine, plain=plain, which=captions, wake=wake, page=served, files=Files(events, log, log_words))


def listen(
    plain: Plain = False,
    captions: Annotated[
        Captions, typer.Option(help="What is printed: all, key (what is worth a screen reader's voice), or off.")
    ] = "all",
    events: EventsFile = None,
) -> None:
    """Wait for "hey coach", then ask what to do, and do it; again and again."""
    from coach.app.eventlog import Files
    from coach.app.standby import listen as stand_by

    with _told_when_stopped():
        stand_by(plain=plain, which=captions, files=Files(events))


@contextmanager
def _told_when_stopped() -> Iterator[None]:
    """Ctrl-C is answered with a sentence, and with what was kept."""
    try:
        yield
    except KeyboardInterrupt as end:
        print("Stopped.", *end.args, file=sys.stderr)
        raise


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
    log: LogFile = None,
    log_words: LogWords = False,
) -> None:
    """Make a sound file of a whole workout, to take along."""
    from coach.app.athlete import load_script, spoken
    from coach.app.eventlog import Files
    from coach.app.render import Scene, render_to

    said = spoken(load_script(athlete)) if athlete else []
    seconds = render_to(routine, out, Scene(said, echo, noise), journal=journal, files=Files(events, log, log_words))
    minutes, rest = divmod(round(seconds), 60)
    print(f"{out}: {minutes} min {rest:02} s")


def demo(events: EventsFile = None) -> None:
    """Listen to a short workout with a scripted athlete; needs no hardware."""
    from coach.app.demo import run_demo

    run_demo(events=events)


def say(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="What to say.")],
    voice: Annotated[str, typer.Option(metavar="VOICE", help="With this voice; `coach voices` lists them.")] = "",
) -> None:
    """Say something, to hear the voice."""
    from coach.app.live import say_once

    say_once(" ".join(text), voice=voice)
