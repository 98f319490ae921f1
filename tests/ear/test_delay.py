"""Finding the echo's delay, or that there is none. The rooms are simulated."""

from __future__ import annotations

import numpy as np
import pytest

from coach.audio.clip import EAR_RATE, Samples
from coach.audio.simulated import Acoustics, Room
from coach.audio.tones import tone
from coach.ear.cancel.cancellers import FRAME
from coach.ear.cancel.delay import EchoFinder
from coach.ear.cancel.front import Front

from .conftest import Scene

LINES = (
    "Lean forward a little from the ankles. Keep your right leg straight and press it back. Hips level.",
    "Stand tall, feet under your hips. Press your right leg straight back, as if closing a drawer with your heel.",
)


@pytest.fixture
def coach(scene: Scene) -> Samples:
    return scene(LINES[0], 0.4, LINES[1], 0.4, LINES[0], 0.4, voice="espeak:", level=0.3)


def frames(sound: Samples) -> Samples:
    return sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)


def heard_in(room: Room, coach: Samples, finder: EchoFinder | None = None, *, words: bool = True) -> EchoFinder:
    finder = finder or EchoFinder()
    for block in frames(coach):
        heard = room.exchange(block)
        finder.feed(heard.mic, heard.played, words=words)
    return finder


@pytest.mark.parametrize("delay", [0.02, 0.3, 0.6, 1.0, 2.0])
@pytest.mark.parametrize("echo", [-12.0, 12.0])
def test_the_delay_is_found_within_some_seconds(coach: Samples, delay: float, echo: float) -> None:
    finder = heard_in(Room(EAR_RATE, echo=echo, acoustics=Acoustics(delay=delay), noise=35), coach[: 7 * EAR_RATE])
    assert finder.delay == pytest.approx(delay * EAR_RATE, abs=0.03 * EAR_RATE)
    assert not finder.absent


@pytest.mark.parametrize("noise", [None, 12.0])
def test_some_seconds_of_coach_without_a_trace_of_it_prove_that_there_is_no_echo(
    coach: Samples, noise: float | None
) -> None:
    finder = heard_in(Room(EAR_RATE, noise=noise), coach[: 8 * EAR_RATE])
    assert finder.absent


def test_what_an_athlete_says_meanwhile_is_no_echo(coach: Samples, scene: Scene) -> None:
    athlete = scene(*(["next exercise", 0.5, "hold on", 0.5, "how many left", 0.5] * 3))
    finder = heard_in(Room(EAR_RATE, athlete=[(0.3, athlete)], noise=35), coach)
    assert finder.absent


def test_nothing_is_proved_while_the_coach_is_silent_or_only_its_tones_are_heard(coach: Samples) -> None:
    silent = heard_in(Room(EAR_RATE, noise=35), np.zeros_like(coach))
    tones = heard_in(Room(EAR_RATE, noise=35), coach, words=False)
    assert not silent.settled
    assert not tones.settled


@pytest.mark.parametrize(("words", "cut"), [("resume", 6.8), ("carry on", 6.6)])
def test_what_is_said_after_a_line_that_was_cut_does_not_move_the_echo(
    coach: Samples, scene: Scene, words: str, cut: float
) -> None:
    """Against a silence with the end of a line in it, it stood 10 to 24 times above the mean, twice at one delay."""
    athlete = scene(words, 0.5, words, voice="espeak:")
    quiet = np.zeros(5 * EAR_RATE, np.float32)
    paused = tone("paused", EAR_RATE).samples
    quiet[: len(paused)] += paused
    room = Room(EAR_RATE, echo=0, acoustics=Acoustics(delay=0.14), athlete=[(cut + 0.9, athlete)])
    finder, delays, astray = EchoFinder(), set(), False
    for n, block in enumerate(frames(np.concatenate((coach[: round(cut * EAR_RATE)], quiet)))):
        heard = room.exchange(block)
        finder.feed(heard.mic, heard.played, words=n * FRAME < cut * EAR_RATE)
        delays.add(finder.delay)
        astray |= finder.astray
    assert delays == {None, 0.14 * EAR_RATE}
    assert not astray


