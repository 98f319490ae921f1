"""Everything the two articles say of an exercise or a session, and where it is in the library, line by line.

`trainer` is the trainer-made lower-body workout for runners, `bands` the article on resistance band workouts for
runners. The middle column is what the article asks for, the last one how the library says it.
"""

from __future__ import annotations

import pytest

from coach.routine.library import Library
from coach.routine.model import Range, Variant, Work

SOURCES = {"trainer": "000_6826b8f2e165ecde.txt", "bands": "004_6c2e4c32169ccd5a.txt"}

LEGS = ("right leg", "left leg")
WAYS = ("to the right", "to the left")
TO_AND_FRO = ("forward", "backward")
NO_SIDES = ()

# article, routine, exercises in its order: variant, sets, amount, unit, sides
SESSIONS = [
    (
        "trainer",
        "lower-body-bands",
        [
            ("banded monster walk", "3", "10", "step", TO_AND_FRO),
            ("banded side step", "3", "10", "step", WAYS),
            ("banded leg press", "3", "12", "rep", LEGS),
            ("banded donkey kick", "3", "12", "rep", LEGS),
            ("banded fire hydrant", "3", "12", "rep", LEGS),
            ("banded squat", "3", "12", "rep", NO_SIDES),
        ],
    ),
    (
        "bands",
        "beginner-bands",
        [
            ("banded glute kickback", "3-4", "12-15", "rep", LEGS),
            ("lateral band walk", "3-4", "12-15", "step", WAYS),
            ("banded glute bridge", "3-4", "12-15", "rep", NO_SIDES),
            ("banded clamshell", "3-4", "12-15", "rep", LEGS),
            ("tall-kneeling band pull-apart", "3-4", "12-15", "rep", NO_SIDES),
            ("bent-over band row", "3-4", "12-15", "rep", NO_SIDES),
        ],
    ),
    (
        "bands",
        "accessory-bands",
        [
            ("banded glute bridge", "3", "10-15", "rep", NO_SIDES),
            ("banded clamshell", "3", "10-15", "rep", LEGS),
            ("tall-kneeling band pull-apart", "3", "10-15", "rep", NO_SIDES),
        ],
    ),
    (
        "bands",
        "prerun-warmup",
        [
            ("banded glute kickback", "1-2", "6-10", "rep", LEGS),
            ("lateral band walk", "1-2", "6-10", "step", WAYS),
            ("banded glute bridge", "1-2", "6-10", "rep", NO_SIDES),
        ],
    ),
]

# family, where the article starts, easier or harder, where it goes
LADDERS = [
    ("glute bridge", "banded glute bridge", "harder", "banded glute bridge hold"),
    ("glute bridge", "banded glute bridge", "harder", "single-leg banded glute bridge"),
    ("clamshell", "banded clamshell", "easier", "banded clamshell against a wall"),
    ("band pull-apart", "tall-kneeling band pull-apart", "easier", "standing band pull-apart"),
    ("band pull-apart", "tall-kneeling band pull-apart", "easier", "seated band pull-apart"),
    ("band row", "bent-over band row", "easier", "standing band row"),
]

# family, the muscles that an article names
MUSCLES = [
    ("glute kickback", ["gluteus maximus", "gluteus medius", "hamstrings", "adductor magnus", "core"]),
    (
        "lateral walk",
        [
            "gluteus maximus",
            "gluteus medius",
            "gluteus minimus",
            "tensor fasciae latae",
            "piriformis",
            "adductors",
            "hip abductors",
        ],
    ),
    ("glute bridge", ["glutes", "core", "hip abductors"]),
    ("clamshell", ["gluteus maximus", "gluteus medius", "gluteus minimus", "piriformis"]),
    ("band pull-apart", ["core", "deltoids", "pectoralis major", "rhomboids", "trapezius"]),
    ("band row", ["trapezius", "rhomboids", "core", "erector spinae"]),
    ("monster walk", ["glutes"]),
    ("leg press", ["quads", "glutes"]),
    ("donkey kick", ["glutes", "hamstrings"]),
    ("squat", ["quads", "glutes"]),
]

# family, the reason an article gives, how the library puts it
REASONS = [
    ("monster walk", "activates the glutes", "wakes your glutes"),
    ("monster walk", "steadier hips", "steadies your hips"),
    ("monster walk", "stronger strides", "more strength behind each stride"),
    ("lateral walk", "hip abductors", "muscles beside your hips"),
    ("lateral walk", "knees that cave in", "keep your knees from falling inward"),
    ("lateral walk", "IT band trouble", "spare the outside of your thigh"),
    ("lateral walk", "running only goes forward", "only ever takes you forward"),
    ("lateral walk", "small stabilising muscles", "small muscles"),
    ("leg press", "the movement of running", "just as in running"),
    ("leg press", "strength in quads and glutes", "strengthens the fronts of your thighs and your glutes"),
    ("donkey kick", "glutes and hamstrings", "Stronger glutes and hamstrings"),
    ("donkey kick", "a more powerful push-off", "push you off the ground with more power"),
    ("fire hydrant", "stable hips", "steadies your hips"),
    ("fire hydrant", "no hip drop", "one side does not drop"),
    ("squat", "a stronger lower body", "strengthens your whole lower body"),
    ("squat", "running posture", "the upright trunk you want when you run"),
    ("glute kickback", "hip extension is part of the stride", "Each stride ends with your leg driving out behind you"),
    ("glute kickback", "strength", "makes that drive stronger"),
    ("glute kickback", "mobility of the hip", "frees the hip to move that far"),
    ("glute bridge", "hips, glutes and core", "your glutes and your belly"),
    ("clamshell", "injuries from a weak gluteus medius", "A weak muscle at the side of the hip"),
    ("band pull-apart", "posture", "keeps your chest open"),
    ("band pull-apart", "arm swing", "your arms swinging freely"),
    ("band row", "the upper back", "the muscles between your shoulder blades"),
    ("band row", "posture in running", "you still run tall"),
]

