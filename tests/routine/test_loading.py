import codecs
from pathlib import Path

import pytest

from coach.errors import FileFault
from coach.routine.library import Library
from coach.routine.loading import load_family, load_routine
from coach.routine.model import Circuit, Range, Tempo, Work

DATA = Path(__file__).parent / "data"


def write(folder: Path, text: str, name: str = "routine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def blocks_of(folder: Path, library: Library, *lines: str) -> tuple[Work | Circuit, ...]:
    text = "routine: Test\nblocks:\n" + "".join(f"  - {line}\n" for line in lines)
    return load_routine(write(folder, text), library.families).blocks


def test_a_routine_is_read_whole(library: Library) -> None:
    routine = load_routine(DATA / "warm-up.yaml", library.families)
    assert (routine.slug, routine.title, routine.source) == ("warm-up", "Test warm-up", "nobody")
    assert routine.about == "A routine of the tests' own."
    assert list(routine.families) == ["glute bridge", "side step", "plank"]
    assert routine.blocks == (
        Work("glute bridge", 1, Range(1, 2), Range(6, 10), "rep", 20, 20),
        Work("glute bridge", 3, Range(1, 1), Range(8, 8), "rep", 45, 45),
        Circuit(
            Range(2, 3),
            60,
            (
                Work("side step", 1, Range(1, 1), Range(10, 10), "step", 10, 10),
                Work("glute bridge", 2, Range(1, 1), Range(20, 30), "second", 0, 90),
                Work("plank", 0, Range(1, 1), Range(20, 30), "second", 10, 10),
            ),
        ),
    )


def test_a_variant_has_what_it_sets_then_the_standards_then_the_familys() -> None:
    family = load_family(DATA / "exercises" / "glute-bridge.yaml")
    bare, banded, hold, single = family.variants
    assert (family.standard, [v.rung for v in family.variants]) == (1, [0, 1, 2, 3])
    assert single.setup == banded.setup
    assert single.move == banded.move
    assert (single.tempo, single.phases) == (Tempo(1, 1, 2), ("lift", "hold", "lower"))
    assert single.sides == ("right leg", "left leg")
    assert single.switch == "Put that foot down and lift the other one."
    assert {v.position for v in family.variants} == {"lying on your back"}
    assert hold.hold
    assert hold.phases == ()
    assert bare.cues == banded.cues


def test_a_variant_may_have_a_position_of_its_own() -> None:
    family = load_family(DATA / "exercises" / "side-step.yaml")
    assert [v.position for v in family.variants] == ["standing", "standing", "half a squat"]


def test_a_variant_without_equipment_has_no_band_to_place() -> None:
    bare, banded, *_ = load_family(DATA / "exercises" / "side-step.yaml").variants
    assert (bare.equipment, bare.band) == ("none", "")
    assert (banded.equipment, banded.band) == ("mini band", "around the ankles")


def test_what_takes_the_load_up_is_inherited_unless_there_is_none(tmp_path: Path) -> None:
    text = (
        "family: march\nsetup: [Stand.]\nmove: Go.\nvariants:\n  - {name: low march, brace: none}\n"
        "  - {name: march, standard: true, brace: Bend your knees.}\n  - {name: slow march}\n"
    )
    variants = load_family(write(tmp_path, text)).variants
    assert [variant.brace for variant in variants] == ["", "Bend your knees.", "Bend your knees."]


@pytest.mark.parametrize("written", ["none", "None", "body weight", "Bodyweight", "body only", "no equipment"])
def test_what_is_no_equipment_is_none_however_it_is_called(tmp_path: Path, written: str) -> None:
    text = f"family: march\nequipment: {written}\nsetup: [Stand.]\nmove: Go.\nvariants:\n  - {{name: march, band: x}}\n"
    (variant,) = load_family(write(tmp_path, text)).variants
    assert (variant.equipment, variant.band) == ("none", "")


@pytest.mark.parametrize(
    ("written", "sides"),
    [
        ("none", ()),
        ("each leg", ("right leg", "left leg")),
        ("each arm", ("right arm", "left arm")),
        ("each side", ("right side", "left side")),
        ("Each  Direction", ("to the right", "to the left")),
        ("[forward, backward]", ("forward", "backward")),
    ],
)
def test_sides(tmp_path: Path, written: str, sides: tuple[str, ...]) -> None:
    text = (
        f"family: march\nsetup: [Stand tall.]\nmove: Lift a knee.\nvariants:\n  - {{name: march, sides: {written}}}\n"
    )
    assert load_family(write(tmp_path, text)).variants[0].sides == sides


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("45 s", 45),
        ("45", 45),
        ("45s", 45),
        ("7.5 s", 7.5),
        ("2 min", 120),
        ("1.5 minutes", 90),
        ("1:30", 90),
        ('"1:30"', 90),
        ("0:05", 5),
        ("0", 0),
        ("60:00", 3600),
    ],
)
def test_rests(tmp_path: Path, library: Library, written: str, seconds: float) -> None:
    (work,) = blocks_of(tmp_path, library, f"{{exercise: glute bridge, reps: 5, rest: {written}}}")
    assert isinstance(work, Work)
    assert (work.rest, work.rest_after) == (seconds, seconds)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("30", Range(30, 30)),
        ("20-30", Range(20, 30)),
        ("20-30 s", Range(20, 30)),
        ("20 s - 30 s", Range(20, 30)),
        ("20–30s", Range(20, 30)),
        ("1-2 min", Range(60, 120)),
        ("30 s - 1 min", Range(30, 60)),
        ("1:30", Range(90, 90)),
        ("0:45-1:30", Range(45, 90)),
    ],
)
def test_holds_come_to_seconds(tmp_path: Path, library: Library, written: str, amount: Range) -> None:
    (work,) = blocks_of(tmp_path, library, f"{{exercise: plank, hold: {written}}}")
    assert isinstance(work, Work)
    assert (work.amount, work.unit) == (amount, "second")


