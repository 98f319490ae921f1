"""Somebody at one end of a movement, as a line drawing in SVG, in the ink and on the paper of the page it stands on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from coach.routine.model import Figure, Pose, Segment, Variant

WIDTH, MARGIN = 150.0, 10.0
"""Of a drawing, and above and below it: a body is about 105 high."""
TORSO, NECK, HEAD = 30.0, 5.0, 6.5
ARM, LEG = (17.0, 16.0), (25.0, 25.0, 8.0)
SITTING = 40.0
"""Above the floor: with lower hips, somebody sits on the chair; else it stands behind them."""
HIPS, SHOULDERS = 5.0, 8.5
"""Half their width, seen from the front or the back."""
THICK = {"torso": 9.0, "arm": 5.0, "leg": 6.5}
EDGE = 2.0
"""Of paper around a part that covers another, both sides together."""
LAST = 3.0
"""Half the thickness of what lies on the floor."""

Point = tuple[float, float]


def pair(figure: Figure, variant: Variant, *, mirrored: bool = False) -> tuple[str, str]:
    """Start and end at one scale. `mirrored` is the other side."""
    bodies = _Body(figure.start), _Body(figure.end)
    high = max(body.high for body in bodies)
    start, end = (_svg(body, variant, high, mirrored) for body in bodies)
    return start, end


def _svg(body: _Body, variant: Variant, high: float, mirrored: bool) -> str:
    parts = [*_props(body), *body.drawn(), *_band(body, variant)]
    left, right = min(x for x, _ in body.points()), max(x for x, _ in body.points())
    turn = -1 if mirrored else 1
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {high + MARGIN:.0f}" role="img"'
            f' aria-label="{escape(body.pose.shows)}" fill="none" stroke="currentColor" stroke-linecap="round"'
            ' stroke-linejoin="round">',
            f'<path d="M4 {high + MARGIN / 2:.1f}H{WIDTH - 4:g}" stroke-width="1.5"/>',
            f'<g transform="translate({WIDTH / 2 - turn * (left + right) / 2:.1f} {high + MARGIN / 2 + body.floor:.1f})'
            f' scale({turn} -1)">',
            *parts,
            "</g>",
            "</svg>",
        ]
    )


class _Body:
    """Where each joint is: the hips at 0, up is up."""

    def __init__(self, pose: Pose) -> None:
        self.pose = pose
        self.hips = (0.0, 0.0)
        self.shoulders = _on(self.hips, pose.torso, TORSO)
        self.head = _on(self.shoulders, pose.head, NECK + HEAD)
        self.arms = {side: self._limb(side, "arm") for side in ("right", "left")}
        self.legs = {side: self._limb(side, "leg") for side in ("right", "left")}

    def _limb(self, side: str, kind: str) -> list[Point]:
        pose = self.pose
        segments: tuple[Segment, ...] = getattr(pose, f"{side}_{kind}")
        root, half = (self.hips, HIPS) if kind == "leg" else (self.shoulders, SHOULDERS)
        points = [self._beside(root, side, half)]
        if kind == "leg" and len(segments) == 2 and pose.view == "side":
            segments = (*segments, Segment(segments[1].direction + 90))
        for segment, length in zip(segments, LEG if kind == "leg" else ARM, strict=False):
            points.append(_on(points[-1], segment, length))
        return points

    def _beside(self, point: Point, side: str, half: float) -> Point:
        """Half a width to that side: somebody who faces the viewer has their right on the viewer's left."""
        if self.pose.view == "side":
            return point
        turned = (self.pose.view == "front") == (side == "right")
        return _on(point, Segment(self.pose.torso.direction + (90 if turned else -90)), half)

    def points(self) -> list[Point]:
        """All that the floor and the frame go by."""
        limbs = [point for limbs in (self.arms, self.legs) for limb in limbs.values() for point in limb]
        x, y = self.head
        return [*limbs, (x - HEAD + LAST, y - HEAD + LAST), (x + HEAD, y + HEAD)]

    @property
    def floor(self) -> float:
        """How high the floor is."""
        return min(y for _, y in self.points()) - LAST

    @property
    def high(self) -> float:
        """From the floor to the top."""
        return max(y for _, y in self.points()) - self.floor

    def drawn(self) -> Iterator[str]:
        """What is farther away first, and each part apart from what it covers."""
        near, far = ("right", "left") if self.pose.view == "side" else ("", "")
        if near:
            yield from (_limb(self.legs[far], "leg", faint=True), _limb(self.arms[far], "arm", faint=True))
            yield from self._trunk()
            yield from (_limb(self.legs[near], "leg"), _limb(self.arms[near], "arm"))
            return
        arms, legs = (
            (_limb(arm, "arm") for arm in self.arms.values()),
            (_limb(leg, "leg") for leg in self.legs.values()),
        )
        behind = self.pose.view == "back"
        yield from arms if behind else legs
        yield from self._trunk()
        yield from legs if behind else arms

    def _trunk(self) -> Iterator[str]:
        x, y = self.head
        yield _limb([self.shoulders, _on(self.shoulders, self.pose.head, NECK)], "arm")
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{HEAD:g}" fill="currentColor" stroke="none"/>'
        if self.pose.view == "side":
            yield _limb([self.hips, self.shoulders], "torso")
            return
        corners = [self.legs["right"][0], self.arms["right"][0], self.arms["left"][0], self.legs["left"][0]]
        yield f'<path d="{_path(corners)}Z" fill="currentColor" stroke-width="{THICK["arm"]:g}"/>'


