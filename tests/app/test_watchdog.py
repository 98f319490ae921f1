"""A loop that stands still is noticed from outside, and told where it stands."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

from coach.app.log import logging
from coach.app.watchdog import Watchdog

PATIENT = 1.0


def stand_still(until: threading.Event) -> None:
    assert until.wait(30)


def test_a_loop_that_stands_still_is_told_each_time_and_where_it_stands(tmp_path: Path) -> None:
    told = threading.Event()
    with logging(tmp_path / "log.jsonl") as log:

        def stuck(stacks: list[str]) -> None:
            log.stuck(12.5, stacks)
            told.set()

        with Watchdog(stuck, PATIENT) as watchdog:
            for _ in range(2):
                watchdog.tick(0.0)
                stand_still(told)
                told.clear()
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [(line["at"], line["what"]) for line in lines] == [(12.5, "stuck")] * 2
    assert any(stack.startswith("MainThread: ") and stack.endswith("in stand_still") for stack in lines[0]["stacks"])


def test_one_that_goes_on_or_has_not_begun_is_not() -> None:
    told: list[list[str]] = []
    with Watchdog(told.append, PATIENT) as watchdog:
        time.sleep(2 * PATIENT)
        for _ in range(20):
            watchdog.tick(0.0)
            time.sleep(0.1)
    assert told == []
