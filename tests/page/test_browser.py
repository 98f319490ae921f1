"""The page in a real Chromium: needs Playwright, which is no dependency (pip install playwright), and Chromium."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from coach.page.page import Page
from coach.session import events
from tests.page.test_page import ENGLISH, VARIANTS, begin, must_not_fail, port
from tests.paper.test_sheet import CHROMIUM, needs_chromium

api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = [pytest.mark.slow, needs_chromium]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def page() -> Iterator[Page]:
    page = Page(ENGLISH, VARIANTS, must_not_fail, port=0)
    begin(page)
    page.show(events.Rep(at=13, n=3, of=6, side="left leg"))
    yield page
    page.close()


@pytest.fixture
def phone(page: Page) -> Iterator[Any]:
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_context(**PHONE).new_page()
        tab.goto(page.url)
        tab.wait_for_selector("button")
        yield tab
        browser.close()


def network(tab: Any, **conditions: object) -> None:
    session = tab.context.new_cdp_session(tab)
    session.send("Network.enable")
    usual = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", usual | conditions)


def wait_for(tab: Any, part: str, text: str) -> None:
    """Until the part of the page begins with the text. What Playwright has for this, the page's policy forbids."""
    end = time.monotonic() + 10
    while not tab.evaluate(f"document.getElementById('{part}').textContent").startswith(text):
        assert time.monotonic() < end, f"{text!r} did not come"


def taken(page: Page) -> list[str]:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if tapped := page.taken():
            return tapped
        time.sleep(0.01)
    return []


def test_a_tap_is_a_command_on_a_slow_network_too(page: Page, phone: Any) -> None:
    phone.tap("text=easier")
    assert taken(page) == ["easier"]
    network(phone, latency=400, downloadThroughput=50_000, uploadThroughput=20_000)
    phone.tap("text=done")
    assert taken(page) == ["done"]


def test_without_a_network_a_tap_says_that_it_did_not_arrive(page: Page, phone: Any) -> None:
    network(phone, offline=True)
    phone.tap("text=done")
    wait_for(phone, "news", "That did not reach")
    assert page.taken() == []


def test_it_connects_again_by_itself(page: Page, phone: Any) -> None:
    page.close()
    wait_for(phone, "news", "No connection")
    again = Page(ENGLISH, VARIANTS, must_not_fail, port=port(page))
    begin(again)
    again.show(events.Rep(at=14, n=5, of=6, side="left leg"))
    wait_for(phone, "number", "5")
    again.close()


def test_a_screen_reader_finds_what_a_helper_needs(phone: Any) -> None:
    tree = phone.locator("body").aria_snapshot()
    for part in (
        'heading "banded glute kickback" [level=1]',
        'heading "Say it, or tap it" [level=2]',
        'button "pause"',
        'button "it hurts"',
        "img \"Standing tall, leaning",
        'progressbar "The workout"',
        "status",
    ):  # fmt: skip
        assert part in tree
    assert phone.evaluate("document.querySelectorAll('[aria-live], [role=status]').length") == 1
    smallest = "Math.min(...[...document.querySelectorAll('button')].map(b => b.getBoundingClientRect().height))"
    assert phone.evaluate(smallest) >= 64


def test_it_is_at_most_a_tenth_of_a_second_behind(page: Page, phone: Any) -> None:
    late = []
    for n in range(100, 140):
        shown = time.time()
        page.show(events.Rep(at=n, n=n, of=500, side="left leg"))
        wait_for(phone, "number", str(n))
        late.append(time.time() - shown)
    print(f"median {sorted(late)[20] * 1000:.0f} ms, most {max(late) * 1000:.0f} ms, the browser's asking included")
    assert sorted(late)[20] < 0.1
