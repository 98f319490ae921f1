"""The words of every exercise: made for the ear, complete, and safe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from coach import language
from coach.own import paths
from coach.routine.library import Library
from coach.routine.model import Circuit, Family, Routine, Variant, Work

SHIPPED = Library([paths.routines()])
FAMILIES = list(SHIPPED.families.values())
VARIANTS = [variant for family in FAMILIES for variant in family.variants]
ROUTINES = [SHIPPED.routine(listing.slug) for listing in SHIPPED.routines()]

PROMISED_ROUTINES = {
    "prerun-warmup",
    "lower-body-bands",
    "beginner-bands",
    "accessory-bands",
    "hotel-room",
    "standing-only",
    "no-band",
}

PROMISED_FAMILIES = {
    "monster walk",
    "lateral walk",
    "leg press",
    "donkey kick",
    "fire hydrant",
    "squat",
    "glute kickback",
    "glute bridge",
    "clamshell",
    "band pull-apart",
    "band row",
}

SIGHT = (
    r"\b(see|look|watch|view|shown|picture|video|mirror|here|like this|like that|this way|that way|colou?r|notice)\b"
)

UNSPEAKABLE = r"[0-9]|[^\w\s.,;:'-]|\b(approx|sec|secs|min|mins|reps|vs|etc|e\.g|i\.e|lb|lbs|kg|cm|ft|IT)\b"
"""Figures, signs, abbreviations and units: left to the synthesiser, some come out wrong."""

WORDS_IN_A_BREATH = 18
WORDS_OF_SETUP = 70
"""About twenty-five seconds at 175 words a minute."""

variants = pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
families = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
routines = pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.slug)


def lines(variant: Variant) -> Iterator[str]:
    """Everything that may be spoken of a variant."""
    yield variant.name
    yield from variant.setup
    yield variant.brace
    yield variant.move
    yield from variant.cues
    yield from variant.mistakes
    yield from variant.phases
    yield variant.caution
    yield variant.safety
    yield from variant.needs
    yield variant.switch
    yield variant.band
    yield variant.position


def works(routine: Routine) -> list[Work]:
    def flat(blocks: tuple[Work | Circuit, ...]) -> Iterator[Work]:
        for block in blocks:
            if isinstance(block, Circuit):
                yield from flat(block.blocks)
            else:
                yield block

    return list(flat(routine.blocks))


def starting_variants(routine: Routine) -> list[Variant]:
    return [routine.families[work.family].variants[work.rung] for work in works(routine)]


def test_every_file_is_without_a_fault() -> None:
    assert SHIPPED.check([paths.routines()]) == []


def test_the_promised_routines_and_families_are_there() -> None:
    assert {routine.slug for routine in ROUTINES} >= PROMISED_ROUTINES
    assert {family.name for family in FAMILIES} >= PROMISED_FAMILIES


@families
def test_a_family_is_a_ladder_of_three_rungs_with_an_easier_one_to_go_to(family: Family) -> None:
    assert len(family.variants) >= 3
    assert family.standard >= 1
    assert family.why
    assert family.muscles


@variants
def test_a_variant_is_complete(variant: Variant) -> None:
    assert 2 <= len(variant.setup) <= 5
    assert variant.move
    assert 3 <= len(variant.cues) <= 5
    assert variant.mistakes
    assert variant.caution
    assert variant.position


@variants
def test_without_a_band_nothing_is_said_of_one(variant: Variant) -> None:
    if variant.equipment == "none":
        assert not re.search(r"\bband\b|press out", " ".join(lines(variant)).replace(variant.name, ""), re.IGNORECASE)


@variants
def test_what_a_long_band_or_one_around_the_feet_can_do_is_told_unasked(variant: Variant) -> None:
    if variant.equipment == "long band" or variant.band == "around the feet":
        assert re.search(r"\bsnap\b", variant.safety)


@variants
def test_what_the_set_up_leans_on_is_among_its_needs(variant: Variant) -> None:
    named = {thing for thing in ("wall", "chair") if re.search(rf"\b{thing}\b", " ".join(variant.setup))}
    needed = {word for need in variant.needs for word in need.split()}
    assert named <= needed


@variants
def test_named_phases_fit_the_tempo(variant: Variant) -> None:
    parts = [seconds for seconds in (variant.tempo.effort, variant.tempo.hold, variant.tempo.back) if seconds]
    assert variant.hold or len(variant.phases) == len(parts)


@variants
def test_a_line_is_one_breath_and_the_set_up_short(variant: Variant) -> None:
    for line in (*variant.setup, variant.brace, *variant.mistakes, variant.switch):
        assert len(line.split()) <= WORDS_IN_A_BREATH, line
    assert sum(len(line.split()) for line in (*variant.setup, variant.brace)) <= WORDS_OF_SETUP


@variants
def test_a_cue_fits_between_two_counts(variant: Variant) -> None:
    for cue in variant.cues:
        assert 2 <= len(cue.split()) <= 4
        assert len(cue) <= 22


@variants
def test_no_line_needs_eyes(variant: Variant) -> None:
    for line in lines(variant):
        assert not re.search(SIGHT, line, re.IGNORECASE), line


@variants
def test_every_line_can_be_spoken_as_it_stands(variant: Variant) -> None:
    for line in lines(variant):
        assert not re.search(UNSPEAKABLE, line), line


@families
def test_the_reason_needs_no_eyes_and_can_be_spoken(family: Family) -> None:
    assert not re.search(SIGHT, family.why, re.IGNORECASE)
    assert not re.search(UNSPEAKABLE, family.why)


@variants
def test_nothing_spoken_in_a_set_is_itself_a_command(variant: Variant) -> None:
    english = language.load("en")
    for text in (*variant.cues, *variant.phases, *variant.sides):
        assert english.order(text) is None, text


@variants
def test_no_variant_speaks_of_a_band_that_is_not_there(variant: Variant) -> None:
    if variant.equipment == "none":
        told = [*variant.setup, variant.brace, variant.move, *variant.cues, *variant.mistakes, variant.caution]
        assert not re.search(r"\bband\b", " ".join(told))
        assert not variant.band


@variants
def test_on_the_forearms_nothing_is_said_of_hands(variant: Variant) -> None:
    if "forearms" in variant.position:
        told = [*variant.setup, variant.brace, variant.move, *variant.cues, *variant.mistakes, variant.caution]
        assert not re.search(r"\b(wrists?|hands?|arms straight)\b", " ".join(told))


@variants
def test_a_band_that_is_to_be_felt_along_is_told_from_the_one_that_comes_off(variant: Variant) -> None:
    assert "Feel along" not in variant.safety or variant.equipment in variant.safety


@variants
def test_the_set_up_puts_the_band_where_the_variant_says(variant: Variant) -> None:
    if variant.equipment != "none":
        place = variant.band.split()[-1]
        said = {"hands": "fist", "height": "ribs"}.get(place, place)
        assert "band" in " ".join(variant.setup)
        assert said in " ".join(variant.setup)


@variants
def test_a_band_round_the_legs_is_on_before_the_athlete_lies_down(variant: Variant) -> None:
    if variant.equipment == "mini band" and variant.position != "standing":
        first = variant.setup[0]
        assert "band" in first
        assert not re.match("(Lie|Come|Kneel)", first)


@families
def test_an_easier_variant_never_carries_more(family: Family) -> None:
    """No easier rung has a band where a harder one has none, or has it further down the leg, or stands on one leg."""
    lever = ["", "above the knees", "around the calves", "around the ankles"]
    levers = [lever.index(v.band) for v in family.variants if v.band in lever]
    assert levers == sorted(levers)
    banded = [v.equipment != "none" for v in family.variants]
    assert banded == sorted(banded)
    one_legged = ["single-leg" in v.name for v in family.variants]
    assert one_legged == sorted(one_legged)


def test_the_easier_row_takes_the_load_off_the_lower_back() -> None:
    row = SHIPPED.families["band row"]
    for easier in row.variants[: row.standard]:
        assert "Stand tall" in " ".join(easier.setup)
        assert "erector spinae" in row.muscles


@variants
def test_who_stands_at_a_chair_is_not_told_of_a_wall(variant: Variant) -> None:
    if "wall or chair" in variant.needs:
        assert [line for line in variant.setup if "the wall" in line and "the chair" not in line] == []


@variants
def test_what_to_do_if_the_floor_runs_out_comes_after_the_step(variant: Variant) -> None:
    where = [line for line in lines(variant) if "floor runs out" in line]
    assert where in ([], [variant.move])
    if where:
        assert re.search(r"\bstep\b", variant.move[: variant.move.index("If the floor runs out")], re.IGNORECASE)


@routines
def test_a_routine_says_what_it_is(routine: Routine) -> None:
    assert routine.about
    assert not re.search(SIGHT, routine.about, re.IGNORECASE)
    assert not re.search(r"[0-9]", routine.about)


@routines
def test_nobody_gets_up_and_down_unwarned(routine: Routine) -> None:
    """The floor is gone to once and left at most once, and the opening says so."""
    on_feet = [v.position in ("standing", "on a chair") for v in starting_variants(routine)]
    changes = sum(one != other for one, other in pairwise(on_feet))
    assert changes <= 2
    if changes:
        assert "floor" in routine.about or "lying down" in routine.about


def test_standing_only_never_goes_to_the_floor() -> None:
    assert {v.position for v in starting_variants(SHIPPED.routine("standing-only"))} == {"standing"}


def test_the_hotel_room_takes_a_mini_band_that_stays_where_it_is() -> None:
    found = starting_variants(SHIPPED.routine("hotel-room"))
    assert {(v.equipment, v.band) for v in found} == {("mini band", "above the knees")}


def test_without_a_band_every_exercise_starts_on_its_easiest_rung() -> None:
    routine = SHIPPED.routine("no-band")
    assert {v.equipment for v in starting_variants(routine)} == {"none"}
    assert {work.rung for work in works(routine)} == {0}


@routines
def test_the_equipment_never_changes_within_a_circuit(routine: Routine) -> None:
    for block in routine.blocks:
        if isinstance(block, Circuit):
            inside = starting_variants(Routine("", "", block.blocks, routine.families))
            assert len({(v.equipment, v.band) for v in inside}) == 1
