"""Which model a workout uses."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coach import speech_models
from coach.errors import NotFound
from coach.own import paths

BUILT_IN = paths.models() / "vosk-model-tiny-en-coach-0.5"
RECOMMENDED = "vosk-model-small-en-us-0.15"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the athlete's own models."""
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    return tmp_path / "models"


def put(name: str, own: Path) -> Path:
    return Path(shutil.copytree(BUILT_IN, own / name))


def test_the_built_in_model_serves_where_there_is_no_other() -> None:
    assert speech_models.best() == BUILT_IN


def test_the_recommended_model_is_preferred_once_it_is_installed(own: Path) -> None:
    recommended = put(RECOMMENDED, own)
    assert speech_models.best() == recommended == speech_models.installed()[0].path


def test_a_model_that_nobody_recommends_waits_to_be_named(own: Path) -> None:
    german = put("vosk-model-small-de-0.15", own)
    assert speech_models.best() == BUILT_IN
    assert speech_models.best("vosk-model-small-de-0.15") == german


def test_the_setting_comes_before_everything(own: Path) -> None:
    put(RECOMMENDED, own)
    assert speech_models.best(BUILT_IN.name) == BUILT_IN


def test_the_setting_may_be_a_path(tmp_path: Path) -> None:
    elsewhere = put("mine", tmp_path / "elsewhere")
    assert speech_models.best(str(elsewhere)) == elsewhere


def test_a_setting_that_names_no_model_is_met_with_the_nearest() -> None:
    with pytest.raises(NotFound, match=re.escape(f"Did you mean {BUILT_IN.name}?")):
        speech_models.best("vosk-model-tiny-en-coach")


def test_a_model_of_the_catalogue_that_is_not_installed_is_met_with_the_command() -> None:
    with pytest.raises(NotFound, match=f"coach models install {RECOMMENDED}"):
        speech_models.best(RECOMMENDED)


def test_half_a_model_does_not_count(own: Path) -> None:
    (own / RECOMMENDED / "am").mkdir(parents=True)
    (own / f".{RECOMMENDED}.unpacking" / "am").mkdir(parents=True)
    (own / f".{RECOMMENDED}.unpacking" / "am" / "final.mdl").touch()
    assert speech_models.best() == BUILT_IN


def test_the_catalogues_first_entry_is_the_recommended_small_english_model() -> None:
    first = speech_models.catalogue()[0]
    assert (first.name, first.size, first.licence, first.recommended) == (RECOMMENDED, 41_205_931, "Apache-2.0", True)
    assert first.url == f"https://alphacephei.com/vosk/models/{RECOMMENDED}.zip"
    assert first.sha256 == "30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498"


def test_choosing_a_model_does_not_load_what_could_reach_the_network() -> None:
    program = "import sys; from coach import speech_models; speech_models.best(); sys.exit('requests' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_offer_is_silent_where_nobody_can_answer() -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "coach.cli.offer"], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert (asked.returncode, asked.stdout, asked.stderr) == (0, b"", b"")
