"""Putting a workout together: its lines are known before they are said."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach import speech_models
from coach.app.athlete import Utterance, spoken
from coach.app.notices import Notices
from coach.app.parts import Studio
from coach.app.stage import prove_model
from coach.app.standby import called_by
from coach.audio.clip import EAR_RATE, Samples
from coach.ear.decision import Decision
from coach.errors import NotFound
from coach.language.commands import Command, Order
from coach.language.delivery import Pace
from coach.own import paths
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.session.modes import Offer
from coach.session.plan import make_plan


class Listener:
    """A voice that only notes what it is to have ready."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, Pace]] = []

    def clip(self, text: str, pace: Pace = Pace.TALK) -> None:
        raise AssertionError("nothing is spoken yet")

    def seconds(self, text: str, pace: Pace = Pace.TALK) -> float:
        return 1.0

    def tune(self, *, voice: str, talk: int, pitch: int) -> None:
        raise AssertionError("nobody asked for another voice")

    def prepare(self, lines: list[tuple[str, Pace]]) -> None:
        self.lines += lines


@pytest.mark.parametrize("settle", [15, 0])
@pytest.mark.parametrize("offered", [False, True])
def test_every_line_of_the_workout_is_prepared(settle: int, offered: bool) -> None:
    routine = Library().routine("prerun-warmup")
    offer = Offer(make_plan(routine), 1) if offered else None
    voice = Listener()
    Studio(replace(Settings(), settle=settle)).session(routine, voice, offer=offer)  # type: ignore[arg-type]
    texts = [text for text, _ in voice.lines]
    assert "That's the workout. " in " ".join(texts)
    assert ("one", Pace.COUNT) in voice.lines
    assert any(text.startswith("Welcome back.") for text in texts) == offered
    assert ("Halfway.", Pace.TALK) in voice.lines


def test_ears_that_listen_side_by_side_share_one_speech_model_and_each_hears() -> None:
    studio = Studio(Settings())
    workout, standby = studio.make_ear(), studio.make_ear(called_by("hey coach", studio.language))
    silence = np.zeros(EAR_RATE, np.float32)
    heard: dict[str, list[str]] = {"workout": [], "standby": []}
    for n, words in enumerate(("pause", "hey coach", "resume")):
        said = np.concatenate([silence, voiced(words) * np.float32(0.1), silence])
        for name, ear in (("workout", workout), ("standby", standby)):
            found = ear.feed(said, np.zeros_like(said), 5.0 * n)
            heard[name] += [each.text for each in found if isinstance(each, Decision) and each.accepted]
    assert heard["standby"] == ["hey coach"]
    assert heard["workout"] == ["pause", "hey coach", "resume"]
    assert studio._speech() is studio._speech()


def test_the_ear_of_a_workout_knows_its_exercises_by_their_names() -> None:
    studio, routine = Studio(Settings()), Library().routine("beginner-bands")
    ear = studio.make_ear(studio.commands(routine))
    spoken_in, silence = studio.spoken_in(routine), np.zeros(EAR_RATE, np.float32)
    heard = []
    for n, words in enumerate(("skip to the clamshells", "go to the bridge", "skip to squats", "skip the rest")):
        said = np.concatenate([silence, voiced(words) * np.float32(0.1), silence])
        found = ear.feed(said, np.zeros_like(said), 6.0 * n)
        heard += [spoken_in.order(each.text) for each in found if isinstance(each, Decision) and each.accepted]
    assert heard == [
        Order(Command.SKIP_TO, family="clamshell"),
        Order(Command.SKIP_TO, family="glute bridge"),
        Order(Command.SKIP_TO, family="squat"),
        Order(Command.SKIP_REST),
    ]


def test_another_speech_model_is_loaded_anew(tmp_path: Path) -> None:
    studio = Studio(Settings())
    first = studio._speech()
    studio.model = Path(shutil.copytree(studio.model, tmp_path / "copy"))
    assert studio._speech() is not first
    assert studio._speech().path == tmp_path / "copy"


def voiced(words: str) -> Samples:
    [(_, said)] = spoken([Utterance(0.0, say=words)])
    return said


def test_a_wake_phrase_that_the_model_cannot_hear_gives_way_to_the_languages_own_which_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    studio = Studio(Settings(wake="hey xyzzy"))
    notices = Notices(studio)
    prove_model(studio, notices)
    assert 'The coach cannot hear "xyzzy" of the setting wake: "hey xyzzy".' in capsys.readouterr().err
    assert notices.taken() == ['I can\'t hear "hey xyzzy". To call me today, say "hey coach".']
    assert studio.commands().wake == "hey coach"
    prove_model(studio, notices)
    assert not notices.taken(), "it is told once"
    heard = Studio(Settings(wake="computer"))
    assert heard.replace_unheard_wake() is None
    assert heard.commands().wake == "computer"


@pytest.mark.parametrize("name", ["nonsense", "/nowhere/nonsense"])
def test_in_place_of_a_speech_model_that_does_not_exist_the_built_in_one_listens(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    studio = Studio(Settings(model=name))
    notices = Notices(studio)
    prove_model(studio, notices)
    assert f'There is no speech model "{name}"; the built-in one serves.' in capsys.readouterr().err
    assert notices.taken() == ['There is no speech model "nonsense". The one that came with me listens today.']
    assert studio.make_ear().vocabulary.phrases
    prove_model(studio, notices)
    assert not notices.taken(), "it is told once"


def test_in_place_of_a_damaged_speech_model_the_built_in_one_listens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = Path(shutil.copytree(speech_models.built_in(), tmp_path / "copy"))
    (damaged / "am" / "final.mdl").write_bytes(b"")
    studio = Studio(Settings(model=str(damaged)))
    notices = Notices(studio)
    prove_model(studio, notices)
    assert "The speech model copy is damaged; the built-in one serves." in capsys.readouterr().err
    assert notices.taken() == ["The speech model is damaged. The one that came with me listens today."]
    assert studio.make_ear().vocabulary.phrases


def test_where_the_built_in_model_is_damaged_too_no_ear_is_made_and_nothing_is_said_to_serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(paths.models(), tmp_path / "models")
    monkeypatch.setattr(paths, "models", lambda: tmp_path / "models")
    (speech_models.built_in() / "am" / "final.mdl").write_bytes(b"")
    studio = Studio(Settings(model="nonsense"))
    notices = Notices(studio)
    prove_model(studio, notices)
    assert not notices.taken()
    with pytest.raises(NotFound, match="built-in speech model is damaged"):
        studio.make_ear()
