"""What is said before a set: the better the athlete knows the exercise, the less. "Explain" always tells all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from coach.language import sentence
from coach.routine.model import Variant
from coach.session.bands import UNNAMED, Bands
from coach.session.plan import Plan, Slot, needed
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


@dataclass(frozen=True)
class Worn:
    """A variant, and the band that it is done with."""

    variant: Variant
    band: str = ""
    """Which of the athlete's bands, by its name; empty where nothing is known of bands."""

    @property
    def equipment(self) -> str:
        """As it is spoken: green mini band."""
        return f"{self.band} {self.variant.equipment}".strip()

    @property
    def band_at(self) -> tuple[str, str]:
        """Which band, and where it is."""
        return self.equipment, self.variant.band


def known(slot: Slot, rung: int) -> Known:
    """How well this rung of a slot's ladder is known; one that was not chosen for today counts as new."""
    times = slot.choice.times if rung == slot.choice.rung else 0
    return Known.WELL if times >= WELL_KNOWN else Known.SOMEWHAT if times else Known.NOT


def opening(script: Script, plan: Plan, bands: Bands = UNNAMED) -> list[str]:
    """What is said before the first exercise; a routine is as well known as the least known of its exercises."""
    least = least_known(plan)
    left_out = [script.reason(slot) for slot in plan.slots if slot not in plan.used]
    named = "" if script.announced else title(script, plan, len(plan.used), plan.seconds, least)
    if least is Known.WELL:
        return [*script.notices, named, *left_out]
    lines = [
        *script.notices,
        named,
        needs(script, planned(plan, bands)),
        *left_out,
        script.line("opening.safety"),
    ]
    return [*lines, script.line("opening.help")] if least is Known.NOT else lines


def least_known(plan: Plan) -> Known:
    """How well the exercise of a plan is known that is known least."""
    return min((known(slot, slot.choice.rung) for slot in plan.used), default=Known.NOT)


def title(script: Script, plan: Plan, moves: int, seconds: float, least: Known) -> str:
    """What the workout is, and how much of it is to be done."""
    key = "opening.well_known" if least is Known.WELL else "opening.title"
    named = sentence(script.language.count(moves, "move"))
    return script.line(key, title=plan.routine.title, moves=named, minutes=script.language.about(seconds))


def planned(plan: Plan, bands: Bands = UNNAMED) -> list[Worn]:
    """What is worn for each exercise of a plan."""
    chosen = ((slot.variant, slot.choice.band) for slot in plan.used)
    return [Worn(variant, bands.chosen(variant.equipment, band)) for variant, band in chosen]


def needs(script: Script, worn: Sequence[Worn]) -> str:
    """The equipment and the room that all these take, in a sentence; empty where that is nothing."""
    words = script.language.words
    variants = [each.variant for each in worn]
    room = needed(variants)
    things = [thing for thing in room if not _covered(thing, room, f" {words['or']} ")]
    if script.lies_down(variants):
        things.append(words["floor_room"])
    taken = (each.equipment for each in worn if each.variant.equipment != "none")
    things = [*dict.fromkeys(taken), *things]
    return script.line("opening.needs", things=script.listed(things)) if things else ""


def _covered(thing: str, things: tuple[str, ...], either: str) -> bool:
    """Whether something else that is needed serves for it: a wall where a wall or a chair is needed."""
    others = [other for other in things if other != thing]
    return any(other.startswith(choice) for choice in thing.split(either) for other in others)


def told(script: Script, slot: Slot, now: Worn, before: Worn | None) -> list[str]:
    """How to get into position and how to move, as far as the athlete does not know that.

    `before` is what was done just now, where that was another exercise.
    """
    variant = now.variant
    first = _band_first(script, now, before)
    match known(slot, variant.rung):
        case Known.NOT:
            return [*first, variant.safety, *_set_up(script, now, before), variant.move]
        case Known.SOMEWHAT:
            return [*first, *_set_up(script, now, before)]
        case Known.WELL:
            return [*first, *in_short(variant)]


def _band_first(script: Script, now: Worn, before: Worn | None) -> list[str]:
    """What is to be done with bands before all else: one comes off, another is taken, or the same goes elsewhere."""
    off = script.band_off(now.variant, before.variant if before else None)
    moves = script.band_moves(now.variant, before.variant) if before and before.equipment == now.equipment else []
    return [*off, *_which_band(script, now, before), *moves]


def _which_band(script: Script, now: Worn, before: Worn | None) -> list[str]:
    """Which of the athlete's bands it takes, where it is not the one that is on."""
    if not now.band or (before and before.equipment == now.equipment):
        return []
    changed = before is not None and before.variant.equipment == now.variant.equipment
    return [script.line("band.change" if changed else "band.take", band=now.equipment)]


def _set_up(script: Script, now: Worn, before: Worn | None) -> list[str]:
    """The set-up without what the athlete has done already for the exercise before."""
    variant = now.variant
    if before is None or now.band_at != before.band_at:
        return list(variant.setup)
    done = before.variant.setup
    if variant.position == before.variant.position and set(variant.setup) <= set(done):
        return [script.line("brief.same_position")]
    on_already = {line for line in variant.setup if line in done and script.language.words["a_band"] in line}
    stays = [script.line("brief.same_band")] if on_already else []
    return [*stays, *(line for line in variant.setup if line not in on_already)]


def again(script: Script, now: Worn, before: Worn) -> list[str]:
    """Where body and band go for an exercise that was told earlier, after another one; what stays is not said.

    What depends on the side is said as the set-up has it: "Lie on your left side."
    """
    variant, earlier = now.variant, before.variant
    first = _band_first(script, now, before)
    if not variant.position:
        return [*first, *_set_up(script, now, before)]
    sided = [line for line in variant.setup if script.mirrored(line) != line and line not in earlier.setup]
    moves = script.band_moves(variant, earlier)
    band = "" if now.band_at == before.band_at or set(moves) & set(first) else _band(variant)
    position = "" if sided or variant.position == earlier.position else variant.position
    where = ", ".join(filter(None, [position, band]))
    return [*first, f"{sentence(where)}." if where else "", *sided]


def from_anywhere(script: Script, now: Worn, before: Worn | None) -> list[str]:
    """The same for who was on the way to another exercise, so that nobody knows where body and band are."""
    variant = now.variant
    off = script.band_off(variant, before.variant if before else None)
    if not variant.position:
        return [*off, *variant.setup]
    sided = [line for line in variant.setup if script.mirrored(line) != line]
    where = ", ".join(filter(None, ["" if sided else variant.position, _band(variant)]))
    return [*off, f"{sentence(where)}." if where else "", *sided]


def told_in_a_hurry(script: Script, slot: Slot, now: Worn, before: Worn | None) -> list[str]:
    """What nobody should begin without who is ready before anything was said; `before` is what was done just now."""
    variant = now.variant
    first = _band_first(script, now, before)
    if known(slot, variant.rung) is Known.NOT:
        safety = "" if before else script.line("opening.safety")
        return [*first, safety, variant.safety, *in_short(variant), variant.move]
    return [*first, *in_short(variant)]


def in_short(variant: Variant) -> list[str]:
    """Where the body and the band are, in one breath; the whole set-up where the file does not say that."""
    parts = [part for part in (variant.position, _band(variant)) if part]
    return [f"{sentence(', '.join(parts))}."] if variant.position else list(variant.setup)


def _band(variant: Variant) -> str:
    """The band and its place, as they are spoken; empty where there is none."""
    return "" if variant.equipment == "none" else f"{variant.equipment} {variant.band}".strip()
