from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import language
from coach.journal.export import COLUMNS, as_json, write_csv
from coach.journal.history import DAY, WEEK, History, history, streak
from coach.journal.results import past_results, times_done
from coach.journal.store import Journal
from coach.paper import report
from coach.paper.chart import blocks
from coach.paper.page import html
from coach.routine.library import Library
from coach.session import events
from coach.session.progression import DoneSet, Result, choose_all, known_by
from tests.journal.workouts import BRIDGES, KICKBACKS, WARM_UP, Exercise, set_finished, workout
from tests.paper.test_sheet import axe as axe
from tests.paper.test_sheet import needs_chromium, violations

TODAY = datetime(2026, 11, 22, 18, 0)  # a Sunday
EN = language.load("en")
LIBRARY = Library()


def train(
    path: Path, days_ago: int, *exercises: Exercise, status: events.Status = "completed", effort: int | None = 6
) -> None:
    with Journal(path, clock=(TODAY - days_ago * DAY).timestamp) as journal:
        for event in workout(exercises or WARM_UP, status=status, effort=effort):
            journal.record(event)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    """Opened when all has been recorded: looked back from on a Sunday evening."""
    train(path, 40, replace(BRIDGES, name="bodyweight glute bridge", amount=8))
    train(path, 15, replace(BRIDGES, amount=8))
    train(path, 9, replace(BRIDGES, amount=10), KICKBACKS)
    train(path, 1, replace(BRIDGES, amount=12), KICKBACKS, status="ended")
    train(path, 0, replace(BRIDGES, amount=12))
    with Journal(path, clock=TODAY.timestamp) as journal:
        yield journal


def looked_back(path: Path) -> History:
    with Journal(path, clock=TODAY.timestamp) as journal:
        return history(journal)


def test_totals_streaks_and_weeks_are_what_was_done(journal: Journal) -> None:
    facts = history(journal)
    assert (facts.sessions, facts.sets) == (5, 19)
    assert (facts.days.now, facts.days.best) == (2, 2)
    assert (facts.weeks.now, facts.weeks.best) == (3, 3)
    assert [(str(week.monday), week.sessions, week.sets) for week in facts.chart if week.sets] == [
        ("2026-10-12", 1, 3),
        ("2026-11-02", 1, 3),
        ("2026-11-09", 1, 5),
        ("2026-11-16", 2, 8),
    ]
    assert str(facts.chart[0].monday) == "2026-10-12"


def test_the_chart_never_goes_back_further_than_half_a_year(path: Path) -> None:
    train(path, 900)
    chart = looked_back(path).chart
    assert (len(chart), str(chart[0].monday), str(chart[-1].monday)) == (26, "2026-05-25", "2026-11-16")


def test_each_exercise_shows_where_it_began_and_where_it_stands(journal: Journal) -> None:
    bridges, kickbacks = history(journal).exercises
    assert (bridges.family, bridges.sessions) == ("glute bridge", 5)
    assert (bridges.first.exercise, bridges.first.amount) == ("bodyweight glute bridge", 8)
    assert (bridges.latest.exercise, bridges.latest.amount) == ("banded glute bridge", 12)
    assert [best.amount for best in bridges.lately] == [8, 8, 10, 12, 12]
    assert (kickbacks.family, kickbacks.sessions) == ("glute kickback", 2)


def test_an_exercise_of_two_routines_comes_along_in_each_on_its_own(path: Path) -> None:
    for days_ago, slug, name, amount in [
        (4, "no-band", "low glute bridge", 8),
        (3, "hotel-room", "banded glute bridge", 8),
        (2, "no-band", "low glute bridge", 10),
        (1, "hotel-room", "banded glute bridge", 9),
    ]:
        with Journal(path, clock=(TODAY - days_ago * DAY).timestamp) as journal:
            for event in workout((replace(BRIDGES, name=name, amount=amount),), slug=slug, title=slug.title()):
                journal.record(event)
    facts = looked_back(path)
    assert [(one.routine, one.first.amount, one.latest.exercise, one.latest.amount) for one in facts.exercises] == [
        ("Hotel-Room", 8, "banded glute bridge", 9),
        ("No-Band", 8, "low glute bridge", 10),
    ]
    shown = report.terminal(facts, EN, plain=True)
    assert "\nHotel-Room\n  banded glute bridge, 2 times: from 8 to 9 reps.\n\nNo-Band\n  low glute bridge, " in shown
    assert report.spoken(facts, EN, LIBRARY.families).endswith("Your banded glute bridge went from eight to nine reps.")


