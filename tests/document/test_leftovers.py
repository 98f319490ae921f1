"""What a killed process left behind goes at the next writing; what belongs to a living one stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach.document import leftovers
from coach.document.files import replace_file, written_beside


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_half_written_file_goes_when_its_process_has(tmp_path: Path, gone: int) -> None:
    left = tmp_path / f".out.wav.{gone}-abcd1234"
    mine = tmp_path / f".out.wav.{os.getpid()}-abcd1234"
    other = tmp_path / f".other.wav.{gone}-abcd1234"
    for path in (left, mine, other):
        path.touch()
    replace_file(tmp_path / "out.wav", "sound")
    assert {path.name for path in tmp_path.iterdir()} == {"out.wav", mine.name, other.name}


def test_so_does_a_folder(tmp_path: Path, gone: int) -> None:
    left = tmp_path / f"coach-{gone}-abcd"
    left.mkdir()
    (left / "1.wav").touch()
    (tmp_path / "coach-notes").mkdir()
    leftovers.clear(tmp_path, "coach-")
    assert [path.name for path in tmp_path.iterdir()] == ["coach-notes"]


def test_a_folder_that_cannot_be_read_is_let_be(tmp_path: Path) -> None:
    leftovers.clear(tmp_path / "nowhere", "coach-")


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    with written_beside(tmp_path / "new") as file:
        file.write(b"mine")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600
