"""Looking back, as text: for the terminal, for a screen reader, and in a sentence or two for the ear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from coach.journal.history import History, PastSession, Progress, Streak
from coach.language import Language
from coach.paper.chart import blocks
from coach.routine.model import Family

NOTHING = "Nothing has been done yet. It begins with: coach run"


def terminal(history: History, *, plain: bool = False) -> str:
    """All of it in lines. `plain` for screen readers and pipes: no bars, no arrows, no columns."""
    if not history.sessions:
        return f"{NOTHING}\n"
    lines = [*summary(history), "", *_weeks(history, plain)]
    for routine, exercises in groupby(history.exercises, key=lambda progress: progress.routine):
        lines += ["", routine, *(f"  {_exercise(progress, plain)}" for progress in exercises)]
    lines += ["", "Last workouts"]
    lines += [f"  {_session(session, plain)}" for session in history.recent]
    return "\n".join(lines) + "\n"


def summary(history: History) -> Iterator[str]:
    hours, minutes = divmod(round(history.seconds / 60), 60)
    parts = [counted(hours, "hour")] if hours else []
    time = " ".join([*parts, counted(minutes, "minute")] if minutes or not hours else parts)
    yield f"{counted(history.sessions, 'workout')}, {counted(history.sets, 'set')}, {time}."
    this_week = history.chart[-1]
    yield f"This week: {counted(this_week.sessions, 'workout')}, {counted(this_week.sets, 'set')}."
    yield f"In a row: {_streak(history.weeks, 'week')}; {_streak(history.days, 'day')}."


def counted(number: int, word: str) -> str:
    """1 set, 2 sets, 1,000 sets."""
    return f"{number:,} {word if number == 1 else word + 's'}"


def _streak(streak: Streak, word: str) -> str:
    return f"{counted(streak.now, word)}, {streak.best:,} at best"


def _weeks(history: History, plain: bool) -> Iterator[str]:
    sets = [week.sets for week in history.chart]
    if plain:
        yield "Sets a week, the latest first"
        yield f"  {', '.join(map(str, reversed(sets)))}"
    else:
        yield f"Sets a week since {history.chart[0].monday}, {max(sets)} at most"
        yield f"  {blocks(sets)}"


def _exercise(progress: Progress, plain: bool) -> str:
    times = counted(progress.sessions, "time")
    first, latest = progress.first, progress.latest
    way = counted(latest.amount, latest.unit)
    if first.exercise != latest.exercise:
        before = f"{counted(first.amount, first.unit)} of {first.exercise}"
    else:
        before = f"{first.amount}" if first.amount != latest.amount else ""
    if before:
        way = f"from {before} to {way}" if plain else f"{before} → {way}"
    if plain:
        return f"{latest.exercise}, {times}: {way}."
    bars = blocks([lately.amount for lately in progress.lately if lately.exercise == latest.exercise])
    return f"{latest.exercise:<40} {times:>10}  {bars:<12}  {way}".rstrip()


def _session(session: PastSession, plain: bool) -> str:
    minutes = max(1, round(session.seconds / 60))
    status = "" if session.status == "completed" else session.status
    if plain:
        parts = [f"{session.sets} of {counted(session.planned, 'set')}", counted(minutes, "minute"), status]
        what = ", ".join(part for part in parts if part)
        return f"Number {session.number}, {session.began:%Y-%m-%d %H:%M}, {session.title}: {what}."
    what = f"{session.title:<28} {session.sets:>3}/{session.planned} sets  {minutes:>3} min  {status}"
    return f"{session.number:>5}  {session.began:%Y-%m-%d %H:%M}  {what}".rstrip()


def spoken(history: History, language: Language, families: Mapping[str, Family]) -> str:
    """How the athlete is doing, in a sentence or two."""
    if not history.sessions:
        return language.line("history.nothing")
    this_week = history.chart[-1].sessions
    weeks = language.count(history.weeks.now, "week")
    if this_week and history.weeks.now > 1:
        said = language.line("history.weeks", workouts=language.count(this_week, "workout"), weeks=weeks)
    elif this_week:
        said = language.line("history.week", workouts=language.count(this_week, "workout"))
    elif history.weeks.now:
        said = language.line("history.weeks_before", weeks=weeks)
    else:
        said = language.line("history.workouts", workouts=language.count(history.sessions, "workout"))
    return " ".join([said, *_gain(history, language, families)])


def _gain(history: History, language: Language, families: Mapping[str, Family]) -> Iterator[str]:
    """The first exercise of the routine done last that has come along: up the ladder, or more on the same rung."""
    for progress in (one for one in history.exercises if one.routine == history.exercises[0].routine):
        before, now = progress.lately[0], progress.latest
        rungs = (
            {variant.name: variant.rung for variant in families[progress.family].variants}
            if (progress.family in families)
            else {}
        )
        if now.exercise == before.exercise and now.amount > before.amount:
            amount = language.count(now.amount, now.unit)
            yield language.line("history.more", exercise=now.exercise, before=before.amount, amount=amount)
            return
        if rungs.get(now.exercise, 0) > rungs.get(before.exercise, len(rungs)):
            yield language.line("history.higher", before=before.exercise, exercise=now.exercise)
            return
