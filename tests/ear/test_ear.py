import sys
from collections.abc import Iterator
from itertools import chain

import numpy as np
import pytest

from bench.ear import noises
from bench.ear.rooms import convolve, drifted, level, room_response
from coach.audio.clip import EAR_RATE, Samples
from coach.ear.decision import Closed, Decision, Opened
from coach.ear.ear import Ear
from coach.ear.hearing import hear
from coach.ear.vocabulary import Vocabulary

from .conftest import ENGLISH, MODEL, VOCABULARY, Scene


def accepted(decisions: list[Decision]) -> list[str]:
    return [decision.text for decision in decisions if decision.accepted]


def blocks(ear: Ear, mic: Samples, played: Samples) -> Iterator[list[Opened | Closed | Decision]]:
    """What happens in each 20 ms, as it happens."""
    for start in range(0, len(played) - 320, 320):
        part = slice(start, start + 320)
        yield ear.feed(mic[part], played[part], start / EAR_RATE)


def test_commands_are_heard_one_after_another(ear: Ear, scene: Scene) -> None:
    sound = scene(1.0, "next exercise", 1.0, "make it easier", 1.0, "how many left")
    assert accepted(hear(sound, ear)) == ["next exercise", "make it easier", "how many left"]


def test_words_around_a_command_and_a_command_said_twice_are_that_command(ear: Ear, scene: Scene) -> None:
    sound = scene(1.0, "could you slow down", 1.2, "coach, next exercise please", 1.2, "stop, stop", 1.0)
    assert accepted(hear(sound, ear)) == ["slow down", "next exercise", "stop"]


def test_stop_is_decided_before_the_silence_after_it(ear: Ear, scene: Scene) -> None:
    sound = scene(1.0, "stop", 1.0, voice="espeak:m6")
    [decision] = hear(sound, ear)
    assert decision.early
    assert decision.decided < len(sound) / EAR_RATE - 1.0 + 0.25


def test_a_longer_command_is_decided_after_the_stop_it_begins_with(ear: Ear, scene: Scene) -> None:
    assert accepted(hear(scene(1.0, "stop workout", 1.0), ear))[-1] == "stop workout"


def test_next_waits_for_the_end_of_the_utterance(ear: Ear, scene: Scene) -> None:
    sound = scene(1.0, "next", 1.0)
    [decision] = hear(sound, ear)
    assert not decision.early
    assert 0 < decision.decided - (len(sound) / EAR_RATE - 1.0) < 0.5


def test_talk_is_rejected_with_a_reason(ear: Ear, scene: Scene) -> None:
    sound = scene(1.0, "I bought some potatoes and a loaf of bread this morning", 1.0)
    decisions = hear(sound, ear)
    assert decisions
    assert not accepted(decisions)
    assert all(decision.reason for decision in decisions)


def test_a_number_counts_only_where_one_was_asked_for(ear: Ear, scene: Scene) -> None:
    ear.expect(ENGLISH.phrases)
    assert accepted(hear(scene(1.0, "seven", 1.0), ear)) == []
    ear.expect(None)
    assert accepted(hear(scene(1.0, "seven", 1.0), ear)) == ["seven"]


def test_opening_comes_before_the_decision_and_closing_after(ear: Ear, scene: Scene) -> None:
    sound = scene(1.0, "next exercise", 1.0)
    happened = [it for found in blocks(ear, sound, np.zeros_like(sound)) for it in found]
    assert [type(it) for it in happened] == [Opened, Decision, Closed]
    assert isinstance(happened[0], Opened)
    assert 1.0 < happened[0].at < 1.15


def test_blocks_of_any_length_give_the_same(ear: Ear, scene: Scene) -> None:
    sound = scene(1.0, "next exercise", 1.0)
    whole = hear(sound, ear)
    pieces, start = [], 0
    again = Ear(MODEL, VOCABULARY)
    for length in np.random.default_rng(1).integers(0, 900, 1000):
        part = sound[start : start + length]
        pieces += again.feed(part, np.zeros_like(part), start / EAR_RATE)
        start += len(part)
    assert [(it.text, round(it.decided, 3)) for it in pieces if isinstance(it, Decision)] == [
        (it.text, round(it.decided, 3)) for it in whole
    ]


