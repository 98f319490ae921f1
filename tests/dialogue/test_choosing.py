"""What is offered, and why: the same to the same history at the same hour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coach.dialogue.choosing import OFFERED, Done, Reason, Wish, suggest, usual
from tests.dialogue.workouts import NOON, SHIPPED

ANY = Wish()


def offered(done: list[Done], wish: Wish = ANY, turned_down: tuple[str, ...] = ()) -> list[tuple[str, Reason]]:
    found, _ = suggest(SHIPPED, done, NOON, wish, turned_down)
    return [(each.candidate.slug, each.reason) for each in found]


def days_ago(slug: str, *days: float, finished: bool = True) -> list[Done]:
    return [Done(slug, NOON - timedelta(days=each), finished) for each in days]


def test_a_newcomer_is_offered_the_shortest_three() -> None:
    assert offered([]) == [("prerun-warmup", ""), ("hotel-room", ""), ("no-band", "")]


def test_early_and_late_a_short_one_is_offered_as_such() -> None:
    found, _ = suggest(SHIPPED, [], NOON.replace(hour=7))
    assert [(each.candidate.slug, each.reason) for each in found][:2] == [
        ("prerun-warmup", "short"),
        ("hotel-room", "short"),
    ]


@pytest.mark.parametrize(
    ("done", "first"),
    [
        (days_ago("standing-only", 2, finished=False), ("standing-only", "unfinished")),
        (days_ago("standing-only", 2, 4, 6), ("standing-only", "usual")),
        (days_ago("beginner-bands", 9.5, 12.5) + days_ago("hotel-room", 0.4), ("beginner-bands", "waiting")),
    ],
)
def test_what_was_done_before_speaks_for_a_workout(done: list[Done], first: tuple[str, Reason]) -> None:
    assert offered(done)[0] == first


def test_what_was_done_at_another_hour_is_no_habit_of_this_one() -> None:
    done = days_ago("standing-only", 2.5, 4.5)  # at midnight
    assert ("standing-only", "usual") not in offered(done)


def test_what_was_done_this_morning_is_not_offered_before_the_others() -> None:
    assert "prerun-warmup" not in [slug for slug, _ in offered(days_ago("prerun-warmup", 0.2, 1, 2))]


@pytest.mark.parametrize(
    ("wish", "slugs"),
    [
        (Wish(minutes=10), ["hotel-room", "prerun-warmup"]),
        (Wish(no_floor=True), ["standing-only"]),
        (Wish(no_band=True), ["no-band"]),
        (Wish(long=True), ["lower-body-bands", "beginner-bands"]),
        (Wish(minutes=15, no_band=True), ["no-band"]),
    ],
)
def test_only_what_suits_a_wish_is_offered(wish: Wish, slugs: list[str]) -> None:
    assert [slug for slug, _ in offered([], wish)] == slugs


def test_where_nothing_suits_what_comes_nearest_is_offered_and_told_apart() -> None:
    found, exact = suggest(SHIPPED, [], NOON, Wish(minutes=10, no_floor=True))
    assert not exact
    assert found[0].candidate.slug == "standing-only", "minutes can be left out, getting up from the floor cannot"
    assert len(found) == OFFERED


def test_what_was_turned_down_comes_again_only_where_nothing_else_is_left() -> None:
    first = [slug for slug, _ in offered([])]
    second = [slug for slug, _ in offered([], turned_down=tuple(first))]
    assert set(first).isdisjoint(second)
    everything = tuple(candidate.slug for candidate in SHIPPED)
    assert [slug for slug, _ in offered([], turned_down=everything)] == first


def test_the_usual_is_what_was_done_most_often_lately() -> None:
    done = days_ago("hotel-room", 1, 3) + days_ago("no-band", 2) + days_ago("standing-only", 90, 91, 92)
    found = usual(SHIPPED, done, NOON)
    assert found is not None
    assert found.slug == "hotel-room"
    assert usual(SHIPPED, days_ago("gone", 1), NOON) is None
