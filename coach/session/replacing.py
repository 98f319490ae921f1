"""Orders for another exercise in place of the one at hand: unwanted, or impossible in this room."""

from __future__ import annotations

from dataclasses import replace

from coach.language.commands import Order
from coach.language.delivery import Priority
from coach.routine.model import Variant
from coach.session.instead import instead, left
from coach.session.modes import Mode
from coach.session.plan import Choice, Slot
from coach.session.session import Session


def something_else(session: Session, order: Order, at: float) -> None:
    """Another exercise for the same muscles."""
    _replace(session, order, at, frozenset({session.torn} - {""}))


def no_wall(session: Session, order: Order, at: float) -> None:
    """Another exercise, where this one needs a wall; none that needs one comes after it."""
    _without(session, order, at, "wall")


def no_chair(session: Session, order: Order, at: float) -> None:
    """The same for a chair."""
    _without(session, order, at, "chair")


def _without(session: Session, order: Order, at: float, key: str) -> None:
    script, needs = session.script, session.standing.variant.needs
    thing = script.language.words["things"][key]
    concerned = [need for need in needs if thing in need]
    missing = session.standing.missing | {thing}
    others = [choice for need in concerned for choice in left(script, need, missing)]
    if not concerned:
        session.answer(at, script.line("instead.not_needed", thing=thing))
    elif others:
        session.remember(order.command, at)
        session.standing.missing = missing  # nor is it there for what comes after
        session.answer(at, script.line("instead.other_does", thing=others[0]))
    else:
        _replace(session, order, at, frozenset({thing}))


def _replace(session: Session, order: Order, at: float, missing: frozenset[str]) -> None:
    here = session.standing
    if session.underway is Mode.CLOSING:
        session.answer(at, session.script.line("rest.all_sets"))
        return
    slot = here.set.slot
    missing |= here.missing
    kit = session.manner.kit
    found = instead(session.script, session.plan, slot, here.rungs[slot], here.declined, missing, kit)
    if found is None:
        key = "instead.nothing" if here.rungs[slot] else "instead.nothing_easier"
        session.answer(at, session.script.line(key, exercise=here.variant.name))
        return
    session.remember(order.command, at)
    torn = session.torn
    mode, old, rest = session.mode, here.variant, session.rest_left(at)
    if mode not in (Mode.OPENING, Mode.REST):
        session.interrupt(at)
        if any(here.done):  # else it is the same set, begun anew
            session.close_set(at, "hurts" if mode is Mode.HURT else "skipped")
            _go_past(session)
    here.missing, here.declined = missing, here.declined | {old.family}
    if torn:
        session.do_without(at, torn)
    session.put_in(slot, _slot(here.plan.slots[slot], found, session), found.rung)
    session.report_swap(at, slot, old.name, "replaced")
    named = session.script.named("instead.this", here.slot, found.rung, here.amount)
    if mode is Mode.OPENING:
        session.answer(at, named)
        return
    session.tone("swap", at)
    if mode is Mode.REST:
        score = session.score(at + 0.4).say(named, priority=Priority.ANSWER)
        session.interrupt(at)
        session.play(score, session.rest_on(score, at + rest))
        return
    session.brief(at + 0.4, "instead.this")


def _go_past(session: Session) -> None:
    """On from a set in hand, of which what was done stays done, to the exercise's next; one more where it has none."""
    here = session.standing
    if here.set.set == here.set.of:
        here.add_set(here.set.slot)
    following = next(i for i in range(here.index + 1, len(here.sets)) if here.sets[i].slot == here.set.slot)
    here.begin_set(following)


def _slot(old: Slot, found: Variant, session: Session) -> Slot:
    family = session.plan.routine.library[found.family]
    choice = Choice(found.rung, old.choice.sets, old.choice.amount)
    return replace(old, family=family, work=replace(old.work, family=family.name, rung=found.rung), choice=choice)
