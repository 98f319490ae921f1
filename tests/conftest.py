from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.audio.device import renew_devices
from tests.room import VirtualRoom, missing


def pytest_configure() -> None:
    """Workers do not share spoken lines: eSpeak never says a line twice the same, and one that another worker made anew
    in the middle of a test is not the one that the test has heard."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["XDG_CACHE_HOME"] = str(Path(tempfile.gettempdir()) / "coach-tests" / worker)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where they run side by side, a file stays whole, and what needs real time has a worker for itself."""
    for item in items:
        alone = item.get_closest_marker("live") is not None
        item.add_marker(pytest.mark.xdist_group("live" if alone else item.nodeid.split("::")[0]))


@pytest.fixture
def virtual_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualRoom]:
    """A running room whose loudspeaker and microphone are this process's default devices."""
    if missing():
        pytest.skip(f"needs {', '.join(missing())}: apt install pulseaudio pulseaudio-utils libasound2-plugins")
    with tempfile.TemporaryDirectory(prefix="room-") as folder:  # a socket's path must be short
        room = VirtualRoom(Path(folder))
        for name, value in room.environment.items():
            monkeypatch.setenv(name, value)
        room.start()
        renew_devices()
        yield room
        room.stop()
