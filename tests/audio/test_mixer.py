import numpy as np
import pytest

from coach.audio.clip import Clip, Samples
from coach.audio.mixer import FADE, Finished, Mixer
from coach.language.delivery import Priority

RATE, BLOCK = 48_000, 960
FADED = round(FADE * RATE)


def steady(length: int, level: float = 0.2) -> Clip:
    return Clip(np.full(length, level, np.float32), RATE)


def play(mixer: Mixer, seconds: float) -> Samples:
    return np.concatenate([mixer.next() for _ in range(round(seconds * RATE / BLOCK))])


@pytest.fixture
def mixer() -> Mixer:
    return Mixer(RATE, BLOCK)


@pytest.mark.parametrize("at", [0, 1, 959, 960, 961, 12_345])
def test_a_clip_sounds_at_its_very_sample(mixer: Mixer, at: int) -> None:
    clip = Clip(np.linspace(0.1, 0.8, 5_000, dtype=np.float32), RATE)
    mixer.play(clip, at, Priority.COUNT, "one")
    played = play(mixer, 0.5)
    assert not played[:at].any()
    assert np.allclose(played[at : at + 5_000], clip.samples)
    assert not played[at + 5_000 :].any()
    assert mixer.finished() == [Finished("one", at, at + 5_000, Priority.COUNT, False)]


def test_a_line_is_reported_once_and_with_the_block_in_which_it_ends(mixer: Mixer) -> None:
    mixer.play(steady(BLOCK + 1), 0, Priority.CUE, "hips level")
    mixer.next()
    assert mixer.finished() == []
    mixer.next()
    assert [line.label for line in mixer.finished()] == ["hips level"]
    assert mixer.finished() == []


def test_thirty_counts_lie_on_the_beat_to_the_sample(mixer: Mixer) -> None:
    beat = 100_003
    for n in range(30):
        mixer.play(steady(9_000), n * beat, Priority.COUNT, str(n))
    played = play(mixer, 30 * beat / RATE + 1)
    starts = np.flatnonzero((played[1:] != 0) & (played[:-1] == 0)) + 1
    assert [0, *starts.tolist()] == [n * beat for n in range(30)]


def test_what_was_due_in_the_past_sounds_at_once_and_is_reported_as_it_was(mixer: Mixer) -> None:
    play(mixer, 0.1)
    mixer.play(steady(100), 5, Priority.COUNT, "late")
    play(mixer, 0.1)
    assert mixer.finished() == [Finished("late", 4_800, 4_900, Priority.COUNT, False)]


def test_a_line_of_higher_priority_fades_out_the_one_that_sounds(mixer: Mixer) -> None:
    mixer.play(steady(RATE), 0, Priority.BRIEFING, "low")
    mixer.play(steady(4_800, level=0.0), 10_000, Priority.SAFETY, "high")
    played = play(mixer, 1)
    assert np.allclose(played[:10_000], 0.2)
    assert np.all(np.diff(played[10_000 : 10_000 + FADED]) < 0)
    assert not played[10_000 + FADED :].any()
    assert set(mixer.finished()) == {
        Finished("low", 0, 10_000 + FADED, Priority.BRIEFING, True),
        Finished("high", 10_000, 14_800, Priority.SAFETY, False),
    }


def test_of_two_lines_of_one_priority_the_later_is_heard(mixer: Mixer) -> None:
    mixer.play(steady(RATE), 0, Priority.ANSWER, "first")
    mixer.play(steady(4_800), 10_000, Priority.ANSWER, "second")
    play(mixer, 1)
    assert [(line.label, line.cut) for line in mixer.finished()] == [("first", True), ("second", False)]


def test_a_line_that_would_start_over_a_higher_one_is_dropped(mixer: Mixer) -> None:
    mixer.play(steady(20_000), 0, Priority.ANSWER, "answer")
    mixer.play(steady(20_000), 10_000, Priority.CUE, "cue")
    mixer.play(steady(1_000), 20_000, Priority.CUE, "after it")
    played = play(mixer, 1)
    assert np.allclose(played[:20_000], 0.2)
    assert set(mixer.finished()) == {
        Finished("answer", 0, 20_000, Priority.ANSWER, False),
        Finished("cue", 10_000, 10_000, Priority.CUE, True),
        Finished("after it", 20_000, 21_000, Priority.CUE, False),
    }


def test_a_count_is_heard_over_an_answer_which_dips_and_comes_back(mixer: Mixer) -> None:
    mixer.play(steady(RATE), 0, Priority.ANSWER, "answer")
    mixer.play(steady(9_600, level=0.4), 9_600, Priority.COUNT, "four")
    played = play(mixer, 1)
    under_it = played[9_600 + FADED : 19_200] - 0.4
    assert np.allclose(under_it, 0.2 * 10 ** (-12 / 20), atol=1e-4)
    assert np.allclose(played[30_000:], 0.2)
    assert not any(line.cut for line in mixer.finished())


def test_a_count_cuts_a_cue(mixer: Mixer) -> None:
    mixer.play(steady(RATE), 0, Priority.CUE, "cue")
    mixer.play(steady(9_600), 9_600, Priority.COUNT, "four")
    play(mixer, 1)
    assert {line.label: line.cut for line in mixer.finished()} == {"cue": True, "four": False}


