"""The form of a figure: a line drawing of somebody at the start and at the end of a movement."""

from __future__ import annotations

import re
from typing import Annotated, Any, get_args

from pydantic import Field, PlainValidator, WithJsonSchema

from coach.document.tree import Items, Text
from coach.document.wording import Unclear, quote
from coach.routine.form import Form, Words, refusal, spelled
from coach.routine.model import Figure, Pose, Segment, View

PROPS = ("wall ahead", "wall behind", "chair")
"""What may be drawn beside the body."""
_SEGMENT = re.compile(r"(-?\d{1,3})(?:\s*x\s*(0?\.\d+|1|0))?")


def _segment(text: Text) -> Segment:
    found = _SEGMENT.fullmatch(text.strip())
    if not found or abs(int(found[1])) > 360:
        raise Unclear(f"{quote(text)} is no direction", "write degrees: 0 points right, 90 up; 90 x 0.5 for half seen")
    return Segment(float(found[1]), float(found[2] or 1))


def _one_of(*names: str) -> PlainValidator:
    def read(text: Text) -> str:
        if str(text) not in names:
            raise Unclear(f"{quote(text)} is none of those", f"write {' or '.join(names)}")
        return str(text)

    return PlainValidator(spelled(read, names[0]))


_one_segment = spelled(_segment, "90")


def _limb(most: int) -> PlainValidator:
    def validate(value: Any) -> tuple[Segment, ...]:
        if not isinstance(value, Items) or not 2 <= len(value) <= most:
            raise refusal("a limb is a list of the directions of its parts", "write [-90, -90]")
        return tuple(_one_segment(part) for part in value)

    return PlainValidator(validate)


_DIRECTION: dict[str, Any] = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _SEGMENT.pattern}]}
_LIMB = WithJsonSchema({"type": "array", "items": _DIRECTION, "minItems": 2, "maxItems": 3})
Direction = Annotated[Segment | None, PlainValidator(_one_segment), WithJsonSchema(_DIRECTION)]
Arm = Annotated[tuple[Segment, ...] | None, _limb(2), _LIMB]
Leg = Annotated[tuple[Segment, ...] | None, _limb(3), _LIMB]


class PoseForm(Form):
    """The keys of one position. `end` has what `start` has where it says nothing else."""

    shows: Words = Field(description="What the drawing shows, for who does not see it.")
    view: Annotated[View | None, _one_of(*get_args(View)), WithJsonSchema({"enum": list(get_args(View))})] = Field(
        None, description="From where: side (their right), front or back."
    )
    torso: Direction = Field(None, description="From the hips to the shoulders, in degrees: 0 right, 90 up.")
    head: Direction = Field(None, description="From the shoulders to the head, where it is not as the torso.")
    arms: Arm = Field(None, description="Both arms: [upper arm, forearm]; 90 x 0.5 where half its length is seen.")
    legs: Leg = Field(None, description="Both legs: [thigh, shin], and the foot where it is not at a right angle.")
    right_arm: Arm = Field(None, description="The right arm, where it differs.")
    left_arm: Arm = Field(None, description="The left arm, where it differs.")
    right_leg: Leg = Field(None, description="The right leg, where it differs.")
    left_leg: Leg = Field(None, description="The left leg, where it differs.")
    props: list[Annotated[str, _one_of(*PROPS), WithJsonSchema({"enum": list(PROPS)})]] = Field(
        [], description="What stands by: [wall ahead], [wall behind], [chair]."
    )


class FigureForm(Form):
    """The keys of a figure."""

    start: PoseForm = Field(description="Before the movement.")
    end: PoseForm = Field(description="At its farthest; what is not said is as at the start.")


def drawn(form: FigureForm) -> Figure:
    """The figure that a form describes."""
    start = form.start
    end = start.model_copy(update={name: getattr(form.end, name) for name in form.end.model_fields_set})
    return Figure(_pose(start), _pose(end))


_DOWN = (Segment(-90), Segment(-90))


def _pose(form: PoseForm) -> Pose:
    torso = form.torso or Segment(90)
    return Pose(
        shows=form.shows,
        view=form.view or "side",
        torso=torso,
        head=form.head or torso,
        right_arm=form.right_arm or form.arms or _DOWN,
        left_arm=form.left_arm or form.arms or _DOWN,
        right_leg=form.right_leg or form.legs or _DOWN,
        left_leg=form.left_leg or form.legs or _DOWN,
        props=tuple(form.props),
    )