# variant, what an article says of its set-up and form, how the library says it
FORM = [
    ("banded glute kickback", "stand up straight", "Stand tall"),
    ("banded glute kickback", "feet hip-width apart", "feet under your hips"),
    ("banded glute kickback", "band just above the knees", "around both thighs, just above your knees"),
    ("banded glute kickback", "lean forward from the ankles", "a little forward, bending only at the ankles"),
    ("banded glute kickback", "extend one leg back", "Press one straight leg back"),
    ("banded glute kickback", "core control", "Belly firm"),
    ("banded glute kickback", "no sway", "Rocking your trunk along with the leg"),
    ("lateral band walk", "band around the calves", "Loop the band around both calves"),
    ("lateral band walk", "quarter squat", "Sink a little, as if onto a high stool"),
    ("lateral band walk", "keep that stance", "Stay low"),
    ("lateral band walk", "a large step", "Step out wide"),
    ("lateral band walk", "step on the heel, not only the toes", "land through your heel"),
    ("lateral band walk", "not on the toes alone", "Stepping on your toes alone"),
    ("lateral band walk", "pause", "and hold"),
    ("lateral band walk", "the other foot in slowly", "Bring the other foot in slowly"),
    ("lateral band walk", "short of space: alternate directions", "step the other way and count on"),
    ("lateral band walk in a small space", "alternate directions", "Step right"),
    ("lateral band walk in a small space", "the same on both sides", "then step left"),
    ("banded glute bridge", "band just above the knees", "Loop the band around both thighs, just above your knees"),
    ("banded glute bridge", "lie on the floor", "Lie on your back"),
    ("banded glute bridge", "knees bent, feet flat", "Bend your knees, feet flat"),
    ("banded glute bridge", "feet below the knees or further out", "under your knees, or a little further away"),
    ("banded glute bridge", "not too close", "Setting your heels too near your seat"),
    ("banded glute bridge", "engage the abs", "Firm your belly"),
    ("banded glute bridge", "one line from knees to shoulders", "shoulders, hips and knees make one long ramp"),
    ("banded glute bridge", "no arch in the low back", "Arching your lower back"),
    ("banded glute bridge", "lower slowly", "Lower slowly"),
    ("banded glute bridge", "resist the band throughout", "Knees press out"),
    ("single-leg banded glute bridge", "one leg", "Straighten the other one"),
    ("banded clamshell", "lie on the side", "Lie on your left side"),
    ("banded clamshell", "knees slightly bent", "Bend your knees a little"),
    ("banded clamshell", "hips slightly bent throughout", "bring them a little forward"),
    ("banded clamshell", "and kept so", "Straightening your hips as the knee lifts"),
    ("banded clamshell", "ankles, knees, hips, shoulders stacked", "Stack shoulders, hips, knees and ankles"),
    ("banded clamshell", "band just above the knees", "Loop the band around both thighs, just above your knees"),
    ("banded clamshell", "head on the arm", "Rest your head on your lower arm"),
    ("banded clamshell", "or propped up", "prop it in your hand"),
    ("banded clamshell", "hips stay stacked", "Hips stacked"),
    ("banded clamshell", "torso still", "Trunk still"),
    ("banded clamshell", "feet together", "Feet together"),
    ("banded clamshell", "lift the top knee", "raise your top knee"),
    ("banded clamshell", "pause, then slowly lower", "Hold, then lower slowly"),
    ("banded clamshell against a wall", "the back against a wall", "your back against it"),
    ("tall-kneeling band pull-apart", "kneel", "Kneel on something soft"),
    ("tall-kneeling band pull-apart", "tall, pelvis neutral", "your back neither arched nor rounded"),
    ("tall-kneeling band pull-apart", "an end in each hand", "near its ends, a fist at each"),
    ("tall-kneeling band pull-apart", "arms straight, parallel to the ground", "straight forward at shoulder height"),
    ("tall-kneeling band pull-apart", "core stable", "Belly firm"),
    ("tall-kneeling band pull-apart", "pull the ends apart", "Draw your hands apart"),
    ("tall-kneeling band pull-apart", "arms stay level", "arms level"),
    ("tall-kneeling band pull-apart", "slowly back", "Come together slowly"),
    ("bent-over band row", "stand on the band", "stand on its middle"),
    ("bent-over band row", "feet hip-width apart", "feet under your hips"),
    ("bent-over band row", "an end in each hand", "an end in each fist"),
    ("bent-over band row", "hinge the hips back", "Push your hips back, and tip forward"),
    ("bent-over band row", "flat back", "a long, flat back"),
    ("bent-over band row", "elbows bend, band comes up", "Draw your elbows up past your ribs"),
    ("bent-over band row", "shoulder blades together", "your shoulder blades come together"),
    ("bent-over band row", "lower slowly", "Lower slowly"),
    ("bent-over band row", "the standing row if the low back hurts", "standing tall spares it"),
    ("standing band row", "tied to an object", "something that cannot move"),
    ("banded leg press", "band looped around the feet", "around the middle of both feet"),
]

