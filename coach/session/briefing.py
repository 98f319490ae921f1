"""What is said before a set: the better the athlete knows the exercise, the less. "Explain" always tells all."""

from __future__ import annotations

from enum import IntEnum

from coach.language import sentence
from coach.routine.model import Variant
from coach.session.plan import Plan, Slot
from coach.session.script import Script

WELL_KNOWN = 4
"""Workouts in which an exercise was done, after which its name is enough."""


class Known(IntEnum):
    """How well an exercise is known."""

    NOT = 0
    """Never done: its set-up, what prevents harm, its movement."""
    SOMEWHAT = 1
    """Its set-up."""
    WELL = 2
    """Where the body and the band are, in one breath."""


def known(slot: Slot, rung: int) -> Known:
    """How well this rung of a slot's ladder is known; one that was not chosen for today counts as new."""
    times = slot.choice.times if rung == slot.choice.rung else 0
    return Known.WELL if times >= WELL_KNOWN else Known.SOMEWHAT if times else Known.NOT


def opening(script: Script, plan: Plan) -> list[str]:
    """What is said before the first exercise; a routine is as well known as the least known of its exercises."""
    least = min((known(slot, slot.choice.rung) for slot in plan.used), default=Known.NOT)
    minutes = script.language.about(plan.seconds)
    title = plan.routine.title
    left_out = [script.reason(slot) for slot in plan.slots if slot not in plan.used]
    moves = sentence(script.language.count(len(plan.used), "move"))
    key = "opening.well_known" if least is Known.WELL else "opening.title"
    named = "" if script.announced else script.line(key, title=title, moves=moves, minutes=minutes)
    if least is Known.WELL:
        return [*script.notices, named, *left_out]
    lines = [
        *script.notices,
        named,
        needs(script, plan),
        *left_out,
        script.line("opening.safety"),
    ]
    return [*lines, script.line("opening.help")] if least is Known.NOT else lines


def needs(script: Script, plan: Plan) -> str:
    """The equipment and the room that the workout takes, in a sentence; empty where that is nothing."""
    words = script.language.words
    things = [thing for thing in plan.needs if not _covered(thing, plan.needs, f" {words['or']} ")]
    if any(script.on_floor(slot.family.variants[slot.choice.rung]) for slot in plan.used):
        things.append(words["floor_room"])
    things = [*plan.equipment, *things]
    return script.line("opening.needs", things=script.listed(things)) if things else ""


def _covered(thing: str, things: tuple[str, ...], either: str) -> bool:
    """Whether something else that is needed serves for it: a wall where a wall or a chair is needed."""
    others = [other for other in things if other != thing]
    return any(other.startswith(choice) for choice in thing.split(either) for other in others)


def told(script: Script, slot: Slot, rung: int, before: Variant | None) -> list[str]:
    """How to get into position and how to move, as far as the athlete does not know that.

    `before` is the variant of another exercise that was done just now, if any.
    """
    variant = slot.family.variants[rung]
    off = script.band_off(variant, before)
    match known(slot, rung):
        case Known.NOT:
            return [*off, variant.safety, *_set_up(script, variant, before), variant.move]
        case Known.SOMEWHAT:
            return [*off, *_set_up(script, variant, before)]
        case Known.WELL:
            return [*off, *in_short(script, variant)]


def _set_up(script: Script, variant: Variant, before: Variant | None) -> list[str]:
    """The set-up without what the athlete has done already for the exercise before."""
    if before is None or (variant.equipment, variant.band) != (before.equipment, before.band):
        return list(variant.setup)
    if variant.position == before.position and set(variant.setup) <= set(before.setup):
        return [script.line("brief.same_position")]
    on_already = {line for line in variant.setup if line in before.setup and script.language.words["a_band"] in line}
    stays = [script.line("brief.same_band")] if on_already else []
    return [*stays, *(line for line in variant.setup if line not in on_already)]


def told_in_a_hurry(script: Script, slot: Slot, rung: int) -> list[str]:
    """What nobody should begin without who is ready before anything was said."""
    variant = slot.family.variants[rung]
    if known(slot, rung) is Known.NOT:
        return [script.line("opening.safety"), variant.safety, *in_short(script, variant), variant.move]
    return in_short(script, variant)


def in_short(script: Script, variant: Variant) -> list[str]:
    """Where the body and the band are, in one breath; the whole set-up where the file does not say that."""
    equipment = "" if variant.equipment == "none" else f"{variant.equipment} {variant.band}".strip()
    parts = [part for part in (variant.position, equipment) if part]
    return [f"{sentence(', '.join(parts))}."] if variant.position else list(variant.setup)
