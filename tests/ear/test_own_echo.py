"""It never obeys itself, however late its voice comes back; and where it does not come back, it obeys as in quiet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bench.ear.delays import lines, run
from bench.ear.voices import speak
from coach.audio.clip import BLOCK_SECONDS, EAR_RATE, Samples
from coach.audio.simulated import Acoustics, Room
from coach.ear.decide.judge import ECHO, OWN_WORDS
from coach.ear.decision import Decision
from coach.ear.ear import Ear
from coach.language.commands import UNNAMED, Command

from .conftest import ENGLISH, MODEL, VOCABULARY, Scene

EARLIEST = 7.0
"""Seconds of coach after which it is known that there is no echo."""


def decisions(
    ear: Ear, room: Room, seconds: float, *, missed_at: float | None = None, away: float = 0.0, silent: bool = False
) -> list[Decision]:
    """What the ear decides while the coach talks without a pause, or is silent. `away`: the seconds before `missed_at`
    in which the microphone brings nothing."""
    ear.expect(ENGLISH.phrases)
    found: list[Decision] = []
    for n, (line, block) in enumerate(lines(seconds, gap=0.3, seed=1)):
        if missed_at is not None and round(missed_at / BLOCK_SECONDS) == n:
            ear.missed()
        ear.saying(None if silent else line, n * BLOCK_SECONDS)
        heard = room.exchange(np.zeros_like(block) if silent else block)
        if missed_at is not None and missed_at - away <= heard.at < missed_at:
            continue
        found += [it for it in ear.feed(heard.mic, heard.played, heard.at, heard.leap) if isinstance(it, Decision)]
    return found


def obeyed(found: Sequence[Decision]) -> list[str]:
    """The commands that counted, but for a "pause" that "pause the music" began with: what is urgent acts at once."""
    texts = [it.text for it in found if it.accepted]
    return [it for it, after in zip(texts, [*texts[1:], ""], strict=True) if not after.startswith(f"{it} ")]


@pytest.mark.parametrize("delay", [0.1, 0.45, 0.6, 1.0, 2.0])
def test_a_silent_athlete_is_not_heard_however_late_the_echo_comes(delay: float) -> None:
    assert run(delay, 6.0, seconds=20, gap=0.5, speaking=False, seed=1).false == []


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.02, 0.1, 0.3, 0.45, 0.6, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("echo", [-12.0, 0.0, 6.0, 12.0])
def test_nor_in_two_minutes_of_any_echo(delay: float, echo: float) -> None:
    assert run(delay, echo, seconds=120, gap=0.5, speaking=False, seed=2).false == []


@pytest.mark.parametrize("delay", [0.1, 1.0, 2.0])
def test_stop_is_obeyed_over_the_coach_at_every_delay(delay: float) -> None:
    found = run(delay, 6.0, seconds=45, gap=0.5, speaking=True, seed=1)
    assert found.obeyed["stop"] == found.said["stop"]


def command_after_command(every: int) -> tuple[list[str], list[tuple[float, Samples]]]:
    """Each `every`th command but those of questions, one every three seconds, and when each is said."""
    questions = {Command.WAKE, Command.YES, Command.NO, *UNNAMED}
    phrases = [ENGLISH.phrase(command) for command in Command if command not in questions][::every]
    return phrases, [(EARLIEST + 3 * n, speak(phrase, "espeak:f4")) for n, phrase in enumerate(phrases)]


@pytest.mark.parametrize(
    ("noise", "every"),
    [(35.0, 3), pytest.param(35.0, 1, marks=pytest.mark.slow), pytest.param(None, 1, marks=pytest.mark.slow)],
)
def test_without_an_echo_every_command_is_obeyed_over_the_coach_as_in_quiet(noise: float | None, every: int) -> None:
    phrases, script = command_after_command(every)
    seconds = EARLIEST + 3 * len(script)
    over_the_coach = decisions(Ear(MODEL, VOCABULARY), Room(EAR_RATE, athlete=script, noise=noise), seconds)
    alone = decisions(Ear(MODEL, VOCABULARY), Room(EAR_RATE, athlete=script, noise=noise), seconds, silent=True)
    assert not [it for it in over_the_coach if it.reason in (ECHO, OWN_WORDS)]
    assert obeyed(over_the_coach) == obeyed(alone)
    assert len(obeyed(alone)) > 0.9 * len(phrases)


def test_until_that_is_known_only_stop_counts_over_the_coach() -> None:
    ear = Ear(MODEL, VOCABULARY)
    script = [(0.5, speak("louder", "espeak:f4")), (2.0, speak("stop", "espeak:f4"))]
    assert set(obeyed(decisions(ear, Room(EAR_RATE, athlete=script, noise=35), 4.0))) == {"stop"}


def test_just_after_sound_was_missed_only_stop_counts() -> None:
    ear = Ear(MODEL, VOCABULARY)
    script = [(10.2, speak("louder", "espeak:f4")), (13.0, speak("louder", "espeak:f4"))]
    found = decisions(ear, Room(EAR_RATE, athlete=script, noise=35), 16.0, missed_at=10.0)
    assert [(it.text, it.reason) for it in found] == [("louder", "just after sound was missed"), ("louder", "")]


def test_nor_just_after_a_microphone_is_back_that_was_away_for_long() -> None:
    ear = Ear(MODEL, VOCABULARY)
    script = [(10.2, speak("louder", "espeak:f4"))]
    found = decisions(ear, Room(EAR_RATE, athlete=script, noise=35), 14.0, missed_at=10.0, away=2.5)
    assert [(it.text, it.reason) for it in found] == [("louder", "just after sound was missed")]


def test_what_the_coach_has_said_is_not_forgotten_where_so_much_is_missed_that_the_clock_goes_back() -> None:
    ear, found = Ear(MODEL, VOCABULARY), list[Decision]()
    room = Room(EAR_RATE, athlete=[(5.3, speak("louder", "espeak:f4"))], noise=35)
    for n in range(350):
        at, missed_at = n * BLOCK_SECONDS, n == 255
        if missed_at:
            ear.missed()
        ear.saying("this machine is busy" if at < 5 else None, at)
        heard = room.exchange(np.zeros(room.block, np.float32))
        found += [
            each for each in ear.feed(heard.mic, heard.played, heard.at - 2.0 * missed_at) if isinstance(each, Decision)
        ]
    [decision] = found
    assert decision.utterance is not None
    assert decision.utterance.coach_said == "this machine is busy"


def test_a_stop_that_comes_of_the_coachs_own_sound_in_pieces_is_its_echo() -> None:
    """Whatever the line was: chopped, its sound may be like any word."""
    ear, found, played = Ear(MODEL, VOCABULARY), list[Decision](), speak("stop", "espeak:") * 0.3
    room = Room(EAR_RATE, echo=6.0, acoustics=Acoustics(delay=0.6), noise=35)
    sound = np.pad(played, (EAR_RATE, 2 * EAR_RATE))
    for n, block in enumerate(sound[: len(sound) // room.block * room.block].reshape(-1, room.block)):
        if n == 40:
            ear.missed()
        ear.saying("this machine is busy", n * BLOCK_SECONDS)
        heard = room.exchange(block)
        found += [it for it in ear.feed(heard.mic, heard.played, heard.at) if isinstance(it, Decision)]
    assert [(it.text, it.reason) for it in found] == [("stop", ECHO)]


def test_where_the_coach_is_silent_a_command_need_not_wait_when_sound_was_missed() -> None:
    ear = Ear(MODEL, VOCABULARY)
    room = Room(EAR_RATE, athlete=[(10.5, speak("louder", "espeak:f4"))], noise=35)
    assert obeyed(decisions(ear, room, 13.0, missed_at=10.0, silent=True)) == ["louder"]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
def test_a_sample_that_is_no_number_is_silence(ear: Ear, scene: Scene, value: float) -> None:
    sound = scene(2.0, "next exercise", 1.0)
    sound[EAR_RATE] = value
    silence = np.zeros_like(sound)
    assert obeyed([it for it in ear.feed(sound, silence, 0.0) if isinstance(it, Decision)]) == ["next exercise"]
