"""The session's handlers call its verbs: none of them writes a field, its own or of the athlete's place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from coach import session

HANDLERS = [Path(session.__file__).with_name(f"{name}.py") for name in ("moves", "changes", "questions", "orders")]


@pytest.mark.parametrize("file", HANDLERS, ids=lambda file: file.stem)
def test_no_handler_writes_a_field(file: Path) -> None:
    written = [
        ast.unparse(target)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute | ast.Subscript)
    ]
    assert written == []
