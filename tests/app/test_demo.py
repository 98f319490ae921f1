"""The demonstration, and scripted athletes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.app.athlete import load_script, spoken
from coach.app.demo import Transcript, run_demo
from coach.audio.wav import Recording
from coach.errors import FileFault
from coach.session import events


def test_who_said_what_is_told_in_turns() -> None:
    transcript = Transcript()
    for event in (
        events.Said(at=0.0, text="Right leg.", until=1.0, priority="briefing"),
        events.Said(at=1.5, text="one", until=1.8, priority="count", cut=True),
        events.Said(at=2.0, text="", until=2.0, priority="cue"),
        events.HeardSpeech(at=2.6, text="stop", command="pause", accepted=True, reason="", speech_end=2.4),
        events.HeardSpeech(at=2.7, text="next", command="next", accepted=False, reason="no", speech_end=2.7),
        events.Paused(at=2.6),
    ):
        transcript(event)
    assert transcript.turns() == [
        ("coach", ["Right leg.", "One —"]), ("you", ["Stop."]), ("coach", ["(silence)"])
    ]  # fmt: skip
    assert transcript.timed()[0] == (0.0, "coach  Right leg.")
    assert transcript.timed()[1] == (1.5, "       one —")


def test_the_demo_is_told_where_there_is_no_loudspeaker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"COACH_{kind}_DIR", str(tmp_path / kind))
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    run_demo(events=tmp_path / "events.jsonl")
    told = capsys.readouterr().out
    assert "coach  " in told
    assert "you  " in told
    assert (tmp_path / "events.jsonl").read_text(encoding="utf-8").count("\n") > 50


def test_a_script_is_what_is_said_when(tmp_path: Path) -> None:
    with Recording(tmp_path / "pause.wav", 16_000) as recording:
        recording.write(np.zeros(1_600, np.float32))
    script = tmp_path / "script.yaml"
    script.write_text("- {at: 1:10, wav: pause.wav}\n- {at: 5 s, say: easier}\n", encoding="utf-8")
    said = load_script(script)
    assert [(each.at, each.say) for each in said] == [(5.0, "easier"), (70.0, "")]
    assert [at for at, _ in spoken(said)] == [5.0, 70.0]


def test_every_fault_of_a_script_is_told_at_once(tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    script.write_text(
        "- easier\n- {at: soon, say: easier}\n- {at: 3}\n- {at: 4, say: a, wav: b.wav}\n- {at: 5, wav: none.wav}\n"
        "- {at: 6, say: next, loud: 3}\n",
        encoding="utf-8",
    )
    with pytest.raises(FileFault) as told:
        load_script(script)
    assert [fault.line for fault in told.value.faults] == [1, 2, 3, 4, 5, 6]
    script.write_text("say: easier\n", encoding="utf-8")
    with pytest.raises(FileFault, match="a script is a list"):
        load_script(script)
