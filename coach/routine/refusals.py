"""A form's refusals as sentences, each with the place in the file that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from coach.document.names import nearest
from coach.document.tree import Document, Items, Mark, Node, Table, Text, printable
from coach.document.wording import quote
from coach.errors import Fault
from coach.routine.schema import (
    CIRCUIT,
    EXERCISE,
    CircuitForm,
    ExerciseForm,
    FamilyForm,
    Form,
    RoutineForm,
    VariantForm,
)

Path = tuple[int | str, ...]
"""Keys and list indices that lead from a document's root to a node."""

AnyForm = TypeVar("AnyForm", bound=Form)

_FORMS: dict[int | str, type[Form]] = {
    CIRCUIT: CircuitForm,
    EXERCISE: ExerciseForm,
    "exercises": FamilyForm,
    "variants": VariantForm,
}
_CALLED: dict[type[Form], tuple[str, str]] = {
    RoutineForm: ("a routine", "routine"),
    FamilyForm: ("an exercise", "family"),
    VariantForm: ("a variant", "name"),
    ExerciseForm: ("a block", "exercise"),
    CircuitForm: ("a block", "circuit"),
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
}


class Faults:
    """Collects what is wrong with one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: list[Fault] = list(document.faults)

    def add(self, path: Path, wrong: str, right: str, of_key: bool = False) -> None:
        """A fault of the node at the path, or of its key; of the table around it where there is no such node."""
        where, mark, key_mark = _place(self.document.root, path)
        line, column = key_mark if of_key else mark
        self.found.append(Fault(self.document.file, line, column, where, wrong, right))

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
                near = nearest(key, known)
                misspelt.add((*path, near))
                right = f'did you mean "{near}"?' if near else f"the keys here are {', '.join(known)}"
                self.add(refusal["loc"], "there is no such key", right, of_key=True)
        for refusal in refusals:
            missing_by_spelling = refusal["type"] == "missing" and refusal["loc"] in misspelt
            if refusal["type"] != "extra_forbidden" and not missing_by_spelling:
                self.add(refusal["loc"], *_sentence(form, refusal))


def _place(root: Node, path: Path) -> tuple[str, Mark, Mark]:
    """How the path is written, where its node stands and where that node's key does."""
    where, node, key_mark = "", root, root.mark
    for part in path:
        if isinstance(node, Table) and part in node:
            where, key_mark, node = f"{where}.{printable(str(part))}", node.keys_at[str(part)], node[str(part)]
        elif isinstance(node, Items) and isinstance(part, int):
            where, node = f"{where}[{part}]", node[part]
            key_mark = node.mark
    return where.lstrip("."), node.mark, key_mark


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
