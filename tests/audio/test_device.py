"""Real PortAudio streams; most of it in the virtual room, in real time."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.audio.clip import EAR_RATE, Clip, Heard, Samples
from coach.audio.device import devices, open_duplex
from coach.audio.duplex import Live
from coach.audio.loudness import speech_level
from coach.audio.mixer import Mixer
from coach.errors import DeviceLost, DeviceTrouble
from coach.language.delivery import Priority
from tests.live.athlete import Workout
from tests.room import VirtualRoom

live = pytest.mark.live


@contextlib.contextmanager
def opened(microphone: str | None = "", loudspeaker: str | None = "") -> Iterator[Live]:
    device = open_duplex(microphone, loudspeaker)
    try:
        yield device
    finally:
        device.close()


def exchange(device: Live, sound: Samples) -> Heard:
    """Play all of it; what was heard, in one piece."""
    blocks = np.pad(sound, (0, -len(sound) % device.block)).reshape(-1, device.block).astype(np.float32)
    heard = [device.exchange(block) for block in blocks]
    return Heard(np.concatenate([h.mic for h in heard]), np.concatenate([h.played for h in heard]), heard[0].at)


def silence(device: Live, seconds: float) -> Samples:
    return np.zeros(round(seconds * device.rate), np.float32)


def tone(device: Live, hertz: float, seconds: float, level: float = 0.3) -> Samples:
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * device.rate)) / device.rate)).astype(
        np.float32
    )


def until_lost(device: Live, sound: Samples, seconds: float) -> DeviceLost:
    block = sound[: device.block]
    for _ in range(round(seconds / 0.02)):
        try:
            device.exchange(block)
        except DeviceLost as lost:
            return lost
    pytest.fail("no device was lost")


def until(device: Live, happened: Callable[[], object], seconds: float = 15) -> None:
    for _ in range(round(seconds / 0.02)):
        if happened():
            return
        device.exchange(np.zeros(device.block, np.float32))
    pytest.fail("it did not happen")


@live
def test_a_tone_comes_back_at_its_frequency_and_level(virtual_room: VirtualRoom) -> None:
    with opened() as device:
        heard = exchange(device, tone(device, 440, 3)).mic[EAR_RATE : 2 * EAR_RATE]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert np.argmax(spectrum) == pytest.approx(440, abs=1)
    assert speech_level(heard, EAR_RATE) == pytest.approx(20 * np.log10(0.3 / np.sqrt(2)), abs=0.5)


def thirty_beats() -> tuple[Samples, Samples, bool]:
    """Thirty bursts, a second apart, as heard and as played; and whether the machine kept up with its sound."""
    with opened() as device:
        mixer = Mixer(device.rate, device.block)
        burst = np.random.default_rng(3).standard_normal(device.rate // 50).astype(np.float32) * np.float32(0.2)
        for n in range(30):
            mixer.play(Clip(burst, device.rate), (n + 1) * device.rate, Priority.COUNT, str(n))
        heard = [device.exchange(mixer.next()) for _ in range(32 * 50)]
        kept_up = not any(device.counts.values())
    return np.concatenate([h.mic for h in heard]), np.concatenate([h.played for h in heard]), kept_up


def onsets(sound: Samples) -> np.ndarray:
    """Where sound begins after half a second of silence."""
    loud = np.flatnonzero(np.abs(sound) > 0.02)
    return loud[np.diff(loud, prepend=-EAR_RATE) > EAR_RATE // 2]


@live
def test_thirty_clips_come_back_on_their_beat_without_drift(virtual_room: VirtualRoom) -> None:
    for _ in range(3):
        mic, played, kept_up = thirty_beats()
        if kept_up:
            break
    sent, came = onsets(played), onsets(mic)
    assert len(sent) == len(came) == 30
    assert np.allclose(np.diff(sent), EAR_RATE, atol=1)
    lateness = (came - sent) / EAR_RATE
    assert np.ptp(lateness) < 0.010
    assert abs(lateness[-5:].mean() - lateness[:5].mean()) < 0.001


@live
def test_what_is_heard_is_stamped_on_the_clock_of_the_blocks(virtual_room: VirtualRoom) -> None:
    with opened() as device:
        exchange(device, silence(device, 1))
        sound = silence(device, 2)
        sound[device.rate] = 0.9
        start = exchange(device, sound)
    click = int(np.argmax(np.abs(start.played)))
    assert start.at + click / EAR_RATE == pytest.approx(2, abs=0.002)


@live
def test_the_athlete_is_heard(virtual_room: VirtualRoom) -> None:
    with opened() as device:
        exchange(device, silence(device, 0.5))
        virtual_room.say(0.4 * np.sin(2 * np.pi * 700 * np.arange(16_000) / 16_000), 16_000).wait()
        heard = exchange(device, silence(device, 1)).mic
    assert np.argmax(np.abs(np.fft.rfft(heard))) / len(heard) * EAR_RATE == pytest.approx(700, abs=3)


@live
def test_a_microphone_alone_is_paced_and_heard(virtual_room: VirtualRoom) -> None:
    with opened(loudspeaker=None) as device:
        virtual_room.say(0.4 * np.sin(2 * np.pi * 700 * np.arange(16_000) / 16_000), 16_000)
        heard = exchange(device, silence(device, 2))
    assert device.rate == 48_000
    assert np.abs(heard.mic).max() == pytest.approx(0.4, abs=0.05)
    assert not heard.played.any()
    assert len(heard.mic) == pytest.approx(2 * EAR_RATE, abs=0.3 * EAR_RATE)


@live
def test_a_loudspeaker_alone_plays_and_hears_nothing(virtual_room: VirtualRoom) -> None:
    with opened(microphone=None) as speaker, opened(loudspeaker=None) as ears:
        assert not speaker.hears
        heard = []
        block = tone(speaker, 440, 0.02)
        for _ in range(100):
            assert len(speaker.exchange(block).mic) == 0
            heard.append(ears.exchange(np.zeros(ears.block, np.float32)).mic)
    assert np.abs(np.concatenate(heard)).max() == pytest.approx(0.3, abs=0.05)


@live
def test_the_last_words_are_played_out_before_the_loudspeaker_closes(virtual_room: VirtualRoom) -> None:
    with opened(loudspeaker=None) as ears:
        speaker = open_duplex(microphone=None)
        heard = []
        for block in np.split(tone(speaker, 440, 1), 50):
            speaker.exchange(block)
            heard.append(ears.exchange(np.zeros(ears.block, np.float32)).mic)
        speaker.close()
        heard.append(exchange(ears, silence(ears, 0.5)).mic)
    loud = np.flatnonzero(np.abs(np.concatenate(heard)) > 0.15)
    assert (loud[-1] - loud[0]) / EAR_RATE == pytest.approx(1, abs=0.03)


@live
def test_a_server_that_dies_is_a_lost_loudspeaker_and_comes_back_with_its_microphone(virtual_room: VirtualRoom) -> None:
    with opened() as device:
        exchange(device, silence(device, 1))
        virtual_room.stop()
        assert until_lost(device, silence(device, 1), 3).device == "loudspeaker"
        at = exchange(device.stand_in(), silence(device, 0.5)).at  # type: ignore[arg-type]
        assert at == pytest.approx(1, abs=0.4)
        assert device.again() is None
        virtual_room.start()
        until(device, device.again)
        with contextlib.suppress(DeviceLost):  # that the microphone is gone as well may be noticed later
            exchange(device, silence(device, 4))
        until(device, lambda: device.again() and device.hears)
        heard = exchange(device, tone(device, 440, 4)).mic
        assert speech_level(heard[-EAR_RATE:], EAR_RATE) == pytest.approx(-13.5, abs=1)


@live
def test_a_server_that_hangs_is_a_lost_loudspeaker_and_comes_back(virtual_room: VirtualRoom) -> None:
    with opened() as device:
        exchange(device, silence(device, 1))
        virtual_room.freeze()
        assert until_lost(device, silence(device, 1), 5).device == "loudspeaker"
        for _ in range(25):
            device.exchange(np.zeros(device.block, np.float32))
            assert device.again() is None
        virtual_room.thaw()
        until(device, device.again)
        # The server's own loop-back has queued what it could not play meanwhile: the echo is seconds late.
        heard = exchange(device, tone(device, 440, 6)).mic
        assert speech_level(heard[-EAR_RATE:], EAR_RATE) == pytest.approx(-13.5, abs=1)


@live
def test_streams_that_never_close_are_left_behind(virtual_room: VirtualRoom) -> None:
    """Their server hangs for good, as one that died now and then leaves them; another takes its place."""
    with opened() as device:
        exchange(device, silence(device, 1))
        virtual_room.freeze()
        until_lost(device, silence(device, 1), 5)
        virtual_room.start()
        until(device, device.again, 30)
        with contextlib.suppress(DeviceLost):  # that the microphone hangs as well may be noticed later
            exchange(device, silence(device, 4))
        until(device, lambda: device.again() and device.hears, 30)
        assert speech_level(exchange(device, tone(device, 440, 3)).mic[-EAR_RATE:], EAR_RATE) == pytest.approx(
            -13.5, abs=1
        )


@live
def test_a_muted_microphone_is_told_once_the_coach_has_spoken_and_comes_back(virtual_room: VirtualRoom) -> None:
    with opened() as device:
        virtual_room.mute_microphone(True)
        exchange(device, silence(device, 11))
        lost = until_lost(device, tone(device, 440, 0.02), 12)
        assert lost.device == "microphone"
        assert "silence" in lost.sentence
        for block in np.split(tone(device, 440, 2), 100):
            device.exchange(block)
            assert device.again() is None
        virtual_room.mute_microphone(False)
        virtual_room.say(0.1 * np.sin(np.arange(48_000) / 10), 48_000)
        until(device, device.again)
        assert device.hears
        exchange(device, 0.1 * np.random.default_rng(0).standard_normal(4 * device.rate, np.float32))
        virtual_room.mute_microphone(True)
        assert until_lost(device, tone(device, 440, 0.02), 9).device == "microphone", "the second time too"


@live
@pytest.mark.slow
def test_a_microphone_that_the_server_replaced_by_the_coachs_own_sound_is_told_and_comes_back(
    virtual_room: VirtualRoom,
) -> None:
    with opened() as device:
        virtual_room.unplug_microphone()
        lost = until_lost(device, silence(device, 0.02), 12)
        assert (lost.device, "own sound" in lost.sentence) == ("microphone", True)
        virtual_room.plug_in_microphone()
        until(device, device.again)
        assert device.hears


@live
def test_a_quiet_room_is_no_lost_microphone(virtual_room: VirtualRoom) -> None:
    with opened() as device:
        exchange(device, silence(device, 12))
        exchange(device, tone(device, 440, 4))
        assert device.hears


@live
def test_every_device_is_listed_and_can_be_asked_for_by_number_or_name(virtual_room: VirtualRoom) -> None:
    (own,) = [device for device in devices() if device.default_output]
    for name in (str(own.number), own.name, own.name[:4].upper()):
        with opened(microphone=None, loudspeaker=name) as device:
            assert device.rate == own.rate


@live
def test_a_name_that_is_not_there_is_told_with_those_that_are(virtual_room: VirtualRoom) -> None:
    with pytest.raises(DeviceTrouble) as trouble:
        open_duplex(microphone="no such thing")
    assert trouble.value.sentence == 'There is no microphone "no such thing".'
    assert "0 default" in trouble.value.hint
    assert trouble.value.device == "microphone"


@live
def test_a_process_ends_although_the_server_hangs(virtual_room: VirtualRoom) -> None:
    program = """
        import sys, numpy as np
        from coach.audio.device import open_duplex
        device = open_duplex()
        for _ in range(50):
            device.exchange(np.zeros(device.block, np.float32))
        print("frozen now?", flush=True)
        sys.stdin.readline()
        device.close()
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "frozen now?\n"
    virtual_room.freeze()
    try:
        process.communicate("yes\n", timeout=10)
        assert process.returncode == 0
    finally:
        virtual_room.thaw()
        process.kill()


