"""Real loudspeakers and microphones, through PortAudio: the only module that imports sounddevice."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from coach.audio.clip import BLOCK_SECONDS, EAR_RATE, Duplex, Heard, Samples
from coach.audio.pairing import Pairing, Resampler
from coach.audio.room import Timer
from coach.audio.streams import AHEAD, AHEAD_MOST, Loudspeaker, Microphone, Stillness, Stream
from coach.errors import DeviceLost, DeviceTrouble, PartMissing

_DEAD = 1.0
"""Seconds without a callback after which a device counts as lost."""

_PAUSE = 2.0
"""Seconds between two attempts to reopen."""

_OTHER_RATES = (48_000, 44_100, 32_000, 16_000)

_NOTHING = np.zeros(0, np.float32)

_portaudio = threading.Lock()
"""PortAudio is not to be called by two threads at once, its running streams excepted."""


@dataclass(frozen=True)
class AudioDevice:
    """What PortAudio knows of a device; `rate` is its own, in samples a second."""

    number: int
    name: str
    system: str
    inputs: int
    outputs: int
    rate: int
    default_input: bool
    default_output: bool


def devices() -> list[AudioDevice]:
    """The devices there are. Raises PartMissing without PortAudio."""
    with _portaudio, _quiet():
        return _devices(_sounddevice())


def renew_devices() -> None:
    """Look for devices anew, which PortAudio does only when it starts. Every stream must be closed."""
    with _portaudio, _quiet():
        sd = _sounddevice()
        with contextlib.suppress(sd.PortAudioError):
            sd._terminate()
        with contextlib.suppress(sd.PortAudioError):
            sd._initialize()


def open_duplex(microphone: str | None = "", loudspeaker: str | None = "") -> Device:
    """Open both, each by its number, its name or a part of it; "" is the system's own, None leaves it out.

    Returns when sound flows, some 0.2 s later. Raises PartMissing without PortAudio, and DeviceTrouble, which says for
    which `device`, where there is none, none of that name, or it does not open.
    """
    names = {Loudspeaker.part: loudspeaker, Microphone.part: microphone}
    return Device({part: name for part, name in names.items() if name is not None})


class Device:
    """A loudspeaker, a microphone, or both; a Duplex. Without a loudspeaker a timer paces the blocks.

    When a device stops, `exchange` raises DeviceLost once and from then on goes on without it; `again` gets it back.
    """

    def __init__(self, names: dict[str, str]) -> None:
        """`names`: which device to open as "loudspeaker", which as "microphone"."""
        self._names = names
        self._loudspeaker: Loudspeaker | None = None
        self._microphone: Microphone | None = None
        self._recovery: _Recovery | None = None
        self._gone: list[Stream] = []
        self._not_back: DeviceLost | None = None
        self._stillness_told = False
        self._blocks = 0
        opened = _opened(names)
        self.rate = opened[Loudspeaker.part].rate if Loudspeaker.part in opened else 48_000
        self.block = round(BLOCK_SECONDS * self.rate)
        self._install(opened)

    @property
    def hears(self) -> bool:
        return self._microphone is not None

    @property
    def missed(self) -> int:
        return self._loudspeaker.missed - self._missed_at_start if self._loudspeaker else 0

    @property
    def counts(self) -> dict[str, int]:
        """What went wrong since the streams were opened."""
        speaker, mic = self._loudspeaker, self._microphone
        return {
            "samples missed by the loudspeaker": self.missed,
            "troubled callbacks of the loudspeaker": speaker.troubles if speaker else 0,
            "troubled callbacks of the microphone": mic.troubles if mic else 0,
            "samples missed by the microphone": self._pairing.padded,
            "samples too many of the microphone": self._pairing.left_out,
        }

    def exchange(self, samples: Samples) -> Heard:
        if self._not_back is not None:
            lost, self._not_back = self._not_back, None
            raise lost
        if not self._aligned:
            self._align()
        self._blocks += 1
        if self._loudspeaker is not None:
            self._hand_over(self._loudspeaker, samples)
        else:
            self._timer.exchange(samples)
        return self._hear(samples)

    def stand_in(self) -> Duplex:
        """What to go on with while a device is lost: this one, which does without it."""
        return self

    def again(self) -> Duplex | None:
        """To be called now and then while a device is lost. Reopens it in the background; self once it is back."""
        if all(self._streams().values()):
            return self
        recovery = self._recovery
        if recovery is not None and recovery.opened:
            self._recovery = None
            self._install(recovery.opened)
            if Microphone.part in self._names and self._microphone is None:
                self._not_back = _lost(Microphone.part)
            return self
        if recovery is None or recovery.failed_for(_PAUSE):
            self._recovery = self._recover(recovery.attempt + 1 if recovery else 1)
        return None

    def close(self) -> None:
        """Close the streams. A sound server that hangs is waited for two seconds, no longer."""
        if self._recovery is not None:
            self._recovery.given_up = True
        streams = [each for each in (self._loudspeaker, self._microphone, *self._gone) if each is not None]
        self._loudspeaker = self._microphone = None
        closing = threading.Thread(target=_close, args=(streams,), name="closing", daemon=True)
        closing.start()
        closing.join(2)
        if closing.is_alive():
            atexit.unregister(_sounddevice()._exit_handler)  # it would wait for the same server, for ever

    def _streams(self) -> dict[str, Stream | None]:
        """The parts that were asked for, loudspeaker first; None for one that is lost."""
        streams: dict[str, Stream | None] = {Loudspeaker.part: self._loudspeaker, Microphone.part: self._microphone}
        return {part: stream for part, stream in streams.items() if part in self._names}

    def _install(self, opened: dict[str, Any]) -> None:
        self._loudspeaker = opened.get(Loudspeaker.part, self._loudspeaker)
        self._microphone = opened.get(Microphone.part, self._microphone)
        self._timer = Timer(self.rate)
        self._ahead = round(AHEAD * self.rate)
        self._aligned = False
        self._pairing = Pairing()
        self._missed_at_start = 0

    def _align(self) -> None:
        """Count what is played and what is heard from here on, together."""
        speaker, mic = self._loudspeaker, self._microphone
        queued = len(speaker.queue) if speaker else 0
        for ring in (speaker.played if speaker else None, mic.heard if mic else None):
            if ring is not None:
                ring.take()
                ring.lost = 0
        self._pairing = Pairing((self._blocks * self.block - queued) / self.rate)
        self._played_to_ear = Resampler(self.rate, EAR_RATE)
        self._mic_to_ear = Resampler(mic.rate if mic else EAR_RATE, EAR_RATE)
        self._missed_at_start = self._missed = speaker.missed if speaker else 0
        self._mic_frames = mic.frames if mic else 0
        self._blocks_unheard = 0
        self._stillness = Stillness()
        self._aligned = True

    def _hand_over(self, speaker: Loudspeaker, samples: Samples) -> None:
        """Queue the block as soon as there is room."""
        waits = 0
        while True:
            speaker.moved.clear()
            # Waits are counted, not seconds: a computer that slept has lost no device.
            if speaker.ended or waits * 0.05 >= _DEAD:
                self._gone.append(speaker)
                self._loudspeaker = None
                self._timer = Timer(self.rate)
                self._aligned = False
                raise _lost(Loudspeaker.part)
            if len(speaker.queue) + len(samples) <= self._ahead:
                break
            waits = 0 if speaker.moved.wait(0.05) else waits + 1
        speaker.queue.put(samples)
        if speaker.missed > self._missed:
            self._missed = speaker.missed
            self._ahead = min(self._ahead + self.block, round(AHEAD_MOST * self.rate))

    def _hear(self, samples: Samples) -> Heard:
        speaker, mic = self._loudspeaker, self._microphone
        if mic is None:
            if speaker is not None:
                speaker.played.take()
            return Heard(_NOTHING, _NOTHING, self._blocks * self.block / self.rate)
        self._watch(mic)
        if mic.heard.lost or (speaker is not None and speaker.played.lost):
            self._align()  # the loop stood still for so long that sound was lost
        brought = mic.heard.take()
        if speaker is None:
            self._pairing.played(np.zeros(round(BLOCK_SECONDS * EAR_RATE), np.float32))
        else:
            self._pairing.played(self._played_to_ear(speaker.played.take()))
            if self._stillness.proven(brought, mic.rate, samples, BLOCK_SECONDS) and not self._stillness_told:
                self._stillness_told = True
                self._let_go(mic, "brings nothing but silence: is it muted, or unplugged?")
        self._pairing.heard(self._mic_to_ear(brought))
        heard = self._pairing.take()
        missed = (speaker.missed - self._missed_at_start) / self.rate if speaker else 0.0
        return Heard(heard.mic, heard.played, heard.at - missed)

    def _watch(self, mic: Microphone) -> None:
        self._blocks_unheard = self._blocks_unheard + 1 if mic.frames == self._mic_frames else 0
        self._mic_frames = mic.frames
        # Its end is not asked for: where the loudspeaker goes with it, that is to be noticed first.
        if self._blocks_unheard * BLOCK_SECONDS >= _DEAD:
            self._let_go(mic)

    def _let_go(self, mic: Microphone, why: str = "has gone.") -> None:
        self._gone.append(mic)
        self._microphone = None
        self._aligned = False
        if self._loudspeaker is not None or Loudspeaker.part not in self._names:
            raise _lost(Microphone.part, why)
        # The loudspeaker is lost too, and reported: one trouble is enough until that is over.

    def _recover(self, attempt: int) -> _Recovery:
        """Begin to reopen what is missing. The device list is renewed only where no running stream would die of it."""
        streams = self._streams()
        names = {part: self._names[part] for part, stream in streams.items() if stream is None}
        still = None
        if self._stillness_told and Loudspeaker.part not in names:
            still = self._stillness.last_value
        gone, self._gone = self._gone, []
        renew = not any(streams.values())
        recovery = _Recovery(names, gone, self.rate, renew=renew, still=still, attempt=attempt)
        recovery.start()
        return recovery


class _Recovery(threading.Thread):
    """One attempt to reopen devices; it lasts as long as a sound server hangs. `opened` holds those that work."""

    def __init__(
        self, names: dict[str, str], gone: list[Stream], rate: int, *, renew: bool, still: float | None, attempt: int
    ) -> None:
        super().__init__(name="reopening", daemon=True)
        self.opened: dict[str, Any] = {}
        self.given_up = False
        self.attempt = attempt
        self._names, self._gone, self._rate, self._renew, self._still = names, gone, rate, renew, still
        self._ended_at: float | None = None

    def failed_for(self, seconds: float) -> bool:
        return not self.opened and self._ended_at is not None and time.monotonic() > self._ended_at + seconds

    def run(self) -> None:
        _close(self._gone)
        opened: dict[str, Any] = {}
        with contextlib.suppress(DeviceTrouble):
            if self._renew:
                renew_devices()
            for part, name in self._names.items():
                # Without the loudspeaker the microphone alone is no way back; the other way round it is.
                opened |= _opened({part: name}, self._rate if part == Loudspeaker.part else None)
            self._wait_for_a_change(opened.get(Microphone.part))
        self._ended_at = time.monotonic()
        if self.given_up:
            _close(list(opened.values()))
        else:
            self.opened = opened

    def _wait_for_a_change(self, mic: Microphone | None) -> None:
        """A microphone lost because its signal never changed is back when it does."""
        while mic is not None and self._still is not None and not self.given_up:
            if np.any(mic.heard.take() != self._still):
                break
            time.sleep(0.1)


def _lost(part: str, why: str = "has gone.") -> DeviceLost:
    return DeviceLost(part, f"The {part} {why}", hint="The coach goes on without it and takes it up when it is back.")


def _opened(names: dict[str, str], rate: int | None = None) -> dict[str, Any]:
    """Streams for the devices of these names, with sound flowing; `rate`: the only one that will do."""
    streams: dict[str, Any] = {}
    try:
        with _portaudio, _quiet():
            sd = _sounddevice()
            for part, name in names.items():
                streams[part] = _open(sd, part, name, rate)
        for stream in streams.values():
            stream.wait_until_flowing()
    except BaseException:
        _close(streams.values())
        raise
    return streams


def _open(sd: Any, part: str, name: str, rate: int | None) -> Stream:
    device = _found(_devices(sd), part, name)
    rates = [rate] if rate else [each for each in dict.fromkeys((device.rate, *_OTHER_RATES)) if each % 100 == 0]
    try:
        if part == Loudspeaker.part:
            return Loudspeaker(sd.OutputStream, device.number, rates)
        return Microphone(sd.InputStream, device.number, rates)
    except (sd.PortAudioError, ValueError) as trouble:
        reason = str(trouble.args[0]) if trouble.args else str(trouble)
        raise DeviceTrouble(
            f'The {part} "{device.name}" does not open: {reason}.',
            hint="Another program may be using it; coach doctor lists what there is.",
            device=part,
        ) from trouble


def _devices(sd: Any) -> list[AudioDevice]:
    try:
        systems, known = sd.query_hostapis(), sd.query_devices()
    except sd.PortAudioError as trouble:
        raise DeviceTrouble(f"The sound devices cannot be listed: {trouble}.") from trouble
    default_input, default_output = sd.default.device
    return [
        AudioDevice(
            number=number,
            name=device["name"],
            system=systems[device["hostapi"]]["name"],
            inputs=device["max_input_channels"],
            outputs=device["max_output_channels"],
            rate=round(device["default_samplerate"]),
            default_input=number == default_input,
            default_output=number == default_output,
        )
        for number, device in enumerate(known)
    ]


def _found(known: list[AudioDevice], part: str, name: str) -> AudioDevice:
    """The device of that number or name, the system's own for ""."""
    fit = [each for each in known if (each.outputs if part == Loudspeaker.part else each.inputs)]
    there_are = "There are: " + "; ".join(f"{each.number} {each.name}" for each in fit) + "." if fit else ""
    if not fit:
        raise DeviceTrouble(f"There is no {part}.", hint="Plug one in, or start the sound server.", device=part)
    if not name:
        own = [each for each in fit if (each.default_output if part == Loudspeaker.part else each.default_input)]
        return (own or fit)[0]
    for matches in (
        [each for each in fit if str(each.number) == name],
        [each for each in fit if each.name.lower() == name.lower()],
        [each for each in fit if name.lower() in f"{each.name}, {each.system}".lower()],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            several = ", ".join(f"{each.number} {each.name}" for each in matches)
            raise DeviceTrouble(f'"{name}" fits several: {several}.', hint="Say which by its number.", device=part)
    raise DeviceTrouble(f'There is no {part} "{name}".', hint=there_are, device=part)


def _close(streams: Iterable[Stream]) -> None:
    with _portaudio, _quiet():
        for stream in streams:
            stream.close()


def _sounddevice() -> Any:
    try:
        import sounddevice
    except OSError as trouble:  # the Python part is there, its library is not
        hints = {"linux": "Install the package libportaudio2:  sudo apt install libportaudio2"}
        raise PartMissing(
            "The coach cannot use a loudspeaker or microphone: PortAudio is not installed.",
            hint=hints.get(sys.platform, "Install it again:  pip install --force-reinstall sounddevice"),
        ) from trouble
    _hush_alsa()
    return sounddevice


@cache
def _hush_alsa() -> object:
    """Keep ALSA from writing to the terminal, which it does from its own threads, for as long as the process lives.

    Returns what must not be garbage collected; the cache holds it.
    """
    handler = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
    nothing = handler(lambda *_: None)
    with contextlib.suppress(OSError, AttributeError):  # there is ALSA on Linux only
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(nothing)
    return nothing


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what C code prints to stderr from the athlete: it is about devices and rates that nobody asked for."""
    sys.stderr.flush()
    with open(os.devnull, "wb") as nowhere:
        kept = os.dup(2)
        try:
            os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
