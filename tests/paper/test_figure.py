"""Line drawings of the exercises."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from coach.own import paths
from coach.paper import figure
from coach.routine.library import Library
from coach.routine.model import Variant

SHIPPED = Library([paths.routines()])
VARIANTS = [variant for family in SHIPPED.families.values() for variant in family.variants]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(variant: Variant, *, mirrored: bool = False) -> tuple[str, str]:
    assert variant.figure, f"{variant.name} has no figure"
    return figure.pair(variant.figure, variant, mirrored=mirrored)


def named(name: str) -> Variant:
    return next(variant for variant in VARIANTS if variant.name == name)


def spots(svg: str) -> list[tuple[float, float]]:
    """The corners of every line, and the heads, as they are on the page."""
    root = ElementTree.fromstring(svg)
    group = root.find(f"{SVG}g")
    assert group is not None
    x, y, turn = map(float, re.findall(r"-?[\d.]+", group.attrib["transform"])[:3])
    points = [
        (float(a), float(b))
        for path in group.iter(f"{SVG}path")
        for a, b in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.attrib["d"])
    ]
    points += [(float(circle.attrib["cx"]), float(circle.attrib["cy"])) for circle in group.iter(f"{SVG}circle")]
    return [(x + turn * a, y - b) for a, b in points]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_every_exercise_is_drawn_within_its_frame_and_stands_on_the_floor(variant: Variant) -> None:
    start, end = drawn(variant)
    assert start != end
    for svg in (start, end):
        root = ElementTree.fromstring(svg)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        floor = float(re.findall(r"[\d.]+", root.findall(f"{SVG}path")[0].attrib["d"])[1])
        xs, ys = zip(*spots(svg), strict=True)
        assert 0 < min(xs) < max(xs) < width
        assert 0 < min(ys) < max(ys) < floor + 0.2 < height
        assert root.attrib["role"] == "img"
        assert len(root.attrib["aria-label"]) > 10
    assert ElementTree.fromstring(start).attrib["viewBox"] == ElementTree.fromstring(end).attrib["viewBox"]


def test_the_other_side_is_the_mirror_image() -> None:
    kick = named("banded donkey kick")
    for one, other in zip(drawn(kick), drawn(kick, mirrored=True), strict=True):
        for (x, y), (to_x, to_y) in zip(spots(one), spots(other), strict=True):
            assert (x + to_x, y) == pytest.approx((figure.WIDTH, to_y), abs=0.1)


@pytest.mark.parametrize(
    ("place", "height"), [("above the knees", 31), ("around the calves", 14), ("around the ankles", 4)]
)
def test_the_band_is_drawn_where_the_text_says(place: str, height: float) -> None:
    squat = named("banded squat")
    bare = drawn(replace(squat, equipment="none"))[0]
    banded = drawn(replace(squat, band=place))[0]
    lowest = max(y for _, y in spots(bare))
    new = [lowest - y for _, y in spots(banded) if (_, y) not in spots(bare)]
    assert new
    assert sum(new) / len(new) == pytest.approx(height, abs=1)


def test_what_a_drawing_shows_may_have_any_letters() -> None:
    squat = named("banded squat")
    assert squat.figure
    start = replace(squat.figure.start, shows='<knees> & "hips"')
    svg, _ = figure.pair(replace(squat.figure, start=start), squat)
    assert ElementTree.fromstring(svg).attrib["aria-label"] == '<knees> & "hips"'


def test_the_end_takes_from_the_start_what_it_does_not_say() -> None:
    press = named("banded leg press").figure
    assert press
    assert press.end.left_leg == press.start.left_leg
    assert press.end.right_leg != press.start.right_leg
    assert press.end.torso == press.start.torso