def test_a_tone_cuts_nothing_and_is_not_cut(mixer: Mixer) -> None:
    mixer.play(steady(20_000), 0, Priority.CHATTER, "line")
    mixer.play(steady(5_000, level=0.1), 1_000, Priority.SAFETY)
    mixer.play(steady(5_000, level=0.1), 12_000, Priority.CHATTER)
    mixer.play(steady(1_000, level=0.0), 14_000, Priority.CHATTER)
    played = play(mixer, 1)
    assert np.allclose(played[1_000:6_000], 0.3)
    assert np.allclose(played[12_000:17_000], 0.3)
    assert mixer.finished() == [Finished("line", 0, 20_000, Priority.CHATTER, False)]


def test_a_hush_falls_silent_within_thirty_milliseconds_without_a_click(mixer: Mixer) -> None:
    mixer.play(steady(RATE), 0, Priority.SAFETY, "line")
    mixer.play(steady(RATE), 0, Priority.COUNT)
    play(mixer, 0.1)
    mixer.hush(5_000)
    played = play(mixer, 0.9)
    assert not played[5_000 - 4_800 + round(0.03 * RATE) :].any()
    assert np.abs(np.diff(played)).max() < 0.005
    assert mixer.finished() == [Finished("line", 0, 5_000 + FADED, Priority.SAFETY, True)]


def test_a_hush_forgets_what_was_placed_before_it_and_nothing_after(mixer: Mixer) -> None:
    mixer.play(steady(1_000), 20_000, Priority.COUNT, "five")
    mixer.hush(0)
    mixer.play(steady(1_000), 20_000, Priority.ANSWER, "paused")
    play(mixer, 1)
    assert [(line.label, line.end - line.start) for line in mixer.finished()] == [("five", 0), ("paused", 1_000)]


def test_ducking_lowers_everything_by_18_db_and_lets_it_back(mixer: Mixer) -> None:
    mixer.play(steady(2 * RATE), 0, Priority.COUNT, "count")
    mixer.play(steady(2 * RATE), 0, Priority.CHATTER)
    play(mixer, 0.1)
    mixer.duck(True)
    down = play(mixer, 0.5)
    mixer.duck(False)
    up = play(mixer, 0.5)
    assert np.allclose(down[round(0.03 * RATE) :], 0.4 * 10 ** (-18 / 20), atol=1e-4)
    assert np.allclose(up[round(0.2 * RATE) :], 0.4, atol=1e-4)
    assert up[round(0.05 * RATE)] < 0.3
    assert np.abs(np.diff(np.concatenate((down, up)))).max() < 0.001


def test_volume_changes_without_a_click(mixer: Mixer) -> None:
    mixer.play(steady(RATE, level=0.8), 0, Priority.COUNT, "count")
    mixer.volume(0.25)
    played = play(mixer, 0.5)
    assert np.allclose(played[2_000:], 0.2, atol=1e-4)
    assert np.abs(np.diff(played)).max() < 0.002


def test_a_gain_is_the_clips_own(mixer: Mixer) -> None:
    mixer.play(steady(BLOCK, level=0.1), 0, Priority.COUNT, gain=2.0)
    assert np.allclose(mixer.next(), 0.2)


def test_loud_clips_together_stay_within_full_scale(mixer: Mixer) -> None:
    wave = Clip(np.sin(np.arange(RATE) / 20).astype(np.float32), RATE)
    for _ in range(5):
        mixer.play(wave, 0, Priority.COUNT)
    assert np.abs(play(mixer, 0.5)).max() <= 1.0


def test_a_single_clip_under_the_limit_is_not_bent(mixer: Mixer) -> None:
    wave = Clip((0.8 * np.sin(np.arange(RATE) / 20)).astype(np.float32), RATE)
    mixer.play(wave, 0, Priority.COUNT)
    assert np.array_equal(play(mixer, 0.5), wave.samples[: RATE // 2])


def test_the_line_that_is_heard_can_be_asked_for(mixer: Mixer) -> None:
    mixer.play(steady(2_000), 960, Priority.ANSWER, "answer")
    mixer.play(steady(100), 1_900, Priority.COUNT, "four")
    mixer.play(steady(9_000), 0, Priority.CHATTER)
    lines = []
    for _ in range(5):
        lines.append(mixer.line)
        mixer.next()
    assert lines == [None, None, "four", "answer", None]


def test_a_mixer_sounds_until_its_last_clip_has_ended(mixer: Mixer) -> None:
    assert not mixer.sounding
    mixer.play(steady(100), 1_000, Priority.CUE, "cue")
    assert mixer.sounding
    mixer.next()
    assert mixer.sounding
    mixer.next()
    assert not mixer.sounding


def test_an_empty_clip_ends_where_it_starts(mixer: Mixer) -> None:
    mixer.play(steady(0), 100, Priority.CUE, "…")
    mixer.next()
    assert mixer.finished() == [Finished("…", 100, 100, Priority.CUE, False)]


def test_silence_is_one_block_made_once(mixer: Mixer) -> None:
    assert mixer.next() is mixer.next()


def test_a_clip_of_another_rate_is_refused(mixer: Mixer) -> None:
    with pytest.raises(ValueError, match="22050"):
        mixer.play(Clip(np.zeros(10, np.float32), 22_050), 0, Priority.CUE, "x")
