"""What was broken off is offered by the next `coach run`, and gone on with: the whole program, without sound."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coach import language
from coach.journal.resume import unfinished
from coach.journal.store import Journal
from tests.whole.test_kill import _rendering

pytestmark = pytest.mark.live


def test_yes_goes_on_from_the_set_that_was_broken_off(tmp_path: Path) -> None:
    rendering = _rendering(tmp_path)
    data = tmp_path / "data"
    for _ in range(600):
        events = tmp_path / "events.jsonl"
        if events.exists() and '"saved"' in events.read_text():
            break
        time.sleep(0.05)
    rendering.kill()
    rendering.wait()
    with Journal(data / "journal.sqlite") as journal:
        offer = unfinished(journal)
    assert offer is not None
    own = {"COACH_DATA_DIR": str(data), "COACH_CONFIG_DIR": str(tmp_path / "config"), "PULSE_SERVER": "none"}
    running = subprocess.Popen(
        [sys.executable, "-m", "coach", "run", "--plain"],
        env=os.environ | own,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdin is not None
    assert running.stdout is not None
    lines: list[str] = []
    for line in running.stdout:
        lines.append(line.strip())
        if "Welcome back" in line:
            running.stdin.write("yes\n")
            running.stdin.flush()
        if line.startswith("Exercise"):
            running.send_signal(signal.SIGINT)
    assert running.wait() == 130
    number = language.load().numbers[offer.index + 1]
    assert f"You stopped Many short sets at set {number} of eighteen." in " ".join(lines)
    with Journal(data / "journal.sqlite") as journal:
        again = unfinished(journal)
    assert again is not None
    assert again.index == offer.index, "nothing more was done, so it is offered again"
