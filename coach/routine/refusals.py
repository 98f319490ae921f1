"""A form's refusals as sentences, each with the place in the file that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from coach.document.faults import Faults
from coach.document.names import nearest
from coach.document.tree import Items, Node, Text
from coach.document.wording import quote
from coach.routine.figure_form import FigureForm, PoseForm
from coach.routine.form import Form
from coach.routine.schema import (
    CIRCUIT,
    EXERCISE,
    CircuitForm,
    ExerciseForm,
    FamilyForm,
    RoutineForm,
    VariantForm,
)

AnyForm = TypeVar("AnyForm", bound=Form)

_FORMS: dict[int | str, type[Form]] = {
    CIRCUIT: CircuitForm,
    EXERCISE: ExerciseForm,
    "exercises": FamilyForm,
    "variants": VariantForm,
    "figure": FigureForm,
    "start": PoseForm,
    "end": PoseForm,
}
_CALLED: dict[type[Form], tuple[str, str]] = {
    RoutineForm: ("a routine", "routine"),
    FamilyForm: ("an exercise", "family"),
    VariantForm: ("a variant", "name"),
    ExerciseForm: ("a block", "exercise"),
    CircuitForm: ("a block", "circuit"),
    FigureForm: ("a figure", "start"),
    PoseForm: ("a position", "shows"),
}
"""What a form is of, and the key that it begins with."""
_EXAMPLES = {
    "routine": "routine: Pre-run warm-up",
    "family": "family: glute bridge",
    "blocks": "blocks: and under it - exercise: glute bridge",
    "variants": "variants: and under it - name: banded glute bridge",
    "exercise": "exercise: glute bridge, or circuit: 3 rounds",
    "circuit": "circuit: 3 rounds",
    "name": "name: banded glute bridge",
    "start": "start: and under it shows: standing tall",
    "end": "end: and under it shows: sitting low",
    "shows": "shows: standing tall, one hand on a wall",
}


_CIRCUIT = "circuit", "write circuit: 3 rounds, and under blocks: the exercises that are done in turn"
_HOLD = "hold", "write hold: 30 s for what is held; for reps the tempo says how long they take"
_REPS = "reps", "write reps: 10 or 8-12"
_REST = "rest", "write rest: 45 s"
_LOAD = "", "a routine has no weights; name the equipment in the exercise"
_NOTE = "", "write it after a # as a comment, or into about: at the top"
_MEANT = (
    dict.fromkeys(("superset", "supersets", "giant set", "triset", "emom", "tabata", "rounds"), _CIRCUIT)
    | dict.fromkeys(("duration", "time", "secs", "interval"), _HOLD)
    | dict.fromkeys(("repetitions", "repeats", "count", "amount"), _REPS)
    | dict.fromkeys(("pause", "break", "rest_between_sets", "rest_time", "recovery"), _REST)
    | dict.fromkeys(("weight", "load", "kg", "lbs", "intensity", "rpe", "rir"), _LOAD)
    | dict.fromkeys(("notes", "note", "comment", "comments", "description"), _NOTE)
)
"""Keys of other formats: which of ours is meant, and what to write; "" where there is none."""


class FormFaults(Faults):
    """Faults of a document that fills in a form."""

    def validate(self, form: type[AnyForm], node: Node) -> AnyForm | None:
        """The filled-in form, or None when its refusals have been added."""
        try:
            return form.model_validate(node)
        except ValidationError as error:
            self._explain(form, error.errors(include_url=False))
            return None

    def _explain(self, form: type[Form], refusals: list[Any]) -> None:
        misspelt = set()
        for refusal in refusals:
            if refusal["type"] == "extra_forbidden":
                *path, key = refusal["loc"]
                known = list(_form_at(form, path).model_fields)
                meant = _MEANT.get(key.lower())
                near = nearest(key, known) if meant is None else meant[0]
                misspelt.add((*path, near))
                right = f'did you mean "{near}"?' if near else f"the keys here are {', '.join(known)}"
                right = right if meant is None else meant[1]
                self.add(refusal["loc"], "there is no such key", right, of_key=True)
        for refusal in refusals:
            missing_by_spelling = refusal["type"] == "missing" and refusal["loc"] in misspelt
            if refusal["type"] != "extra_forbidden" and not missing_by_spelling:
                self.add(refusal["loc"], *_sentence(form, refusal))


def _form_at(form: type[Form], path: Iterable[int | str]) -> type[Form]:
    for part in path:
        form = _FORMS.get(part, form)
    return form


def _sentence(form: type[Form], refusal: Any) -> tuple[str, str]:
    """What is wrong and what would be right, in our own words whatever pydantic's are."""
    kind, value, path = refusal["type"], refusal["input"], refusal["loc"]
    if kind == "refusal":
        return refusal["ctx"]["wrong"], refusal["ctx"]["right"]
    if kind == "missing":
        return f'"{path[-1]}" is missing', f"write {_EXAMPLES[path[-1]]}"
    if kind == "too_short":
        return "the list is empty", "write at least one entry in it"
    if kind == "list_type":
        return f"{_shape(value)} is not a list", "write each entry on a line of its own, after a dash"
    what, first = _CALLED[_form_at(form, path)]
    return f"{_shape(value)} is not {what}", f"write {_EXAMPLES[first]}"


def _shape(value: Any) -> str:
    if isinstance(value, Text):
        return "an empty entry" if value.kind == "nothing" else quote(value)
    return "a list" if isinstance(value, Items) else "a mapping"
