"""Writes the made parts of the documents anew: tables, the list of events, the transcripts, the pictures, the manual.

To be run after a change of a phrase, a line, a key, a setting, an event or a command's help:

    .venv/bin/python -m tools.documents
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from coach import language
from coach.app.athlete import load_script, spoken
from coach.app.demo import Transcript
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.app.render import Scene, render
from coach.language.commands import Command
from coach.own.settings import TABLE, Settings, as_yaml
from coach.routine.figure_form import PoseForm
from coach.routine.form import Form
from coach.routine.library import Library
from coach.routine.schema import CircuitForm, ExerciseForm, FamilyForm, Movement, RoutineForm, VariantForm
from coach.session.events import Event
from tools import event_list, manual, pictures, transcripts

ROOT = Path(__file__).parents[1]
ATHLETE = Path(__file__).with_name("transcript-athlete.yaml")
ROUTINE = "prerun-warmup"

Makers = Mapping[str, Callable[[], str]]

MATTER_MOST = {
    Command.READY,
    Command.PAUSE,
    Command.RESUME,
    Command.EASIER,
    Command.HURTS,
    Command.NEXT,
    Command.STATUS,
    Command.EXPLAIN,
    Command.UNDO,
    Command.END,
}
"""The commands that the README shows; docs/commands.md has all."""


def _quoted(phrase: str) -> str:
    """A phrase in quotes; one with a name in it as code, since it is none as it stands."""
    return f"`{phrase}`" if "NAME" in phrase else f'"{phrase}"'


def commands(wanted: Callable[[str], bool] = lambda name: True) -> str:
    """What can be said, as a table."""
    english = language.load()
    said = english.sayable("NAME")
    rows = [
        f"| {', '.join(_quoted(phrase) for phrase in said[name])} | {english.effects[name]} |"
        for name in said
        if wanted(name)
    ]
    return "\n".join(["| say | what happens |", "|---|---|", *rows])


def keys() -> str:
    """What single keys mean, as a table."""
    english = language.load()
    rows = ["| key | the same as saying |", "|---|---|"]
    for key, meant in english.keys.items():
        said = [f'"{english.phrase(command)}"' for command in meant]
        rows.append(f"| `{key}` | {' or '.join(said)} |")
    return "\n".join(rows)


def settings_table() -> str:
    """Every setting, as a table."""
    rows = [f"| `{each.name}` | `{as_yaml(each.default)}` | {each.meaning} | {each.values} |" for each in TABLE]
    return "\n".join(["| setting | default | meaning | values |", "|---|---|---|---|", *rows])


def form(*kinds: type[Form]) -> str:
    """The keys that these parts of a routine file add, as a table."""
    rows = ["| key | what it holds |", "|---|---|"]
    for kind in kinds:
        for name, about in kind.model_fields.items():
            if name in kind.__annotations__:
                rows.append(f"| `{name}` | {about.description}{' Needed.' if about.is_required() else ''} |")
    return "\n".join(rows)


@cache
def _rehearsal() -> tuple[Transcript, list[Event]]:
    """The warm-up in the simulated room, the athlete's words over the coach's."""
    heard, happened = Transcript(), list[Event]()
    scene = Scene(spoken(load_script(ATHLETE)), echo=0.0)
    render(Studio(Settings()), Library().routine(ROUTINE), scene, following=Following([heard, happened.append]))
    return heard, happened


def transcript() -> str:
    """A rendered warm-up, a line of text for each turn; takes some seconds."""
    return _fenced(_turns())


def excerpt() -> str:
    """Its first set, until the workout has gone on with something easier."""
    return _fenced(_turns()[1:9])


def _terminal(moment: str, size: tuple[int, int]) -> str:
    return pictures.workout(_rehearsal()[1], moment, size)


QUICK: Mapping[str, Makers] = {
    "README.md": {"commands": lambda: commands(lambda name: name in MATTER_MOST)},
    "docs/commands.md": {"commands": commands, "keys": keys},
    "docs/settings.md": {"settings": settings_table},
    "docs/writing-routines.md": {
        "routine": lambda: form(RoutineForm),
        "block": lambda: form(ExerciseForm),
        "circuit": lambda: form(CircuitForm),
        "family": lambda: form(FamilyForm),
        "variant": lambda: form(VariantForm, Movement),
        "figure": lambda: form(PoseForm),
    },
    "docs/events.md": {"events": event_list.as_markdown},
}
WHOLE: Makers = {"docs/coach.1": manual.page}
RENDERED: Mapping[str, Makers] = {
    "README.md": {"excerpt": excerpt},
    "docs/a-workout.md": {"transcript": transcript},
}
PICTURES: Makers = {
    "docs/pictures/workout.svg": lambda: pictures.workout(_rehearsal()[1]),
    "docs/pictures/figures.svg": lambda: pictures.figures(Library().families.values()),
    **{
        f"docs/pictures/terminal-{moment}-{size[0]}x{size[1]}.svg": partial(_terminal, moment, size)
        for moment in pictures.MOMENTS
        for size in pictures.SIZES
    },
    "docs/pictures/sheet.svg": lambda: pictures.sheet(Library().routine(ROUTINE)),
}


def current(name: str, makers: Makers) -> str:
    """The document's text with its made parts as they should be."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for part, make in makers.items():
        begin, end = f"<!-- {part}, made by tools/documents.py -->\n", f"\n<!-- end of {part} -->"
        assert text.count(begin) == text.count(end) == 1, f"{name} should have one part {part}"
        before, after = text[: text.index(begin)], text[text.index(end) :]
        text = before + begin + make() + after
    return text


def _turns() -> list[str]:
    return [
        textwrap.fill(" ".join(lines), 112, initial_indent=f"{who:>5}  ", subsequent_indent=" " * 7)
        for who, lines in _rehearsal()[0].turns()
    ]


def _fenced(lines: list[str]) -> str:
    return "```\n" + "\n".join(lines) + "\n```"


def write_transcripts() -> None:
    """A file for each routine that comes with the coach."""
    transcripts.FOLDER.mkdir(exist_ok=True)
    for slug in transcripts.slugs():
        (transcripts.FOLDER / f"{slug}.md").write_text(transcripts.transcript(slug), encoding="utf-8")


def main() -> None:
    for name, make in WHOLE.items():
        (ROOT / name).write_text(make(), encoding="utf-8")
    write_transcripts()
    for documents in (QUICK, RENDERED):
        for name, makers in documents.items():
            (ROOT / name).write_text(current(name, makers), encoding="utf-8")
    for name, make in PICTURES.items():
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
