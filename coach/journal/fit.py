"""A session as a FIT file, as Garmin Connect and Strava import it.

A strength activity: one session of one lap, and a message for every set and every rest. Strava reads the sets too, and
then needs neither positions nor heart rates (developers.strava.com/docs/uploads). The order is that of Garmin's guide
to activity files, the summary last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coach.document.files import replace_file
from coach.errors import NotFound
from coach.journal.garmin import garmin_name
from coach.journal.notes import seconds_ahead
from coach.journal.store import Journal

PAUSE = 600.0
"""Seconds between two sets after which the athlete was not resting but gone."""
FIT_EPOCH = 631_065_600
"""31 December 1989 in seconds since 1970: where local times in FIT files count from."""


@dataclass(frozen=True)
class DoneSet:
    """A set as a FIT file tells it."""

    family: str
    exercise: str
    unit: str
    total: int
    began: float
    """Seconds since 1970, as is `ended`."""
    ended: float
    band: str | None = None
    """Which of the athlete's bands, by its name."""


def write_fit(journal: Journal, session: int, path: Path) -> None:
    """Raises NotFound where there is no such session or nothing was done in it, CoachError with what was in the way."""
    replace_file(path, fit_bytes(journal, session))


def fit_bytes(journal: Journal, session: int) -> bytes:
    """A session as the content of a FIT file. Raises NotFound where there is no such session."""
    sets = _sets(journal, session)
    if not sets:
        raise NotFound(f"There is no session {session} with work in it.", "`coach history` shows their numbers.")
    from fit_tool.fit_file_builder import FitFileBuilder

    builder = FitFileBuilder(auto_define=True)
    builder.add_all(list(_messages(sets, _ahead(journal, session, sets[-1].ended))))
    return bytes(builder.build_bytes())


def _sets(journal: Journal, session: int) -> list[DoneSet]:
    rows = journal.database.execute(
        "SELECT family, exercise, unit, total, coalesce(began, ended), ended, band, variants FROM sets"
        " WHERE session = ? AND total > 0 ORDER BY ended, id",
        (session,),
    )
    return [part for *row, variants in rows for part in _parts(DoneSet(*row), json.loads(variants or "{}"))]


def _parts(done: DoneSet, variants: dict[str, dict[str, int]]) -> Iterator[DoneSet]:
    """A set for each variant that it was done in: FIT has one exercise a set. Each has its share of the time."""
    if not variants:
        yield done
        return
    counts = {name: sum(sides.values()) for name, sides in variants.items()}
    began, second = done.began, (done.ended - done.began) / sum(counts.values())
    for name, count in counts.items():
        ended = began + count * second
        yield replace(done, exercise=name, total=count, began=began, ended=ended)
        began = ended


def _ahead(journal: Journal, session: int, ended: float) -> float:
    """Seconds that the athlete's clock was ahead of UTC in that session."""
    (ahead,) = journal.database.execute("SELECT ahead FROM sessions WHERE id = ?", (session,)).fetchone()
    return seconds_ahead(ended) if ahead is None else float(ahead)


def _messages(sets: list[DoneSet], ahead: float) -> Iterator[Any]:
    from fit_tool.profile.profile_type import EventType

    began, ended = sets[0].began, sets[-1].ended
    yield _file_id(began)
    yield _sport()
    names = dict.fromkeys((done.family, done.exercise, done.band) for done in sets)
    for index, (family, exercise, band) in enumerate(names):
        yield _title(index, family, exercise, band)
    yield _timer(began, EventType.START)
    timer, index = 0.0, 0
    for before, done in zip([None, *sets], sets, strict=False):
        gap = done.began - before.ended if before else 0.0
        if before and gap > PAUSE:
            yield _timer(before.ended, EventType.STOP_ALL)
            yield _timer(done.began, EventType.START)
        elif before and gap > 0:
            timer += gap
            yield _rest(index, before.ended, done.began)
            index += 1
        timer += done.ended - done.began
        yield _active(index, done)
        index += 1
    yield _timer(ended, EventType.STOP_ALL)
    yield from _summary(began, ended, timer, ahead)