def test_the_best_set_counts_the_side_that_got_least(path: Path) -> None:
    with Journal(path, clock=TODAY.timestamp) as journal:
        journal.record(events.SessionStarted(at=0, routine="hotel", title="Hotel room", sets=2, seconds=300))
        for index, done in enumerate([{"right leg": 12, "left leg": 5}, {"right leg": 8, "left leg": 7}]):
            journal.record(set_finished(KICKBACKS, index, slot=0, number=index + 1, at=60, why="done", done=done))
        assert history(journal).exercises[0].latest.amount == 7


def test_a_set_broken_off_on_its_first_side_counts_but_is_nobodys_best(path: Path) -> None:
    with Journal(path, clock=TODAY.timestamp) as journal:
        journal.record(events.SessionStarted(at=0, routine="hotel", title="Hotel room", sets=2, seconds=300))
        half = {"right leg": 4, "left leg": 0}
        journal.record(set_finished(KICKBACKS, 0, slot=0, number=1, at=60, why="ended", done=half))
        facts = history(journal)
        assert (facts.sessions, facts.sets, facts.exercises) == (1, 1, ())


def test_sets_in_which_nothing_was_done_count_for_nothing(path: Path) -> None:
    with Journal(path, clock=TODAY.timestamp) as journal:
        journal.record(events.SessionStarted(at=0, routine="hotel", title="Hotel room", sets=2, seconds=300))
        journal.record(set_finished(BRIDGES, 0, slot=0, number=1, at=60, why="skipped", done={"": 0}))
        facts = history(journal)
        assert (facts.sessions, facts.sets, facts.days.now, facts.exercises) == (0, 0, 0, ())


def test_the_last_sessions_say_how_they_ended_and_by_what_number_they_go(journal: Journal) -> None:
    newest, before, *_ = history(journal, recent=3).recent
    assert (newest.number, newest.title, newest.sets, newest.status) == (5, "Pre-run warm-up", 3, "completed")
    assert before.status == "ended"
    assert len(history(journal, recent=3).recent) == 3
    assert len(history(journal, recent=None).recent) == 5


def test_a_workout_that_crashed_is_listed_as_broken_off(path: Path) -> None:
    with Journal(path, clock=TODAY.timestamp) as journal:
        for event in list(workout())[:40]:
            journal.record(event)
        assert history(journal).recent[0].status == "broken off"


@settings(deadline=None)
@given(st.sets(st.integers(-40, 0)), st.sampled_from([DAY, WEEK]))
def test_a_streak_is_the_longest_run_that_reaches_now(steps: set[int], step: timedelta) -> None:
    found = streak([TODAY.date() + n * step for n in steps], step, TODAY.date())
    now = next((n for n in range(41) if -n not in steps), 41)
    yesterday = next((n for n in range(41) if -1 - n not in steps), 41)
    assert found.now == (now or yesterday)
    runs = "".join("#" if n in steps else " " for n in range(-40, 1)).split()
    assert found.best == max(map(len, runs), default=0)


def test_the_terminal_shows_weeks_exercises_and_sessions(journal: Journal) -> None:
    shown = report.terminal(history(journal), EN)
    assert "5 workouts, 19 sets, 16 minutes." in shown
    assert "This week: 2 workouts, 8 sets." in shown
    assert "In a row: 3 weeks, 3 at best; 2 days, 2 at best." in shown
    assert "▅" in shown
    assert "8 reps of bodyweight glute bridge → 12 reps\n" in shown
    assert re.search(r"4  2026-11-21 18:00  Pre-run warm-up +5/5 sets +\d+ min  ended", shown)


