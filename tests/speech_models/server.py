"""A web server on the loopback, with the faults that real ones have."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Site:
    """What the server gives, how it misbehaves, and what it was asked for."""

    content: bytes
    ranges: bool = True
    status: int = 200
    breaks: list[int] = field(default_factory=list)
    """After how many bytes each of the next answers is broken off."""
    rounds_down: int = 1
    """A range is answered from the last multiple of this."""
    falls_silent: bool = False
    pause: float = 0.0
    """Seconds before each byte."""
    moved: str = ""
    """Where the answer says that the file is now."""
    asked: list[str | None] = field(default_factory=list)
    """The Range header of each request."""
    url: str = ""


@contextlib.contextmanager
def serving(site: Site) -> Iterator[Site]:
    hold = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers["Range"]
            site.asked.append(wanted)
            if site.status != 200:
                self.send_error(site.status)
                return
            if site.moved:
                self.send_response(302)
                self.send_header("Location", site.moved)
                self.end_headers()
                return
            start = 0
            if wanted and site.ranges:
                given = re.fullmatch(r"bytes=(\d+)-", wanted)
                assert given
                start = int(given[1]) // site.rounds_down * site.rounds_down
                if start >= len(site.content):
                    self.send_error(416)
                    return
            body = site.content[start:]
            self.send_response(206 if wanted and site.ranges else 200)
            if wanted and site.ranges:
                self.send_header("Content-Range", f"bytes {start}-{len(site.content) - 1}/{len(site.content)}")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if site.falls_silent:
                self.wfile.write(body[: len(body) // 2])
                hold.wait()
                return
            body = body[: site.breaks.pop(0)] if site.breaks else body
            for start in range(0, len(body), 1 if site.pause else len(body) or 1):
                if hold.wait(site.pause):
                    return
                self.wfile.write(body[start : start + 1] if site.pause else body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}/model.zip"
    try:
        yield site
    finally:
        hold.set()
        server.shutdown()
        server.server_close()
        thread.join()
