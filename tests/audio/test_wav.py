import wave
from pathlib import Path

import numpy as np
import pytest

from coach.audio.wav import Recording, read
from coach.errors import CoachError

WAVE = (0.5 * np.sin(np.arange(8_000) / 10)).astype(np.float32)


def record(file: Path) -> None:
    with Recording(file, 16_000) as recording:
        for piece in np.split(WAVE, 10):
            recording.write(piece)


def test_what_was_recorded_is_read_back(tmp_path: Path) -> None:
    record(tmp_path / "out.wav")
    assert np.allclose(read(tmp_path / "out.wav", 16_000), WAVE, atol=1e-4)
    assert [file.name for file in tmp_path.iterdir()] == ["out.wav"]


def test_a_recording_that_was_broken_off_leaves_nothing(tmp_path: Path) -> None:
    def broken_off() -> None:
        with Recording(tmp_path / "out.wav", 16_000) as recording:
            recording.write(WAVE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert list(tmp_path.iterdir()) == []


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    record(tmp_path / "out.wav")
    with Recording(tmp_path / "out.wav", 16_000) as recording:
        recording.write(WAVE[:100])
        assert len(read(tmp_path / "out.wav", 16_000)) == len(WAVE)
    assert len(read(tmp_path / "out.wav", 16_000)) == 100


def test_too_loud_is_cut_off_and_not_wrapped_round(tmp_path: Path) -> None:
    with Recording(tmp_path / "out.wav", 16_000) as recording:
        recording.write(np.array([2.0, -2.0], np.float32))
    assert read(tmp_path / "out.wav", 16_000) == pytest.approx([1, -1], abs=1e-3)


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_whole_number_formats_and_stereo_are_read(tmp_path: Path, width: int, channels: int) -> None:
    file = tmp_path / "in.wav"
    whole = np.round(WAVE * (2 ** (8 * width - 1) - 1)).astype("<i8")
    raw = (whole + 128 if width == 1 else whole).repeat(channels).view(np.uint8).reshape(-1, 8)[:, :width]
    with wave.open(str(file), "wb") as sound:
        sound.setparams((channels, width, 16_000, 0, "NONE", ""))
        sound.writeframes(raw.tobytes())
    assert np.allclose(read(file, 16_000), WAVE, atol=0.01)


def test_another_rate_is_brought_to_the_one_asked_for(tmp_path: Path) -> None:
    record(tmp_path / "in.wav")
    assert len(read(tmp_path / "in.wav", 48_000)) == 3 * len(WAVE)


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "No such file"), (b"", "cut short"), (b"hello, this is text", "not a WAV"), (b"RIFF\x24\0\0\0WAVE", "WAV")],
)
def test_a_file_that_is_no_recording_is_told_in_a_sentence(tmp_path: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / "in.wav").write_bytes(content)
    with pytest.raises(CoachError, match=told):
        read(tmp_path / "in.wav", 16_000)


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="cannot be written"):
        record(tmp_path / "no" / "such" / "folder" / "out.wav")