@pytest.mark.parametrize(("words", "at"), [("another voice", 8.5), ("lighter band", 10.3), ("next exercise", 9.7)])
def test_an_athlete_with_a_voice_like_the_coachs_leads_nobody_astray(
    coach: Samples, scene: Scene, words: str, at: float
) -> None:
    """Over the coach such words can stand higher than the echo, for one look; the echo is still where it was."""
    athlete = scene(words, voice="espeak:")
    room = Room(EAR_RATE, echo=0, acoustics=Acoustics(delay=0.1), athlete=[(at, athlete)], noise=35)
    finder = EchoFinder()
    for block in frames(coach):
        heard = room.exchange(block)
        finder.feed(heard.mic, heard.played, words=True)
        assert not finder.astray


@pytest.mark.parametrize(
    ("answer", "voice", "wait"),
    [("six", "espeak:f4", 0.8), ("eight", "espeak:f4", 0.5), ("yes", "espeak:m6", 0.2), ("three", "espeak:m6", 0.8)],
)
def test_an_answer_to_the_coachs_question_leads_nobody_astray(
    coach: Samples, scene: Scene, answer: str, voice: str, wait: float
) -> None:
    """In the silence after it no words are due at the known delay, so that whatever is said stands higher elsewhere."""
    room = Room(EAR_RATE, echo=0, acoustics=Acoustics(delay=0.1), noise=35)
    question = scene(
        "Rest, sixty five seconds.", 0.6, "From zero to ten, how hard was that?", voice="espeak:", level=0.3
    )
    finder = heard_in(room, question, heard_in(room, coach))
    for block in frames(scene(wait, answer, 1.2, voice=voice, level=0.2)):
        heard = room.exchange(np.zeros_like(block))
        finder.feed(heard.mic + block, heard.played, words=False)
        assert not finder.astray


def test_it_is_found_anew_where_the_loudspeaker_has_become_later(coach: Samples) -> None:
    finder = heard_in(Room(EAR_RATE, echo=0, acoustics=Acoustics(delay=0.1), noise=35), coach)
    heard_in(Room(EAR_RATE, echo=0, acoustics=Acoustics(delay=1.2), noise=35, seed=4), coach, finder)
    assert finder.delay == pytest.approx(1.2 * EAR_RATE, abs=0.03 * EAR_RATE)


def test_a_single_utterance_is_traced_to_what_was_played(coach: Samples) -> None:
    room, finder, mic = Room(EAR_RATE, echo=0, acoustics=Acoustics(delay=1.2), noise=35), EchoFinder(), []
    for block in coach[: 5 * EAR_RATE].reshape(-1, FRAME):
        heard = room.exchange(block)
        finder.feed(heard.mic, heard.played, words=True)
        mic.append(heard.mic)
    said = np.concatenate(mic)[-round(1.2 * EAR_RATE) : -round(0.2 * EAR_RATE)]
    assert finder.traced(said, ended=0.2) == pytest.approx(1.2 * EAR_RATE, abs=0.03 * EAR_RATE)


def test_an_athletes_utterance_is_traced_to_nothing(coach: Samples, scene: Scene) -> None:
    finder = heard_in(Room(EAR_RATE, noise=35), coach[: 5 * EAR_RATE])
    assert finder.traced(scene("next exercise"), ended=0.0) is None
    assert not finder.was_played(scene("next exercise"), ended=0.0)