def test_for_a_screen_reader_the_same_is_told_without_bars_and_arrows(journal: Journal) -> None:
    shown = report.terminal(history(journal), EN, plain=True)
    assert shown.isascii()
    assert "\n  8, 5, 3, 0, 0, 3\n" in shown
    assert "banded glute bridge, 5 times: from 8 reps of bodyweight glute bridge to 12 reps.\n" in shown
    assert "banded glute kickback, 2 times: 6 reps.\n" in shown
    assert "Number 4, 2026-11-21 18:00, Pre-run warm-up: 5 of 5 sets, 5 minutes, ended." in shown


def test_an_empty_journal_says_how_to_begin(path: Path) -> None:
    assert report.terminal(looked_back(path), EN) == f"{EN.paper['history']['nothing']}\n"
    assert EN.paper["history"]["nothing"] in html(looked_back(path), EN)


def test_bars_rise_with_their_values() -> None:
    assert blocks([0, 1, 4, 8]) == " ▁▄█"
    assert blocks([0, 0]) == "  "
    assert blocks([]) == ""


def said(path: Path, *days_ago: int, now: datetime = TODAY) -> str:
    for days in days_ago:
        train(path, days, BRIDGES)
    with Journal(path, clock=now.timestamp) as journal:
        return report.spoken(history(journal), EN, LIBRARY.families)


def test_how_am_i_doing_is_answered_in_a_sentence_or_two(journal: Journal) -> None:
    answer = report.spoken(history(journal), EN, LIBRARY.families)
    assert answer == (
        "Two workouts this week, and three weeks in a row."
        " You went from the bodyweight glute bridge to the banded glute bridge."
    )


def test_how_am_i_doing_names_an_exercise_that_has_grown(path: Path) -> None:
    train(path, 2, replace(BRIDGES, amount=8))
    train(path, 1, replace(BRIDGES, amount=12))
    assert said(path) == "Two workouts this week. Your banded glute bridge went from eight to twelve reps."


def test_how_am_i_doing_is_answered_after_a_gap_too(path: Path) -> None:
    assert said(path) == "There's nothing to tell yet."
    assert said(path, 14, 7) == "None yet this week, after two weeks in a row."
    assert said(path, now=TODAY + 3 * WEEK) == "Two workouts so far."


def test_every_line_of_the_journals_own_can_be_said() -> None:
    fields: dict[str, Any] = {"exercise": "plank", "hurt": "plank", "amount": 10, "before": 8, "sets": 3, "band": "b"}
    fields |= {"workouts": "two workouts", "weeks": "two weeks"}
    keys = [key for key in EN.lines if key.startswith(("progression.", "history."))]
    assert len(keys) == 19
    for key in keys:
        assert "{" not in EN.line(key, **fields)


# For other programs


def test_csv_has_a_row_a_set(journal: Journal) -> None:
    out = io.StringIO()
    write_csv(journal, out)
    first, *_, last = rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert tuple(first) == COLUMNS
    assert len(rows) == 19
    assert (last["session"], last["exercise"], last["done"], last["effort"]) == ("5", "banded glute bridge", "12", "6")
    assert json.loads(rows[10]["sides"]) == {"right leg": 6, "left leg": 6}
    assert datetime.fromisoformat(last["ended"]) > TODAY


def test_json_holds_everything(journal: Journal) -> None:
    everything = json.loads(as_json(journal))
    assert everything["today"] == "2026-11-22"
    assert everything["weeks"] == {"now": 3, "best": 3}
    assert len(everything["chart"]) == 6
    assert [workout["number"] for workout in everything["workouts"]] == [5, 4, 3, 2, 1]
    done = everything["workouts"][1]["sets"]
    assert [each["exercise"] for each in done] == ["banded glute bridge"] * 3 + ["banded glute kickback"] * 2
    assert done[3]["sides"] == {"right leg": 6, "left leg": 6}
    assert everything["workouts"][0]["efforts"] == [{"slot": 0, "exercise": "banded glute bridge", "effort": 6}]