def test_a_hold_without_seconds_takes_the_variants(tmp_path: Path, library: Library) -> None:
    (work,) = blocks_of(tmp_path, library, "exercise: glute bridge hold")
    assert isinstance(work, Work)
    assert work.amount == Range(20, 30)


def test_steps_stand_for_reps_and_are_called_steps(tmp_path: Path, library: Library) -> None:
    steps, reps = blocks_of(
        tmp_path, library, "{exercise: glute bridge, steps: 8}", "{exercise: banded side step, reps: 8}"
    )
    assert isinstance(steps, Work)
    assert isinstance(reps, Work)
    assert (steps.unit, reps.unit) == ("step", "step")


@pytest.mark.parametrize(
    ("name", "rung"),
    [
        ("glute bridge", 1),
        ("Glute Bridges", 1),
        ("GLUTE  BRIDGE", 1),
        ("bodyweight glute bridges", 0),
        ("single leg glute bridge", 3),
        ("Single-Leg Glute Bridges", 3),
    ],
)
def test_an_exercise_is_found_in_any_spelling_of_its_name(
    tmp_path: Path, library: Library, name: str, rung: int
) -> None:
    (work,) = blocks_of(tmp_path, library, f"{{exercise: {name}, reps: 5}}")
    assert isinstance(work, Work)
    assert (work.family, work.rung) == ("glute bridge", rung)


def test_circuits_may_stand_in_circuits(tmp_path: Path, library: Library) -> None:
    inner = "{circuit: 2, rest: 5, blocks: [{exercise: plank}]}"
    (outer,) = blocks_of(tmp_path, library, f"{{circuit: 3 rounds, blocks: [{inner}]}}")
    assert isinstance(outer, Circuit)
    (within,) = outer.blocks
    assert isinstance(within, Circuit)
    assert (outer.rounds, within.rounds, within.rest) == (Range(3, 3), Range(2, 2), 5)


def test_a_routine_may_bring_an_exercise_of_its_own_that_goes_before_the_librarys(
    tmp_path: Path, library: Library
) -> None:
    text = """
routine: Own
exercises:
  - family: Plank
    variants:
      - {name: wall plank, setup: [Hands on a wall.], move: Lean in., hold: true, seconds: 5}
blocks:
  - exercise: plank
"""
    routine = load_routine(write(tmp_path, text), library.families)
    assert [v.name for v in routine.families["Plank"].variants] == ["wall plank"]
    assert routine.blocks == (Work("Plank", 0, Range(1, 1), Range(5, 5), "second", 45, 45),)


def test_texts_over_several_lines_become_one(tmp_path: Path) -> None:
    text = (
        "family: march\nvariants:\n  - name: march\n    setup: [Stand tall.]\n    move: >\n      Lift\n      a knee.\n"
    )
    assert load_family(write(tmp_path, text)).variants[0].move == "Lift a knee."


def test_aliases_and_merge_keys_may_repeat_a_block(tmp_path: Path, library: Library) -> None:
    first, again, merged = blocks_of(
        tmp_path, library, "&bridge {exercise: glute bridge, reps: 5}", "*bridge", "{<<: *bridge, sets: 3}"
    )
    assert first == again
    assert isinstance(merged, Work)
    assert (merged.amount, merged.sets) == (Range(5, 5), Range(3, 3))


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbfroutine: Test\r\nblocks:\r\n  - exercise: plank\r\n")
    assert load_routine(path, library.families).title == "Test"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-be"])
def test_a_file_whose_mark_tells_its_encoding_is_read(tmp_path: Path, library: Library, encoding: str) -> None:
    path = tmp_path / "marked.yaml"
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    path.write_bytes(mark + "routine: Größer\nblocks:\n  - exercise: plank\n".encode(encoding))
    assert load_routine(path, library.families).title == "Größer"
    assert Library([tmp_path]).routines()[0].title == "Größer"


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u3000"])
def test_spaces_that_an_editor_puts_are_spaces(tmp_path: Path, library: Library, space: str) -> None:
    text = f"routine: Evening{space}legs\nblocks:\n{space} - exercise:{space}plank\n{space}   rest: 45{space}s\n"
    routine = load_routine(write(tmp_path, text), library.families)
    assert routine.title == "Evening legs"
    assert routine.blocks == (Work("plank", 0, Range(1, 1), Range(20, 30), "second", 45, 45),)


def test_the_name_shown_in_faults_is_the_one_that_was_given(library: Library) -> None:
    with pytest.raises(FileFault) as raised:
        load_routine(Path(__file__).parent / "broken" / "reps-in-words.yaml", library.families, shown="warmup.yaml")
    assert str(raised.value) == ('warmup.yaml:6:11: blocks[1].reps: "ten" is not a number or a range; write 10 or 8-12')


def test_an_exercise_is_not_taken_for_a_routine_nor_a_routine_for_an_exercise(library: Library) -> None:
    with pytest.raises(FileFault, match="this is an exercise, not a routine"):
        load_routine(DATA / "exercises" / "plank.yaml", library.families)
    with pytest.raises(FileFault, match="this is a routine, not an exercise"):
        load_family(DATA / "warm-up.yaml")


@pytest.mark.parametrize("written", ["Mini Band", "mini-bands", "MINI  BAND"])
def test_equipment_is_known_as_people_write_it(tmp_path: Path, written: str) -> None:
    text = f"family: hop\nvariants:\n- {{name: hop, equipment: {written}, setup: [Stand tall.], move: Hop.}}\n"
    (variant,) = load_family(write(tmp_path, text)).variants
    assert variant.equipment == "mini band"
