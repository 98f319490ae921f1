"""What can go wrong, as sentences for the athlete.

    CoachError                  exit status 1: one sentence and, where there is one, what to do about it
    ├── FileFault               a YAML file is wrong; holds every fault found in it
    ├── NotFound                no such routine, exercise, voice, model
    │   └── ModelTrouble        ... or a damaged one; the built-in speech model serves in its place
    ├── PartMissing             PortAudio, eSpeak, a model: names the package and the command that installs it
    ├── DeviceTrouble           a microphone or loudspeaker cannot be opened
    │   └── DeviceLost          ... or stopped while in use; the loop goes on without it
    ├── DownloadFailed          a model could not be fetched or did not match its checksum
    └── JournalTrouble          the journal cannot be opened or written

Everything a person can cause is one of these; any other exception that reaches the top is a bug in the coach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Device = Literal["microphone", "loudspeaker"]


def printable(text: str) -> str:
    """In one line, control characters spelled out: what somebody typed, or what a file holds, cannot drive the terminal
    that shows it.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class CoachError(Exception):
    """A fault told in one sentence; `hint` says what would put it right. Both may quote anything: it is made printable
    here, for all of them.
    """

    exit_status = 1

    def __init__(self, sentence: str, hint: str = "") -> None:
        self.sentence, self.hint = ("\n".join(map(printable, text.split("\n"))) for text in (sentence, hint))
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return f"{self.sentence}\n{self.hint}" if self.hint else self.sentence


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a file. Line and column count from 1."""

    file: str
    line: int
    column: int
    where: str
    wrong: str
    right: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return printable(f"{self.file}:{self.line}:{self.column}: {place}{self.wrong}; {self.right}")


class FileFault(CoachError):
    """Every fault of a file, or of several, one line each."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class NotFound(CoachError):
    """There is no such routine, exercise, voice or model."""


class ModelTrouble(NotFound):
    """The speech model that was chosen cannot serve. `kind`: "missing" or "damaged"; `model`: its name."""

    def __init__(self, sentence: str, hint: str = "", *, kind: str, model: str) -> None:
        super().__init__(sentence, hint)
        self.kind, self.model = kind, model


class PartMissing(CoachError):
    """A part is not installed; the hint names its package."""


class DeviceTrouble(CoachError):
    """`device` says which, where that is known."""

    def __init__(self, sentence: str, hint: str = "", *, device: Device | None = None) -> None:
        super().__init__(sentence, hint)
        self.device = device


class DeviceLost(DeviceTrouble):
    """A microphone or loudspeaker stopped while it was in use."""

    device: Device

    def __init__(self, device: Device, sentence: str, hint: str = "") -> None:
        super().__init__(sentence, hint, device=device)


class DownloadFailed(CoachError):
    """A model could not be fetched, or is not what it should be."""


class JournalTrouble(CoachError):
    """The journal cannot be opened, read or written. `kind`: "unwritable", "damaged" or "shared" with another coach."""

    def __init__(self, sentence: str, hint: str = "", *, kind: str = "unwritable") -> None:
        super().__init__(sentence, hint)
        self.kind = kind
