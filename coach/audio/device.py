"""The system's loudspeakers and microphones, through PortAudio: the only module that imports sounddevice."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from coach.audio import routing
from coach.audio.clip import Samples
from coach.audio.duplex import Live
from coach.audio.streams import Loudspeaker, Microphone, Stream
from coach.errors import Device, DeviceTrouble, PartMissing

_OTHER_RATES = (48_000, 44_100, 32_000, 16_000)
"""Tried where a device refuses its own."""

_PATIENCE = 2.0
"""Seconds that a stream may take to close. One whose server hangs takes as long as that lasts; one whose server died at
the wrong moment, about one in a hundred, never closes."""

_lock = threading.Lock()
"""PortAudio is not to be called by two threads at once, its running streams excepted."""


left_behind = threading.Event()
"""Set once a stream hangs that cannot be closed: its thread may call Python until the process is gone."""


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
    with _lock, _quiet():
        return _devices(_sounddevice())


def find_device(part: Device, name: str) -> AudioDevice:
    """The device of that number, name or part of it. Raises DeviceTrouble with those there are, and PartMissing."""
    return _found(devices(), part, name)


def renew_devices() -> None:
    """Look for devices anew, which PortAudio does only when it starts. Every stream must be closed."""
    with _lock, _quiet():
        sd = _sounddevice()
        with contextlib.suppress(sd.PortAudioError):
            sd._terminate()
        with contextlib.suppress(sd.PortAudioError):
            sd._initialize()


def open_duplex(microphone: str | None = "", loudspeaker: str | None = "") -> Live:
    """Open both, each by its number, its name or a part of it; "" is the system's own, None leaves it out.

    Returns when sound flows, some 0.2 s later. Raises PartMissing without PortAudio, and DeviceTrouble, which says for
    which `device`, where there is none, none of that name, or it does not open.
    """
    names = {Loudspeaker.part: loudspeaker, Microphone.part: microphone}
    return Live(_PortAudio(), {part: name for part, name in names.items() if name is not None})


class _PortAudio:
    """What Live opens and closes streams with."""

    def open(
        self, names: dict[Device, str], rate: int | None = None, first: Samples | None = None
    ) -> dict[Device, Any]:
        streams: dict[Device, Any] = {}
        try:
            with _lock, _quiet():
                sd = _sounddevice()
                for part, name in names.items():
                    streams[part] = _open(sd, part, name, rate)
            if first is not None and Loudspeaker.part in streams:
                streams[Loudspeaker.part].queue.put(first)
            for stream in streams.values():
                stream.wait_until_flowing()
            if Loudspeaker.part in streams and routing.look().plays_to_nobody:
                raise DeviceTrouble(
                    "There is no loudspeaker: what is played goes nowhere.",
                    hint="Plug one in, or choose it in the system's sound settings.",
                    device=Loudspeaker.part,
                )
        except BaseException:
            self.close(streams.values())
            raise
        return streams

    def close(self, streams: Iterable[Stream]) -> None:
        if not _lock.acquire(timeout=_PATIENCE):  # another call hangs, and holds it
            _end_without_portaudio()
            return
        try:
            for stream in streams:
                # PortAudio has forgotten the stream before it waits for it: its other calls go on without harm.
                closing = threading.Thread(target=stream.close, name="closing", daemon=True)
                closing.start()
                closing.join(_PATIENCE)
                if closing.is_alive():
                    _end_without_portaudio()
        finally:
            _lock.release()

    def renew(self) -> None:
        renew_devices()

    def give_up(self) -> None:
        _end_without_portaudio()

    def led(self) -> routing.Led:
        return routing.look()


def _end_without_portaudio() -> None:
    """When the process ends, sounddevice would wait for what hangs."""
    left_behind.set()
    atexit.unregister(_sounddevice()._exit_handler)


def _open(sd: Any, part: Device, name: str, rate: int | None) -> Stream:
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


def _found(known: list[AudioDevice], part: Device, name: str) -> AudioDevice:
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
    _hush_c()
    return sounddevice


@cache
def _hush_c() -> None:
    """Give C code another stderr than the terminal, for as long as the process lives. PortAudio's threads write to it
    whenever a server dies: "Expression '...' failed". Python's own stderr goes by its number, and stays."""
    libc = ctypes.CDLL(None)
    with contextlib.suppress(ValueError, AttributeError):  # where C's stderr is no variable
        stderr = ctypes.c_void_p.in_dll(libc, "stderr")
        libc.fopen.restype = ctypes.c_void_p
        stderr.value = libc.fopen(os.devnull.encode(), b"w") or stderr.value


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
