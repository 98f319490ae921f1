"""The page beside the terminal: taps are orders, and whatever becomes of the page, the workout goes on."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from coach.app import live
from coach.app.notices import Notices
from coach.app.page import Displays, KeysAndTaps, beside, open_page
from coach.app.parts import Studio
from coach.language.delivery import Priority
from coach.own import paths
from coach.own.settings import Settings
from coach.page.page import Page
from coach.routine.library import Library
from coach.session import events
from coach.terminal.captions import captions
from coach.terminal.keys import Lines
from coach.voice.silent import SilentVoice

LIBRARY = Library([paths.routines()])


@pytest.fixture
def studio() -> Studio:
    return Studio(Settings())


@pytest.fixture
def notices(studio: Studio) -> Notices:
    return Notices(studio)


@pytest.fixture
def page(studio: Studio, notices: Notices) -> Iterator[Page]:
    with ExitStack() as stack:
        page = open_page(stack, studio.language, LIBRARY, notices, lan=False)
        assert page
        yield page


def tap(page: Page, phrase: str) -> None:
    host = page.url.split("/")[2]
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("POST", "/command", phrase, {"Origin": f"http://{host}"})
    assert connection.getresponse().status == 204


def test_what_is_tapped_is_an_order_like_any_other(
    studio: Studio, notices: Notices, page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    session = studio.session(LIBRARY.routine("prerun-warmup"), SilentVoice(48_000))
    display = beside(captions(studio.language, plain=True), page, studio.language, notices)
    typed = live.Typed(KeysAndTaps(Lines(None), page), display, session)
    tap(page, "pause")
    tap(page, "seven")
    tap(page, "make coffee")
    assert [(order.command, order.number, by) for order, by in typed()] == [
        ("pause", None, "page"),
        ("number", 7, "page"),
    ]
    assert typed() == []
    assert "Not a command: make coffee" in capsys.readouterr().out


def test_where_it_is_is_told_and_the_code_is_spoken(
    studio: Studio, notices: Notices, capsys: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as stack:
        page = open_page(stack, studio.language, LIBRARY, notices, lan=True)
        assert page
        told = capsys.readouterr().err
        assert "█" in told  # the QR code
        assert page.url in told
        assert "not encrypted" in told
        (spoken,) = notices.taken()
        assert spoken.endswith(" ".join(studio.language.number(int(digit)) for digit in page.code) + ".")


def test_a_page_that_fails_is_told_of_once_and_left_out(
    studio: Studio, notices: Notices, page: Page, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page, "show", lambda event: 1 / 0)
    display: Displays = beside(captions(studio.language, plain=True), page, studio.language, notices)
    for n in range(3):
        display.show(events.Rep(at=n, n=n + 1, of=3))
        display.speaking("Hips level.", Priority.CUE)
        display.tick(n)
    out, told = capsys.readouterr()
    assert out.splitlines()[::2] == ["1 of 3", "2 of 3", "3 of 3"]
    assert told.count("The workout goes on without it.") == 1


def test_a_page_that_cannot_be_served_is_gone_without(
    studio: Studio, notices: Notices, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr("coach.page.server.socket.create_server", refused)
    with ExitStack() as stack:
        assert open_page(stack, studio.language, LIBRARY, notices, lan=False) is None
    assert "The page cannot be served: Permission denied. The workout goes on without it." in capsys.readouterr().err
