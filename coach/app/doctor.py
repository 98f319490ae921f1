"""What works on this machine, what does not, and what would put it right: one line a part.

Every check asks the part itself, as a workout would, and leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from coach import language, speech_models
from coach.audio.clip import BLOCK_SECONDS, Duplex
from coach.document.unwritten import unwritten
from coach.errors import CoachError, FileFault
from coach.own import paths, phrases, settings
from coach.own.settings import Settings
from coach.routine.library import Library
from coach.speech_models.catalogue import megabytes

ROOM_WANTED = 100_000_000
"""Bytes that should be free: the cache of clips and a journal of years, with a lot to spare."""
LISTENING_SECONDS = 1.0
HOT = -1.0
"""Peak level of the microphone in dBFS above which it will distort."""

WITHOUT_LOUDSPEAKER = "Captions keep the time instead."
WITHOUT_MICROPHONE = "Keys and typed commands serve instead."
WITHOUT_BOTH = "Captions, keys and typed commands serve instead."


class State(StrEnum):
    """How a part was found."""

    FINE = "fine"
    NOTE = "note"
    """The coach does without it."""
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """What was found of one part, and what would mend it."""

    part: str
    state: State
    sentence: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.part}: {self.state}. {self.sentence}" + (f" {self.remedy}" if self.remedy else "")


Check = Callable[[Settings], Iterable[Finding]]


def examine(checks: Sequence[Check] | None = None) -> Iterator[Finding]:
    """The findings, each as soon as it is known; the microphone is listened to for a second."""
    chosen = Settings()
    try:
        chosen = settings.load()
        yield Finding("Settings", State.FINE, _where(paths.settings_file(), "All as they come"))
    except FileFault as error:
        yield from _faults("Settings", error)
    for check in ALL if checks is None else checks:
        yield from check(chosen)


def check_python(_: Settings) -> Iterator[Finding]:
    """The interpreter and the system."""
    yield Finding("Python", State.FINE, f"{platform.python_version()} on {platform.system()} {platform.machine()}.")


def check_places(_: Settings) -> Iterator[Finding]:
    """Where things are kept, and whether they can be."""
    for part, folder in (("Journal and models", paths.data()), ("Cache", paths.cache())):
        yield _writable(part, folder)


def check_phrases(_: Settings) -> Iterator[Finding]:
    """The athlete's own phrases."""
    try:
        phrases.load()
        yield Finding("Your phrases", State.FINE, _where(paths.own_phrases(), "None"))
    except FileFault as error:
        yield from _faults("Your phrases", error)


def check_routines(_: Settings) -> Iterator[Finding]:
    """The athlete's own routines and exercises."""
    folder = paths.own_routines()
    if os.path.lexists(folder) and not folder.is_dir():
        hint = "Move it away, and put a folder in its place."
        yield Finding("Your routines", State.FAULT, f"{folder} is no folder, so none are found.", hint)
        return
    library = Library()
    faults = library.check([folder]) if folder.is_dir() else []
    if faults:
        yield from _faults("Your routines", FileFault(faults))
        return
    yield Finding("Your routines", State.FINE, _where(folder, "None"))


def check_voice(chosen: Settings) -> Iterator[Finding]:
    """The synthesiser, and the voice that is set."""
    from coach.voice import synthesizer

    name = chosen.voice or language.load(chosen.language).voice
    try:
        clip = synthesizer.shared().clip("This is the coach.", synthesizer.Manner(name, chosen.rate, chosen.pitch))
    except CoachError as error:
        yield _fault("Voice", error)
        return
    yield Finding("Voice", State.FINE, f'"{name}" by {synthesizer.driver()}, {clip.rate:,} samples a second.')


def check_model(chosen: Settings) -> Iterator[Finding]:
    """The speech model, and whether it knows every phrase."""
    from coach.ear.recognizer import SpeechModel

    spoken = language.load(chosen.language)
    with contextlib.suppress(FileFault):
        spoken = phrases.spoken_by(spoken, phrases.load())
    try:
        path = speech_models.best(chosen.model)
        unknown = sorted(SpeechModel(path).unknown(spoken.orders))
    except CoachError as error:
        yield _fault("Speech model", error)
        return
    if unknown:
        words = ", ".join(unknown)
        remedy = "Choose another with the setting model; `coach models` lists them."
        yield Finding("Speech model", State.FAULT, f"{path.name} does not know these words: {words}.", remedy)
        return
    what = f"{path.name}; it knows every word of {len(spoken.phrases)} phrases, and the numbers."
    yield Finding("Speech model", State.FINE, what)
    recommended = next((entry for entry in speech_models.catalogue() if entry.recommended), None)
    if recommended and any(model.path == path and model.built_in for model in speech_models.installed()):
        what = f"{recommended.name} ({megabytes(recommended.size)}) understands more voices."
        yield Finding("Speech model", State.NOTE, what, f"To fetch it: coach models install {recommended.name}")


def check_verifier(chosen: Settings) -> Iterator[Finding]:
    """The second opinion on what was heard, and whether it computes rightly here."""
    from coach.ear.verifier import Verifier

    heads = speech_models.verifier(language.load(chosen.language).code)
    if heads is None:
        what = "There is none in this language: the speech model decides alone."
        yield Finding("Second opinion", State.NOTE, what)
        return
    try:
        known = Verifier(heads).phrases
    except CoachError as error:
        yield Finding("Second opinion", State.NOTE, error.sentence, error.hint)
        return
    yield Finding("Second opinion", State.FINE, f"{heads.name} knows {len(known)} phrases, and computes rightly.")


