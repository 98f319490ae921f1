"""What is free goes back to the system. In processes of their own: the C library's settings stay."""

from __future__ import annotations

import subprocess
import sys

import pytest

_PROGRAM = """
import sys
from pathlib import Path
import numpy as np
from coach.app.heap import give_large_pieces_back, give_memory_back

def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

def sounds():
    kept = []
    for n in range(60):
        sound = np.ones(250_000, np.float32)
        yield sound
        kept.append(np.ones(8_000, np.float32))  # lies behind it
    yield kept

if sys.argv[1] == "large":
    give_large_pieces_back()
np.ones(2_000_000, np.float32)  # is freed at once; by itself glibc now keeps what is up to so large
before = megabytes()
held = list(sounds())
kept = held.pop()
held.clear()
if sys.argv[1] == "all":
    give_memory_back()
print(megabytes() - before)
"""


def grown(how: str) -> float:
    done = subprocess.run([sys.executable, "-c", _PROGRAM, how], capture_output=True, text=True, check=True)
    return float(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's alone")
@pytest.mark.parametrize("how", ["large", "all"])
def test_sound_that_was_freed_goes_back_to_the_system(how: str) -> None:
    assert grown("nothing") > 30, "60 MB lie among what is in use"
    assert grown(how) < 10
