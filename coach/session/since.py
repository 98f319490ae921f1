"""An order taken back after more was done: what it changed is as it was before, and all that was done since stays."""

from __future__ import annotations

from collections.abc import Collection

from coach.language.commands import Command
from coach.session.sounding import LOUDNESS, VOICE
from coach.session.standing import Standing

TEMPO = {Command.SLOWER, Command.FASTER}
"""Orders about how fast it is counted."""
MANNERS = {*LOUDNESS, *VOICE, Command.TALK_MORE, Command.TALK_LESS}
"""Orders about how the coach speaks."""
IN_PASSING = {*MANNERS, *TEMPO, Command.MORE}
"""Orders that are taken back while a set goes on."""
LEAVING = {
    *(Command.READY, Command.RESUME, Command.SKIP_REST),
    *(Command.NEXT, Command.BACK, Command.SKIP_TO, Command.DONE, Command.DID, Command.AGAIN),
    *(Command.SOMETHING_ELSE, Command.NO_WALL, Command.NO_CHAIR),
}
"""Orders after which another set is done, or the same anew."""


def told_in_passing(command: Command) -> str:
    """The key of the line that tells that an order about tempo or manner is taken back."""
    kinds = {"undone_tempo": TEMPO, "undone_loudness": LOUDNESS, "undone_voice": VOICE}
    return next((key for key, kind in kinds.items() if command in kind), "undone_words")


def without(command: Command, before: Standing, now: Standing, kept: Collection[int] = ()) -> Standing | None:
    """Where the athlete stands now, but for what a command given at `before` changed; None where that cannot be
    taken out of what was done since.

    `kept`: slots whose variant stays, since they have hurt.
    """
    here = now.copy()
    same_set = now.index == before.index and now.plan is before.plan and now.sets == before.sets
    match command:
        case Command.EASIER | Command.HARDER:
            return _as_before(here, before, kept)
        case Command.LIGHTER | Command.HEAVIER | Command.BAND:
            here.bands = list(before.bands)
        case Command.SLOWER | Command.FASTER:
            here.stretch = list(before.stretch)
        case Command.MORE if same_set:
            here.extra = before.extra
        case Command.EXTRA_SET if before.started and now.started and now.index == before.index:
            here.sets = list(before.sets)
        case Command.AGAIN if same_set and before.started and now.started and now.variant is before.variant:
            both = zip(before.done, now.done, strict=True)
            here.done = [min(now.amount, first + then) for first, then in both]
            here.carried, here.earlier, here.over = list(before.carried), dict(before.earlier), set(before.over)
        case Command.OTHER_SIDE if same_set and now.started and before.side in now.open_sides:
            here.turn_to(before.side)
        case Command.DONE | Command.DID if same_set and before.started and now.started:
            for side in {*now.over} - {*before.over} or {before.side}:
                here.correct(side, before.done[side])
            here.over = set(before.over)
            if before.begun:
                here.turn_to(before.side)
        case _:
            return None
    return here


def _as_before(here: Standing, before: Standing, kept: Collection[int]) -> Standing | None:
    """The variants that stood before, wherever it is still the same exercise and not over."""
    slots = [slot for slot, rung in enumerate(before.rungs) if rung != here.rungs[slot] and slot in here.to_come]
    slots = [slot for slot in slots if before.plan.slots[slot].family is here.plan.slots[slot].family]
    if not slots:
        return None
    for slot in slots:
        if slot not in kept:
            here.swap(slot, before.rungs[slot])
    here.missing = before.missing  # with a band that broke, what was to do without
    return here
