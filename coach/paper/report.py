"""Looking back, as text: for the terminal, for a screen reader, and in a sentence or two for the ear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from coach.journal.history import Best, History, PastSession, Progress, Streak
from coach.language import Language
from coach.paper.chart import blocks
from coach.paper.wording import Wording
from coach.routine.model import Family


def terminal(history: History, language: Language, *, plain: bool = False) -> str:
    """All of it in lines. `plain` for screen readers and pipes: no bars, no arrows, no columns."""
    words = Wording(language, "history")
    if not history.sessions:
        return f"{words.text('nothing')}\n"
    lines = [*summary(history, words), "", *_weeks(history, words, plain)]
    for routine, exercises in groupby(history.exercises, key=lambda progress: progress.routine):
        lines += ["", routine, *(f"  {_exercise(progress, words, plain)}" for progress in exercises)]
    lines += ["", words.text("last")]
    lines += [f"  {_session(session, words, plain)}" for session in history.recent]
    return "\n".join(lines) + "\n"


def summary(history: History, words: Wording) -> Iterator[str]:
    """What it all comes to, in three sentences."""
    hours, minutes = divmod(round(history.seconds / 60), 60)
    parts = [words.counted(hours, "hour")] if hours else []
    time = " ".join([*parts, words.counted(minutes, "minute")] if minutes or not hours else parts)
    workouts, sets = words.counted(history.sessions, "workout"), words.counted(history.sets, "set")
    yield words.text("summary", workouts=workouts, sets=sets, time=time)
    this_week = history.chart[-1]
    workouts, sets = words.counted(this_week.sessions, "workout"), words.counted(this_week.sets, "set")
    yield words.text("this_week", workouts=workouts, sets=sets)
    weeks, days = _streak(history.weeks, "week", words), _streak(history.days, "day", words)
    yield words.text("in_a_row", weeks=weeks, days=days)


def _streak(streak: Streak, word: str, words: Wording) -> str:
    return words.text("streak", now=words.counted(streak.now, word), best=f"{streak.best:,}")


def _weeks(history: History, words: Wording, plain: bool) -> Iterator[str]:
    sets = [week.sets for week in history.chart]
    if plain:
        yield words.text("weeks_plain")
        yield f"  {', '.join(map(str, reversed(sets)))}"
    else:
        yield words.text("weeks", monday=history.chart[0].monday, most=max(sets))
        yield f"  {blocks(sets)}"


def _exercise(progress: Progress, words: Wording, plain: bool) -> str:
    times = words.counted(progress.sessions, "time")
    first, latest = progress.first, progress.latest
    way = words.counted(latest.amount, latest.unit)
    if first.called != latest.called:
        before = best(first, words)
    else:
        before = f"{first.amount}" if first.amount != latest.amount else ""
    if before:
        way = words.text("from_to", before=before, after=way) if plain else f"{before} → {way}"
    if plain:
        return words.text("exercise", exercise=latest.called, times=times, way=way)
    bars = blocks([lately.amount for lately in progress.lately if lately.called == latest.called])
    return f"{latest.called:<40} {times:>10}  {bars:<12}  {way}".rstrip()


def best(of: Best, words: Wording) -> str:
    """A set as an amount of an exercise."""
    return words.text("best", amount=words.counted(of.amount, of.unit), exercise=of.called)


def _session(session: PastSession, words: Wording, plain: bool) -> str:
    minutes = max(1, round(session.seconds / 60))
    status = "" if session.status == "completed" else words.some("status").get(session.status, session.status)
    began = f"{session.began:%Y-%m-%d %H:%M}"
    if plain:
        sets = words.text("sets", sets=session.sets, planned=words.counted(session.planned, "set"))
        what = ", ".join(part for part in (sets, words.counted(minutes, "minute"), status) if part)
        return words.text("session", number=session.number, began=began, title=session.title, what=what)
    what = words.text("short", sets=session.sets, planned=session.planned, minutes=minutes)
    return f"{session.number:>5}  {began}  {session.title:<28} {what}  {status}".rstrip()


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
