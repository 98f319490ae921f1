"""What the coach remembers, as one workout needs it: the journal, the offer to go on, progression's choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from threading import Lock

from coach.app.notices import Notices
from coach.app.parts import Studio
from coach.dialogue.choosing import Done
from coach.errors import CoachError, JournalTrouble, NotFound
from coach.journal import resume
from coach.journal.history import history
from coach.journal.results import past_results, times_done
from coach.journal.store import Journal
from coach.language.manner import Strength
from coach.own import paths
from coach.paper import report
from coach.routine.library import Library
from coach.routine.model import Routine
from coach.session import events
from coach.session.bands import UNNAMED, Bands
from coach.session.events import Event
from coach.session.modes import Offer
from coach.session.plan import Choice, make_plan
from coach.session.progression import choose_all, known_by
from coach.session.tailoring import limited

_LOOKS_BACK = 200
"""Workouts from which the menu tells what the athlete usually does."""


class Past:
    """The journal for one workout. Where there can be none, the workout goes on without, and that is told."""

    def __init__(self, stack: ExitStack, notices: Notices, bands: Bands = UNNAMED) -> None:
        """`bands` are those that the athlete has."""
        self._notices = notices
        self._bands = bands
        self._broken_off: resume.Unfinished | None = None
        self._told = False
        self._using = Lock()
        """Held while it is written to: a thread that was not waited for must not find it closed under its hands."""
        self._journal: Journal | None = None
        try:
            self._journal = Journal(paths.journal())
        except JournalTrouble as trouble:
            notices.tell(trouble, f"journal.{trouble.kind}")
            return
        stack.push(self._end)
        if (state := self._journal.trouble) is not None:
            notices.tell(state, f"journal.{state.kind}")

    @contextmanager
    def _looking_back(self) -> Iterator[None]:
        """No look back may stop a workout: what cannot be read is told once and taken for nothing."""
        try:
            if self._journal is not None:
                with self._journal.reading():
                    yield
            else:
                yield
        except JournalTrouble as trouble:
            if not self._told:
                self._told = True
                self._notices.tell(trouble, "journal.unreadable")

    def last_routine(self, library: Library) -> str | None:
        """The routine done last, where it is still there."""
        with self._looking_back():
            return self._last_routine(library)
        return None

    def _last_routine(self, library: Library) -> str | None:
        if self._journal is None:
            return None
        row = self._journal.database.execute("SELECT coalesce(path, routine) FROM sessions ORDER BY id DESC").fetchone()
        if row is None:
            return None
        try:
            library.find(row[0])
        except NotFound:
            return None
        return str(row[0])

    def offer(self, library: Library, wanted: Routine | None) -> Offer | None:
        """The workout that was broken off; where another was asked for by name, it waits for its turn."""
        with self._looking_back():
            return self._offer(library, wanted)
        return None

    def _offer(self, library: Library, wanted: Routine | None) -> Offer | None:
        if self._journal is None:
            return None
        broken_off = resume.unfinished(self._journal)
        if broken_off is None or (wanted is not None and wanted.slug != broken_off.routine):
            return None
        try:
            routine = wanted or library.routine(broken_off.path or broken_off.routine)
        except CoachError as error:
            self._notices.tell(error, "offer.unreadable", title=broken_off.title)
            return None
        choices = self._known(resume.choices(broken_off, routine), routine)
        plan = limited(make_plan(routine, choices), broken_off.kept)
        if choices is None or broken_off.index >= len(plan.sets):
            self._notices.mention("offer.changed")
            resume.decline(self._journal, broken_off)
            return None
        self._broken_off = broken_off
        return Offer(plan, broken_off.index, broken_off.part)

    def choices(self, routine: Routine, strength: Strength = "usual") -> Mapping[int, Choice]:
        """What progression makes of what was done before, and of how strong the athlete feels."""
        with self._looking_back():
            if self._journal is not None:
                chosen = choose_all(routine, past_results(self._journal, routine), self._bands, strength)
                return self._known(chosen, routine) or {}
        return choose_all(routine, {}, self._bands, strength)

    def _known(self, choices: Mapping[int, Choice] | None, routine: Routine) -> Mapping[int, Choice] | None:
        """These choices, with how often each has been done before."""
        if choices is None or self._journal is None:
            return choices
        return known_by(choices, routine, times_done(self._journal, routine))

    def done(self) -> list[Done]:
        """The workouts begun lately."""
        with self._looking_back():
            if self._journal is not None:
                recent = history(self._journal, recent=_LOOKS_BACK).recent
                return [Done(each.routine, each.began, each.status == "completed") for each in recent]
        return []

    def so_far(self, studio: Studio, routine: Routine) -> str:
        """How the athlete has been doing, in a sentence or two; empty where nothing is known."""
        with self._looking_back():
            back = history(self._journal) if self._journal is not None else None
            if back is not None and back.sessions:
                return report.spoken(back, studio.language, routine.families)
        return ""

    def record(self, event: Event) -> tuple[int, ...]:
        """Note an event; the indices of the sets that are safe by now and were not before."""
        with self._using:
            return self._record(event)

    def _record(self, event: Event) -> tuple[int, ...]:
        if self._journal is None:
            return ()
        try:
            if isinstance(event, events.OfferAnswered) and self._broken_off is not None:
                (resume.accept if event.accepted else resume.decline)(self._journal, self._broken_off)
            behind = self._journal.behind
            safe = self._journal.record(event)
            if behind and not self._journal.behind:
                self._notices.mention("journal.written")
            return safe
        except JournalTrouble as trouble:
            self._notices.tell(trouble, f"journal.{trouble.kind}")
            return ()

    def _end(self, _: object, error: BaseException | None, __: object) -> None:
        """Who breaks a workout off is told that it is kept: not where it is not."""
        if not self._close() and isinstance(error, KeyboardInterrupt):
            error.args = ()

    def _close(self) -> bool:
        """Whether all that was done is in the journal."""
        with self._using:
            journal, self._journal = self._journal, None
            try:
                if journal is not None:
                    journal.close()
            except JournalTrouble as trouble:
                self._notices.tell(trouble)
                return False
        return journal is not None and journal.keeps