def echo_of(coach: Samples) -> Samples:
    return convolve(coach, room_response(np.random.default_rng(3), delay=0.1, reverberation=0.3, direct=0.5))


def coach_in_a_room(scene: Scene) -> tuple[Samples, Samples]:
    """His sentences, as played and as they come back."""
    line = "Lean forward a little from the ankles. Keep your right leg straight and press it back. Hips level."
    coach = scene(*([line, 0.3] * 4), voice="espeak:")
    return coach, echo_of(coach)


def test_the_coach_does_not_command_himself(ear: Ear, scene: Scene) -> None:
    coach = scene(1.0, "Say next to go on.", 0.5, "Next: donkey kicks.", 0.5, "Pause, or stop.", 1.0, voice="espeak:")
    assert accepted(hear(echo_of(coach), ear, played=coach)) == []


def test_the_athlete_is_heard_over_the_coach(ear: Ear, scene: Scene) -> None:
    coach, echo = coach_in_a_room(scene)
    athlete = scene(13.0, "pause", 3.0, "next exercise", 1.0)
    echo[: len(athlete)] += athlete
    assert accepted(hear(echo, ear, played=coach)) == ["pause", "next exercise"]


def test_the_verifier_is_asked_of_an_athlete_who_stands_out_from_the_coach(ear: Ear, scene: Scene) -> None:
    coach, echo = coach_in_a_room(scene)
    athlete = scene(14.0, "next exercise", 1.0)
    echo[: len(athlete)] += athlete
    ear.saying("lean forward a little from the ankles", 0.0)
    heard = chain.from_iterable(blocks(ear, echo, coach))
    [said] = [it for it in heard if isinstance(it, Decision) and it.accepted]
    assert said.utterance is not None
    assert said.utterance.coach_says
    assert said.utterance.likely is not None


def test_without_aec3_the_athlete_is_heard_over_the_coach_in_a_quiet_room(
    monkeypatch: pytest.MonkeyPatch, scene: Scene
) -> None:
    monkeypatch.setitem(sys.modules, "livekit.rtc", None)
    ear = Ear(MODEL, VOCABULARY)
    assert ear.echo_detector == "gate"
    coach, echo = coach_in_a_room(scene)
    athlete = scene(13.0, "pause", 3.0, "next exercise", 1.0)
    echo[: len(athlete)] += athlete
    assert accepted(hear(echo, ear, played=coach)) == ["pause", "next exercise"]


def test_with_a_wake_phrase_nothing_else_counts_before_it(scene: Scene) -> None:
    ear = Ear(MODEL, Vocabulary.of(ENGLISH, wake="hey coach"))
    sound = scene(1.0, "next exercise", 2.0, "hey coach", 1.5, "make it easier", 1.0)
    assert accepted(hear(sound, ear)) == ["hey coach", "make it easier"]


def test_the_athlete_is_heard_over_the_coach_with_two_clocks(ear: Ear, scene: Scene) -> None:
    coach, echo = coach_in_a_room(scene)
    echo = drifted(echo, 100)
    athlete = scene(14.0, "pause", 2.5, "next exercise", 1.0)
    echo[: len(athlete)] += athlete
    assert accepted(hear(echo, ear, played=coach)) == ["pause", "next exercise"]
    assert abs(ear.drift - 100) < 2


@pytest.mark.parametrize("ppm", [100, -100])
def test_with_two_clocks_the_ear_does_not_open_at_the_coach_once_it_follows_them(
    ear: Ear, scene: Scene, ppm: float
) -> None:
    counts = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    coach = scene(*(part for count in counts for part in (f"{count}. Hips level.", 0.6)), voice="espeak:")
    found = blocks(ear, drifted(echo_of(coach), ppm), coach)
    opened = [it.at for happened in found for it in happened if isinstance(it, Opened) and ear.drift]
    assert abs(ear.drift - ppm) < 2
    assert opened == []


