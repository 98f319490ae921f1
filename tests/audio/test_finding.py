"""Which device a name means, and what is told where there is none. No hardware: the list is made up."""

from __future__ import annotations

import pytest

from coach.audio.device import AudioDevice, _found
from coach.errors import DeviceTrouble

HEADSET = AudioDevice(0, "USB Headset", "ALSA", 1, 2, 48_000, default_input=False, default_output=False)
SPEAKER = AudioDevice(1, "Speaker", "ALSA", 0, 2, 44_100, default_input=False, default_output=True)
WEBCAM = AudioDevice(2, "USB Webcam", "PulseAudio", 1, 0, 16_000, default_input=True, default_output=False)
ALL = [HEADSET, SPEAKER, WEBCAM]


@pytest.mark.parametrize(
    ("name", "device"),
    [("", SPEAKER), ("0", HEADSET), ("usb headset", HEADSET), ("head", HEADSET), ("Speaker", SPEAKER)],
)
def test_a_loudspeaker_is_found_by_number_name_or_part_of_it(name: str, device: AudioDevice) -> None:
    assert _found(ALL, "loudspeaker", name) is device


@pytest.mark.parametrize(("name", "device"), [("", WEBCAM), ("2", WEBCAM), ("pulse", WEBCAM), ("Headset", HEADSET)])
def test_a_microphone_too(name: str, device: AudioDevice) -> None:
    assert _found(ALL, "microphone", name) is device


def test_where_the_system_has_no_own_the_first_is_taken() -> None:
    assert _found([HEADSET], "loudspeaker", "") is HEADSET


@pytest.mark.parametrize(
    ("known", "name", "told"),
    [
        ([], "", "There is no microphone."),
        ([SPEAKER], "", "There is no microphone."),
        (ALL, "usb", '"usb" fits several: 0 USB Headset, 2 USB Webcam.'),
        (ALL, "1", 'There is no microphone "1".'),
        (ALL, "drum", 'There is no microphone "drum".'),
    ],
)
def test_what_cannot_be_found_is_told_in_a_sentence(known: list[AudioDevice], name: str, told: str) -> None:
    with pytest.raises(DeviceTrouble) as trouble:
        _found(known, "microphone", name)
    assert trouble.value.sentence == told
    assert trouble.value.device == "microphone"
