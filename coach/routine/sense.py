"""What no single key of a file shows: whether a family's ladder and a routine's doses make sense.

These checks read the tree, not the filled-in form, so that a file with a fault of form in one line still gets every
other fault told.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from coach.document.faults import Faults, Path
from coach.document.names import key, nearest
from coach.document.tree import Items, Table, Text
from coach.document.wording import Unclear, quote
from coach.routine import values
from coach.routine.ladders import Ladders
from coach.routine.manners import EACH_SIDE
from coach.routine.model import Tempo, Variant

_NEEDED = {
    "setup": "setup: and under it how to get into position, one breath a line",
    "move": "move: and how the movement goes",
}
_DOSES = ("reps", "steps", "hold")


def check_family(family: Any, faults: Faults, path: Path = ()) -> None:
    """A family's standard variant, its names, what every variant needs, its phases."""
    variants = _tables(family, "variants")
    if not variants:
        return
    standard = _standard(variants, faults, (*path, "variants"))
    _check_names(family, variants, standard, faults, (*path, "variants"))
    for rung, variant in variants:
        place = (*path, "variants", rung)
        inherits = [variant, family] if standard is None else [variant, standard, family]
        for field, example in _NEEDED.items():
            told_at_standard = standard is not None and variant is not standard
            if not told_at_standard and not any(field in table for table in inherits):
                faults.add((*place, field), f'"{field}" is missing', f"write {example}")
        if variant is standard or "tempo" in variant or "phases" in variant:
            _check_phases(inherits, faults, place)


def _standard(variants: list[tuple[int, Table]], faults: Faults, path: Path) -> Table | None:
    marked = [(rung, variant) for rung, variant in variants if _true(variant.get("standard"))]
    for rung, _ in marked[1:]:
        faults.add((*path, rung, "standard"), "another variant is the standard one already", "mark only one")
    if marked:
        return marked[0][1]
    if len(variants) == 1:
        return variants[0][1]
    faults.add(path, "no variant is the standard one", "write standard: true where a routine should start")
    return None


def _check_names(
    family: Table, variants: list[tuple[int, Table]], standard: Table | None, faults: Faults, path: Path
) -> None:
    seen: dict[str, int] = {}
    for rung, variant in variants:
        name, of_family = variant.get("name"), family.get("family")
        if not isinstance(name, Text):
            continue
        if key(name) in seen:
            faults.add(
                (*path, rung, "name"), f"{quote(name)} is also variants[{seen[key(name)]}]", "give it its own name"
            )
        elif isinstance(of_family, Text) and key(of_family) == key(name) and variant is not standard:
            wrong = f"{quote(name)} is the family's own name, which means its standard variant"
            faults.add((*path, rung, "name"), wrong, "give it another")
        seen.setdefault(key(name), rung)


def _check_phases(inherits: list[Table], faults: Faults, path: Path) -> None:
    phases, tempo, hold = (
        next((table[field] for table in inherits if field in table), None) for field in ("phases", "tempo", "hold")
    )
    if not isinstance(phases, Items) or not phases or _true(hold):
        return
    try:
        beat = values.tempo(tempo) if isinstance(tempo, Text) else Tempo()
    except Unclear:
        return
    parts = sum(1 for seconds in (beat.effort, beat.hold, beat.back) if seconds)
    if len(phases) not in (3, parts):
        own = next((field for field in ("phases", "tempo") if field in inherits[0]), None)
        faults.add(
            (*path, own) if own else path,
            f"there are {len(phases)} phases for the tempo {beat}, which has {parts} parts that are not 0",
            f"name {parts}" if parts == 3 else f"name {parts}, or 3",
        )


def check_blocks(routine: Any, ladders: Ladders, broken: Collection[str], faults: Faults) -> None:
    """The exercises that a routine names and the doses it gives them.

    `broken` holds the keys of names that exist but whose families could not be read: nothing is said of those.
    """
    for path, block in _exercises(routine, ()):
        _check_dose(block, faults, path)
        name = block.get("exercise")
        if not isinstance(name, Text) or name.kind != "text" or not name.strip() or key(name) in broken:
            continue
        found = ladders.find(name)
        if found is None:
            near = ladders.nearest(name)
            right = f'did you mean "{near}"?' if near else _some(ladders)
            faults.add((*path, "exercise"), f"there is no exercise {quote(name)}", right)
            continue
        family, rung = found
        variant = family.variants[rung]
        _check_sides(block, variant, faults, path)
        if variant.hold:
            for dose in ("reps", "steps"):
                if dose in block:
                    faults.add((*path, dose), f'"{variant.name}" is held, not counted', "write hold: 20-30 s instead")
        elif "hold" in block:
            wrong = f'"{variant.name}" is counted, not held'
            faults.add((*path, "hold"), wrong, f"write {variant.unit}s: 10 instead")
        elif not any(field in _DOSES or nearest(field, _DOSES) for field in block):
            faults.add((*path, "reps"), f'"{variant.unit}s" is missing', f"write {variant.unit}s: 10 or 8-12")


def _check_dose(block: Table, faults: Faults, path: Path) -> None:
    given = [dose for dose in _DOSES if dose in block]
    for dose in given[1:]:
        faults.add((*path, dose), f"{given[0]} and {dose} stand in one block", "keep one of them")


def _check_sides(block: Table, variant: Variant, faults: Faults, path: Path) -> None:
    """A dose that is said to be of each side, of an exercise that has none."""
    for dose in _DOSES:
        written = block.get(dose)
        if isinstance(written, Text) and not variant.sides and EACH_SIDE.search(written.lower()):
            wrong = f'"{variant.name}" has no sides'
            faults.add((*path, dose), wrong, f"write {dose}: {EACH_SIDE.sub('', written.lower()).strip()}")


def _exercises(table: Any, path: Path) -> list[tuple[Path, Table]]:
    """Every block that names an exercise, with its path, those in circuits too."""
    found = []
    for index, block in _tables(table, "blocks"):
        place = (*path, "blocks", index)
        found += _exercises(block, place) if "blocks" in block else [(place, block)]
    return found


def _tables(table: Any, field: str) -> list[tuple[int, Table]]:
    items = table.get(field) if isinstance(table, Table) else None
    return [(i, item) for i, item in enumerate(items) if isinstance(item, Table)] if isinstance(items, Items) else []


def _true(value: Any) -> bool:
    return isinstance(value, Text) and value.true


def _some(ladders: Ladders) -> str:
    some = ladders.some()
    return (
        f"some that there are: {', '.join(some)}"
        if some
        else "there are no exercises yet; describe it under exercises:"
    )
