"""Writing routines: `coach new` from a few answers, and putting files where they belong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from coach.document.files import replace_file
from coach.document.names import key
from coach.document.read import parse
from coach.document.wording import Unclear, quote
from coach.errors import CoachError, NotFound
from coach.routine import values
from coach.routine.ladders import Ladders
from coach.routine.loading import REST, REST_BETWEEN_ROUNDS, routine_from
from coach.routine.model import Family, Variant

USUAL_SETS = "2-3"
USUAL_REPS = "8-12"

_NUMBERS = r"[0-9][0-9:.]*(?:\s*[-–]\s*[0-9][0-9:.]*)?"
_ENTRY = re.compile(
    rf"(?P<name>.*?)[\s,:]*(?:(?P<sets>{_NUMBERS})\s*[x×*]\s*)?"
    rf"(?P<amount>{_NUMBERS})\s*(?P<unit>reps?|steps?|s|sec|seconds?|min|minutes?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Entry:
    """One exercise of a routine that is to be written, with what is to stand in the file."""

    exercise: str
    variant: Variant
    ladder: tuple[str, ...]
    """The family's variants, easiest first."""
    dose: str
    """reps, steps or hold."""
    amount: str
    sets: str = ""


@dataclass(frozen=True)
class Draft:
    """What `coach new` was told."""

    title: str
    entries: tuple[Entry, ...]
    about: str = ""
    rest: str = ""
    """Between sets, or between the rounds of a circuit; empty for the usual one."""
    rounds: str = ""
    """Makes one circuit of the entries: `3` or `2-3`."""


def entry(text: str, families: Mapping[str, Family]) -> Entry:
    """`glute bridge 3x8-12`, `plank 2 x 30 s`, `side step`: an exercise and, where given, its sets and its dose.

    Raises NotFound for an exercise that does not exist, CoachError for a dose that makes no sense.
    """
    ladders = Ladders(families)
    found = None if ladders.find(text) else _ENTRY.fullmatch(" ".join(text.split()))
    name, sets, amount, unit = found.group("name", "sets", "amount", "unit") if found else (text, None, None, None)
    place = ladders.find(name)
    if place is None:
        near = ladders.nearest(name)
        some = f"Some that there are: {', '.join(ladders.some())}."
        raise NotFound(f"There is no exercise {quote(name)}.", f'Did you mean "{near}"?' if near else some)
    family, rung = place
    variant = family.variants[rung]
    # What was asked for by its own name stays that; the family's name lets the athlete's history choose.
    exercise = family.name if key(name) == key(family.name) else variant.name
    timed = re.match("s(?!t)|m", unit or "", re.IGNORECASE) is not None
    if unit and timed != variant.hold:
        how = "held for seconds" if variant.hold else f"counted in {variant.unit}s"
        raise CoachError(f'"{variant.name}" is {how}.', f"Write {exercise} 2 x {'30 s' if variant.hold else '8-12'}.")
    if variant.hold:
        amount = f"{amount or variant.seconds} {unit or 's'}"
    amount = amount or USUAL_REPS
    dose = "hold" if variant.hold else "steps" if re.match("st", unit or "", re.IGNORECASE) else f"{variant.unit}s"
    try:
        if sets:
            values.count(sets, values.MOST_SETS, "3 or 2-4")
        if variant.hold:
            values.seconds_range(amount)
        else:
            values.count(amount, values.MOST_REPS, "10 or 8-12")
    except Unclear as unclear:
        raise _sentence(unclear) from None
    ladder = tuple(rung.name for rung in family.variants)
    return Entry(exercise, variant, ladder, dose, amount, sets or "")


