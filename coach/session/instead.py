"""Another exercise for the same muscles, with the kit, the floor and the room that there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from coach.routine.equipment import there
from coach.routine.model import Family, Variant
from coach.session.plan import Plan, works
from coach.session.script import Script


def instead(
    script: Script,
    plan: Plan,
    slot: int,
    rung: int,
    declined: Collection[str],
    missing: Collection[str],
    kit: Collection[str] = (),
) -> Variant | None:
    """What to do in place of a slot's variant; None where nothing else is known for these muscles.

    Not a family of this workout, nor one of `declined`; nothing that needs a thing that is `missing` ("wall"), and
    nothing beside this workout's equipment and the athlete's own `kit`. It is held against what the routine has there:
    what works the same part of the body comes first, of that the most muscles in common, then what keeps the body and
    the band where they are. What has only a lesser muscle in common is something else indeed.
    """
    standing_for = list(works(plan.routine.blocks))[slot].family
    family = plan.routine.families[standing_for]
    replaced = plan.slots[slot].family
    now = replaced.variants[rung]
    taken = {other.family.name for other in plan.slots} | {*declined}

    def rank(found: Variant) -> tuple[bool, int, bool, bool]:
        other = others[found.family]
        common = {*other.muscles} & {*family.muscles}
        moves = found.position != now.position
        unlike = _main(script, other) != main
        return unlike, -len(common), moves, (found.equipment, found.band) != (now.equipment, now.band)

    main = _main(script, family)
    others = {
        name: other
        for name, other in plan.routine.library.items()
        if name not in taken and {main, _main(script, other)} & _shared(script, family, other)
    }
    easier = rung - replaced.standard
    at_hand = {"none", *plan.equipment, *plan.needs, *kit} - {*missing}
    floor = script.lies_down(plan.variants)
    found = [
        variant for other in others.values() for variant in _possible(script, other, easier, at_hand, missing, floor)
    ]
    return min(found, key=rank, default=None)


def _main(script: Script, family: Family) -> str:
    """The part of the body that it works above all: the first of its muscles is its main one."""
    return script.part_of(family.muscles[0]) if family.muscles else ""


def _shared(script: Script, one: Family, other: Family) -> set[str]:
    """The parts of the body in which two have a muscle in common, and the one that is the main one of both."""
    same = {script.part_of(muscle) for muscle in {*one.muscles} & {*other.muscles}}
    mains = {_main(script, family) for family in (one, other)} - {""}
    return same | mains if len(mains) == 1 else same


def _possible(
    script: Script, family: Family, easier: int, at_hand: Collection[str], missing: Collection[str], floor: bool
) -> Iterator[Variant]:
    """The hardest rung for which everything is `at_hand`, and room to lie down where there is `floor`: no harder than
    where a routine starts, and as far below that as the variant before stood (`easier`, where that is below 0), as far
    as the ladder goes.
    """
    for rung in range(max(0, family.standard + min(easier, 0)), -1, -1):
        variant = family.variants[rung]
        room = all(
            any(choice in known for choice in left(script, need, missing) for known in at_hand)
            for need in variant.needs
        )
        if there(variant.equipment, at_hand) and room and (floor or not script.on_floor(variant)):
            yield variant
            return


def left(script: Script, need: str, missing: Collection[str]) -> list[str]:
    """What would do for a need when things are missing: of "wall or chair" the chair."""
    choices = need.split(f" {script.language.words['or']} ")
    return [choice for choice in choices if not any(thing in choice for thing in missing)]
