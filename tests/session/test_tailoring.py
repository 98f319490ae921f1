"""A plan for today only."""

from __future__ import annotations

from coach.session import tailoring
from coach.session.plan import Plan
from coach.session.tailoring import limited
from tests.session.workouts import plan, work

PLAN = plan(work("kickback", sets=3), work("bridge", sets=2), work("kickback", sets=1))


def sets(plan: Plan) -> list[tuple[int, int, int]]:
    return [(planned.slot, planned.set, planned.of) for planned in plan.sets]


def test_so_many_sets_at_most() -> None:
    assert sets(limited(PLAN, tailoring.at_most(PLAN, 2))) == [(0, 1, 2), (0, 2, 2), (1, 1, 2), (1, 2, 2), (2, 1, 1)]


def test_one_movement_only_wherever_it_comes() -> None:
    assert {slot for slot, _, _ in sets(limited(PLAN, tailoring.only(PLAN, "kickback")))} == {0, 2}


def test_what_comes_before_is_left_out() -> None:
    assert {slot for slot, _, _ in sets(limited(PLAN, tailoring.starting_with(PLAN, "bridge")))} == {1, 2}


def test_shorter_takes_a_set_from_each_then_exercises_from_the_end() -> None:
    shorter = limited(PLAN, tailoring.shorter(PLAN))
    assert sets(shorter) == [(0, 1, 2), (0, 2, 2), (1, 1, 1), (2, 1, 1)]
    single = plan(work("kickback", sets=1), work("bridge", sets=1), work("kickback", sets=1))
    assert {slot for slot, _, _ in sets(limited(single, tailoring.shorter(single)))} == {0, 1}
    assert tailoring.shorter(plan(work("bridge", sets=1))) == {}, "there is nothing to take away"


def test_a_plan_is_never_emptied() -> None:
    assert limited(PLAN, dict.fromkeys(range(3), 0)) is PLAN
