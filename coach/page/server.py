"""Serves the page from a thread of its own. It can neither stop the workout nor make it wait.

What is to be seen is handed over as the latest state, which takes the place of the one before: who reads slowly misses
some, and none is kept for them. Commands come back through a queue that is short and never waited for.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from aiohttp import web

from coach.errors import CoachError
from coach.page.gate import Gate, hosts

PORT = 8765
LONGEST = 64
"""Characters of a command."""
WAITING = 20
"""Commands that have not been carried out yet."""
WATCHERS = 12
"""Pages that are open at a time."""
PATIENCE = 10.0
"""Seconds until a page that takes nothing is given up, and between two signs of life to one that gets nothing new."""
COOKIE = "coach"
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self';"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}


class _Silent(web.Server):
    """Closes the connection of who sends what is no request: even a complaint would be an answer."""

    def __call__(self) -> web.RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)


class _Connection(web.RequestHandler):
    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """As in RequestHandler."""
        return _silence(request)


def _silence(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=403)  # to nobody


class Server:
    """The page at a port of this machine; with `lan` of the network's, too, for who has the code."""

    def __init__(self, page: str, failed: Callable[[Exception], None], *, lan: bool = False, port: int = PORT) -> None:
        """`page`: its HTML; `failed` is told of what nobody foresaw."""
        self._page, self._failed, self._lan = page, failed, lan
        self._socket = _listening("0.0.0.0" if lan else "127.0.0.1", port)  # noqa: S104  asked for by --lan
        self.port = self._socket.getsockname()[1]
        self.address = own_address() if lan else "localhost"
        self.gate = Gate(hosts([self.address], self.port))
        self.watched = threading.Event()
        """Somebody looks on."""
        self._commands: SimpleQueue[str] = SimpleQueue()
        self._loop = asyncio.new_event_loop()
        self._state = "{}"
        self._changed: list[asyncio.Event] = []
        self._serving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="page", daemon=True)
        self._thread.start()
        self._serving.wait(PATIENCE)

    @property
    def url(self) -> str:
        """Where it is; with the code in it where that is needed."""
        return f"http://{self.address}:{self.port}/{self.gate.code if self._lan else ''}"

    def publish(self, state: dict[str, Any]) -> None:
        """Show this from now on. Never waits."""
        text = json.dumps(state, ensure_ascii=False)
        with suppress(RuntimeError):  # it has been closed
            self._loop.call_soon_threadsafe(self._show, text)

    def taken(self) -> list[str]:
        """What was tapped since the last call."""
        tapped = []
        with suppress(Empty):
            while True:
                tapped.append(self._commands.get_nowait())
        return tapped

    def close(self) -> None:
        """Let everybody go."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)

    def _show(self, text: str) -> None:
        self._state = text
        for changed in self._changed:
            changed.set()

    def _run(self) -> None:
        try:
            asyncio.set_event_loop(self._loop)
            self._loop.run_until_complete(self._serve())
            self._serving.set()
            self._loop.run_forever()
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.run_until_complete(self._runner.cleanup())
        except Exception as error:
            self._failed(error)
        finally:
            self._serving.set()
            self._socket.close()
            self._loop.close()

    async def _serve(self) -> None:
        self._runner = web.ServerRunner(
            _Silent(self._answer, access_log=None, keepalive_timeout=PATIENCE, max_line_size=2048, max_field_size=2048),
            shutdown_timeout=0.1,
        )
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket, backlog=16).start()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        handlers = {
            ("GET", "/"): self._get_page,
            ("GET", "/events"): self._get_events,
            ("POST", "/command"): self._post_command,
        }
        asked = (request.method, request.path)
        if not self.gate.knows(request.remote or "", request.host, request.cookies.get(COOKIE, "")):
            guest = self.gate.pair(request.host, request.path[1:]) if request.method == "GET" else None
            return self._welcome(guest) if guest else _silence(request)
        if request.path[1:] == self.gate.code:
            return self._welcome()
        handler = handlers.get(asked)
        response = await handler(request) if handler else web.Response(status=404)
        if not response.prepared:
            response.headers.update(_HEADERS)
        return response

    def _welcome(self, guest: str = "") -> web.StreamResponse:
        response = web.Response(status=303, headers={**_HEADERS, "Location": "/"})
        if guest:
            response.set_cookie(COOKIE, guest, httponly=True, samesite="Strict", path="/")
        return response

    async def _get_page(self, request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(text=self._page, content_type="text/html")

    async def _get_events(self, request: web.BaseRequest) -> web.StreamResponse:
        if len(self._changed) >= WATCHERS:
            return web.Response(status=503)
        changed = asyncio.Event()
        changed.set()
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        self._changed.append(changed)
        self.watched.set()
        try:
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), PATIENCE)
                text = f"retry: 500\ndata: {self._state}\n\n" if changed.is_set() else ": still here\n\n"
                changed.clear()
                await asyncio.wait_for(response.write(text.encode()), PATIENCE)
        except (ConnectionError, TimeoutError):
            return response  # it has gone
        finally:
            self._changed.remove(changed)

    async def _post_command(self, request: web.BaseRequest) -> web.StreamResponse:
        if not self.gate.may_command(request.headers.get("Origin", ""), request.host):
            return web.Response(status=403)
        if (request.content_length or LONGEST * 4) > LONGEST * 4:
            return web.Response(status=413)
        said = (await request.content.read(LONGEST * 4 + 1)).decode(errors="replace").strip()
        if not said or len(said) > LONGEST or not said.isprintable():
            return web.Response(status=400)
        if self._commands.qsize() >= WAITING:
            return web.Response(status=429)
        self._commands.put(said)
        return web.Response(status=204)


def own_address() -> str:
    """This machine's address in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _listening(address: str, port: int) -> socket.socket:
    """A socket at the port, or at another where that one is taken. Raises CoachError."""
    for wanted in (port, 0):
        try:
            return socket.create_server((address, wanted))
        except OSError as error:
            wrong = error
    raise CoachError(f"The page cannot be served: {wrong.strerror}.", "The workout goes on without it.")
