"""What a live workout is put together from, and what takes the place of what is missing."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.app import live
from coach.app.athlete import Utterance, spoken
from coach.app.hearing import TRIES, Hearing
from coach.app.log import Log
from coach.app.loop import Workout
from coach.app.manner import keep_manner
from coach.app.notices import Notices
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.app.render import Scene, render
from coach.app.stage import Stage, open_ear
from coach.audio import device
from coach.audio.clip import Heard
from coach.audio.players import Players
from coach.audio.simulated import Room, Timer
from coach.ear.ear import Ear
from coach.errors import CoachError, Device, DeviceLost, DeviceTrouble, NotFound, PartMissing
from coach.language.delivery import Pace
from coach.own import paths, settings
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.session import events
from coach.session.events import Event
from coach.session.modes import Manner
from coach.terminal.keys import Entered, Lines
from coach.terminal.plain import Plain
from coach.voice.ahead import AheadVoice
from coach.voice.silent import SilentVoice
from tests.voice.small_voice import kokoro_form

SHORT = """
routine: Short
blocks:
  - {exercise: bodyweight squat, sets: 1, reps: 2, rest: 5 s}
"""


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"COACH_{kind}_DIR", str(tmp_path / kind))
    (tmp_path / "short.yaml").write_text(SHORT)
    return Studio(Settings(settle=1))


@pytest.fixture
def notices(studio: Studio) -> Notices:
    return Notices(studio)


class Silent(Timer):
    """A clock that does not wait."""

    def exchange(self, samples: np.ndarray) -> Heard:
        nothing = np.zeros(0, np.float32)
        return Heard(nothing, nothing, 0.0)


def opening(*lacking: str) -> Callable[[str | None, str | None], Silent]:
    """What opens devices on a machine without these."""

    def open_duplex(microphone: str | None, loudspeaker: str | None) -> Silent:
        parts: dict[Device, str | None] = {"loudspeaker": loudspeaker, "microphone": microphone}
        for part, name in parts.items():
            if name is not None and part in lacking:
                raise DeviceTrouble(f"There is no {part}.", device=part)
        return Silent()

    return open_duplex


@pytest.mark.parametrize(
    ("lacking", "there", "spoken"),
    [((), True, 0), (("microphone",), True, 1), (("loudspeaker",), True, 0), (("loudspeaker", "microphone"), False, 1)],
)
def test_the_devices_there_are_serve_and_what_is_missing_is_told(
    lacking: tuple[str, ...],
    there: bool,
    spoken: int,
    studio: Studio,
    notices: Notices,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(device, "open_duplex", opening(*lacking))
    duplex, _ = live.open_devices(studio, notices)
    assert isinstance(duplex, Silent) == there
    assert len(notices.taken()) == spoken
    assert capsys.readouterr().err.splitlines() == [f"coach: There is no {part}." for part in lacking]


def test_without_portaudio_a_timer_keeps_the_time(
    studio: Studio, notices: Notices, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(*_: object) -> None:
        raise PartMissing("PortAudio is missing.", "sudo apt install libportaudio2")

    monkeypatch.setattr(device, "open_duplex", missing)
    duplex, reopens = live.open_devices(studio, notices)
    assert isinstance(duplex, Timer)
    assert reopens is None
    assert "sudo apt install libportaudio2" in capsys.readouterr().err


def test_a_trouble_of_no_device_in_particular_ends_in_a_timer(
    studio: Studio, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def troubled(*_: object) -> None:
        raise DeviceTrouble("The sound server hangs.")

    monkeypatch.setattr(device, "open_duplex", troubled)
    assert isinstance(live.open_devices(studio, notices)[0], Timer)


def test_what_was_changed_by_voice_is_kept(studio: Studio, notices: Notices) -> None:
    session = studio.session(Library().routine("prerun-warmup"), SilentVoice(48_000))
    session.manner = Manner(volume=0.5, verbosity="counts", rate=190)
    keep_manner(studio, session.manner, notices)
    kept = settings.load()
    assert (kept.volume, kept.verbosity, kept.rate) == (50, "counts", 190)
    assert (studio.manner.volume, studio.manner.rate) == (0.5, 190), "the next workout begins with it"


def test_settings_that_cannot_be_kept_are_told(
    studio: Studio, notices: Notices, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "CONFIG").mkdir()
    (tmp_path / "CONFIG" / "settings.yaml").mkdir()
    session = studio.session(Library().routine("prerun-warmup"), SilentVoice(48_000))
    session.manner = Manner(volume=0.5)
    keep_manner(studio, session.manner, notices)
    assert "settings.yaml" in capsys.readouterr().err


class Keyboard:
    """Keys that were pressed already."""

    typed = ":s"
    over = False

    def __init__(self, *lines: str) -> None:
        self._lines = list(lines)

    def poll(self, expected: object = ()) -> list[Entered]:
        lines, self._lines = self._lines, []
        return [Entered(line, "typed") for line in lines]


def test_what_is_typed_is_an_order_or_shown_as_none(
    studio: Studio, notices: Notices, capsys: pytest.CaptureFixture[str]
) -> None:
    session = studio.session(Library().routine("prerun-warmup"), SilentVoice(48_000))
    with live.shown(studio, notices, plain=True) as display:
        typed = live.Typed(Keyboard("pause", "make coffee"), display, session)
        assert [(order.command, by) for order, by in typed()] == [("pause", "typed")]
        assert typed() == []
    assert "make coffee" in capsys.readouterr().out


class Deaf:
    """An ear that fails at its first block."""

    def expect(self, phrases: object) -> None: ...

    def saying(self, *_: object) -> None: ...

    def feed(self, *_: object) -> list[object]:
        raise ZeroDivisionError


class Hears(Deaf):
    def feed(self, *_: object) -> list[object]:
        return []


def in_future(*ears: object) -> Callable[[], Future[Ear]]:
    waiting = list(ears)

    def make() -> Future[Ear]:
        made: Future[Ear] = Future()
        ear = waiting.pop(0)
        if isinstance(ear, BaseException):
            made.set_exception(ear)
        else:
            made.set_result(ear)  # type: ignore[arg-type]
        return made

    return make


BLOCK = Heard(np.zeros(320, np.float32), np.zeros(320, np.float32), 0.0)


def heard_by(*ears: object) -> list[str]:
    """What is told while three blocks are heard by these ears, one after the other."""
    told: list[str] = []
    hearing = Hearing(in_future(*ears), lambda error: told.append(type(error).__name__), lambda: told.append("back"))
    for _ in range(5):
        assert hearing.hear(BLOCK, None, 0.0, frozenset()) == []
    return told


def test_an_ear_that_fails_at_work_is_made_anew() -> None:
    assert heard_by(Deaf(), Hears()) == ["ZeroDivisionError", "back"]


def test_one_that_fails_again_and_again_is_given_up() -> None:
    assert heard_by(*[Deaf()] * TRIES) == ["ZeroDivisionError"] * TRIES


@pytest.mark.parametrize("error", [NotFound("no model"), RuntimeError("anything"), SystemExit(3)])
def test_an_ear_that_cannot_be_made_is_told_once(error: BaseException) -> None:
    assert len(heard_by(error)) == 1


def test_a_damaged_model_is_told_and_the_built_in_one_hears(
    studio: Studio, notices: Notices, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "DATA" / "models" / "vosk-model-small-en-us-0.15"
    (damaged / "am").mkdir(parents=True)
    (damaged / "am" / "final.mdl").write_bytes(b"\0" * 100)
    studio.model = damaged
    hearing = open_ear(studio, notices)
    assert "damaged" in capsys.readouterr().err
    assert len(notices.taken()) == 1
    while hearing.ear is None:
        hearing.hear(BLOCK, None, 0.0, frozenset())


def test_a_workout_goes_on_whatever_fails_around_it(studio: Studio, notices: Notices, tmp_path: Path) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    seen: list[Event] = []
    voice = SilentVoice(48_000)
    session = studio.session(Library().routine(tmp_path / "short.yaml"), voice)
    following = Following(
        sinks=[broken, seen.append],
        ticking=[broken],
        news=notices.taken,
        failed=notices.unforeseen("journal.unwritable"),
    )
    workout = Workout(session, voice, Room(48_000), following=following)
    live.carry_out(workout)
    assert isinstance(seen[-1], events.SessionFinished)
    assert seen[-1].status == "completed"
    said = [event.text for event in seen if isinstance(event, events.Said)]
    assert any("journal" in text for text in said), "what the athlete must know is spoken"


def test_music_is_paused_over_a_set_that_goes_on(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "short.yaml").write_text(SHORT.replace("reps: 2", "reps: 8"))
    asked: list[bool] = []
    seen: list[Event] = []
    said = spoken([Utterance(2, say="ready"), Utterance(27, say="pause the music"), Utterance(38, say="music on")])
    render(
        studio,
        Library().routine(tmp_path / "short.yaml"),
        Scene(athlete=said),
        following=Following([seen.append], music=asked.append),
    )
    assert asked == [False, True]
    assert len([event for event in seen if isinstance(event, events.Rep)]) == 8
    kinds = [event.name() for event in seen if isinstance(event, events.Paused | events.Resumed)]
    assert kinds in ([], ["paused", "resumed"]), "what began as a pause was taken back"


def test_without_a_player_a_sentence_says_so(
    studio: Studio, notices: Notices, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    display = Plain(studio.language, io.StringIO())
    with (tmp_path / "typed").open("w+") as typed:
        duplex, voice = Silent(), SilentVoice(48_000)
        stage = Stage(
            studio, notices, duplex, None, voice, display, Lines(typed.fileno()), lambda event: None, Log(None)
        )
        stage.music(False)
        assert notices.taken() == ["Your settings tell me to leave music alone."]
        stage.players = Players()
        stage.music(False)
        deadline = time.monotonic() + 30
        while not (told := notices.taken()) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert told == ["There is no music player that I can reach."]


def test_a_lost_device_without_a_way_back_is_raised(studio: Studio, tmp_path: Path) -> None:
    class Lost(Silent):
        def exchange(self, samples: np.ndarray) -> Heard:
            raise DeviceLost("loudspeaker", "The loudspeaker has gone.")

    voice = SilentVoice(48_000)
    session = studio.session(Library().routine(tmp_path / "short.yaml"), voice)
    with pytest.raises(CoachError):
        live.carry_out(Workout(session, voice, Lost()))


def test_a_whole_workout_without_sound_or_synthesiser(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from coach.app.eventlog import Files
    from coach.voice.cache import Voice

    def silent(*_: object) -> None:
        raise PartMissing("There is no synthesiser.")

    monkeypatch.setattr(device, "open_duplex", opening())
    monkeypatch.setattr(Voice, "clip", silent)
    (tmp_path / "CONFIG").mkdir()
    (tmp_path / "CONFIG" / "settings.yaml").write_text("settle: 1\n")
    files = Files(tmp_path / "events.jsonl", tmp_path / "log.jsonl")
    live.run_live(str(tmp_path / "short.yaml"), plain=True, files=files)
    out, err = capsys.readouterr()
    assert "Sets done: 1" in out
    assert "There is no synthesiser." in err
    assert '"session_finished"' in files.events.read_text()  # type: ignore[union-attr]


def test_a_voice_that_takes_long_is_stood_in_for_until_its_lines_are_made(studio: Studio, notices: Notices) -> None:
    kokoro_form(paths.voices() / "small", "af_one")
    chosen = Studio(replace(studio.settings, voice="af_one"))
    voice = live.open_voice(chosen, 16_000, notices)
    assert isinstance(voice, AheadVoice)
    usual = chosen.voice(16_000, "en-us").clip("Hips level.").seconds
    assert voice.clip("Hips level.").seconds == pytest.approx(usual)
    assert voice.ready(60)
    assert voice.clip("Hips level.").seconds == pytest.approx(chosen.voice(16_000).clip("Hips level.").seconds)
    assert voice.clip("Hips level.").seconds != pytest.approx(usual)
    assert notices.taken() == []


@pytest.mark.parametrize("name", ["xx-nobody", "en-us+nobody"])
def test_in_place_of_a_voice_that_does_not_exist_the_usual_one_speaks(
    studio: Studio, notices: Notices, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = Studio(replace(studio.settings, voice=name))
    voice = live.open_voice(chosen, 16_000, notices)
    assert np.any(voice.clip("Hips level.").samples)
    assert notices.taken() == [studio.language.line("device.usual_voice")]
    assert "nobody" in capsys.readouterr().err
    assert chosen.manner.voice == "", 'to be told "talk slower" does not bring it back'


def test_a_chosen_voice_that_cannot_be_made_is_told_and_the_usual_one_speaks(studio: Studio, notices: Notices) -> None:
    (kokoro_form(paths.voices() / "small", "af_one") / "model.onnx").write_bytes(b"nothing")
    voice = live.open_voice(Studio(replace(studio.settings, voice="af_one")), 16_000, notices)
    assert isinstance(voice, AheadVoice)
    voice.prepare([("Hips level.", Pace.TALK)])
    assert voice.ready(60)
    assert np.any(voice.clip("Hips level.").samples)
    assert notices.taken() == [studio.language.line("device.usual_voice")]
