"""Conversations that were found to go wrong, each at its moments, held to the same rules as any other."""

from __future__ import annotations

import pytest

from coach.routine.model import Circuit, Range, Routine, Work
from tests.session.conversations import Conversation, library
from tests.session.oracle import breaches

Said = tuple[tuple[float, str], ...]
CLAMSHELL, ROW, PULL_APART = "banded clamshell", "bent-over band row", "tall-kneeling band pull-apart"
KICKBACK, BRIDGE, SQUAT = "banded glute kickback", "banded glute bridge", "banded squat"

CASES: dict[str, tuple[tuple[tuple[str, int, int, float], ...], Said]] = {
    "questions, pain and the ladder up and down": (
        ((CLAMSHELL, 2, 4, 30), (ROW, 2, 5, 30), (BRIDGE, 2, 6, 20)),
        ((14, "what's next"), (22, "how many left"), (52, "wait"), (60, "ready"), (72, "why"), (84, "how many left"),
         (92, "it hurts"), (100, "easier"), (150, "explain"), (185, "resume"), (200, "other side"), (235, "easier"),
         (250, "harder"), (262, "harder"), (300, "undo"), (330, "it hurts"), (340, "no"), (350, "resume"),
         (380, "help"), (392, "help"), (412, "help"), (440, "next"), (455, "back"), (470, "next")),
    ),
    "pain in a rest, then next": (
        ((KICKBACK, 1, 3, 20), (ROW, 2, 4, 30), (CLAMSHELL, 1, 4, 20)),
        ((39.8, "ready"), (76.5, "it hurts"), (90, "next"), (104, "ready")),
    ),
    "pain at the easiest, then undo": (
        ((PULL_APART, 2, 4, 30), (CLAMSHELL, 1, 3, 20)),
        ((20, "it hurts"), (30, "carry on"), (34, "undo"), (40, "ready"), (64, "ready"), (88, "easier"),
         (100, "easier"), (150, "it hurts"), (158, "undo"), (166, "resume")),
    ),
    "too hard in a rest and in a change of sides": (
        ((ROW, 2, 4, 30), (CLAMSHELL, 1, 6, 20)),
        ((42, "ready"), (72, "easier"), (120.5, "too hard"), (214, "easier"), (270, "talk less")),
    ),
}  # fmt: skip
AROUND: Said = ((42.5, "ready"), (52, "faster"), (58, "talk less"), (66, "what's next"), (84, "five"),
                (88, "more rest"), (130, "ready"), (142, "how long left"), (148, "other side"), (152, "talk more"),
                (166, "skip rest"), (176, "end workout"), (200, "one more set"), (214, "start over"), (240, "louder"),
                (244, "how am i doing"), (260, "slower"))  # fmt: skip
MINE: dict[str, Said] = {
    "a pause and an undo in a rest": ((40, "ready"), (90, "more rest"), (95, "pause"), (110, "resume"), (114, "undo")),
    "easier twice and harder thrice": (
        (40, "ready"), (60, "easier"), (62, "easier"), (66, "harder"), (68, "harder"), (70, "harder")),
    "back at the first, again, the end and no": (
        (40, "ready"), (60, "back"), (64, "say again"), (70, "end workout"), (74, "no"), (90, "pause"),
        (700, "resume"), (700.3, "say again")),
    "left and taken back, and left again": ((40, "ready"), (60, "next"), (66, "undo"), (80, "next"), (90, "back")),
}  # fmt: skip

IN_A_HOLD: dict[str, Said] = {
    "slower words in it": ((30, "ready"), (34.5, "talk slower"), (36.5, "talk slower")),
    "slower words in a long answer": (
        (30, "ready"),
        (34.5, "help"),
        (35.2, "talk slower"),
        (35.6, "talk slower"),
        (39, "louder"),
    ),
    "a question in an answer": ((30, "ready"), (34.5, "help"), (36, "how many left"), (40, "talk slower")),
    "more of it, in slower words": ((30, "ready"), (34.5, "talk slower"), (38, "ten more"), (45, "talk slower")),
}  # fmt: skip
UP_AND_DOWN: dict[str, Said] = {
    "easier in the set, and taken back in the rest": ((40, "ready"), (70, "easier"), (110, "undo")),
    "faster words in an answer": ((16, "how long is this workout"), (16.5, "talk faster"), (18, "talk faster")),
}


def work(name: str, sets: int, amount: int, rest: float) -> Work:
    rungs = {v.name: (family.name, v) for family in library().families.values() for v in family.variants}
    family, variant = rungs[name]
    unit = "second" if variant.hold else variant.unit
    return Work(family, variant.rung, Range(sets, sets), Range(amount, amount), unit, rest, rest)


def routine(*blocks: Work | Circuit) -> Routine:
    return Routine("case", "Case", blocks, library().families, library=library().families)


def check(made: Routine, said: Said) -> None:
    talk = Conversation.scripted(made, said)
    for breach in breaches(talk):
        raise AssertionError(f"{breach}\n{talk.transcript(around=breach.at)}")


@pytest.mark.parametrize("case", CASES)
def test_a_case(case: str) -> None:
    blocks, said = CASES[case]
    check(routine(*(work(*block) for block in blocks)), said)


def test_a_circuit_with_a_hold_and_all_that_was_said_in_it() -> None:
    inside = (work(SQUAT, 1, 8, 10), work("forearm plank", 1, 20, 10))
    check(routine(Circuit(Range(2, 2), 20, inside)), AROUND)


@pytest.mark.parametrize("case", MINE)
def test_more_of_the_kind(case: str) -> None:
    check(routine(work(KICKBACK, 2, 6, 40), work(BRIDGE, 2, 6, 20)), MINE[case])


@pytest.mark.parametrize("case", IN_A_HOLD)
@pytest.mark.parametrize("seconds", [20, 45])
def test_a_hold_in_which_much_is_said(case: str, seconds: int) -> None:
    check(routine(work("forearm plank", 2, seconds, 20), work(KICKBACK, 1, 4, 20)), IN_A_HOLD[case])


@pytest.mark.parametrize("case", UP_AND_DOWN)
@pytest.mark.parametrize("exercise", [BRIDGE, KICKBACK])
def test_a_variant_that_is_taken_back(case: str, exercise: str) -> None:
    check(routine(work(exercise, 2, 6, 20), work(CLAMSHELL, 1, 4, 20)), UP_AND_DOWN[case])


@pytest.mark.parametrize("way", ["easier", "harder"])
@pytest.mark.parametrize("family", sorted(library().families))
def test_a_ladder_to_its_end_in_one_set(family: str, way: str) -> None:
    found = library().families[family]
    said = ((3, "ready"), (40, "ready"), *((at, way) for at in (60, 92, 124, 156)), (190, "end workout"), (196, "yes"))
    check(routine(work(found.variants[found.standard].name, 1, 40, 20)), said)
