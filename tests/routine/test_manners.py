"""Doses as people write them in plans: understood, or refused with the form that is right for that very thing."""

from pathlib import Path

import pytest

from coach.document.names import nearest
from coach.routine.library import Library
from coach.routine.loading import load_routine
from coach.routine.model import Range, Work


def faults(folder: Path, library: Library, block: str) -> list[str]:
    path = folder / "routine.yaml"
    path.write_text(f"routine: Test\nblocks:\n  - {{{block}}}\n", encoding="utf-8")
    return [f"{fault.where}: {fault.wrong}; {fault.right}" for fault in library.check([path])]


@pytest.mark.parametrize(
    ("block", "amount"),
    [
        ("exercise: single-leg glute bridge, reps: 12 each side", Range(12, 12)),
        ("exercise: single-leg glute bridge, reps: 12 e/s", Range(12, 12)),
        ("exercise: single-leg glute bridge, reps: 8-10 per leg", Range(8, 10)),
        ("exercise: single-leg glute bridge, reps: 10/side", Range(10, 10)),
        ("exercise: glute bridge, reps: 10 reps", Range(10, 10)),
        ("exercise: glute bridge, reps: 8 to 12", Range(8, 12)),
        ("exercise: glute bridge, reps: “10”", Range(10, 10)),
        ("exercise: glute bridge, steps: 10 steps", Range(10, 10)),
        ("exercise: plank, hold: 1m30s", Range(90, 90)),
        ("exercise: plank, hold: 1 min 30 s", Range(90, 90)),
        ("exercise: plank, hold: 1'30", Range(90, 90)),
        ("exercise: plank, hold: 20 to 30 s", Range(20, 30)),
    ],
)
def test_a_manner_that_is_clear_is_understood(tmp_path: Path, library: Library, block: str, amount: Range) -> None:
    assert faults(tmp_path, library, block) == []
    (work,) = load_routine(tmp_path / "routine.yaml", library.families).blocks
    assert isinstance(work, Work)
    assert work.amount == amount


@pytest.mark.parametrize(("rest", "seconds"), [("1m30s", 90), ("1 min 5 sec", 65), ("“45 s”", 45), ("2m 0s", 120)])
def test_a_rest_in_two_units_is_understood(tmp_path: Path, library: Library, rest: str, seconds: float) -> None:
    assert faults(tmp_path, library, f"exercise: plank, rest: {rest}") == []
    (work,) = load_routine(tmp_path / "routine.yaml", library.families).blocks
    assert isinstance(work, Work)
    assert work.rest == seconds


DONE = 'and say "done" when you can do no more'
OPEN = f"has no end to count to; write a range to work up through, 8-12, {DONE}"
HOLD = "write hold: 30 s for what is held; for reps the tempo says how long they take"
NO_KEY = "there is no such key"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("reps: 12 each side", 'reps: "banded glute bridge" has no sides; write reps: 12'),
        ("reps: AMRAP", f'reps: "AMRAP" {OPEN}'),
        ("reps: to failure", f'reps: "to failure" {OPEN}'),
        ("reps: max", f'reps: "max" {OPEN}'),
        ("reps: 2x10", 'reps: "2x10" is sets and reps in one; write sets: 2 and reps: 10'),
        ("reps: 3 × 8-12", 'reps: "3 × 8-12" is sets and reps in one; write sets: 3 and reps: 8-12'),
        ("reps: 3 sets of 10", 'reps: "3 sets of 10" is sets and reps in one; write sets: 3 and reps: 10'),
        ("reps: 2x30s", 'reps: "2x30s" is sets and seconds in one; write sets: 2 and hold: 30 s'),
        ("reps: 30s", 'reps: "30s" is a time where a number is due; write hold: 30 s, if it is held'),
        ("reps: 10/8/6", 'reps: "10/8/6" has a number for each set; write one for all, or a range: 8-12'),
        ("reps: 10+", 'reps: "10+" has no end to count to; write a range: 10-14'),
        ("reps: ~10", 'reps: "~10" is not exact; write 10'),
        ("reps: 5, rest: none", 'rest: "none" is not a time; write 0'),
        ("reps: 5, rest: 60-90s", 'rest: "60-90s" is a range, and a rest is one time; write 60 s'),
        ("reps: 5, load: 12 kg", f"load: {NO_KEY}; a routine has no weights; name the equipment in the exercise"),
        ("reps: 5, pause: 30 s", "pause: there is no such key; write rest: 45 s"),
        ("reps: 5, rset: 30 s", 'rset: there is no such key; did you mean "rest"?'),
        ("reps: 5, note: slow", f"note: {NO_KEY}; write it after a # as a comment, or into about: at the top"),
    ],
)  # fmt: skip
def test_a_manner_that_cannot_be_is_refused_with_what_would_be_right(
    tmp_path: Path, library: Library, written: str, told: str
) -> None:
    assert faults(tmp_path, library, f"exercise: glute bridge, {written}") == [f"blocks[0].{told}"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("hold: AMRAP", f'hold: "AMRAP" has no end to count to; write a range to work up through, 20-30 s, {DONE}'),
        ("hold: 3x30", 'hold: "3x30" is sets and seconds in one; write sets: 3 and hold: 30 s'),
        ("duration: 30 s", f"duration: {NO_KEY}; {HOLD}"),
    ],
)  # fmt: skip
def test_and_of_a_hold(tmp_path: Path, library: Library, written: str, told: str) -> None:
    assert faults(tmp_path, library, f"exercise: plank, {written}") == [f"blocks[0].{told}"]


def test_a_superset_is_told_to_be_a_circuit(tmp_path: Path, library: Library) -> None:
    (told,) = faults(tmp_path, library, "superset: 3, blocks: [{exercise: plank}]")
    assert told.startswith("blocks[0].superset: there is no such key; write circuit: 3 rounds, and under blocks:")


@pytest.mark.parametrize(
    ("tempo", "told"), [("3010", "write 3-0-1"), ("30x1", "write 3-0-1"), ("311", "write 3-1-1"), ("slow", "write the")]
)
def test_a_lifters_tempo_is_told_in_ours(tmp_path: Path, library: Library, tempo: str, told: str) -> None:
    path = tmp_path / "march.yaml"
    path.write_text(
        f'family: march\nvariants:\n  - {{name: march, setup: [Stand.], move: Go., tempo: "{tempo}"}}\n',
        encoding="utf-8",
    )
    (fault,) = library.check([path])
    assert fault.right.startswith(told)


@pytest.mark.parametrize(("typed", "meant"), [("rset", "rest"), ("sest", "sets"), ("reps", "reps"), ("hodl", "hold")])
def test_letters_in_another_order_are_nearest(typed: str, meant: str) -> None:
    assert nearest(typed, ["exercise", "sets", "reps", "steps", "hold", "rest", "rest_after"]) == meant
