"""Each fault of --strict, shown by one change to an exercise and a routine that have none."""

from pathlib import Path

import pytest

from coach.routine.library import Library
from coach.routine.strict import check

GOOD_EXERCISE = """\
family: march
muscles: [hips]
why: It lifts your knees.
position: standing
variants:
  - name: low march
    cues: [Stand tall, Knee forward, Foot soft]
  - name: high march
    standard: true
    equipment: mini band
    band: around the feet
    setup: [Stand tall.]
    move: Lift one knee, then the other.
    cues: [Stand tall, Knee up, Foot soft]
    mistakes: [Leaning back.]
    tempo: 2-0-2
    phases: [up, down]
    sides: none
    caution: Stop if your hip pinches.
  - name: slow march
    tempo: 3-0-3
"""
GOOD_ROUTINE = """\
routine: Marching
about: It wakes up your hips.
blocks:
  - circuit: 2 rounds
    blocks:
      - {exercise: march, reps: 10}
      - {exercise: slow march, reps: 10}
"""


def found(tmp_path: Path, exercise: str = GOOD_EXERCISE, routine: str = GOOD_ROUTINE) -> list[str]:
    """Each fault from its line on, without the folder."""
    (tmp_path / "exercises").mkdir(exist_ok=True)
    (tmp_path / "exercises" / "march.yaml").write_text(exercise)
    (tmp_path / "marching.yaml").write_text(routine)
    library = Library([tmp_path])
    assert library.check([tmp_path]) == []
    return [f"{Path(f.file).stem}:{str(f).split(':', 1)[1]}" for f in check([tmp_path], library)]


def test_a_good_exercise_and_routine_have_no_faults(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "why: It lifts your knees.\n",
            "",
            'march:1:1: "why" is missing; say in a sentence what it is good for',
        ),
        (
            "    caution: Stop if your hip pinches.\n",
            "",
            'march:8:5: variants[1]: "caution" is missing; say when to stop or to take care',
        ),
        (
            "    phases: [up, down]\n",
            "",
            'march:8:5: variants[1]: "phases" is missing; name the tempo\'s parts: [lift, lower]',
        ),
        (
            "    band: around the feet\n",
            "",
            'march:8:5: variants[1]: "band" is missing; say where it goes: above the knees',
        ),
        (
            "cues: [Stand tall, Knee up, Foot soft]",
            "cues: [Stand tall, Knee up]",
            "march:14:11: variants[1].cues: 2 cues are too few or too many; name three to five short reminders",
        ),
        (
            "Knee up, Foot soft]",
            "Push down evenly through the very middle of both of your bare feet, Foot soft]",
            'march:14:24: variants[1].cues[1]: "Push down evenly through the very middle of both of your bare feet" '
            "takes 3.4 s, and the tempo 2-0-2 leaves 3.1 s; shorten it, or slow the tempo down",
        ),
        (
            "phases: [up, down]",
            "phases: [up and up and as high as it will possibly ever go today, down]",
            'march:17:14: variants[1].phases[0]: "up and up and as high as it will possibly ever go today" '
            "takes 1.9 s, "
            "and its part of the beat is 2 s; find a shorter word",
        ),
        (
            "setup: [Stand tall.]",
            f"setup: [{'Stand ' * 21}tall.]",
            "march:12:13: variants[1].setup[0]: 22 words are too many for one breath; "
            "say it in at most 20, or in two sentences",
        ),
        (
            "setup: [Stand tall.]",
            "setup: [Stand 30 cm apart.]",
            'march:12:13: variants[1].setup[0]: "30" has digits; write the number in words',
        ),
        (
            "move: Lift one knee, then the other.",
            "move: Lift one knee like this.",
            'march:13:11: variants[1].move: "like this" depends on sight; say where, by the body: above your knees',
        ),
        (
            "move: Lift one knee, then the other.",
            f"move: Lift one knee.\n    brace: Bend your knees, {'and sink lower, ' * 5}and stay.",
            "march:14:12: variants[1].brace: it takes 6.8 s, and is carried all the while; "
            "keep what takes the load up, and move the rest to setup",
        ),
        (
            "  - name: slow march\n    tempo: 3-0-3\n",
            "  - name: slow march\n",
            'march:20:5: variants[2]: "slow march" is "high march" in everything but its name; '
            "write what makes it harder",
        ),
    ],
)
def test_a_fault_of_an_exercise_is_told_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD_EXERCISE
    exercise, routine = GOOD_EXERCISE.replace(old, new, 1), GOOD_ROUTINE
    assert fault in found(tmp_path, exercise, routine)


