"""Whole workouts in the simulated room, with the real voice and the real ear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from coach.app.athlete import Utterance, spoken
from coach.app.onlookers import Following
from coach.app.parts import Studio
from coach.app.render import RATE, Scene, render
from coach.audio.wav import read as read_wav
from coach.language.delivery import Pace
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.routine.model import Range, Routine, Work
from coach.session import events
from coach.session.events import Event

Happening = TypeVar("Happening", bound=Event)


@dataclass
class Rendered:
    events: list[Event]
    wav: Path

    def of(self, kind: type[Happening]) -> list[Happening]:
        return [event for event in self.events if isinstance(event, kind)]

    def commands(self) -> list[str]:
        return [event.command for event in self.events if isinstance(event, events.CommandGiven)]


def rendered(
    tmp_path: Path, routine: Routine, says: Sequence[tuple[float, str]] = (), echo: float | None = None
) -> Rendered:
    seen: list[Event] = []
    athlete = spoken([Utterance(at, say=words) for at, words in says])
    wav = tmp_path / "workout.wav"
    render(Studio(Settings()), routine, Scene(athlete, echo), wav=wav, following=Following([seen.append]))
    return Rendered(seen, wav)


def short(reps: int = 4, family: str = "squat") -> Routine:
    library = Library()
    work = Work(family, library.families[family].standard, Range(1, 1), Range(reps, reps), "rep", 20, 20)
    return Routine("short", "Short", (work,), library.families)


def test_counts_stand_on_the_beat_to_a_millisecond_over_thirty_reps(tmp_path: Path) -> None:
    made = rendered(tmp_path, short(reps=30))
    sound = read_wav(made.wav, RATE)
    voice = Studio(Settings()).voice(RATE)
    numbers = Studio(Settings()).language.numbers
    start = made.of(events.SetStarted)[0].at
    reps = made.of(events.Rep)
    period = (reps[-1].at - reps[0].at) / 29
    offsets = []
    for rep in reps:
        beat = start + rep.n * period
        offsets.append(_found(sound, voice.clip(numbers[rep.n], Pace.COUNT).samples, beat) - beat)
    assert len(offsets) == 30
    assert max(abs(offset) for offset in offsets) < 0.001
    assert abs(offsets[-1] - offsets[0]) < 0.001, "no drift"


def _found(sound: np.ndarray, clip: np.ndarray, near: float, within: float = 0.05) -> float:
    """Where in the sound the clip begins, in seconds, looked for around a time."""
    first = round((near - within) * RATE)
    stretch = sound[first : first + len(clip) + round(2 * within * RATE)]
    return (first + int(np.argmax(np.correlate(stretch, clip, "valid")))) / RATE


def test_the_coach_is_obeyed_over_its_own_voice_and_never_obeys_itself(tmp_path: Path) -> None:
    says = [(16.0, "pause"), (21.0, "resume"), (34.0, "ready"), (47.0, "how many left")]
    made = rendered(tmp_path, short(reps=6), says, echo=0.0)
    assert made.commands() == ["pause", "resume", "ready", "status"]


def test_the_coach_alone_is_never_taken_for_an_athlete(tmp_path: Path) -> None:
    """Counts after a pause leave more of their hisses than sentences do: an ear that opens at them cuts him short, at
    one of them at most in five minutes; what it then hears is no word. In the first line it opens at one of thirty
    draws of eSpeak's, for the echo is not known yet, and refuses that as such."""
    made = rendered(tmp_path, Library().routine("prerun-warmup"), echo=6.0)
    assert made.of(events.Rep)
    assert made.commands() == []
    first_line_over = made.of(events.Said)[1].at
    assert sum(heard.at > first_line_over for heard in made.of(events.HeardSpeech)) <= 1
    assert not any(heard.accepted for heard in made.of(events.HeardSpeech))


def test_a_paused_coach_is_silent_soon_after_the_word(tmp_path: Path) -> None:
    """Within 0.4 s of the end of the spoken word, in the median of five; silent is 40 dB under the coach's speech."""
    ats = [8.0, 20.0, 32.0, 44.0, 56.0]
    athlete = [(at, "pause") for at in ats] + [(at + 5, "resume") for at in ats]
    made = rendered(tmp_path, short(reps=12), athlete, echo=0.0)
    pause = spoken([Utterance(0, say="pause")])[0][1]
    word = np.flatnonzero(np.abs(pause) > 0.02)[-1] / 16_000
    sound = read_wav(made.wav, RATE)
    after = []
    for at, paused in zip(ats, made.of(events.Paused), strict=True):
        tone_ends = paused.at + 0.6
        assert np.abs(sound[round(tone_ends * RATE) : round((at + 4.5) * RATE)]).max() < 0.003
        after.append(paused.at - (at + word))
    assert sorted(after)[2] < 0.4, after


def test_the_same_workout_renders_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = rendered(tmp_path / "a", short(reps=3), [(20.0, "ready")], echo=0.0)
    other = rendered(tmp_path / "b", short(reps=3), [(20.0, "ready")], echo=0.0)
    assert one.events == other.events
    assert one.wav.read_bytes() == other.wav.read_bytes()


def test_a_paused_athlete_who_says_no_more_does_not_hold_a_render_for_ever(tmp_path: Path) -> None:
    made = rendered(tmp_path, short(reps=6), [(35.0, "it hurts")])
    assert made.commands() == ["hurts"], made.of(events.HeardSpeech)
    assert made.of(events.SessionFinished)[-1].status == "left waiting"


@pytest.mark.parametrize(
    "slug",
    [
        "prerun-warmup",
        pytest.param("lower-body-bands", marks=pytest.mark.slow),
        pytest.param("beginner-bands", marks=pytest.mark.slow),
        pytest.param("accessory-bands", marks=pytest.mark.slow),
        pytest.param("hotel-room", marks=pytest.mark.slow),
        pytest.param("standing-only", marks=pytest.mark.slow),
        pytest.param("no-band", marks=pytest.mark.slow),
    ],
)
def test_a_routine_is_done_as_it_is_written(tmp_path: Path, slug: str) -> None:
    """Sets, reps, sides and rests of the events are those of the file, at the low end of its ranges."""
    routine = Library().routine(slug)
    made = rendered(tmp_path, routine)
    assert made.of(events.SessionFinished)[0].status == "completed"
    done = made.of(events.SetFinished)
    wanted = [work for work in _works(routine) for _ in range(work.sets.low)]
    assert [(s.family, s.amount, s.unit) for s in done] == [(w.family, w.amount.low, w.unit) for w in wanted]
    for each, work in zip(done, wanted, strict=True):
        sides = routine.families[work.family].variants[work.rung].sides or ("",)
        assert each.done == dict.fromkeys(sides, work.amount.low)
    rests = [e.seconds if e.planned is None else e.planned for e in made.of(events.RestStarted)]
    assert rests == [w.rest if w is following else w.rest_after for w, following in pairwise(wanted)]


def _works(routine: Routine) -> list[Work]:
    return [block for block in routine.blocks if isinstance(block, Work)]


def test_the_voice_is_changed_by_voice_without_losing_a_line(tmp_path: Path) -> None:
    says = [(9.6, "talk slower"), (17.0, "another voice"), (40.0, "ready")]
    made = rendered(tmp_path, short(reps=4), says, echo=0.0)
    assert made.commands()[:2] == ["talk slower", "another voice"]
    texts = [event.text for event in made.of(events.Said) if not event.cut]
    for line in Library().families["squat"].variants[2].setup:
        assert line in texts, "said to its end"
    assert made.of(events.SessionFinished)[0].status == "completed"
