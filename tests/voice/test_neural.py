"""Neural voices: through pyttsx3 like any other, by their files, and told where they cannot be."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import wave
from pathlib import Path

import numpy as np
import pytest
import pyttsx3

from coach.errors import CoachError, NotFound
from coach.language.delivery import Pace
from coach.own import paths
from coach.voice.cache import Voice
from coach.voice.neural import driver
from coach.voice.neural.installed import find, installed
from coach.voice.neural.phonemes import Phonemes
from coach.voice.synthesizer import Manner, Synthesizer
from tests.voice.small_voice import A_SOUND, kokoro_form, piper_form


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))


def read(file: Path) -> tuple[np.ndarray, float]:
    """A WAV file's samples and seconds."""
    with wave.open(str(file)) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2")
        return samples, sound.getnframes() / sound.getframerate()


def test_pyttsx3_speaks_with_it_at_the_rate_and_volume_that_were_set(tmp_path: Path) -> None:
    kokoro_form(paths.voices() / "small", "af_one", "bm_two")
    driver.register()
    engine = pyttsx3.init(driver.DRIVER)
    assert [voice.id for voice in engine.getProperty("voices")] == ["small/af_one", "small/bm_two"]

    def spoken(name: str) -> tuple[np.ndarray, float]:
        engine.save_to_file("seven", str(tmp_path / name))
        engine.runAndWait()
        return read(tmp_path / name)

    usual, seconds = spoken("usual.wav")
    assert seconds == pytest.approx(A_SOUND * len("0sˈɛvən0"), abs=0.01)
    engine.setProperty("rate", 2 * driver.USUAL)
    engine.setProperty("volume", 0.5)
    engine.setProperty("voice", "small/bm_two")
    quick, shorter = spoken("quick.wav")
    assert shorter == pytest.approx(seconds / 2, abs=0.01)
    assert quick.max() == pytest.approx(usual.max() / 2, rel=0.01)
    assert engine.getProperty("voice") == "small/bm_two"


def test_pipers_form_is_spoken_at_its_own_rate(tmp_path: Path) -> None:
    piper_form(paths.voices(), "en_US-someone-low")
    clip = Synthesizer(engine=driver.DRIVER).clip("seven", Manner("en_US-someone-low", 2 * driver.USUAL))
    sounds = len("^_" + "".join(f"{sound}_" for sound in "sˈɛvən") + "$")
    assert clip.rate == 22_050
    assert clip.seconds == pytest.approx(A_SOUND * sounds / 2, abs=0.02)


def test_a_line_is_made_and_kept_like_any_other_and_its_pitch_is_the_voices_own(tmp_path: Path) -> None:
    kokoro_form(paths.voices() / "small", "af_one")
    voice = Voice(48_000, voice="af_one", count=250, folder=tmp_path / "cache")
    one = voice.clip("one", Pace.COUNT)
    assert one.rate == 48_000
    assert 0.1 < one.seconds < 1
    again = Voice(48_000, voice="small/af_one", count=250, pitch=90, folder=tmp_path / "cache")
    assert np.array_equal(again.at_hand("one", Pace.COUNT).samples, one.samples)  # type: ignore[union-attr]


def test_only_whole_voices_of_known_languages_are_found() -> None:
    kokoro_form(paths.voices() / "small", "af_one", "jf_five")
    (kokoro_form(paths.voices() / "broken", "af_two") / "symbols.json").unlink()
    (paths.voices() / "en_US-alone.onnx.json").write_text("{}")
    assert [voice.id for voice in installed()] == ["small/af_one"]
    assert find("One") == find("af_one") == find("small/af_one") != None  # noqa: E711
    assert find("") is find("en-us") is None


def test_a_damaged_network_is_a_sentence() -> None:
    folder = kokoro_form(paths.voices() / "small", "af_one")
    (folder / "model.onnx").write_bytes((folder / "model.onnx").read_bytes()[:200])
    with pytest.raises(CoachError, match="small/af_one cannot be loaded: its files are damaged"):
        Synthesizer(engine=driver.DRIVER).clip("one", Manner("af_one", 175))


def test_without_a_voice_that_is_told() -> None:
    with pytest.raises(NotFound, match="No neural voice is installed"):
        Synthesizer(engine=driver.DRIVER).clip("one", Manner("af_one", 175))


def test_without_onnxruntime_what_to_install_is_told() -> None:
    kokoro_form(paths.voices() / "small", "af_one")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent("""
            import sys
            sys.modules["onnxruntime"] = None
            from coach.cli.main import main
            sys.argv = ["coach", "voices", "af_one", "--keep"]
            main()
        """)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "needs onnxruntime, which is not installed" in done.stderr
    assert "workout-coach[neural]" in done.stderr


def test_the_sounds_of_a_text_keep_its_marks_and_come_again_after_the_process_died() -> None:
    phonemes = Phonemes()
    assert phonemes.of("Ready, seven. One", "en-us") == "ɹˈɛdi, sˈɛvən. wˈʌn"
    assert phonemes._process is not None
    phonemes._process.kill()
    phonemes._process.wait()
    assert phonemes.of("half", "en-gb") == "hˈɑːf"
    assert phonemes.of("half", "en-us") == "hˈæf"
    phonemes.close()
