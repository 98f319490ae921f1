"""What is wrong with a document, each fault with the place that it is about."""

from __future__ import annotations

from coach.document.tree import Document, Items, Mark, Node, Table
from coach.errors import Fault, printable

Path = tuple[int | str, ...]
"""Keys and list indices that lead from a document's root to a node."""


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
