"""YAML files to the objects of routine/model.py, complete and checked; or every fault they have, at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from coach.document.faults import Faults
from coach.document.names import key, name_of
from coach.document.read import read
from coach.document.tree import Document, Items, Table, Text
from coach.errors import FileFault
from coach.routine import sense
from coach.routine.equipment import spelled
from coach.routine.figure_form import drawn
from coach.routine.ladders import Ladders
from coach.routine.model import Circuit, Family, Range, Routine, Variant, Work
from coach.routine.refusals import FormFaults
from coach.routine.schema import CircuitForm, ExerciseForm, FamilyForm, Movement, RoutineForm, VariantForm
from coach.routine.values import NO_EQUIPMENT

REST = 45.0
"""Seconds between sets, and after them, where a routine says nothing."""
REST_IN_CIRCUIT = 10.0
"""Seconds after an exercise of a circuit."""
REST_BETWEEN_ROUNDS = 60.0
MOST_SETS_IN_ALL = 1000


def load_family(path: Path, shown: str | None = None) -> Family:
    """One exercise file. Raises FileFault; `shown` is the file's name in its faults."""
    return family_from(read(path, shown))


def load_routine(path: Path, families: Mapping[str, Family], shown: str | None = None) -> Routine:
    """One routine file, its exercises looked up in `families` and its own. Raises FileFault."""
    return routine_from(read(path, shown), families, path)


def family_from(document: Document) -> Family:
    """The family in a document. Raises FileFault with all that is wrong in it."""
    faults = FormFaults(document)
    if not is_family(document) and _has(document, "blocks"):
        faults.add((), "this is a routine, not an exercise", "keep it outside of the folder exercises")
        raise FileFault(faults.found)
    form = faults.validate(FamilyForm, document.root)
    sense.check_family(document.root, faults)
    if faults.found or form is None:
        raise FileFault(faults.found)
    return _family(form)


def routine_from(document: Document, families: Mapping[str, Family], path: Path) -> Routine:
    """The routine in a document, with the families it names. Raises FileFault with all that is wrong in it."""
    faults = FormFaults(document)
    if is_family(document):
        faults.add(
            (), "this is an exercise, not a routine", "keep it in the folder exercises, and name a routine instead"
        )
        raise FileFault(faults.found)
    form = faults.validate(RoutineForm, document.root)
    own, broken = _own_families(document, faults)
    replaced = {key(name) for name in own}
    ladders = Ladders(own, {name: family for name, family in families.items() if key(name) not in replaced})
    sense.check_blocks(document.root, ladders, broken, faults)
    if faults.found or form is None:
        raise FileFault(faults.found)

    used: dict[str, Family] = {}
    blocks = tuple(_block(block, ladders, used, in_circuit=False) for block in form.blocks)
    sets = _sets(blocks)
    if sets > MOST_SETS_IN_ALL:
        faults.add(("blocks",), f"this comes to {sets:,} sets", f"a routine has at most {MOST_SETS_IN_ALL:,}")
        raise FileFault(faults.found)
    return Routine(
        slug=name_of(path),
        title=form.routine,
        blocks=blocks,
        families=used,
        library={name: family for name, family in {**families, **own}.items() if name not in used},
        about=form.about,
        source=form.source,
        called=tuple(form.called),
        path=str(path),
    )


def is_family(document: Document) -> bool:
    """Whether the file means to be an exercise, by the keys it begins with."""
    return _has(document, "family", "variants") and not _has(document, "routine", "blocks")


def _has(document: Document, *keys: str) -> bool:
    return isinstance(document.root, Table) and any(field in document.root for field in keys)


