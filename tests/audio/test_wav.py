import os
import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from coach.audio.clip import EAR_RATE, Samples
from coach.audio.wav import Recording, header, read
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
    [(None, "No such file"), (b"", "not a WAV"), (b"hello, this is text", "not a WAV"), (b"RIFF\x24\0\0\0WAVE", "WAV")],
)
def test_a_file_that_is_no_recording_is_told_in_a_sentence(tmp_path: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / "in.wav").write_bytes(content)
    with pytest.raises(CoachError, match=told):
        read(tmp_path / "in.wav", 16_000)


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="cannot be written"):
        record(tmp_path / "no" / "such" / "folder" / "out.wav")


def write_pcm(path: Path, sound: Samples, rate: int, channels: int = 1, width: int = 2) -> Path:
    whole = np.clip(np.repeat(sound[:, None], channels, axis=1) * 2**31, -(2**31), 2**31 - 1).astype("<i4")
    data = whole.reshape(-1, 1).view(np.uint8).reshape(-1, 4)[:, 4 - width :]
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, width, rate, 0, "NONE", ""))
        file.writeframes(data.tobytes())
    return path


def write_float(path: Path, sound: np.ndarray, bits: int = 32) -> Path:
    form = struct.pack("<HHIIHH", 3, 1, EAR_RATE, EAR_RATE * 4, 4, bits)
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", sound.nbytes) + sound.tobytes()
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return path


@pytest.mark.parametrize(("rate", "channels", "width"), [(16_000, 1, 2), (44_100, 2, 3), (48_000, 1, 4), (8_000, 2, 2)])
def test_any_rate_channels_and_width_are_read(tmp_path: Path, rate: int, channels: int, width: int) -> None:
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate).astype(np.float32)
    sound = read(write_pcm(tmp_path / "tone.wav", tone, rate, channels, width), EAR_RATE)
    assert abs(len(sound) - EAR_RATE) <= 2
    middle = sound[4000:12000]
    assert np.argmax(np.abs(np.fft.rfft(middle))) == 220
    assert np.abs(middle).max() == pytest.approx(0.3, abs=0.01)


def test_floating_point_is_read(tmp_path: Path) -> None:
    tone = np.linspace(-1, 1, 1600, dtype="<f4")
    assert np.allclose(read(write_float(tmp_path / "float.wav", tone), EAR_RATE), tone)


@pytest.mark.parametrize("bits", [8, 24])
def test_floating_point_of_a_strange_width_is_refused(tmp_path: Path, bits: int) -> None:
    with pytest.raises(CoachError, match="a kind that is not understood"):
        read(write_float(tmp_path / "strange.wav", np.zeros(1600, "<f4"), bits), EAR_RATE)


def test_a_sample_that_is_no_number_is_silence(tmp_path: Path) -> None:
    sound = np.array([0.5, np.nan, np.inf, -np.inf, 1e30, 0.5], "<f4")
    assert read(write_float(tmp_path / "broken.wav", sound), EAR_RATE).tolist() == [0.5, 0, 0, 0, 0, 0.5]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(CoachError, match="a device or a pipe"):
        read(tmp_path / "pipe.wav", EAR_RATE)


def test_a_recording_replaces_no_device(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="a device or a pipe"):
        record(Path("/dev/null"))
    with pytest.raises(CoachError, match="a folder"):
        record(tmp_path)


def test_a_long_file_is_read_a_second_at_a_time(tmp_path: Path) -> None:
    blocks = list(header(write_pcm(tmp_path / "long.wav", np.zeros(100_000, np.float32), 8_000)).blocks())
    assert [len(block) for block in blocks] == [8_000] * 12 + [4_000]
