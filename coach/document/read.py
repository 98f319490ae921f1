"""Reading a YAML file into the tree of tree.py.

Only what a routine or an exercise needs of YAML is read: one document of mappings, lists and scalars. Nothing is ever
constructed from a tag, and every scalar stays the text that was written, with the kind YAML would have made of it, so
that `1:30`, `no` and `010` can be understood or refused for what they are.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from coach.document.files import opened
from coach.document.syntax import A_TABLE, explain, is_table
from coach.document.tree import Document, Items, Mark, Node, Table, Text
from coach.errors import Fault, FileFault, printable

__all__ = [
    "MOST_BYTES",
    "Document",
    "Items",
    "Mark",
    "Node",
    "Table",
    "Text",
    "head",
    "parse",
    "place_of",
    "read",
    "read_text",
    "text_from",
]

MOST_BYTES = 1024 * 1024
MOST_COPIES = 10_000
"""How many nodes all aliases of a file together may stand for."""
MOST_DEPTH = 40

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KINDS = {"int": "number", "float": "number", "bool": "truth value", "null": "nothing", "timestamp": "date"}
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in (*_KINDS, "str", "map", "seq")}
"""Tags that only say what a node is anyway."""
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Encodings that say what they are, the longer marks first: one of them begins like a shorter one."""
_ORDINARY_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u3000"), " ")
"""What editors and web pages put for a space, and YAML does not take for one."""
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(path: Path, shown: str | None = None) -> Document:
    """The file's document. Raises FileFault where it is no readable YAML at all."""
    file = shown or str(path)
    return parse(_bytes(path, file), file)


def read_text(path: Path) -> str:
    """The file's text as it stands, for somebody who changes a line of it. Raises FileFault."""
    return text_from(_bytes(path, str(path)), str(path))