@live
@pytest.mark.slow
@pytest.mark.parametrize("suspended", [("speaker",), ("speaker", "mic")])
def test_a_workout_ends_although_its_devices_stand_still(
    virtual_room: VirtualRoom, tmp_path: Path, suspended: tuple[str, ...]
) -> None:
    """One whose loudspeaker is just being opened again, too."""
    workout = Workout(virtual_room, tmp_path, "lower-body-bands")
    workout.wait_for("said")
    for device in suspended:
        virtual_room.suspend(device, True)
    workout.wait_for("device_lost")
    assert workout.stop() == 130


def alone(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


@pytest.mark.skipif(Path("/dev/snd").exists(), reason="this machine has sound devices")
def test_a_machine_without_devices_is_told_in_a_sentence_and_nothing_else() -> None:
    done = alone(
        """
        from coach.audio.device import devices, open_duplex
        from coach.errors import DeviceTrouble
        print(devices())
        for names in ({}, {"loudspeaker": None}):
            try:
                open_duplex(**names)
            except DeviceTrouble as trouble:
                print(trouble.sentence, trouble.device)
        """
    )
    assert done.stdout.splitlines() == [
        "[]",
        "There is no loudspeaker. loudspeaker",
        "There is no microphone. microphone",
    ]
    assert done.stderr == ""


def test_without_portaudio_the_package_is_named() -> None:
    done = alone("""
        import ctypes.util
        ctypes.util.find_library = lambda name: None  # as on a machine without it
        from coach.audio.device import open_duplex
        from coach.errors import PartMissing
        try:
            open_duplex()
        except PartMissing as trouble:
            print(trouble)
    """)
    assert "libportaudio2" in done.stdout
    assert "apt install" in done.stdout


def test_what_c_code_writes_to_stderr_reaches_nobody_and_what_python_writes_does() -> None:
    try:
        import sounddevice  # noqa: F401
    except OSError:
        pytest.skip("PortAudio is not installed")
    program = """
        import ctypes, sys
        from coach.audio.device import _sounddevice
        _sounddevice()
        ctypes.CDLL(None).perror(b"Expression 'x' failed")
        print("a sentence", file=sys.stderr)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == "a sentence\n"