def compose(draft: Draft, families: Mapping[str, Family], slug: str) -> str:
    """The text of a commented routine that loads with these families. Raises CoachError where none can be made."""
    if not draft.entries:
        raise CoachError("A routine needs at least one exercise.", "Name one with its dose: glute bridge 3x8-12.")
    draft = replace(draft, rest=values.unquoted(draft.rest), rounds=values.unquoted(draft.rounds))
    try:
        values.duration(draft.rest or "0")
        values.count(draft.rounds or "1", values.MOST_SETS, "3 or 2-3", "round")
    except Unclear as unclear:
        raise _sentence(unclear) from None
    about = f"about: {_scalar(draft.about)}" if draft.about.strip() else "# about: What it is for, in a sentence."
    lines = [
        f"# Check this file with: coach check {slug}.yaml",
        f"# Do the workout with: coach run {slug}",
        f"routine: {_scalar(draft.title)}",
        about,
        "blocks:",
        f"  # To start on another rung, easiest first: {', '.join(draft.entries[0].ladder)}",
        *(_circuit(draft) if draft.rounds else _sets(draft)),
        *_MORE.format(exercise=draft.entries[0].exercise).splitlines(),
    ]
    text = "\n".join(lines) + "\n"
    routine_from(parse(text.encode(), f"{slug}.yaml"), families, Path(f"{slug}.yaml"))
    return text


def slug(title: str) -> str:
    """The file name for a title: "Légs, again" gives legs-again, "Ноги" its own letters.

    Raises CoachError where there is no letter at all.
    """
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    name = "-".join(re.findall("[a-z0-9]+", ascii_only))[:60].strip("-")
    name = name or "-".join(re.findall(r"[^\W_]+", title.lower()))[:20].strip("-")
    if not name:
        raise CoachError(f"No file can be named after {quote(title)}.", "Use a letter in the title.")
    return name


def write(path: Path, text: str, replace: bool = False) -> None:
    """Put a file in its place, whole or not at all. Raises CoachError where one is already."""
    if path.exists() and not replace:
        raise CoachError(f"{path} is there already.", "Choose another title, or say that it may be replaced.")
    replace_file(path, text, make_folder=True)


_MORE = """
# What else a block may say:
#     rest_after: 90 s          # after the last set, where it differs from rest
#     hold: 20-30 s             # instead of reps, for what is held
# Several exercises in turn are a circuit:
#   - circuit: 3 rounds
#     rest: 60 s
#     blocks:
#       - {{exercise: {exercise}, reps: 10}}
# To have an editor check this file while you type, save what `coach schema` prints as routine.schema.json beside it,
# and begin the file with: # yaml-language-server: $schema=routine.schema.json"""


def _sets(draft: Draft) -> list[str]:
    rest = draft.rest or f"{REST:.0f} s"
    lines = []
    for item in draft.entries:
        lines += [
            f"  - exercise: {_scalar(item.exercise)}",
            f"    sets: {item.sets or USUAL_SETS}",
            f"    {item.dose}: {item.amount}",
            f"    rest: {rest}",
        ]
    lines[1] += "    # a number, or a range to work up through"
    lines[3] += "    # between sets: 45 s, 2 min or 1:30"
    return lines


def _circuit(draft: Draft) -> list[str]:
    rounds = re.sub(r"\s*rounds?$", "", draft.rounds.strip(), flags=re.IGNORECASE)
    lines = [
        f"  - circuit: {rounds} {'round' if rounds == '1' else 'rounds'}    # the blocks inside, one after the other",
        f"    rest: {draft.rest or f'{REST_BETWEEN_ROUNDS:.0f} s'}    # between rounds: 45 s, 2 min or 1:30",
        "    blocks:",
    ]
    for item in draft.entries:
        lines.append(f"      - exercise: {_scalar(item.exercise)}")
        lines += [f"        sets: {item.sets}"] if item.sets else []
        lines.append(f"        {item.dose}: {item.amount}")
    return lines


def _scalar(text: str) -> str:
    """A text as one line of YAML, in quotes where it needs them. Raises CoachError for one that is no text."""
    line = " ".join(text.split())
    if not line or not line.isprintable():
        raise CoachError(f"{quote(text)} cannot be spoken or shown.", "Use words.")
    dumped: str = yaml.safe_dump(line, allow_unicode=True, width=10 * len(line) + 80)
    return dumped.removesuffix("...\n").strip()


def _sentence(unclear: Unclear) -> CoachError:
    return CoachError(
        f"{unclear.wrong[:1].upper()}{unclear.wrong[1:]}.", f"{unclear.right[:1].upper()}{unclear.right[1:]}."
    )
