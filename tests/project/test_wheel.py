"""What pip and pipx install: everything the coach needs travels in the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run([sys.executable, *build], check=True, cwd=folder)
    (built,) = folder.glob("workout_coach-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a process that has the wheel's coach, and a home in which nothing has ever been."""
    folder = tmp_path_factory.mktemp("installed")
    (folder / "home").mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "HOME": str(folder / "home"), "PYTHONPATH": str(folder / "site")}


def run(installed: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=installed, cwd=installed["HOME"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_it_runs_away_from_the_source_in_an_empty_home(installed: dict[str, str]) -> None:
    assert "prerun-warmup" in run(installed, "-m", "coach", "list")
    assert "glute bridge" in run(installed, "-m", "coach", "show", "prerun-warmup").lower()


def test_its_own_parts_are_used_and_not_those_of_a_checkout(installed: dict[str, str]) -> None:
    asked = "import coach; from coach import speech_models; from coach.own import paths\n"
    asked += "print(coach.__file__, paths.routines(), speech_models.best())"
    for path in run(installed, "-c", asked).split():
        assert path.startswith(installed["PYTHONPATH"])


def test_the_built_in_model_hears(installed: dict[str, str]) -> None:
    asked = "from coach import speech_models; from coach.ear.recognizer import SpeechModel\n"
    asked += "print(SpeechModel(speech_models.best()).knows('easier'))"
    assert run(installed, "-c", asked) == "True\n"


def test_it_holds_what_a_workout_needs_and_not_what_made_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "coach/data/models/catalogue.yaml" in names
    assert "coach/language/en.yaml" in names
    assert not [name for name in names if "/training/" in name or name.startswith(("tests/", "bench/", "tools/"))]
    assert any(name.endswith("licenses/LICENSE") for name in names)