@pytest.mark.parametrize("begins", [4.55, 4.7, 4.85])
def test_a_word_that_begins_as_music_has_held_the_ear_open_for_too_long_is_whole(
    ear: Ear, scene: Scene, begins: float
) -> None:
    """It opens at about a second, and lets go four seconds later: with the word half over, or hardly begun."""
    sound = scene(begins, "volume down", 2.0)
    beats = np.arange(len(sound)) / EAR_RATE
    hum = 0.02 * np.sin(2 * np.pi * 150 * beats) * (beats % 0.4 < 0.25) * (beats > 1)
    assert accepted(hear((sound + hum).astype(np.float32), ear)) == ["volume down"]


def test_sounds_without_words_tell_how_loud_the_room_is(ear: Ear, scene: Scene) -> None:
    sound = scene(6.0, "next exercise", 1.0)
    hum = 0.05 * np.random.default_rng(3).standard_normal(round(0.6 * EAR_RATE)).astype(np.float32)
    for start in (1.0, 2.8, 4.6):
        sound[round(start * EAR_RATE) :][: len(hum)] += hum
    decision = hear(sound, ear)[-1]
    assert (decision.text, decision.accepted) == ("next exercise", True)
    speech = sound[6 * EAR_RATE : -EAR_RATE]
    over = 10 * np.log10(np.mean(speech**2) / np.mean(hum**2))
    assert decision.utterance is not None
    assert decision.utterance.over_room == pytest.approx(over, abs=3.0)


@pytest.mark.parametrize(("level", "obeyed"), [(0.1, ["next exercise"]), (0.4, [])])
def test_a_command_right_after_somebody_elses_words_counts_where_they_are_far_softer(
    ear: Ear, scene: Scene, level: float, obeyed: list[str]
) -> None:
    others = scene(1.0, "she said the meeting moved", voice="espeak:m3", level=level)
    assert accepted(hear(np.concatenate((others, scene("next exercise", 1.5))), ear)) == obeyed


@pytest.mark.parametrize("phrase", ["next exercise", "take a break", "one more set"])
def test_a_phrase_with_which_a_sentence_begins_is_no_command(ear: Ear, scene: Scene, phrase: str) -> None:
    alone, spoken_on = (scene(1.0, phrase, *rest, 1.5) for rest in ((), ("is what my neighbour said",)))
    assert accepted(hear(alone, ear)) == [phrase]
    assert not [it for it in hear(spoken_on, ear) if it.accepted]


@pytest.mark.parametrize("voice", ["espeak:f4", "espeak:m6", "espeak:Annie"])
@pytest.mark.parametrize(
    "sentence", ["waiting for the train", "pausing is not what we do", "that hearse is black", "the old dog waited"]
)
def test_a_sentence_that_begins_like_something_urgent_is_not_acted_on(
    ear: Ear, scene: Scene, voice: str, sentence: str
) -> None:
    assert not accepted(hear(scene(1.0, sentence, 1.5, voice=voice), ear))


@pytest.mark.parametrize("phrase", ["it hurts", "that hurts", "hold on"])
def test_something_urgent_is_acted_on_within_a_quarter_of_a_second(ear: Ear, scene: Scene, phrase: str) -> None:
    sound = scene(1.0, phrase, 1.5)
    [decision] = [it for it in hear(sound, ear) if it.accepted]
    assert decision.text == phrase
    assert decision.decided < len(sound) / EAR_RATE - 1.5 + 0.25


def test_a_breath_after_a_command_is_no_sentence(ear: Ear, scene: Scene) -> None:
    sound = scene(1.0, "next exercise", 1.5)
    breath = noises.NOISES["breathing"](np.random.default_rng(3), 6.0)
    loud = breath[np.argmax(np.convolve(breath**2, np.ones(4800), "valid")) :][:4800]
    end = len(sound) - round(1.5 * EAR_RATE)
    sound[end + 1600 : end + 6400] += loud * level(sound[:end]) / level(loud) / 2
    assert accepted(hear(sound, ear)) == ["next exercise"]


def test_a_shout_counts_although_its_athlete_speaks_on(ear: Ear, scene: Scene) -> None:
    sound = scene(1.0, "stop", 0.12, "this is far too much for me", 1.5)
    assert accepted(hear(sound, ear)) == ["stop"]