# variant, where the article puts the band, with which band
BANDS = [
    ("banded glute kickback", "above the knees", "mini band"),
    ("lateral band walk", "around the calves", "mini band"),
    ("banded glute bridge", "above the knees", "mini band"),
    ("banded clamshell", "above the knees", "mini band"),
    ("banded leg press", "around the feet", "mini band"),
    ("tall-kneeling band pull-apart", "in both hands", "long band"),
    ("bent-over band row", "under both feet", "long band"),
]

MINI_BAND_FAMILIES = [
    "monster walk",
    "lateral walk",
    "leg press",
    "donkey kick",
    "fire hydrant",
    "squat",
    "glute kickback",
    "glute bridge",
    "clamshell",
]


def variant_named(library: Library, name: str) -> Variant:
    return next(v for family in library.families.values() for v in family.variants if v.name == name)


def spoken(variant: Variant) -> str:
    return " ".join([*variant.setup, variant.brace, variant.move, *variant.cues, *variant.mistakes, variant.caution])


def written(text: str) -> Range:
    low, _, high = text.partition("-")
    return Range(int(low), int(high or low))


@pytest.mark.parametrize(("article", "routine", "rows"), SESSIONS, ids=[slug for _, slug, _ in SESSIONS])
def test_a_session_has_the_articles_exercises_doses_and_sides_in_its_order(
    library: Library, article: str, routine: str, rows: list[tuple[str, str, str, str, tuple[str, ...]]]
) -> None:
    found = library.routine(routine)
    assert SOURCES[article] in found.source
    works = [block for block in found.blocks if isinstance(block, Work)]
    assert len(works) == len(found.blocks)
    assert [
        (variant.name, work.sets, work.amount, work.unit, variant.sides)
        for work in works
        for variant in [found.families[work.family].variants[work.rung]]
    ] == [(name, written(sets), written(amount), unit, sides) for name, sets, amount, unit, sides in rows]


@pytest.mark.parametrize(("family", "start", "way", "goal"), LADDERS)
def test_a_progression_or_regression_of_the_articles_is_on_the_ladder(
    library: Library, family: str, start: str, way: str, goal: str
) -> None:
    rungs = [variant.name for variant in library.families[family].variants]
    assert rungs.index(start) == library.families[family].standard
    assert (rungs.index(goal) > rungs.index(start)) == (way == "harder")


def test_the_bridge_is_held_for_twenty_to_thirty_seconds(library: Library) -> None:
    held = variant_named(library, "banded glute bridge hold")
    assert held.hold
    assert held.seconds == Range(20, 30)


def test_the_single_leg_bridge_is_done_on_each_leg(library: Library) -> None:
    assert variant_named(library, "single-leg banded glute bridge").sides == LEGS


@pytest.mark.parametrize("family", MINI_BAND_FAMILIES)
def test_bodyweight_comes_before_the_band(library: Library, family: str) -> None:
    bands = [variant.equipment for variant in library.families[family].variants]
    assert bands[0] == "none"
    assert bands == sorted(bands, key=lambda equipment: equipment != "none")


@pytest.mark.parametrize(("family", "muscles"), MUSCLES, ids=[family for family, _ in MUSCLES])
def test_the_muscles_are_the_articles(library: Library, family: str, muscles: list[str]) -> None:
    assert set(muscles) <= set(library.families[family].muscles)


@pytest.mark.parametrize(("family", "reason", "ours"), REASONS)
def test_the_reason_is_given(library: Library, family: str, reason: str, ours: str) -> None:
    assert ours in library.families[family].why


@pytest.mark.parametrize(("name", "point", "ours"), FORM)
def test_the_set_up_and_form_are_told(library: Library, name: str, point: str, ours: str) -> None:
    assert ours in spoken(variant_named(library, name))


@pytest.mark.parametrize(("name", "place", "band"), BANDS)
def test_the_band_is_the_articles_and_where_it_puts_it(library: Library, name: str, place: str, band: str) -> None:
    variant = variant_named(library, name)
    assert (variant.band, variant.equipment) == (place, band)


def test_the_clamshell_changes_sides_only_after_all_its_reps(library: Library) -> None:
    clamshell = variant_named(library, "banded clamshell")
    assert clamshell.sides == LEGS
    assert "other side" in clamshell.switch
