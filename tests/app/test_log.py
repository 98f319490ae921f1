"""The log tells by what an utterance was judged, and not what was said."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import Any

import pytest

from coach.app.eventlog import writing
from coach.app.log import last_log, logging
from coach.app.report import impersonal, note_fault, write_report
from coach.audio.simulated import Room, Timer
from coach.ear.decide.judge import Utterance
from coach.ear.decision import Decision
from coach.ear.recognizer import Transcript
from coach.errors import CoachError
from coach.routine.values import duration
from coach.session import events

REFUSED = Decision(
    "next",
    False,
    'sounds more like "text"',
    start=1.0,
    end=1.5,
    decided=1.6,
    utterance=Utterance(Transcript("next", score=-4.5), Transcript("text", score=-1.0), coach_says="what's next"),
)


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"COACH_{kind}_DIR", str(tmp_path / kind))
    monkeypatch.delenv("COACH_LOG", raising=False)


def logged(path: Path, *, words: bool) -> list[dict[str, Any]]:
    with logging(path, words=words) as log:
        log.began(Timer(), "a-model")
        log.look(0.0, Timer(), None)
        log.judged(REFUSED)
        log.show(events.DeviceLost(at=2.0, device="microphone"))
        log.show(events.Paused(at=3.0))
        log.look(4.0, Room(48_000), None)
        log.look(5.0, Room(48_000), None)
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_each_utterance_stands_in_it_with_every_figure_and_the_ground(tmp_path: Path) -> None:
    began, first, utterance, lost, sound = logged(tmp_path / "log", words=False)
    assert (began["what"], began["rate"], began["model"]) == ("began", 48_000, "a-model")
    assert first["what"] == "sound"
    assert (utterance["accepted"], utterance["reason"]) == (False, 'sounds more like "…"')
    assert (utterance["heard_score"], utterance["opinion_score"], utterance["over_echo"]) == (-4.5, -1.0, 20.0)
    assert utterance["coach_says_words"] == 2
    assert (lost["what"], lost["device"]) == ("device_lost", "microphone")
    assert (sound["what"], sound["missed_seconds"]) == ("sound", 0.0)


def test_what_was_said_is_in_it_only_when_wanted(tmp_path: Path) -> None:
    without, with_words = tmp_path / "without", tmp_path / "with"
    logged(without, words=False)
    logged(with_words, words=True)
    for word in ("next", '"text"'):
        assert word not in without.read_text()
        assert word in with_words.read_text()


def test_the_environment_names_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_LOG", str(tmp_path / "named"))
    with logging(None) as log:
        log.judged(REFUSED)
    assert "utterance" in (tmp_path / "named").read_text()
    assert last_log() == tmp_path / "named"


def test_without_a_name_there_is_none(tmp_path: Path) -> None:
    with logging(None) as log:
        log.judged(REFUSED)
    assert last_log() is None


@pytest.mark.parametrize("write", [logging, writing])
def test_a_file_that_cannot_be_written_is_a_sentence(write: Any, tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="cannot be written"), write(tmp_path):
        pass


def test_a_full_disk_of_the_events_is_a_sentence() -> None:
    with pytest.raises(CoachError, match="No space left"), writing(Path("/dev/full")) as write:
        write(events.Paused(at=1.0))


def test_a_full_disk_of_the_log_is_told_once() -> None:
    with logging(Path("/dev/full")) as log:
        with pytest.raises(CoachError, match="No space left"):
            log.judged(REFUSED)
        log.judged(REFUSED)


def test_events_go_to_standard_output_too(capsys: pytest.CaptureFixture[str]) -> None:
    with writing(Path("-")) as write:
        write(events.Paused(at=1.0))
    assert json.loads(capsys.readouterr().out) == {"at": 1.0, "event": "paused"}


def fault() -> Exception:
    try:
        duration(None)  # type: ignore[arg-type]
    except Exception as error:
        return error
    raise AssertionError


def test_a_report_holds_what_an_issue_needs(tmp_path: Path) -> None:
    (tmp_path / "CONFIG").mkdir()
    (tmp_path / "CONFIG" / "settings.yaml").write_text("volume: 55\nwake: open sesame\n")
    logged(tmp_path / "log", words=True)
    assert "coach/routine/values.py" in note_fault(fault())
    write_report(tmp_path / "report", ["Python: fine."])
    report = (tmp_path / "report").read_text()
    for wanted in ("coach 0", "numpy", "Python: fine.", "setting volume: 55", "setting wake: (something)", "over_echo"):
        assert wanted in report
    assert "coach/routine/values.py" in report
    for private in ("sesame", '"next"', '"text"', "what's next"):
        assert private not in report
    assert (tmp_path / "report").stat().st_mode & 0o777 == 0o600


def test_without_a_log_it_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "CONFIG").mkdir()
    (tmp_path / "CONFIG" / "settings.yaml").write_text("- no settings")
    write_report(tmp_path / "report", [])
    assert "coach run --log" in (tmp_path / "report").read_text()
    assert "settings: not readable" in (tmp_path / "report").read_text()


def test_names_of_people_and_places_are_taken_out() -> None:
    said = impersonal(f"{Path.home()}/music and {getpass.getuser()}'s microphone")
    assert said == "~/music and USER's microphone"
