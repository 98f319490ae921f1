import subprocess
import sys
import weakref
from pathlib import Path

import numpy as np
import pytest

from coach import language
from coach.audio.loudness import PEAK, SPEECH_LEVEL, speech_level
from coach.errors import NotFound
from coach.language.delivery import Pace
from coach.voice.cache import Voice

LINE = "Lean forward a little from the ankles."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def files(folder: Path) -> list[Path]:
    return sorted((folder / "voice").iterdir())


def test_a_clip_begins_and_ends_with_sound(folder: Path) -> None:
    clip = Voice(48_000, folder=folder).clip(LINE)
    loud = np.flatnonzero(np.abs(clip.samples) > 0.01)
    assert clip.rate == 48_000
    assert clip.samples.dtype == np.float32
    assert loud[0] < 0.02 * 48_000
    assert len(clip.samples) - loud[-1] < 0.06 * 48_000


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
def test_a_line_lasts_equally_long_at_every_rate(folder: Path, rate: int) -> None:
    voice = Voice(rate, folder=folder)
    assert voice.seconds(LINE) == pytest.approx(Voice(48_000, folder=folder).seconds(LINE), abs=1 / 16_000)
    assert voice.seconds(LINE) == len(voice.clip(LINE).samples) / rate


def test_every_count_fits_a_beat_of_three_quarters_of_a_second(folder: Path) -> None:
    voice = Voice(48_000, folder=folder)
    longest = max(voice.seconds(number, Pace.COUNT) for number in language.load().numbers[1:])
    assert longest < 0.75


def test_counts_are_spoken_faster_than_talk(folder: Path) -> None:
    voice = Voice(48_000, folder=folder)
    assert voice.seconds("seventeen", Pace.COUNT) < 0.8 * voice.seconds("seventeen", Pace.TALK)


def test_every_clip_has_the_same_level_and_no_peak_near_full_scale(folder: Path) -> None:
    voice = Voice(48_000, folder=folder)
    for text in ("one", "six", "eight", "Hips level.", LINE, "Squeeze, hold, and lower slowly."):
        samples = voice.clip(text, Pace.COUNT).samples
        assert speech_level(samples, 48_000) == pytest.approx(SPEECH_LEVEL, abs=0.5)
        assert np.abs(samples).max() < PEAK + 0.02


def test_words_and_manner_make_a_clip_of_their_own(folder: Path) -> None:
    def seconds(**manner: int | str) -> float:
        return Voice(48_000, folder=folder, **manner).seconds(LINE)  # type: ignore[arg-type]

    assert seconds(talk=300) < 0.75 * seconds(talk=175)
    low, high = (Voice(48_000, folder=folder, pitch=pitch).clip(LINE).samples for pitch in (20, 90))
    assert centre(high) > centre(low)