def _props(body: _Body) -> Iterator[str]:
    xs = [x for x, _ in body.points()]
    floor = body.floor
    for prop in body.pose.props:
        if prop == "chair":
            sits = body.hips[1] - floor < SITTING
            left, seat = body.hips[0] - (12 if sits else 36), floor + 23
            legs = f"M{left:.1f} {floor:.1f}V{seat + 26:.1f}M{left:.1f} {seat:.1f}h24V{floor:.1f}"
            yield f'<path d="{legs}" stroke-width="2.5"/>'
        else:
            x = max(xs) + 4 if prop == "wall ahead" else min(xs) - 4
            yield f'<path d="M{x:.1f} {floor:.1f}V{floor + body.high:.1f}" stroke-width="2.5"/>'


def _band(body: _Body, variant: Variant) -> Iterator[str]:
    """Where the variant's text says that the band is."""
    place = variant.band if variant.equipment != "none" else ""
    hands = [arm[-1] for arm in body.arms.values()]
    if "hands" in place:
        yield from _stretched(hands)
    elif "under" in place:
        for side in ("right", "left"):
            yield from _stretched([body.arms[side][-1], body.legs[side][2]])
    elif "tied" in place:
        far = (max(x for x, _ in body.points()) + 18, hands[0][1])
        yield from _stretched([hands[0], far])
        yield f'<path d="M{far[0]:.1f} {body.floor:.1f}V{far[1] + 25:.1f}" stroke-width="4"/>'
    else:
        for word, part, along in (("knee", 0, 0.75), ("cal", 1, 0.45), ("ankle", 1, 0.85), ("feet", 2, 0.5)):
            if word in place:
                yield from _around([limb[part : part + 2] for limb in body.legs.values()], along)
                return


def _around(legs: Sequence[Sequence[Point]], along: float) -> Iterator[str]:
    """A loop around both legs: a ring on each, and the band between them."""
    middles = []
    for leg in legs:
        (x, y), (to_x, to_y) = leg if len(leg) == 2 else (leg[0], leg[0])
        middles.append((x + along * (to_x - x), y + along * (to_y - y)))
    yield from _stretched(middles)
    for middle, leg in zip(middles, legs, strict=True):
        if len(leg) == 2:
            across = math.degrees(math.atan2(leg[1][1] - leg[0][1], leg[1][0] - leg[0][0])) + 90
            ends = [_on(middle, Segment(across + turn), THICK["leg"] * 0.75) for turn in (0, 180)]
            yield from _stretched(ends)


def _stretched(points: Iterable[Point]) -> Iterator[str]:
    """The band: a line with the paper's colour around it, so that it is told from a limb in black and white, too."""
    path = _path(points)
    yield f'<path d="{path}" stroke-width="5" style="stroke:Canvas"/>'
    yield f'<path d="{path}" stroke-width="2.5"/>'


def _on(point: Point, segment: Segment, length: float) -> Point:
    angle = math.radians(segment.direction)
    seen = length * segment.seen
    return point[0] + seen * math.cos(angle), point[1] + seen * math.sin(angle)


def _limb(points: Sequence[Point], kind: str, *, faint: bool = False) -> str:
    path, thick, faded = _path(points), THICK[kind], ' opacity="0.5"' if faint else ""
    edge = f'<path d="{path}" stroke-width="{thick + EDGE:g}" style="stroke:Canvas"/>'
    return f'{edge}<path d="{path}" stroke-width="{thick:g}"{faded}/>'


def _path(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
