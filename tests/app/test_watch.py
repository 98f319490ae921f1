"""Following a file while it is written: every save is looked at once, and what has changed is named."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.app.watch import Look, looks
from coach.cli.main import app
from coach.routine.model import Family, Routine

ROUTINE = "routine: Test\nblocks:\n  - {exercise: glute bridge, reps: 8}\n  - {exercise: plank, hold: 20 s}\n"
FAMILY = "family: march\nvariants:\n  - {name: march, setup: [Stand tall.], move: Lift a knee.}\n"


class Over(Exception):
    """Nothing more is saved."""


def seen(path: Path, *saves: str | None) -> list[Look]:
    """The looks at a file that is saved so while the watch waits; None deletes it."""
    left, stamp = iter(saves), count(1)

    def save(text: str | None) -> None:
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
            os.utime(path, ns=(0, next(stamp) * 10**9))

    def wait(seconds: float) -> None:
        try:
            save(next(left))
        except StopIteration:
            raise Over from None

    save(next(left))
    found: list[Look] = []
    with suppress(Over):
        for look in looks(path, wait):
            found.append(look)
    return found


@pytest.mark.parametrize(
    ("after", "changed", "amount"),
    [
        (ROUTINE.replace("reps: 8", "reps: 10"), "banded glute bridge", "10"),
        (ROUTINE.replace("20 s", "30 s"), "forearm plank", "30"),
        (ROUTINE + "  - {exercise: squat, reps: 5}\n", "banded squat", "5"),
        (ROUTINE.replace("Test", "Other"), None, None),
    ],
)
def test_the_exercise_that_changed_is_named(
    tmp_path: Path, after: str, changed: str | None, amount: str | None
) -> None:
    first, second = seen(tmp_path / "it.yaml", ROUTINE, after)
    assert isinstance(first.found, Routine)
    assert first.changed is None
    assert (second.changed.name if second.changed else None) == changed
    assert (str(second.dose.amount) if second.dose else None) == amount


def test_faults_are_told_and_what_was_changed_since_it_was_well_is_played(tmp_path: Path) -> None:
    looked = seen(tmp_path / "it.yaml", ROUTINE, "routine: [\n", None, ROUTINE.replace("reps: 8", "reps: 9"))
    assert [len(look.faults) for look in looked] == [0, 1, 0]
    assert looked[2].changed is not None


def test_an_exercise_of_ones_own_is_followed_too(tmp_path: Path) -> None:
    first, second = seen(tmp_path / "march.yaml", FAMILY, FAMILY.replace("a knee", "the other knee"))
    assert isinstance(first.found, Family)
    assert second.changed is not None
    assert second.changed.move == "Lift the other knee."


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["watch", str(tmp_path / "none.yaml"), "--quiet"])
    assert done.exit_code == 1
    assert "there is no such file" in str(done.exception)
