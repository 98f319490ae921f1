"""What the coach keeps of the athlete is the athlete's alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.own import paths


def mode(folder: Path) -> int:
    return folder.stat().st_mode & 0o777


def test_the_athletes_folders_are_closed_to_others_and_those_that_a_variable_names_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.delenv(f"COACH_{name}_DIR", raising=False)
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    shared = tmp_path / "shared"
    monkeypatch.setenv("COACH_CACHE_DIR", str(shared))
    for folder in (paths.config(), paths.data(), shared):
        folder.mkdir(parents=True, mode=0o755)
        folder.chmod(0o755)
    paths.keep_private()
    assert [mode(folder) for folder in (paths.config(), paths.data(), shared)] == [0o700, 0o700, 0o755]


def test_folders_that_are_not_there_are_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.delenv(f"COACH_{name}_DIR", raising=False)
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    paths.keep_private()
    assert list(tmp_path.iterdir()) == []
