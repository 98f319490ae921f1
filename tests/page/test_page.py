"""The page as a browser and as a stranger get it: over real sockets."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from coach import language
from coach.app.loop import Workout
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.app.render import RATE
from coach.audio.simulated import Timer
from coach.language.commands import Command, Order
from coach.language.delivery import Priority
from coach.own import paths
from coach.own.settings import Settings
from coach.page.page import Page, html
from coach.page.server import LONGEST, WAITING, WATCHERS, own_address
from coach.page.shown import state
from coach.routine.library import Library
from coach.session import events
from coach.view.view import View
from coach.voice.silent import SilentVoice
from tests.paper.test_sheet import axe as axe
from tests.paper.test_sheet import needs_chromium, violations

ENGLISH = language.load()
VARIANTS = {
    variant.name: variant for family in Library([paths.routines()]).families.values() for variant in family.variants
}
KICKBACK: dict[str, Any] = {"exercise": "banded glute kickback", "family": "glute kickback", "slot": 0}
STRANGER = own_address()
not_alone = pytest.mark.skipif(STRANGER.startswith("127."), reason="this machine has no address in a network")


def must_not_fail(error: Exception) -> None:
    raise error


@pytest.fixture
def page() -> Iterator[Page]:
    page = Page(ENGLISH, VARIANTS, must_not_fail, port=0)
    yield page
    page.close()


@pytest.fixture
def lan() -> Iterator[Page]:
    page = Page(ENGLISH, VARIANTS, must_not_fail, lan=True, port=0)
    yield page
    page.close()


def port(page: Page) -> int:
    return int(page.url.split(":")[2].split("/")[0])


def ask(page: Page, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("localhost", port(page), timeout=10)
    connection.request(method, path, body.encode(), {name.replace("_", "-"): text for name, text in headers.items()})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def tap(page: Page, phrase: str) -> int:
    return ask(page, "POST", "/command", phrase, Origin=f"http://localhost:{port(page)}")[0]


class Watcher:
    """A page that is open."""

    def __init__(self, page: Page) -> None:
        self._connection = http.client.HTTPConnection("localhost", port(page), timeout=10)
        self._connection.request("GET", "/events")
        self._answer = self._connection.getresponse()
        assert self._answer.headers["Content-Type"] == "text/event-stream"

    def next(self) -> dict[str, Any]:
        while not (line := self._answer.fp.readline()).startswith(b"data: "):
            assert line, "the stream has ended"
        return dict(json.loads(line[6:]))

    def close(self) -> None:
        self._answer.close()
        self._connection.close()


def begin(page: Page) -> None:
    page.show(events.SessionStarted(at=0, routine="r", title="Pre-run warm-up", sets=6, seconds=365))
    page.show(events.ExerciseStarted(at=0, of=3, **KICKBACK))
    page.offer(ENGLISH.moments["working"])
    page.show(
        events.SetStarted(
            at=9, set=1, of=2, amount=6, unit="rep", index=0, side="left leg", left=300.0, **KICKBACK
        )
    )  # fmt: skip


def until(watcher: Watcher, key: str, wanted: object) -> dict[str, Any]:
    """The first state from here on in which that holds."""
    for _ in range(1000):
        state = watcher.next()
        if state.get(key) == wanted:
            return state
    raise AssertionError(f"{key} did not become {wanted!r}")


def test_the_page_needs_no_other_file_and_lets_no_other_page_in(page: Page) -> None:
    connection = http.client.HTTPConnection("localhost", port(page), timeout=10)
    connection.request("GET", "/")
    answer = connection.getresponse()
    text = answer.read().decode()
    assert answer.status == 200
    assert '<html lang="en">' in text
    assert not any(outside in text for outside in ("http://", "https://", "url(", "src=", "@import"))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_shows_what_the_terminal_shows(page: Page) -> None:
    watcher = Watcher(page)
    begin(page)
    page.show(events.Rep(at=13, n=3, of=6, side="left leg"))
    state = until(watcher, "number", "3")
    assert (state["exercise"], state["place"]) == ("banded glute kickback", "Set 1 of 2, left leg")
    assert (state["told"], state["set"], state["left"]) == ("3 of 6 reps", 0.5, "about 5 min left")
    assert state["commands"][:2] == ["pause", "done"]
    page.speaking("Hips level.", Priority.CUE)
    assert until(watcher, "spoken", "Hips level.")["number"] == "3"
    page.show(events.Paused(at=14))
    assert until(watcher, "moment", "Paused")
    page.show(events.SessionFinished(at=50, status="ended", sets=1, seconds=50))
    assert until(watcher, "over", True)["commands"] == []
    watcher.close()


def test_the_drawing_is_the_one_of_the_side_in_hand(page: Page) -> None:
    watcher = Watcher(page)
    begin(page)
    left = until(watcher, "place", "Set 1 of 2, left leg")["figures"]
    page.show(events.SideChanged(at=12, side="right leg"))
    right = until(watcher, "place", "Set 1 of 2, right leg")["figures"]
    assert left.count("scale(-1 -1)") == right.count("scale(1 -1)") == 2
    watcher.close()


def test_where_a_number_is_asked_for_numbers_can_be_tapped(page: Page) -> None:
    watcher = Watcher(page)
    begin(page)
    page.offer((Command.NUMBER, Command.READY))
    page.tick(10)
    until(watcher, "commands", [*map(str, range(11)), "ready"])
    watcher.close()


def test_a_tap_is_a_command_and_anything_else_is_none(page: Page) -> None:
    assert tap(page, "easier") == 204
    assert tap(page, " seven ") == 204
    assert tap(page, "") == 400
    assert tap(page, "x" * (LONGEST + 1)) == 400
    assert tap(page, "pause\x00") == 400
    assert tap(page, "x" * 5000) in (400, 413)
    assert ask(page, "POST", "/command", "pause")[0] == 403
    assert ask(page, "POST", "/command", "pause", Origin="http://evil.example")[0] == 403
    assert ask(page, "GET", "/command")[0] == 404
    assert ask(page, "GET", "/etc/passwd")[0] == 404
    assert page.taken() == ["easier", "seven"]
    assert page.taken() == []


def test_more_taps_than_can_be_carried_out_are_refused(page: Page) -> None:
    assert [tap(page, "next") for _ in range(WAITING + 2)] == [204] * WAITING + [429] * 2
    assert len(page.taken()) == WAITING


def nothing_comes(address: str, port: int, request: bytes) -> bool:
    with socket.create_connection((address, port), timeout=10) as stranger:
        stranger.sendall(request)
        got = b""
        with suppress(ConnectionResetError):
            got = stranger.recv(1)
        return got == b""


@pytest.mark.parametrize("path", ["/", "/events", "/command", "/000000", "/favicon.ico"])
def test_another_name_for_this_machine_gets_no_byte(page: Page, path: str) -> None:
    assert nothing_comes("localhost", port(page), f"GET {path} HTTP/1.1\r\nHost: evil.example\r\n\r\n".encode())


@not_alone
@pytest.mark.parametrize("line", ["GET /", "GET /events", "POST /command", "GET /000000", "GET /../", "HEAD /"])
def test_without_the_code_nobody_beyond_this_machine_gets_a_byte(lan: Page, line: str) -> None:
    host = f"{STRANGER}:{port(lan)}"
    if lan.code == "000000":
        return
    request = f"{line} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 4\r\n\r\nnext"
    assert nothing_comes(STRANGER, port(lan), request.encode())
    assert lan.taken() == []


@not_alone
@pytest.mark.parametrize(
    "request_",
    [b"\x16\x03\x01\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9\r\n\r\n", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n"],
)
def test_what_is_no_request_gets_no_complaint(lan: Page, request_: bytes) -> None:
    assert nothing_comes(STRANGER, port(lan), request_)


@not_alone
def test_who_asks_whether_to_go_on_is_not_told(lan: Page) -> None:
    head = (
        f"POST /command HTTP/1.1\r\nHost: {STRANGER}:{port(lan)}\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"
    )
    assert nothing_comes(STRANGER, port(lan), head.encode())


@not_alone
def test_without_lan_nobody_beyond_this_machine_reaches_it(page: Page) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((STRANGER, port(page)), timeout=10)


@not_alone
def test_who_shows_the_code_sees_the_page_and_gives_commands(lan: Page) -> None:
    host = f"{STRANGER}:{port(lan)}"
    connection = http.client.HTTPConnection(STRANGER, port(lan), timeout=10)
    connection.request("GET", f"/{lan.code}")
    answer = connection.getresponse()
    answer.read()
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    known = {"Cookie": cookie.partition(";")[0]}
    connection.request("GET", "/", headers=known)
    assert b"<h1" in connection.getresponse().read()
    connection.request("POST", "/command", b"pause", {**known, "Origin": f"http://{host}"})
    assert connection.getresponse().status == 204
    assert lan.taken() == ["pause"]


def test_a_second_a_slow_and_a_vanishing_page_hold_nobody_up(page: Page) -> None:
    watcher, vanishing = Watcher(page), Watcher(page)
    slow = socket.create_connection(("localhost", port(page)))
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    slow.sendall(f"GET /events HTTP/1.1\r\nHost: localhost:{port(page)}\r\n\r\n".encode())
    vanishing.close()
    begin(page)
    for n in range(1, 500):
        page.show(events.Rep(at=n, n=n, of=500, side="left leg"))
    assert until(watcher, "number", "499")  # the latest, not each of them
    slow.close()
    watcher.close()


def test_so_many_pages_and_no_more(page: Page) -> None:
    watchers = [Watcher(page) for _ in range(WATCHERS)]
    assert ask(page, "GET", "/events")[0] == 503
    for watcher in watchers:
        watcher.close()


def test_a_port_that_is_taken_gives_way_to_another(page: Page) -> None:
    other = Page(ENGLISH, VARIANTS, must_not_fail, port=port(page))
    assert port(other) != port(page)
    other.close()


def test_after_its_end_nothing_listens(page: Page) -> None:
    where = port(page)
    page.close()
    page.show(events.Paused(at=0))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("localhost", where), timeout=10)


def test_it_may_be_closed_as_soon_as_it_is_open() -> None:
    failed: list[Exception] = []
    for _ in range(20):
        Page(ENGLISH, VARIANTS, failed.append, port=0).close()
    assert failed == []


def test_without_the_option_nothing_of_it_is_even_loaded() -> None:
    program = "import sys, coach.app.live; sys.exit(any(n in sys.modules for n in ('aiohttp', 'coach.page.server')))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def shown(*happened: events.Event, offered: Sequence[Command] = ()) -> str:
    """The page as it is when this has happened, without a server."""
    view = View(ENGLISH)
    for event in happened:
        view.take(event)
    script = f"<script>render({json.dumps(state(view, offered, VARIANTS))})</script>"
    return html(ENGLISH).replace("</body>", f"{script}</body>")


STARTED = (
    events.SessionStarted(at=0, routine="r", title="Pre-run warm-up", sets=6, seconds=365),
    events.ExerciseStarted(at=0, of=3, **KICKBACK),
    events.SetStarted(at=9, set=1, of=2, amount=6, unit="rep", index=0, side="left leg", left=300.0, **KICKBACK),
    events.Rep(at=13, n=3, of=6, side="left leg"),
)


@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize(
    ("more", "offered"),
    [
        ((), ENGLISH.moments["working"]),
        ((events.Paused(at=14),), ENGLISH.moments["paused"]),
        ((events.RestStarted(at=14, seconds=45, next="plank"),), (Command.NUMBER, *ENGLISH.moments["resting"])),
        ((events.SessionFinished(at=50, status="ended", sets=1, seconds=50),), ()),
    ],
    ids=["set", "paused", "effort", "over"],
)
def test_an_accessibility_checker_finds_nothing_wrong(
    more: tuple[events.Event, ...],
    offered: Sequence[Command],
    axe: str,
    tmp_path: Path,
) -> None:
    assert violations(shown(*STARTED, *more, offered=offered), axe, tmp_path) == []


FUZZED = 100_000


@pytest.mark.slow
def test_the_beat_stays_where_it_is_under_a_hundred_thousand_broken_requests(page: Page) -> None:
    """Two strangers hammer while a workout runs in real time, with a slow and a vanishing page beside them."""
    slow, vanishing = Watcher(page), Watcher(page)
    vanishing.close()
    seen: list[events.Event] = []
    studio = Studio(Settings(settle=1))
    session = studio.session(Library([paths.routines()]).routine("prerun-warmup"), SilentVoice(RATE))
    timer = Timer(RATE)
    workout = Workout(
        session,
        SilentVoice(RATE),
        timer,
        given=lambda: [(Order(Command.READY), "page") for _ in page.taken()],
        following=Following(sinks=[seen.append, page.show], speaking=page.speaking, ticking=[page.tick]),
    )
    while not any(isinstance(event, events.Rep) for event in seen):
        tap(page, "ready")
        workout.step()
    command = [sys.executable, str(Path(__file__).with_name("hammer.py")), str(port(page)), str(FUZZED // 2)]
    strangers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    late: list[float] = []
    began = time.monotonic() - workout.now
    while any(stranger.poll() is None for stranger in strangers):
        workout.step()
        late.append(time.monotonic() - began - workout.now)
    sent = sum(int(stranger.communicate()[0]) for stranger in strangers)
    reps = [event for event in seen if isinstance(event, events.Rep)]
    gaps = {round(after.at - before.at, 4) for before, after in pairwise(reps) if after.n == before.n + 1}
    print(f"{sent} requests, {len(reps)} reps, gaps {gaps}, a block late by at most {max(late) * 1000:.1f} ms")
    assert sent >= FUZZED
    assert len(reps) > 3
    assert gaps == {4.0}
    assert ask(page, "GET", "/")[0] == 200
    slow.close()