def check_echo(_: Settings) -> Iterator[Finding]:
    """What takes the coach out of the microphone."""
    from coach.ear.cancel import cancellers as echo

    name = echo.detector().name
    if name == echo.Gate.name:
        what = "WebRTC's echo canceller is missing: while it speaks in a noisy room, the coach hears you less well."
        yield Finding("Echo", State.NOTE, what, "To install it: pip install livekit")
    else:
        yield Finding("Echo", State.FINE, f"The coach's own voice is taken out by {name}.")


def check_sound(chosen: Settings) -> Iterator[Finding]:
    """The loudspeaker and the microphone."""
    from coach.audio.device import devices, open_duplex

    try:
        known = devices()
    except CoachError as error:
        yield _fault("Loudspeaker and microphone", error)
        return
    if not known:
        yield Finding("Loudspeaker and microphone", State.NOTE, f"There are none. {WITHOUT_BOTH}", why_no_devices())
        return
    yield from check_loudspeaker(lambda: open_duplex(None, chosen.loudspeaker))
    yield from check_microphone(lambda: open_duplex(chosen.microphone, None))


def check_loudspeaker(opening: Callable[[], Duplex]) -> Iterator[Finding]:
    """`opening` opens a loudspeaker alone."""
    try:
        duplex = opening()
    except CoachError as error:
        yield Finding("Loudspeaker", State.NOTE, f"{error.sentence} {WITHOUT_LOUDSPEAKER}", error.hint)
        return
    duplex.close()
    yield Finding(
        "Loudspeaker", State.FINE, f"It opens, {duplex.rate:,} samples a second.", "To hear it: coach say hello"
    )


def check_microphone(opening: Callable[[], Duplex]) -> Iterator[Finding]:
    """`opening` opens a microphone alone; it is listened to for LISTENING_SECONDS."""
    try:
        duplex = opening()
    except CoachError as error:
        yield Finding("Microphone", State.NOTE, f"{error.sentence} {WITHOUT_MICROPHONE}", error.hint)
        return
    silence = np.zeros(duplex.block, np.float32)
    try:
        blocks = [duplex.exchange(silence).mic for _ in range(round(LISTENING_SECONDS / BLOCK_SECONDS))]
    except CoachError as error:
        yield Finding("Microphone", State.FAULT, error.sentence, error.hint)
        return
    finally:
        duplex.close()
    heard = np.concatenate(blocks)
    if not len(heard) or np.ptp(heard) == 0:
        yield Finding(
            "Microphone", State.FAULT, "It opens, but brings nothing but silence.", "Is it muted, or unplugged?"
        )
        return
    mean, peak = _dbfs(float(np.sqrt(np.mean(heard**2)))), _dbfs(float(np.max(np.abs(heard))))
    level = f"In one second its level was {mean:.0f} dBFS, its peak {peak:.0f} dBFS."
    if peak > HOT:
        yield Finding("Microphone", State.NOTE, f"It is too loud: {level}", "Turn its level down, or move it away.")
    else:
        yield Finding("Microphone", State.FINE, level)


def why_no_devices() -> str:
    """What most often hides sound devices from PortAudio on Linux."""
    if not sys.platform.startswith("linux"):
        return ""
    if Path("/proc/asound/card0").exists() and not os.access("/dev/snd/timer", os.R_OK):
        return "This user may not use the sound card; to put that right: sudo usermod -aG audio $USER, then log in anew"
    server = Path(os.environ.get("XDG_RUNTIME_DIR", "/run")) / "pulse" / "native"
    if server.exists():
        return "A sound server runs, but ALSA does not know it; to put that right: sudo apt install libasound2-plugins"
    return "Plug one in, or start the sound server."


ALL: tuple[Check, ...] = (
    check_python,
    check_places,
    check_phrases,
    check_routines,
    check_voice,
    check_model,
    check_verifier,
    check_echo,
    check_sound,
)


def _writable(part: str, folder: Path) -> Finding:
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            free = shutil.disk_usage(there).free
    except OSError as error:
        trouble = unwritten(folder, error)
        return Finding(part, State.FAULT, trouble.sentence, f"Nothing would be kept. {trouble.hint}")
    if free < ROOM_WANTED:
        return Finding(part, State.NOTE, f"The disk of {folder} is nearly full: {megabytes(free)} are free.")
    return Finding(part, State.FINE, f"{folder}, {free / 1e9:,.1f} GB free.")


def _where(file: Path, otherwise: str) -> str:
    return f"They are in {file}." if file.exists() else f"{otherwise}. The place for them is {file}."


def _faults(part: str, error: FileFault) -> Iterator[Finding]:
    for fault in error.faults:
        yield Finding(part, State.FAULT, f"{fault}.")


def _fault(part: str, error: CoachError) -> Finding:
    return Finding(part, State.FAULT, error.sentence, error.hint)


def _dbfs(amplitude: float) -> float:
    return 20 * float(np.log10(max(amplitude, 1e-6)))
