"""The form of an exercise file and of a routine file: every key, what it may hold, and how that is explained.

The models read the trees of routine/tree.py, and the JSON Schema that editors use is made from them. What no
single key shows (an exercise that does not exist, a hold prescribed in reps) is checked in routine/sense.py.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Discriminator, Field, PlainValidator, Tag, WithJsonSchema
from pydantic.json_schema import GenerateJsonSchema

from coach.document.tree import Items, Text
from coach.document.wording import Unclear, quote
from coach.routine import values
from coach.routine.figure_form import FigureForm
from coach.routine.form import Form, Words, one_line, refusal, spelled
from coach.routine.model import Counted, Range, Tempo

CIRCUIT, EXERCISE = "a circuit", "an exercise"
"""The two kinds of block, as they are called in an error's path; no key of a file can be one of these."""

_FRACTION = r"[0-9]+(\.[0-9]+)?"
_TIME = rf"({_FRACTION}|[0-9]+:[0-5][0-9]|[0-9]+\s*(m|min)\s*[0-5]?[0-9])\s*(s|sec|secs|seconds?|m|min|mins|minutes?)?"
_EACH = r"(\s*(each|per|a) (side|leg|arm|direction)|\s*e/s|/(side|leg|arm))?"
_DASH = r"\s*[-–]\s*"


def _truth(text: Text) -> bool:
    if text.kind != "truth value":
        raise Unclear(f"{quote(text)} is neither true nor false", "write true, or take the line out")
    return text.true


_named_sides = spelled(values.sides, "each leg")


def _sides(value: Any) -> Any:
    if not isinstance(value, Items):
        return _named_sides(value)
    sides = tuple(one_line(side) for side in value)
    if not 2 <= len(sides) <= 4:
        raise refusal(f"a list of sides has 2 to 4 entries, this one {len(sides)}", "write [forward, backward]")
    if len({side.lower() for side in sides}) < len(sides):
        raise refusal("two sides have the same name", "write [forward, backward]")
    return sides


def _number(pattern: str, low: int, high: int, kind: str = "integer") -> WithJsonSchema:
    number = {"type": kind, "minimum": low, "maximum": high}
    return WithJsonSchema({"anyOf": [number, {"type": "string", "pattern": rf"^\s*{pattern}\s*$"}]})


def _count(most: int, example: str, unit: str = "") -> PlainValidator:
    return PlainValidator(spelled(lambda text: values.count(text, most, example, unit), example))


_RANGE = rf"[0-9]+({_DASH}[0-9]+)?"

Flag = Annotated[bool, PlainValidator(spelled(_truth, "true")), WithJsonSchema({"type": "boolean"})]
Sets = Annotated[
    Range, _count(values.MOST_SETS, "3 or 2-4", "set"), _number(rf"{_RANGE}(\s*sets?)?", 1, values.MOST_SETS)
]
Reps = Annotated[
    Range | None,
    _count(values.MOST_REPS, "10 or 8-12", "rep"),
    _number(rf"{_RANGE}(\s*reps?)?{_EACH}", 1, values.MOST_REPS),
]
Steps = Annotated[
    Range | None,
    _count(values.MOST_REPS, "10 or 8-12", "step"),
    _number(rf"{_RANGE}(\s*steps?)?{_EACH}", 1, values.MOST_REPS),
]
Rounds = Annotated[
    Range,
    _count(values.MOST_SETS, "3 rounds or 2-3 rounds", "round"),
    _number(rf"{_RANGE}(\s*rounds?)?", 1, values.MOST_SETS),
]
Hold = Annotated[
    Range | None,
    PlainValidator(spelled(values.seconds_range, "30 s or 20-30 s")),
    _number(rf"{_TIME}({_DASH}{_TIME})?{_EACH}", 1, values.MOST_SECONDS),
]
Rest = Annotated[
    float | None,
    PlainValidator(spelled(values.duration, "45 s, 2 min or 1:30")),
    _number(_TIME, 0, values.MOST_SECONDS, "number"),
]
Beat = Annotated[
    Tempo,
    PlainValidator(spelled(values.tempo, "2-0-2")),
    WithJsonSchema({"type": "string", "pattern": rf"^\s*{_FRACTION}{_DASH}{_FRACTION}{_DASH}{_FRACTION}\s*$"}),
]
Unit = Annotated[
    Counted, PlainValidator(spelled(values.unit, "rep or step")), WithJsonSchema({"enum": ["rep", "step"]})
]
Sides = Annotated[
    tuple[str, ...],
    PlainValidator(_sides),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": list(values.SIDES)},
                {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 4},
            ]
        }
    ),
]


