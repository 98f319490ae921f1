"""The routines there are, each with how long it takes, how hard it is and what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from coach.errors import printable
from coach.language import Language
from coach.paper.wording import Wording
from coach.routine.library import Library
from coach.routine.model import Routine
from coach.session.plan import make_plan, works
from coach.view.in_words import minutes

if TYPE_CHECKING:
    from rich.console import RenderableType

Level = Literal["gentle", "medium", "hard"]
HALF_A_RUNG = 0.5


@dataclass(frozen=True)
class Entry:
    """A routine in the list. What only a whole file tells is None where it has faults."""

    name: str
    title: str
    about: str
    minutes: int | None = None
    level: Level | None = None
    kit: tuple[str, ...] | None = None
    """What to have at hand."""


def entries(library: Library) -> list[Entry]:
    """All of them, by name."""
    found = []
    for listing, routine in library.all_routines():
        entry = Entry(listing.slug, listing.title, listing.about)
        if routine is None:  # `coach check` tells what is wrong
            found.append(entry)
            continue
        plan = make_plan(routine)
        about = (minutes(plan.seconds), level(routine), plan.equipment)
        found.append(Entry(entry.name, entry.title, entry.about, *about))
    return found


def level(routine: Routine) -> Level:
    """By where its exercises stand on their ladders: below the standard ones, among them, or above."""
    above = [work.rung - routine.families[work.family].standard for work in works(routine.blocks)]
    mean = sum(above) / len(above)
    return "gentle" if mean <= -HALF_A_RUNG else "hard" if mean >= HALF_A_RUNG else "medium"


def as_objects(listed: Sequence[Entry]) -> list[dict[str, Any]]:
    """For JSON."""
    return [asdict(entry) for entry in listed]


def plain(listed: Sequence[Entry], language: Language) -> str:
    """A line each, its name first: for screen readers and pipes."""
    words = Wording(language, "list")
    lines = []
    for entry in listed:
        facts = ", ".join(filter(None, _facts(entry, words)))
        lines.append(f"{printable(entry.name)}: {entry.title}." + (f" {facts}." if facts else ""))
    return "".join(f"{line}\n" for line in lines)


def terminal(listed: Sequence[Entry], language: Language) -> RenderableType:
    """The same as a table, for rich's Console."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    words = Wording(language, "list")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in words.some("columns"):
        table.add_column(column)
    for entry in listed:
        table.add_row(*(Text(text) for text in (printable(entry.name), entry.title, *_facts(entry, words))))
    return table


def _facts(entry: Entry, words: Wording) -> list[str]:
    """Minutes, level and kit; empty where a file's faults hide them."""
    if entry.minutes is None or entry.level is None:
        return ["", "", ""]
    kit = ", ".join(entry.kit or ()) or words.text("no_kit")
    return [words.counted(entry.minutes, "minute"), str(words.some("levels")[entry.level]), kit]
