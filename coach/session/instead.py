"""Another exercise for the same muscles, with the kit, the floor and the room that there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from coach.routine.model import Family, Variant
from coach.session.plan import Plan
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
    nothing beside this workout's equipment and the athlete's own `kit`. The most muscles in common come first, then
    what keeps the body and the band where they are.
    """
    family = plan.slots[slot].family
    now = family.variants[rung]
    taken = {other.family.name for other in plan.slots} | {*declined}

    def rank(found: Variant) -> tuple[int, bool, bool]:
        common = {*others[found.family].muscles} & {*family.muscles}
        moves = found.position != now.position
        return -len(common), moves, (found.equipment, found.band) != (now.equipment, now.band)

    others = {
        name: other
        for name, other in plan.routine.library.items()
        if name not in taken and {*other.muscles} & {*family.muscles}
    }
    easier = rung - family.standard
    there = {"none", *plan.equipment, *plan.needs, *kit}
    floor = script.lies_down(plan.variants)
    found = [
        variant for other in others.values() for variant in _possible(script, other, easier, there, missing, floor)
    ]
    return min(found, key=rank, default=None)


def _possible(
    script: Script, family: Family, easier: int, there: Collection[str], missing: Collection[str], floor: bool
) -> Iterator[Variant]:
    """The hardest rung for which everything is `there`, and room to lie down where there is `floor`: no harder than
    where a routine starts, and as far below that as the variant before stood (`easier`, where that is below 0), as far
    as the ladder goes.
    """
    for rung in range(max(0, family.standard + min(easier, 0)), -1, -1):
        variant = family.variants[rung]
        room = all(
            any(choice in known for choice in left(script, need, missing) for known in there) for need in variant.needs
        )
        if variant.equipment in there and room and (floor or not script.on_floor(variant)):
            yield variant
            return


def left(script: Script, need: str, missing: Collection[str]) -> list[str]:
    """What would do for a need when things are missing: of "wall or chair" the chair."""
    choices = need.split(f" {script.language.words['or']} ")
    return [choice for choice in choices if not any(thing in choice for thing in missing)]
