import struct
import wave
from pathlib import Path

import numpy as np
import pytest
import soxr

from coach.audio.clip import EAR_RATE, Samples
from coach.ear.hearing import hear_file, read_wav
from coach.errors import CoachError

from .conftest import ENGLISH


def write_pcm(path: Path, sound: Samples, rate: int, channels: int = 1, width: int = 2) -> Path:
    whole = np.clip(np.repeat(sound[:, None], channels, axis=1) * 2**31, -(2**31), 2**31 - 1).astype("<i4")
    data = whole.reshape(-1, 1).view(np.uint8).reshape(-1, 4)[:, 4 - width :]
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, width, rate, 0, "NONE", ""))
        file.writeframes(data.tobytes())
    return path


@pytest.mark.parametrize(("rate", "channels", "width"), [(16_000, 1, 2), (44_100, 2, 3), (48_000, 1, 4), (8_000, 2, 2)])
def test_any_rate_channels_and_width_are_read(tmp_path, rate, channels, width):
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate).astype(np.float32)
    sound = read_wav(write_pcm(tmp_path / "tone.wav", tone, rate, channels, width))
    assert abs(len(sound) - EAR_RATE) <= 2
    middle = sound[4000:12000]
    assert np.argmax(np.abs(np.fft.rfft(middle))) == 220
    assert np.abs(middle).max() == pytest.approx(0.3, abs=0.01)


def test_floating_point_is_read(tmp_path):
    tone = np.linspace(-1, 1, 1600, dtype="<f4")
    header = struct.pack("<HHIIHH", 3, 1, EAR_RATE, EAR_RATE * 4, 4, 32)
    body = b"WAVEfmt " + struct.pack("<I", 16) + header + b"data" + struct.pack("<I", tone.nbytes) + tone.tobytes()
    path = tmp_path / "float.wav"
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    assert np.allclose(read_wav(path), tone)


def test_what_is_no_wav_file_is_a_sentence(tmp_path):
    path = tmp_path / "notes.wav"
    path.write_text("not sound at all")
    with pytest.raises(CoachError, match="is not a WAV file"):
        read_wav(path)
    with pytest.raises(CoachError, match="cannot be read"):
        read_wav(tmp_path / "missing.wav")


def test_a_recording_gives_its_commands_with_their_times(tmp_path, ear, scene):
    sound = soxr.resample(scene(1.0, "next exercise", 1.0), EAR_RATE, 44_100)
    path = write_pcm(tmp_path / "said.wav", sound, 44_100, channels=2)
    [record] = hear_file(path, ear, ENGLISH)
    assert record["text"] == "next exercise"
    assert record["command"] == "next"
    assert record["accepted"] is True
    assert 0.9 < record["start"] < 1.2
    assert record["start"] < record["end"] <= record["decided"] < record["end"] + 0.5
