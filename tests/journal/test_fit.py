from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import fitdecode
import pytest

from coach.errors import CoachError, NotFound
from coach.journal.fit import garmin_numbers, write_fit
from coach.journal.garmin import WITH_BAND, WITHOUT, garmin_name
from coach.journal.store import Journal
from coach.routine.library import Library
from coach.session import events
from tests.journal.workouts import BRIDGES, KICKBACKS, set_finished, set_started, workout

BEGAN = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
FAMILIES = Library().families

Messages = dict[str, list[dict[str, Any]]]


def decoded(path: Path) -> Messages:
    """Every message by its name, read by a library that is not the one that wrote them."""
    messages: Messages = defaultdict(list)
    with fitdecode.FitReader(str(path), check_crc=fitdecode.CrcCheck.RAISE) as file:
        for frame in file:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                messages[frame.name].append({field.name: field.value for field in frame.fields})
    return messages


def export(tmp_path: Path, stream: list[events.Event]) -> Messages:
    path = tmp_path / "workout.fit"
    with Journal(tmp_path / "journal.db", clock=BEGAN.timestamp) as journal:
        for event in stream:
            journal.record(event)
        write_fit(journal, 1, path)
    return decoded(path)


@pytest.fixture
def messages(tmp_path: Path) -> Messages:
    return export(tmp_path, list(workout((KICKBACKS, BRIDGES))))


def test_it_is_a_strength_activity_with_one_session_of_one_lap(messages: Messages) -> None:
    (file,) = messages["file_id"]
    assert (file["type"], file["manufacturer"]) == ("activity", "development")
    (session,) = messages["session"]
    (lap,) = messages["lap"]
    (activity,) = messages["activity"]
    assert (session["sport"], session["sub_sport"]) == ("training", "strength_training")
    assert session["total_elapsed_time"] == lap["total_elapsed_time"] == 239
    assert session["start_time"] == lap["start_time"] == BEGAN + timedelta(seconds=15)
    assert activity["num_sessions"] == session["num_laps"] == 1
    assert [event["event_type"] for event in messages["event"]] == ["start", "stop_all"]


def test_every_set_and_every_rest_is_a_message_in_its_order(messages: Messages) -> None:
    assert [(each["set_type"], each.get("repetitions"), each["duration"]) for each in messages["set"]] == [
        ("active", 12, 36),
        ("rest", None, 20),
        ("active", 12, 36),
        ("rest", None, 35),
        ("active", 8, 24),
        ("rest", None, 20),
        ("active", 8, 24),
        ("rest", None, 20),
        ("active", 8, 24),
    ]
    assert [each["message_index"] for each in messages["set"]] == list(range(9))
    times = [each["timestamp"] for each in messages["set"]]
    assert times == sorted(times)
    assert times[-1] == messages["activity"][0]["timestamp"]


def test_exercises_go_by_garmins_names_and_carry_ours(messages: Messages) -> None:
    assert [
        (title["exercise_category"], title["exercise_name"], title["wkt_step_name"])
        for title in messages["exercise_title"]
    ] == [("banded_exercises", 20, "banded glute kickback"), ("banded_exercises", 17, "banded glute bridge")]
    assert [
        (each["category"], each["category_subtype"]) for each in messages["set"] if each["set_type"] == "active"
    ] == [("banded_exercises", 20)] * 2 + [("banded_exercises", 17)] * 3


def test_a_hold_has_a_duration_and_no_repetitions(tmp_path: Path) -> None:
    hold = events.SetFinished(
        at=60, exercise="forearm plank", family="plank", slot=0, set=1, of=1, amount=30, unit="second",
        index=0, done={"": 30}, tempo="", why="completed",
    )  # fmt: skip
    start = events.SessionStarted(at=0, routine="hold", title="Hold", sets=1, seconds=60)
    begin = events.SetStarted(
        at=30, exercise="forearm plank", family="plank", slot=0, set=1, of=1, amount=30, unit="second", index=0
    )
    (held,) = export(tmp_path, [start, begin, hold])["set"]
    assert (held["duration"], held["category"], "repetitions" in held) == (30, "plank", False)


def test_hours_between_two_sittings_are_no_rest(tmp_path: Path) -> None:
    start = events.SessionStarted(at=0, routine="two", title="Two", sets=2, seconds=60)
    stream = [
        start,
        set_started(BRIDGES, 0, 0, 1, at=10),
        set_finished(BRIDGES, 0, 0, 1, at=40),
        set_started(BRIDGES, 1, 0, 2, at=7240),
        set_finished(BRIDGES, 1, 0, 2, at=7270),
    ]
    messages = export(tmp_path, stream)
    assert [each["set_type"] for each in messages["set"]] == ["active", "active"]
    assert [event["event_type"] for event in messages["event"]] == ["start", "stop_all", "start", "stop_all"]
    assert messages["session"][0]["total_elapsed_time"] == 7260
    assert messages["session"][0]["total_timer_time"] == 60


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_exercise_that_comes_with_the_coach_has_a_name_at_garmins(family: str) -> None:
    for variant in FAMILIES[family].variants:
        category, number = garmin_numbers(family, variant.name)
        assert category != 65534
        assert number is not None
        banded = "band" in variant.equipment
        assert garmin_name(family, variant.name) == (WITH_BAND if banded else WITHOUT)[family]


def test_an_exercise_of_the_athletes_own_is_named_by_its_kind_or_not_at_all() -> None:
    assert garmin_name("reverse lunge", "slow reverse lunge") == ("LUNGE", "")
    assert garmin_name("hula hoop", "hula hoop") == ("UNKNOWN", "")
    assert garmin_numbers("hula hoop", "hula hoop") == (65534, None)


def test_a_session_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db") as journal:
        with pytest.raises(NotFound, match="no session 4"):
            write_fit(journal, 4, tmp_path / "workout.fit")
        assert not (tmp_path / "workout.fit").exists()


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.db") as journal:
        for event in workout():
            journal.record(event)
        for nowhere in (tmp_path / "nowhere" / "workout.fit", tmp_path / "journal.db" / "workout.fit"):
            with pytest.raises(CoachError, match="cannot be written"):
                write_fit(journal, 1, nowhere)
