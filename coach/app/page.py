"""The page beside the terminal: one more display, and one more way to give commands."""

from __future__ import annotations

import select
import sys
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from typing import Self

from coach.app.notices import Notices
from coach.app.onlookers import Shown
from coach.errors import CoachError
from coach.language import Language
from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.page.page import Page
from coach.routine.library import Library
from coach.session.events import Event
from coach.terminal.captions import Display, captions
from coach.terminal.keys import Entered, Keys
from coach.terminal.qr import qr_code


def open_page(stack: ExitStack, language: Language, library: Library, notices: Notices, *, lan: bool) -> Page | None:
    """Serve the page, say where it is, and wait for a look at it or for Enter. None where it cannot be served."""
    variants = {variant.name: variant for family in library.families.values() for variant in family.variants}
    try:
        page = Page(language, variants, notices.unforeseen(), lan=lan)
    except CoachError as trouble:
        notices.tell(trouble)
        return None
    stack.callback(page.close)
    shown = language.shown
    if lan:
        print(qr_code(page.url), end="", file=sys.stderr)
        notices.say(language.line("device.page_code", digits=" ".join(map(language.number, map(int, page.code)))))
    print(shown["page_code" if lan else "page_at"].format(url=page.url), file=sys.stderr, flush=True)
    if sys.stdin.isatty() and sys.stderr.isatty():
        print(shown["page_wait"], file=sys.stderr, flush=True)
        while not page.watched.wait(0.1) and not select.select([sys.stdin], [], [], 0)[0]:
            pass
    return page


class Displays:
    """Several displays, all told the same. Itself a Display."""

    def __init__(self, *displays: Display) -> None:
        self._displays = displays

    def __enter__(self) -> Self:
        for display in self._displays:
            display.__enter__()
        return self

    def __exit__(self, *end: object) -> None:
        for display in self._displays:
            display.__exit__(*end)

    def show(self, event: Event) -> None:
        """As in Display."""
        for display in self._displays:
            display.show(event)

    def speaking(self, text: str, priority: Priority) -> None:
        """As in Display."""
        for display in self._displays:
            display.speaking(text, priority)

    def typing(self, typed: str) -> None:
        """As in Display."""
        for display in self._displays:
            display.typing(typed)

    def offer(self, commands: Sequence[Command]) -> None:
        """As in Display."""
        for display in self._displays:
            display.offer(commands)

    def unknown(self, typed: str) -> None:
        """As in Display."""
        for display in self._displays:
            display.unknown(typed)

    def tick(self, at: float) -> None:
        """As in Display."""
        for display in self._displays:
            display.tick(at)


def beside(display: Display, page: Page, language: Language, notices: Notices) -> Displays:
    """The terminal's display and the page. A page that fails is told of and left out."""
    nothing = captions(language, plain=True, which="off")
    return Displays(display, Shown(page, nothing, notices.unforeseen()))


class KeysAndTaps:
    """What is typed and what is tapped."""

    def __init__(self, keys: Keys, page: Page) -> None:
        self._keys, self._page = keys, page

    @property
    def typed(self) -> str:
        """As in Keys."""
        return self._keys.typed

    @property
    def over(self) -> bool:
        """As in Keys."""
        return self._keys.over and not self._page.watched.is_set()

    def poll(self, expected: Collection[Command] = ()) -> list[Entered]:
        """As in Keys."""
        return [*self._keys.poll(expected), *(Entered(text, "page") for text in self._page.taken())]
