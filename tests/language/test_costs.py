import pytest

from coach.language.commands import Command, Order
from coach.language.costs import ASKED, COSTS, asked, needed


def test_every_command_has_its_cost() -> None:
    assert set(COSTS) == set(Command)


def test_the_threshold_follows_from_both_costs() -> None:
    for cost in COSTS.values():
        assert cost.needed * cost.missed == pytest.approx((1 - cost.needed) * cost.wrongly)


def test_to_stop_takes_little_and_to_end_takes_much() -> None:
    assert needed(Order(Command.PAUSE)) < 0.2 < needed(Order(Command.NEXT)) < needed(Order(Command.END))


def test_what_is_no_order_is_never_obeyed() -> None:
    assert needed(None) == 1


def test_what_is_dear_is_asked_about_before_it_is_obeyed() -> None:
    assert asked(Order(Command.NEXT)) < needed(Order(Command.NEXT))
    assert asked(Order(Command.LOUDER)) == needed(Order(Command.LOUDER))
    assert Command.END not in ASKED
    assert Command.HURTS not in ASKED