def test_a_hold_says_what_takes_it_up(tmp_path: Path) -> None:
    exercise = GOOD_EXERCISE.replace("    tempo: 3-0-3\n", "    hold: true\n")
    routine = GOOD_ROUTINE.replace("slow march, reps: 10", "slow march, hold: 20 s")
    missing = (
        'march:20:5: variants[2]: "brace" is missing; say what takes the position up, so that it is said last: '
        "Lift your hips."
    )
    assert found(tmp_path, exercise, routine) == [missing]
    assert found(tmp_path, exercise + "    brace: Lift one knee.\n", routine) == []


def test_a_ladder_of_two_is_too_short(tmp_path: Path) -> None:
    exercise = GOOD_EXERCISE[: GOOD_EXERCISE.index("  - name: slow")]
    routine = GOOD_ROUTINE.replace("slow march", "low march")
    assert found(tmp_path, exercise, routine) == [
        "march:6:3: variants: a ladder of 2 leaves too little to swap to; describe at least 3 variants, easiest first"
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "about: It wakes up your hips.\n",
            "",
            'marching:1:1: "about" is missing; say in a sentence what it is for',
        ),
        (
            "routine: Marching",
            "routine: March & go",
            'marching:1:10: routine: nobody knows how "&" is spoken; write it in words',
        ),
    ],
)
def test_a_fault_of_a_routine_is_told_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert found(tmp_path, routine=GOOD_ROUTINE.replace(old, new)) == [fault]


def test_a_band_that_moves_in_the_middle_of_a_circuit_is_told(tmp_path: Path) -> None:
    exercise = GOOD_EXERCISE + "    band: above the knees\n"
    assert found(tmp_path, exercise) == [
        "marching:7:20: blocks[0].blocks[1].exercise: the circuit goes from mini band around the feet to "
        "mini band above the knees; keep one place of the band in a circuit, or make two circuits of it"
    ]


def test_a_move_without_a_band_leaves_the_band_where_it_is(tmp_path: Path) -> None:
    exercise = GOOD_EXERCISE.replace("  - name: low march\n", "  - name: low march\n    equipment: none\n")
    assert found(tmp_path, exercise, GOOD_ROUTINE.replace("slow march", "low march")) == []


def test_a_variant_that_another_family_has_too_is_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "a.yaml").write_text(GOOD_EXERCISE)
    (tmp_path / "exercises" / "b.yaml").write_text(
        GOOD_EXERCISE.replace("family: march", "family: step").replace("low m", "short m").replace("slow m", "long m")
    )
    wrong = {f.wrong for f in check([tmp_path], Library([tmp_path]))}
    assert wrong == {
        '"high march" is a name in the family "step" too, so a routine cannot reach both',
        '"high march" is a name in the family "march" too, so a routine cannot reach both',
    }


def test_an_exercise_of_a_routines_own_is_measured_too_and_must_be_used(tmp_path: Path) -> None:
    own = "exercises:\n  - {family: hop, variants: [{name: hop, setup: [Stand.], move: Hop.}]}\n"
    unused = GOOD_ROUTINE.replace("blocks:", own + "blocks:", 1)
    assert found(tmp_path, routine=unused) == [
        "marching:4:5: exercises[0]: no block names this exercise; name it in one, or take it out"
    ]
    used = unused.replace("exercise: march", "exercise: hop")
    (tmp_path / "marching.yaml").write_text(used)
    assert any("exercises[0].variants" in f.where for f in check([tmp_path], Library([tmp_path])))


def test_the_voice_that_is_really_used_may_do_the_measuring(tmp_path: Path) -> None:
    (tmp_path / "march.yaml").write_text(GOOD_EXERCISE)
    slow = check([tmp_path], Library([]), seconds=lambda text: 10.0)
    assert {f.where.removesuffix("[0]") for f in slow if "[0]" in f.where[-3:] or "tempo" in f.where} == {
        "variants[0].cues",
        "variants[1].cues",
        "variants[1].phases",
        "variants[2].tempo",
    }


def test_faults_that_keep_a_file_from_loading_are_told_as_well(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("routine: x\n")
    assert [f.wrong for f in check([tmp_path], Library([]))] == ['"blocks" is missing']
