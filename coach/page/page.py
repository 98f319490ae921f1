"""The page as a display of the workout, and as a way to give commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import Self

from coach.errors import PartMissing
from coach.language import Language
from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.page.shown import state
from coach.routine.model import Variant
from coach.session import events
from coach.session.events import Event
from coach.view.view import View


class Page:
    """What happens, to be looked at in browsers. Told from the loop; never makes it wait."""

    def __init__(
        self,
        language: Language,
        variants: Mapping[str, Variant],
        failed: Callable[[Exception], None],
        *,
        lan: bool = False,
        port: int | None = None,
    ) -> None:
        """`variants`: by name, for their drawings. `lan`: for the network, too. Raises CoachError."""
        try:
            from coach.page.server import PORT, Server
        except ModuleNotFoundError as missing:
            raise PartMissing(
                f"The page needs {missing.name}, which is not installed.", "To install it: pip install aiohttp"
            ) from None
        self._server = Server(html(language), failed, lan=lan, port=PORT if port is None else port)
        self.url, self.watched, self.code = self._server.url, self._server.watched, self._server.gate.code
        self._variants = variants
        self._view = View(language)
        self._offered: Sequence[Command] = ()
        self._seen: object = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """The page goes on while the terminal's screen is left for a while; `close` ends it."""

    def close(self) -> None:
        """Serve it no more."""
        self._server.close()

    def taken(self) -> list[str]:
        """What was tapped since the last call: phrases and numbers."""
        return self._server.taken()

    def show(self, event: Event) -> None:
        """As in Display."""
        self._view.take(event)
        if isinstance(event, events.SessionFinished):
            self._offered = ()
        self._publish()

    def speaking(self, text: str, priority: Priority) -> None:
        """As in Display."""
        self._view.speaking(text, priority)
        self._publish()

    def typing(self, typed: str) -> None:
        """As in Display."""

    def offer(self, commands: Sequence[Command]) -> None:
        """As in Display."""
        self._offered = commands

    def unknown(self, typed: str) -> None:
        """As in Display."""
        self._view.unknown(typed)
        self._publish()

    def tick(self, at: float) -> None:
        """As in Display."""
        self._view.tick(at)
        self._publish()

    def _publish(self) -> None:
        seen = (self._view.seen, self._offered)
        if seen != self._seen:
            self._seen = seen
            self._server.publish(state(self._view, self._offered, self._variants))


def html(language: Language) -> str:
    """The page before anything has happened. It needs no other file."""
    folder = files("coach.page")
    words = {name: escape(text) for name, text in language.shown["browser"].items()}
    parts = {name: (folder / f"page.{name}").read_text(encoding="utf-8") for name in ("css", "js")}
    template = (folder / "page.html").read_text(encoding="utf-8")
    return Template(template).substitute(words, code=language.code, **parts)
