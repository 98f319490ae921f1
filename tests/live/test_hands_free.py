"""From standby through the first run, the menu and a workout to goodbye, in real time, no key pressed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.evening import EN, HandsFree, first_evening
from tests.room import VirtualRoom

pytestmark = [pytest.mark.live, pytest.mark.slow]


def test_the_whole_first_evening(virtual_room: VirtualRoom, tmp_path: Path) -> None:
    coach = HandsFree(virtual_room, tmp_path, command="listen")
    first_evening(coach)
    assert len(coach.said_again) <= 3
    assert EN.line("first_run.done") in [event["text"] for event in coach.of("said")]
    assert coach.stop() == 130
