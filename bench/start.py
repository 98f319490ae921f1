"""How soon a coach speaks: seconds from the start of `coach run` to its first sound, in the virtual room, cache warm.

    python -m bench.start [RUNS]

Beside it the same for a bare interpreter that imports what the tutorials use (pyttsx3, vosk, sounddevice) and loads the
model, which says nothing yet: the plain way's lower bound.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from coach.own import paths
from tests.room import VirtualRoom

_PLAIN = "import pyttsx3, vosk, sounddevice; vosk.SetLogLevel(-1); vosk.Model({model!r}); pyttsx3.init()"


def first_sound(room: VirtualRoom, own: dict[str, str]) -> float:
    listening = subprocess.Popen(
        ["parecord", "--device=speaker.monitor", "--raw", "--rate=48000", "--channels=1", "--latency-msec=10"],
        env=os.environ | room.environment,
        stdout=subprocess.PIPE,
    )
    assert listening.stdout is not None
    time.sleep(1)
    os.set_blocking(listening.stdout.fileno(), False)
    listening.stdout.read()
    begun = time.monotonic()
    coach = subprocess.Popen(
        [sys.executable, "-m", "coach", "run", "prerun-warmup", "--plain"],
        env=os.environ | room.environment | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        while time.monotonic() - begun < 20:
            heard = listening.stdout.read() or b""
            if np.abs(np.frombuffer(heard[: len(heard) // 2 * 2], "<i2")).max(initial=0) > 200:
                return time.monotonic() - begun
            time.sleep(0.005)
        raise RuntimeError("nothing was heard")
    finally:
        coach.kill()
        listening.kill()


def plain() -> float:
    model = str(next(path for path in paths.models().iterdir() if path.name.startswith("vosk")))
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", _PLAIN.format(model=model)], check=True, capture_output=True)
    return time.monotonic() - begun


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        room = VirtualRoom(Path(folder))
        own = {f"COACH_{name}_DIR": f"{folder}/{name}" for name in ("CONFIG", "DATA", "CACHE")}
        room.start()
        try:
            first_sound(room, own)  # fills the cache
            spoken = [first_sound(room, own) for _ in range(runs)]
        finally:
            room.stop()
    bare = [plain() for _ in range(runs)]
    print(f"coach run, first sound:      median {statistics.median(spoken):.2f} s, slowest {max(spoken):.2f} s")
    print(f"plain imports and model only: median {statistics.median(bare):.2f} s, slowest {max(bare):.2f} s")


if __name__ == "__main__":
    main()