def _file_id(began: float) -> Any:
    from fit_tool.profile.messages.file_id_message import FileIdMessage
    from fit_tool.profile.profile_type import FileType, Manufacturer

    message = FileIdMessage()
    message.type = FileType.ACTIVITY
    message.manufacturer = Manufacturer.DEVELOPMENT.value
    message.product = 0
    message.serial_number = round(began)
    message.time_created = _milliseconds(began)
    return message


def _sport() -> Any:
    from fit_tool.profile.messages.sport_message import SportMessage

    message = SportMessage()
    _set_sport(message)
    return message


def _set_sport(message: Any) -> None:
    from fit_tool.profile.profile_type import Sport, SubSport

    message.sport = Sport.TRAINING
    message.sub_sport = SubSport.STRENGTH_TRAINING


def _title(index: int, family: str, exercise: str, band: str | None) -> Any:
    from fit_tool.profile.messages.exercise_title_message import ExerciseTitleMessage

    category, number = garmin_numbers(family, exercise)
    message = ExerciseTitleMessage()
    message.message_index = index
    message.exercise_category = category
    if number is not None:
        message.exercise_name = number
    message.workout_step_name = f"{exercise} ({band})" if band else exercise
    return message


def garmin_numbers(family: str, exercise: str) -> tuple[int, int | None]:
    """The numbers of Garmin's category and exercise."""
    from fit_tool.profile import profile_type

    category, name = garmin_name(family, exercise)
    number = profile_type.ExerciseCategory[category].value
    if not name:
        return number, None
    names = getattr(profile_type, f"{category.title().replace('_', '')}ExerciseName")
    return number, names[name].value


def _timer(at: float, kind: Any) -> Any:
    from fit_tool.profile.messages.event_message import EventMessage
    from fit_tool.profile.profile_type import Event

    message = EventMessage()
    message.timestamp = _milliseconds(at)
    message.event = Event.TIMER
    message.event_type = kind
    return message


def _active(index: int, done: DoneSet) -> Any:
    from fit_tool.profile.profile_type import SetType

    message = _set(index, done.began, done.ended, SetType.ACTIVE)
    category, number = garmin_numbers(done.family, done.exercise)
    message.category = [category]
    if number is not None:
        message.category_subtype = [number]
    if done.unit != "second":
        message.repetitions = done.total
    return message


def _rest(index: int, began: float, ended: float) -> Any:
    from fit_tool.profile.profile_type import SetType

    return _set(index, began, ended, SetType.REST)


def _set(index: int, began: float, ended: float, kind: Any) -> Any:
    from fit_tool.profile.messages.set_message import SetMessage

    message = SetMessage()
    message.timestamp = _milliseconds(ended)
    message.start_time = _milliseconds(began)
    message.duration = ended - began
    message.set_type = kind
    message.message_index = index
    return message


def _summary(began: float, ended: float, timer: float, ahead: float) -> Iterator[Any]:
    from fit_tool.profile.messages.activity_message import ActivityMessage
    from fit_tool.profile.messages.lap_message import LapMessage
    from fit_tool.profile.messages.session_message import SessionMessage
    from fit_tool.profile.profile_type import Activity, Event, EventType, LapTrigger, SessionTrigger

    lap, session = LapMessage(), SessionMessage()
    lap.event, session.event = Event.LAP, Event.SESSION
    lap.lap_trigger, session.trigger = LapTrigger.SESSION_END, SessionTrigger.ACTIVITY_END
    session.first_lap_index, session.num_laps = 0, 1
    for message in (lap, session):
        message.message_index = 0
        message.timestamp = _milliseconds(ended)
        message.start_time = _milliseconds(began)
        message.event_type = EventType.STOP
        message.total_elapsed_time = ended - began
        message.total_timer_time = timer
        _set_sport(message)
        yield message
    activity = ActivityMessage()
    activity.timestamp = _milliseconds(ended)
    activity.local_timestamp = round(ended + ahead) - FIT_EPOCH
    activity.total_timer_time = timer
    activity.num_sessions = 1
    activity.type = Activity.MANUAL
    activity.event = Event.ACTIVITY
    activity.event_type = EventType.STOP
    yield activity


def _milliseconds(at: float) -> int:
    """As fit_tool wants a time; the file keeps whole seconds."""
    return round(at) * 1000
