"""How far something that takes long has come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn


@contextmanager
def progress(what: str, *, plain: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Yields what is to be told how many bytes are there, and of how many.

    A bar on a terminal; in plain, and where the output is no terminal, a line every tenth.
    """
    console = Console(stderr=True, highlight=False)
    if plain or not console.is_terminal:
        yield _Lines(what)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task(what)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def share(what: str) -> Iterator[Callable[[float], None]]:
    """Yields what is to be told how much is done, 0 to 1. A bar on a terminal; nothing elsewhere."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield lambda done: None
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda done: bar.update(task, completed=done)


class _Lines:
    def __init__(self, what: str) -> None:
        self._what = what
        self._said = -1

    def __call__(self, done: int, total: int) -> None:
        tenth = 10 * done // total
        if tenth != self._said:
            self._said = tenth
            print(f"{self._what}: {10 * tenth} % of {total / 1e6:.0f} MB", file=sys.stderr, flush=True)