def _own_families(document: Document, faults: Faults) -> tuple[dict[str, Family], set[str]]:
    """The families a routine brings with it, and the names in those that cannot be read."""
    tables = document.root.get("exercises") if isinstance(document.root, Table) else None
    own: dict[str, Family] = {}
    broken: set[str] = set()
    for index, table in enumerate(tables) if isinstance(tables, Items) else ():
        before = len(faults.found)
        sense.check_family(table, faults, ("exercises", index))
        form = FormFaults(document).validate(FamilyForm, table)
        if form is None or len(faults.found) > before:
            broken |= _names(table)
        else:
            own[form.family] = _family(form)
    return own, broken


def _names(family: object) -> set[str]:
    if not isinstance(family, Table):
        return set()
    variants = family.get("variants")
    tables = [family, *(variants if isinstance(variants, Items) else ())]
    names = [table.get("family", table.get("name")) for table in tables if isinstance(table, Table)]
    return {key(name) for name in names if isinstance(name, Text)}


def _family(form: FamilyForm) -> Family:
    standard = next((rung for rung, variant in enumerate(form.variants) if variant.standard), 0)
    return Family(
        name=form.family,
        variants=tuple(_variant(form, rung, standard) for rung in range(len(form.variants))),
        standard=standard,
        muscles=tuple(form.muscles),
        why=form.why,
        position=form.position,
        called=tuple(form.called),
    )


def _variant(family: FamilyForm, rung: int, standard: int) -> Variant:
    own = family.variants[rung]
    given = _inherited(own, family.variants[standard], family)
    bare = given.equipment.lower() in NO_EQUIPMENT
    return Variant(
        name=own.name,
        family=family.family,
        rung=rung,
        equipment="none" if bare else spelled(given.equipment),
        setup=tuple(given.setup),
        move=given.move,
        brace="" if given.brace.lower() == "none" else given.brace,
        cues=tuple(given.cues),
        mistakes=tuple(given.mistakes),
        tempo=given.tempo,
        phases=() if given.hold else tuple(given.phases),
        sides=given.sides,
        unit=given.unit,
        hold=given.hold,
        seconds=given.seconds or Range(20, 30),
        band="" if bare or given.band.lower() == "none" else given.band,
        caution=given.caution,
        safety="" if bare else given.safety,
        needs=tuple(given.needs),
        switch=given.switch if given.sides else "",
        position=given.position,
        figure=drawn(given.figure) if given.figure else None,
    )


def _inherited(own: VariantForm, standard: VariantForm, family: FamilyForm) -> Movement:
    """What the variant sets, what it does not from the standard one, and what that does not from the family."""
    given: dict[str, Any] = {}
    for source in (family, standard, own):
        given |= {name: getattr(source, name) for name in Movement.model_fields if name in source.model_fields_set}
    return Movement.model_construct(**given)


def _block(
    form: ExerciseForm | CircuitForm, ladders: Ladders, used: dict[str, Family], in_circuit: bool
) -> Work | Circuit:
    """The block; the family it names is added to `used`."""
    if isinstance(form, CircuitForm):
        return Circuit(
            rounds=form.circuit,
            rest=REST_BETWEEN_ROUNDS if form.rest is None else form.rest,
            blocks=tuple(_block(block, ladders, used, in_circuit=True) for block in form.blocks),
        )
    found = ladders.find(form.exercise)
    assert found, "checked by sense.check_blocks"
    family, rung = found
    used[family.name] = family
    variant = family.variants[rung]
    usual = REST_IN_CIRCUIT if in_circuit else REST
    rest = usual if form.rest is None else form.rest
    return Work(
        family=family.name,
        rung=rung,
        sets=form.sets,
        amount=form.hold or form.steps or form.reps or variant.seconds,
        unit="second" if variant.hold else "step" if form.steps else variant.unit,
        rest=rest,
        rest_after=rest if form.rest_after is None else form.rest_after,
    )


def _sets(blocks: Iterable[Work | Circuit]) -> int:
    """How many sets at most."""
    return sum(
        block.rounds.high * _sets(block.blocks) if isinstance(block, Circuit) else block.sets.high for block in blocks
    )