@pytest.mark.parametrize("voice", ["espeak:m6", "espeak:f4"])
@pytest.mark.parametrize("cut", [1.5, 2.0, 3.0])
def test_what_an_athlete_says_in_the_silence_after_a_line_was_not_played(
    coach: Samples, scene: Scene, voice: str, cut: float
) -> None:
    """Though nearly all that it is compared with is silence, beside which it stands out."""
    said = scene(0.5, "resume", 0.16, voice=voice)
    word = said[EAR_RATE // 2 : -round(0.16 * EAR_RATE)]
    for wait in (1.0, 1.3, 1.6, 1.9, 2.2):
        finder = EchoFinder()
        finder.delay = 1_600
        played = np.pad(coach[: round(cut * EAR_RATE)], (0, round(wait * EAR_RATE) + len(said)))
        for block in frames(played):
            finder.feed(np.zeros_like(block), block, words=True)
        assert finder.traced(said, ended=0.16) is None
        assert not finder.was_played(word, ended=0.16)


def test_words_between_two_losses_of_sound_were_played(coach: Samples) -> None:
    finder, coach = EchoFinder(), coach[: 5 * EAR_RATE]
    for block in frames(coach):
        finder.feed(np.zeros_like(block), block, words=True)
    words = coach[-EAR_RATE : -round(0.6 * EAR_RATE)]
    assert finder.was_played(words, ended=0.5)
    assert not finder.was_played(words[::-1], ended=0.5)


def test_after_the_coach_only_what_is_much_like_what_was_played_is_an_echo_that_is_suddenly_later(
    coach: Samples, scene: Scene
) -> None:
    """Unless the last look saw it elsewhere than it is known."""
    finder = heard_in(Room(EAR_RATE, echo=0, acoustics=Acoustics(delay=0.1), noise=35), coach)
    word = scene("resume", voice="espeak:f4")
    before = coach[-2 * EAR_RATE - len(word) : -2 * EAR_RATE]
    a_little, much = word + 0.6 * before, word + 3 * before
    assert finder.was_played(a_little, ended=0.0)
    assert not finder.was_played(a_little, ended=0.0, after=True)
    assert finder.was_played(much, ended=0.0, after=True)
    finder.unseen = True
    assert finder.was_played(a_little, ended=0.0, after=True)


def test_an_echo_that_has_moved_is_astray_until_it_is_believed(coach: Samples) -> None:
    finder = heard_in(Room(EAR_RATE, echo=0, acoustics=Acoustics(delay=0.1), noise=35), coach)
    assert not finder.astray
    later, seen = Room(EAR_RATE, echo=0, acoustics=Acoustics(delay=0.4), noise=35, seed=4), []
    for block in frames(coach):
        heard = later.exchange(block)
        finder.feed(heard.mic, heard.played, words=True)
        seen.append((finder.astray, finder.delay == pytest.approx(0.1 * EAR_RATE, abs=0.03 * EAR_RATE)))
    assert (True, True) in seen
    assert not finder.astray
    heard_in(Room(EAR_RATE, noise=35), coach[: 2 * EAR_RATE], finder)
    assert finder.unseen
    assert not finder.astray


def test_while_the_echo_is_astray_less_will_do_to_tell_that_words_were_played(coach: Samples) -> None:
    finder, coach = EchoFinder(), coach[: 5 * EAR_RATE]
    for block in frames(coach):
        finder.feed(np.zeros_like(block), block, words=True)
    words = coach[-EAR_RATE : -round(0.6 * EAR_RATE)]
    hiss = np.random.default_rng(0).standard_normal(len(words)).astype(np.float32)
    noisy = words + 4 * words.std() * hiss
    assert not finder.was_played(noisy, ended=0.5)
    finder.astray = True
    assert finder.was_played(noisy, ended=0.5)
    assert not finder.was_played(hiss, ended=0.5)


def test_an_echo_at_another_delay_than_the_known_one_is_not_taken_out() -> None:
    """A device was moved: what the cancellers reach they have yet to learn."""
    front = Front()
    front.finder.delay = 1_600
    front.residue._frames = 1_000
    assert front.takes_out(1_700)
    assert not front.takes_out(3_600)
    assert not front.takes_out(100)