def place_of(text: str, key: str) -> tuple[int, int] | None:
    """Where the value of a top-level key begins and ends in this text; None where it has none. Read by the loader that
    all files are read by: two loaders disagree about tabs.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return None
    for name, node in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value == key:
            return node.start_mark.index, node.end_mark.index
    return None


def parse(content: bytes, file: str) -> Document:
    """The document in these bytes; `file` is what its faults call it. Raises FileFault."""
    return _Composer(file, text_from(content, file).translate(_ORDINARY_SPACES)).document()


def head(path: Path, keys: tuple[str, ...]) -> dict[str, str]:
    """The texts of these top-level keys, read no further than needed; what cannot be read is left out."""
    found: dict[str, str] = {}
    try:
        events = yaml.parse(text_from(_bytes(path, ""), "").translate(_ORDINARY_SPACES), Loader=_Loader)
        depth, key = 0, None
        for event in events:
            if isinstance(event, yaml.CollectionStartEvent):
                depth, key = depth + 1, None
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.AliasEvent):
                key = None
            elif isinstance(event, yaml.ScalarEvent) and depth == 1:
                if key is None:
                    key = event.value
                else:
                    if key in keys:
                        found[key] = printable(" ".join(event.value.split()))
                    key = None
            if len(found) == len(keys):
                break
    except (FileFault, yaml.YAMLError):
        pass
    return found


def _bytes(path: Path, file: str) -> bytes:
    try:
        with opened(path) as stream:
            content = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise _only(file, Mark(1, 1), "there is no such file", "check the name and the folder") from None
    except IsADirectoryError:
        raise _only(file, Mark(1, 1), "this is a folder", "name a file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _only(file, Mark(1, 1), f"the file cannot be read ({reason})", "check its name and its rights") from None
    if len(content) > MOST_BYTES:
        raise _only(file, Mark(1, 1), "the file is larger than 1 MiB", "split it into several")
    return content


def text_from(content: bytes, file: str) -> str:
    """The text in these bytes: UTF-8, or what their mark says. Raises FileFault; `file` is what that calls it."""
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8-sig")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="replace")
        raise _only(file, _end(before), "this is not UTF-8 text", "save the file as UTF-8") from None
    stray = _NOT_TEXT.search(text)
    if stray:
        name = f"U+{ord(stray.group()):04X}"
        raise _only(
            file,
            _end(text[: stray.start()]),
            f"the character {name} cannot stand in a text file",
            "delete it, or save the file as plain text in UTF-8",
        )
    return text


def _end(text: str) -> Mark:
    """Where the character after this text stands."""
    lines = re.split("\r\n|[\r\n\x85\u2028\u2029]", text)
    return Mark(len(lines), len(lines[-1]) + 1)


def _only(file: str, mark: Mark, wrong: str, right: str, where: str = "") -> FileFault:
    return FileFault([Fault(file, mark.line, mark.column, where, wrong, right)])


class _Composer:
    """Builds the tree from the parser's events, bounding depth and copies before anything is built."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.faults: list[Fault] = []
        self.anchors: dict[str, Node | None] = {}
        self.copies = 0
        self.events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
        self.resolver = _Loader("")

    def document(self) -> Document:
        try:
            root = self._root()
        except yaml.MarkedYAMLError as error:
            if is_table(self.text):
                raise self._fatal(Mark(1, 1), *A_TABLE) from None
            line, column, wrong, right = explain(error, self.text)
            raise FileFault([*self.faults, Fault(self.file, line, column, "", wrong, right)]) from None
        except yaml.YAMLError:
            raise self._fatal(Mark(1, 1), "this is not YAML", "write it again from an example") from None
        if root is None or (isinstance(root, Text) and root.kind == "nothing"):
            raise self._fatal(Mark(1, 1), "the file is empty", "begin it with routine: or family: and a name")
        if isinstance(root, Text) and is_table(self.text):
            raise self._fatal(Mark(1, 1), *A_TABLE)
        return Document(self.file, root, self.faults)

    def _root(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._fault(_mark(event), "", "a second document begins", "keep one document a file, without --- lines")
                break
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, "", 1)
        return root

    def _node(self, event: Any, where: str, depth: int) -> Node:
        mark = _mark(event)
        if depth > MOST_DEPTH:
            raise self._fatal(mark, f"this is nested more than {MOST_DEPTH} deep", "take some levels out")
        if isinstance(event, yaml.AliasEvent):
            return self._copy(event, mark, where)
        if event.tag not in (None, "!", *_PLAIN_TAGS):
            self._fault(mark, where, f'the tag "{printable(event.tag)}" has no meaning', "take it out")
        if event.anchor:
            self.anchors[event.anchor] = None
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event, mark)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._items(mark, where, depth)
        else:
            node = self._table(mark, where, depth)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def _scalar(self, event: Any, mark: Mark) -> Text:
        tag = event.tag or self.resolver.resolve(yaml.ScalarNode, event.value, event.implicit)
        text = Text(event.value)
        text.kind = _KINDS.get(tag.rpartition(":")[2], "text")
        text.mark = mark
        return text

    def _items(self, mark: Mark, where: str, depth: int) -> Items:
        items = Items(mark)
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            item = self._node(event, f"{where}[{len(items)}]", depth + 1)
            items.append(item)
            items.size += item.size
        return items

    def _table(self, mark: Mark, where: str, depth: int) -> Table:
        table = Table(mark)
        merged: list[Node] = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, where, depth + 1)
            name = printable(key) if isinstance(key, Text) else ""
            value = self._node(next(self.events), f"{where}.{name}".lstrip("."), depth + 1)
            table.size += key.size + value.size
            if not isinstance(key, Text):
                self._fault(
                    key.mark, where, "a list or a mapping stands where a key should be", "write a word and a colon"
                )
            elif key == "<<":
                merged.append(value)
            elif key in table:
                first = table.keys_at[key].line
                self._fault(_mark(event), where, f'"{name}" stands twice, first in line {first}', "keep one of them")
            else:
                table[str(key)] = value
                table.keys_at[str(key)] = _mark(event)
        for value in merged:
            self._merge(table, value, where)
        return table

    def _merge(self, table: Table, value: Node, where: str) -> None:
        """YAML's `<<: *other`: what the other mapping has and this one does not."""
        for other in value if isinstance(value, Items) else [value]:
            if not isinstance(other, Table):
                self._fault(value.mark, where, "<< takes in something that is no mapping", "write <<: *name")
                return
            for key in other.keys() - table.keys():
                table[key] = other[key]
                table.keys_at[key] = other.keys_at[key]

    def _copy(self, event: Any, mark: Mark, where: str) -> Node:
        name = printable(event.anchor)
        if event.anchor not in self.anchors:
            raise self._fatal(
                mark, f"nothing is marked &{name} above", f"mark it with &{name}, or put * in quotes", where
            )
        node = self.anchors[event.anchor]
        if node is None:
            raise self._fatal(mark, f"*{name} stands inside of what it repeats", "write the part out", where)
        self.copies += node.size
        if self.copies > MOST_COPIES:
            raise self._fatal(
                mark, f"the aliases come to more than {MOST_COPIES:,} nodes", "write the parts out", where
            )
        return node

    def _fault(self, mark: Mark, where: str, wrong: str, right: str) -> None:
        self.faults.append(Fault(self.file, mark.line, mark.column, where, wrong, right))

    def _fatal(self, mark: Mark, wrong: str, right: str, where: str = "") -> FileFault:
        self._fault(mark, where, wrong, right)
        return FileFault(self.faults)


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