class Movement(Form):
    """What a variant may say of itself, and a family of all its variants."""

    equipment: Words = Field("none", description="What it takes: none, mini band, long band, ...")
    setup: list[Words] = Field(
        [], min_length=1, description="How to get into position, one breath a line, body-relative."
    )
    brace: Words = Field("", description="What takes the load up, said last of all: Lift your hips. Or none.")
    move: Words = Field("", description="The movement, as it is explained before the first set.")
    cues: list[Words] = Field([], description="Short reminders, spoken between counts.")
    mistakes: list[Words] = Field([], description='What often goes wrong; spoken on "explain".')
    tempo: Beat = Field(Tempo(), description="Seconds of effort, hold and return of one rep: 1-1-2.")
    phases: list[Words] = Field([], description="Words for the tempo's parts: [lift, hold, lower].")
    sides: Sides = Field((), description="none, each leg, each arm, each side, each direction, or [forward, backward].")
    unit: Unit = Field("rep", description="What is counted: rep or step.")
    hold: Flag = Field(False, description="Held for seconds instead of counted in reps.")
    seconds: Hold = Field(Range(20, 30), description="For a hold: how long, where the routine says nothing.")
    band: Words = Field("", description="Where the band goes: above the knees.")
    caution: Words = Field("", description="When to stop or to take care.")
    safety: Words = Field("", description="What prevents harm by the equipment; said unasked, the first time.")
    needs: list[Words] = Field([], description="What the room must have beside the equipment: [wall or chair].")
    switch: Words = Field("", description="What to do to change sides: Roll over onto your other side.")
    position: Words = Field("", description="How the body is: lying on your back.")
    figure: FigureForm | None = Field(None, description="How it is drawn, at its start and at its end.")


class VariantForm(Movement):
    """The keys of a variant."""

    model_config = ConfigDict(title="variant")

    name: Words = Field(description="The rung's own name.")
    standard: Flag = Field(False, description="Where a routine starts on the ladder; on one variant.")


class FamilyForm(Movement):
    """The keys of an exercise file."""

    model_config = ConfigDict(title="exercise")

    family: Words = Field(description="The movement's name.")
    muscles: list[Words] = Field([], description="What it works, the main muscle first.")
    why: Words = Field("", description='What it is good for; spoken on "why".')
    called: list[Words] = Field([], description="What else you call it when you ask for it by voice.")
    variants: list[VariantForm] = Field(min_length=1, description="The rungs of the ladder, easiest first.")


class ExerciseForm(Form):
    """The keys of a block that is an exercise."""

    model_config = ConfigDict(title="block")

    exercise: Words = Field(description="A family, or one of its variants.")
    sets: Sets = Field(Range(1, 1), description="How many sets: 3 or 2-4.")
    reps: Reps = Field(None, description="Reps a set, a side: 10 or 8-12.")
    steps: Steps = Field(None, description="Steps, instead of reps.")
    hold: Hold = Field(None, description="Seconds of a hold, instead of reps: 20-30 s.")
    rest: Rest = Field(None, description="Between sets: 45 s, 2 min, 1:30.")
    rest_after: Rest = Field(None, description="After the last set, where it differs from rest.")


class CircuitForm(Form):
    """The keys of a block that is a circuit."""

    model_config = ConfigDict(title="circuit")

    circuit: Rounds = Field(description="How often the blocks inside are done, one after the other.")
    rest: Rest = Field(None, description="Between rounds: 45 s, 2 min, 1:30.")
    blocks: list[Block] = Field(min_length=1, description="What one round is made of.")


def _kind(block: Any) -> str:
    return CIRCUIT if isinstance(block, dict) and ("circuit" in block or "blocks" in block) else EXERCISE


Block = Annotated[
    Annotated[ExerciseForm, Tag(EXERCISE)] | Annotated[CircuitForm, Tag(CIRCUIT)],
    Discriminator(_kind),
]


class RoutineForm(Form):
    """The keys of a routine file."""

    model_config = ConfigDict(title="routine")

    routine: Words = Field(description="The title, as it is spoken.")
    about: Words = Field("", description="What it is for, in a sentence.")
    source: Words = Field("", description="Whom to credit.")
    called: list[Words] = Field([], description="What else you call it when you ask for it by voice.")
    exercises: list[FamilyForm] = Field([], description="Families of the routine's own.")
    blocks: list[Block] = Field(min_length=1, description="What is done, in this order.")


CircuitForm.model_rebuild()
RoutineForm.model_rebuild()


class _Bare(GenerateJsonSchema):
    """Without titles and defaults: editors show the descriptions."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])


def json_schema(form: type[Form], title: str) -> dict[str, Any]:
    """What an editor needs to check and complete a file of this form while it is written."""
    schema = form.model_json_schema(schema_generator=_Bare)
    return {"$schema": _Bare.schema_dialect, **schema, "title": title}


def routine_json_schema() -> dict[str, Any]:
    """The JSON Schema of a routine file."""
    return json_schema(RoutineForm, "A routine for coach")


def exercise_json_schema() -> dict[str, Any]:
    """The JSON Schema of an exercise file."""
    return json_schema(FamilyForm, "An exercise for coach: one movement from its easiest variant to its hardest")
