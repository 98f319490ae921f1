"""What people say without having read the table is understood."""

from __future__ import annotations

import pytest

from coach import language
from coach.language.commands import Command, Order


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I'm done", Command.DONE),
        ("next one", Command.NEXT),
        ("how many more", Command.STATUS),
        ("which exercise is this", Command.STATUS),
        ("start again", Command.AGAIN),
        ("keep going", Command.RESUME),
        ("water break", Command.PAUSE),
        ("please stop", Command.PAUSE),
        ("stop it", Command.PAUSE),
        ("I fell", Command.HURTS),
        ("I'm hurt", Command.HURTS),
        ("my knee hurts", Command.HURTS),
        ("my back hurts", Command.HURTS),
    ],
)
def test_it_means_what_it_means_among_people(said: str, meant: Command) -> None:
    assert language.load().order(said) == Order(meant)
