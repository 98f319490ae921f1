"""The menu, joined to the library, the journal and the ear: which workout it is to be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from coach.app.firstrun import first_run, met
from coach.app.manner import keep_manner
from coach.app.memory import Past
from coach.app.stage import Stage, hold
from coach.dialogue.another import Another
from coach.dialogue.choosing import Candidate
from coach.dialogue.menu import Chosen, Menu
from coach.dialogue.names import spoken_names
from coach.language import Language
from coach.language.manner import Strength
from coach.routine.equipment import there
from coach.routine.library import Library
from coach.session import events
from coach.session.plan import make_plan
from coach.session.script import Script


def candidates(
    library: Library, language: Language, past: Past, has: Collection[str] = (), strength: Strength = "usual"
) -> list[Candidate]:
    """Every workout that can be read, as it would be done today; a file with faults is for `coach check`. `has`: the
    setting `equipment`.
    """
    found = []
    for listing, routine in library.all_routines():
        if routine is None:
            continue
        plan = make_plan(routine, past.choices(routine, strength))
        lacking = bool(has) and not all(there(thing, has) for thing in plan.equipment)
        names = spoken_names(routine, language)
        found.append(Candidate(listing.slug, plan, names, Script(language, plan).lies_down(plan.variants), lacking))
    return found


def choose(stage: Stage, library: Library, past: Past, *, waits: bool = True) -> Chosen | None:
    """Ask what to do. None where the athlete wants nothing, or nobody can answer; `waits` as in Menu."""
    if not met() and not past.done():
        first_run(stage)
    studio = stage.studio
    found = candidates(library, studio.language, past, studio.manner.kit, studio.settings.strength)
    menu = Menu(
        studio.language,
        stage.seconds,
        found,
        past.done(),
        datetime.now(),
        manner=studio.manner,
        tuned=stage.tune,
        waits=waits,
    )
    menu.greet(*stage.notices.taken())
    hold(stage, menu)
    keep_manner(studio, menu.manner, stage.notices)
    if menu.teach:
        first_run(stage)
        return choose(stage, library, past, waits=waits)
    if menu.chosen is not None:
        stage.write(events.RoutineChosen(at=menu.now, routine=menu.chosen.candidate.slug))
    return menu.chosen


def another(stage: Stage) -> bool:
    """Whether the athlete, asked once, wants another workout."""
    studio = stage.studio
    question = Another(studio.language, stage.seconds, manner=studio.manner, tuned=stage.tune)
    hold(stage, question)
    keep_manner(studio, question.manner, stage.notices)
    return question.wanted