def centre(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples))[: len(samples) // 48]  # below 500 Hz
    return float((np.arange(len(spectrum)) * spectrum).sum() / spectrum.sum() / len(samples))


def test_the_athlete_can_have_another_voice(folder: Path) -> None:
    coach, athlete = Voice(48_000, folder=folder).clip(LINE), Voice(48_000, voice="en-gb+f3", folder=folder).clip(LINE)
    assert not np.array_equal(coach.samples, athlete.samples)
    assert centre(athlete.samples) > centre(coach.samples)


def test_a_variant_is_known_by_its_own_capitals(folder: Path) -> None:
    annie, plain = (Voice(48_000, voice=name, folder=folder).clip(LINE).samples for name in ("en-us+Annie", "en-us"))
    assert centre(annie) > centre(plain)


@pytest.mark.parametrize("name", ["gmw/en-us", "en-us", "EN-US", "English (America)"])
def test_a_voice_is_found_by_id_language_or_name(folder: Path, name: str) -> None:
    by_id, by_name = (Voice(48_000, voice=each, folder=folder).seconds(LINE) for each in ("gmw/en-us", name))
    assert by_name == pytest.approx(by_id, abs=0.005)  # eSpeak's hiss is random, so its lengths differ by some samples


@pytest.mark.parametrize(
    ("voice", "sentence"),
    [
        ("en-uss", 'There is no voice "en-uss".'),
        ("en-us+nobody", 'There is no variant "nobody"'),
        ("quenyaa", "quenyaa"),
    ],
)
def test_a_voice_that_does_not_exist_is_told_with_those_that_do(folder: Path, voice: str, sentence: str) -> None:
    with pytest.raises(NotFound) as trouble:
        Voice(48_000, voice=voice, folder=folder).clip("ready")
    assert sentence in trouble.value.sentence
    assert {"gmw/en-us", "f1", "art/qya"} & set(trouble.value.hint.replace(",", "").replace(".", "").split())


def test_nothing_to_pronounce_is_an_empty_clip(folder: Path) -> None:
    assert Voice(48_000, folder=folder).seconds(" … ") == 0


def test_with_a_warm_cache_nothing_is_synthesised_nor_pyttsx3_imported(folder: Path) -> None:
    expected = Voice(48_000, folder=folder).clip(LINE)
    program = (
        "import sys; from pathlib import Path; from coach.voice.cache import Voice\n"
        f"print(len(Voice(48_000, folder=Path({str(folder)!r})).clip({LINE!r}).samples), 'pyttsx3' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == [str(len(expected.samples)), "False"]


@pytest.mark.parametrize("damage", ["empty", "cut short", "one bit", "zeros"])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: str) -> None:
    whole = Voice(48_000, folder=tmp_path).clip(LINE)
    (file,) = files(tmp_path)
    good = file.read_bytes()
    flipped = bytearray(good)
    flipped[len(flipped) // 2] ^= 1
    file.write_bytes(
        {"empty": b"", "cut short": good[:-100], "one bit": bytes(flipped), "zeros": bytes(len(good))}[damage]
    )
    again = Voice(48_000, folder=tmp_path).clip(LINE)
    assert len(again.samples) == pytest.approx(len(whole.samples), rel=0.02)
    assert file.read_bytes() != b""
    assert len(file.read_bytes()) == pytest.approx(len(good), rel=0.02)


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "voice").write_text("a file where the folder should be")
    assert Voice(48_000, folder=tmp_path).seconds("ready") > 0.2


def test_lines_prepared_are_on_disk_in_order(tmp_path: Path) -> None:
    voice = Voice(48_000, folder=tmp_path)
    lines = [(f"Line number {n}.", Pace.TALK) for n in range(12)]
    voice.prepare(lines)
    voice.prepare([("and this one last", Pace.COUNT)])
    assert voice.prepared(30)
    made = sorted(files(tmp_path), key=lambda file: file.stat().st_mtime_ns)
    assert len(made) == 13
    assert len(made[-1].read_bytes()) == min(len(file.read_bytes()) for file in made)


def test_what_is_needed_now_does_not_wait_for_what_is_prepared(tmp_path: Path) -> None:
    voice = Voice(48_000, folder=tmp_path)
    voice.prepare((f"A line of some length, and its number is {n}.", Pace.TALK) for n in range(200))
    voice.clip("pause")
    assert len(files(tmp_path)) < 100
    assert voice.prepared(60)


def test_the_cache_on_disk_is_bounded_and_forgets_what_was_unused_longest(tmp_path: Path) -> None:
    voice = Voice(48_000, folder=tmp_path, on_disk=200_000)
    voice.prepare((f"A line of some length, and its number is {n}.", Pace.TALK) for n in range(20))
    assert voice.prepared(30)
    assert 0 < sum(file.stat().st_size for file in files(tmp_path)) <= 200_000


def test_what_is_forgotten_takes_no_memory_and_is_at_hand_on_the_disk(folder: Path) -> None:
    voice = Voice(48_000, folder=folder)
    samples = weakref.ref(voice.clip(LINE).samples)
    assert samples() is not None
    voice.forget()
    assert samples() is None
    assert voice.at_hand(LINE) is not None
