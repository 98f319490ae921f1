"""Sends so many requests to a port, most of them broken, as fast as it can; prints how many it sent."""

from __future__ import annotations

import random
import socket
import sys
from contextlib import suppress

PORT, COUNT = map(int, sys.argv[1:])
HOST = b"Host: localhost:%d" % PORT
WHOLE = b"GET / HTTP/1.1\r\n" + HOST + b"\r\n\r\n"
WORDS = [
    *(b"GET", b"POST", b"/", b"/events", b"/command", b" ", b"\r\n", b"HTTP/1.1", HOST, b"Content-Length: 9"),
    *(b"Origin: null", b"\0", b"\xff", b"a" * 300, b":", b"Cookie: coach=x", b"Transfer-Encoding: chunked"),
]


def request() -> bytes:
    match random.randrange(3):
        case 0:
            return WHOLE
        case 1:
            return WHOLE[: random.randrange(len(WHOLE))] + b"\r\n\r\n"
    return b"".join(random.choices(WORDS, k=random.randrange(1, 12))) + b"\r\n\r\n"


def main() -> None:
    sent = 0
    while sent < COUNT:
        with suppress(OSError), socket.create_connection(("localhost", PORT), timeout=2) as client:
            for _ in range(50):
                sent += 1
                client.sendall(request())
    print(sent)


if __name__ == "__main__":
    main()