def test_json_tells_swaps_and_pains(path: Path) -> None:
    stream = list(workout((BRIDGES,)))
    swap = events.VariantChanged(
        at=40, family="glute bridge", slot=0, from_=BRIDGES.name, to="low glute bridge", why="hurts"
    )
    with Journal(path, clock=TODAY.timestamp) as journal:
        for event in [*stream[:3], events.CommandGiven(at=39, command="hurts"), swap, *stream[3:]]:
            journal.record(event)
        (told,) = json.loads(as_json(journal))["workouts"]
    assert told["pains"] == [{"slot": 0, "exercise": "banded glute bridge"}]
    assert told["swaps"] == [{"slot": 0, "from": "banded glute bridge", "to": "low glute bridge", "why": "hurts"}]


@pytest.mark.slow
@needs_chromium
def test_an_accessibility_checker_finds_nothing_wrong_with_the_page(
    journal: Journal,
    axe: str,
    tmp_path: Path,
) -> None:
    assert violations(html(history(journal), EN), axe, tmp_path) == []


class Outline(HTMLParser):
    """Headings, tables and what was opened and not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_needs_no_other_file(journal: Journal) -> None:
    page = html(history(journal), EN)
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert [tag for tag in outline.tags if re.fullmatch(r"h\d", tag)] == ["h1", "h2", "h2", "h2"]
    assert not re.search(r"(src|href)=|url\(|<script", page)


def test_the_chart_is_told_in_words_and_in_a_table_too(journal: Journal) -> None:
    page = html(history(journal), EN)
    svg = ElementTree.fromstring(re.search(r"<svg.*?</svg>", page, re.DOTALL)[0])  # type: ignore[index]
    labels = [str(svg.find(f".//*[@id='{name}']").text) for name in svg.attrib["aria-labelledby"].split()]  # type: ignore[union-attr]
    assert labels[0] == "Sets a week"
    assert "The most was 8 sets, in the week of 2026-11-16." in labels[1]
    bars = [float(bar.attrib["height"]) for bar in svg.iter("rect")]
    assert (len(bars), bars[-1], bars[-2]) == (6, 160, 100)
    assert '<tr><th scope="row">2026-11-16</th><td>2</td><td>8</td></tr>' in page


def test_what_a_routine_is_called_cannot_break_the_page(path: Path) -> None:
    with Journal(path, clock=TODAY.timestamp) as journal:
        for event in workout((replace(BRIDGES, name="<b>bridge</b> & co"),), title='<script>alert("hi")</script>'):
            journal.record(event)
        page = html(history(journal), EN)
    assert "<script>" not in page
    assert "&lt;b&gt;bridge&lt;/b&gt; &amp; co" in page


# For the next workout


def test_progression_is_told_what_was_done_felt_asked_and_hurt(path: Path) -> None:
    routine = LIBRARY.routine("prerun-warmup")
    stream = list(workout((KICKBACKS,), slug=routine.slug, effort=8))
    swaps = [
        events.VariantChanged(at=at, family="glute kickback", slot=0, from_="a", to=to, why=why)
        for at, to, why in cast(
            list[tuple[float, str, events.Swap]],
            [
                (49, "b", "harder"),
                (51, "c", "easier"),
                (52, "b", "undo"),
                (53, "banded glute kickback", "harder"),
            ],
        )
    ]
    with Journal(path, clock=TODAY.timestamp) as journal:
        for event in [*stream[:3], swaps[0], events.CommandGiven(at=50, command="hurts"), *swaps[1:], *stream[3:]]:
            journal.record(event)
        results = past_results(journal, routine)
    assert results == {
        "glute kickback": [
            Result(
                routine="prerun-warmup",
                slot=0,
                began="banded glute kickback",
                ended="banded glute kickback",
                sets=2,
                amount=6,
                done=(DoneSet(6, 6, 2, "completed"),) * 2,
                effort=8,
                hurt=("b",),
                asked=("harder",),
            )
        ]
    }


def test_a_workout_done_in_full_makes_the_next_one_a_little_more(path: Path) -> None:
    routine = LIBRARY.routine("prerun-warmup")
    with Journal(path, clock=TODAY.timestamp) as journal:
        assert [choice.amount for choice in choose_all(routine, past_results(journal, routine)).values()] == [6, 6, 6]
        for event in workout([replace(each, amount=6, sets=1) for each in WARM_UP], slug=routine.slug):
            journal.record(event)
        chosen = choose_all(routine, past_results(journal, routine))
        times = times_done(journal, routine)
    assert [choice.amount for choice in chosen.values()] == [8, 8, 8]
    assert times == dict.fromkeys((each.name for each in WARM_UP), 1)
    assert [choice.times for choice in known_by(chosen, routine, times).values()] == [1, 1, 1]
    assert EN.line(chosen[2].why, 0, **chosen[2].fields) == "Up from six last time."


def steps(journal: Journal, work: object) -> int:
    """How much SQLite has to do for it, in its own instructions."""
    count = 0

    def another_hundred() -> int:
        nonlocal count
        count += 1
        return 0

    journal.database.set_progress_handler(another_hundred, 100)
    assert callable(work)
    work()
    journal.database.set_progress_handler(None, 0)
    return count


def test_the_start_of_a_workout_takes_no_longer_after_many_of_them(path: Path) -> None:
    routine = LIBRARY.routine("prerun-warmup")
    work = []
    for days in range(60, 0, -1):
        train(path, days)
        if days in (50, 1):
            with Journal(path, clock=TODAY.timestamp) as journal:
                work.append(steps(journal, lambda journal=journal: past_results(journal, routine)))
    few, many = work
    assert many < few * 1.5


def test_the_days_own_date_is_kept_with_a_set_that_goes_past_midnight(path: Path) -> None:
    late = datetime(2026, 11, 21, 23, 58)
    with Journal(path, clock=late.timestamp) as journal:
        for event in workout():
            journal.record(event)
        days = [day for (day,) in journal.database.execute("SELECT DISTINCT day FROM sets ORDER BY day")]
    assert days == [str(date(2026, 11, 21)), str(date(2026, 11, 22))]


def test_a_cell_of_the_csv_is_never_a_formula(path: Path) -> None:
    evil = Exercise('=HYPERLINK("http://example.org")', "@family")
    with Journal(path) as journal:
        for event in workout((evil,), slug="-routine"):
            journal.record(event)
        out = io.StringIO()
        write_csv(journal, out)
    row = next(csv.DictReader(io.StringIO(out.getvalue())))
    assert row["exercise"] == "'" + evil.name
    assert row["family"] == "'@family"
    assert row["routine"] == "'-routine"
    assert row["amount"] == "8"


LATE = datetime(2025, 3, 24, 23, 30, tzinfo=UTC).timestamp()


@pytest.fixture
def move_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Called with a time zone, lets the clock be there for the rest of the test."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def bridges_done_late(path: Path) -> None:
    with Journal(path, clock=lambda: LATE) as journal:
        for event in workout((BRIDGES,)):
            journal.record(event)


def test_a_workout_keeps_the_clock_that_the_athlete_had(path: Path, move_to: Callable[[str], None]) -> None:
    """Done on the 25th at half past midnight in Berlin, looked at from Lisbon and New York."""
    move_to("CET-1")
    bridges_done_late(path)
    for elsewhere in ("WET0", "EST5"):
        move_to(elsewhere)
        with Journal(path, clock=lambda: LATE + 3600) as journal:
            assert history(journal).recent[0].began == datetime(2025, 3, 25, 0, 30)
            told = json.loads(as_json(journal))["workouts"][0]
            assert told["began"] == "2025-03-25T00:30:00"
            assert told["sets"][0]["ended"].startswith("2025-03-25T00:3")
            table = io.StringIO()
            write_csv(journal, table)
            assert "2025-03-25T00:3" in table.getvalue()


def test_a_time_zone_of_nonsense_costs_no_workout(path: Path, move_to: Callable[[str], None]) -> None:
    move_to("ABC-24")
    bridges_done_late(path)
    with Journal(path, clock=lambda: LATE) as journal:
        assert history(journal).recent[0].began == datetime(2025, 3, 25, 23, 30)
