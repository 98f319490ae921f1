"""The neural voices on this machine, in either of two forms.

voices/kokoro-82m/model.onnx, symbols.json, styles/af_heart.bin ...     Kokoro's: a network, and a file for each voice
voices/en_US-someone.onnx, en_US-someone.onnx.json                      Piper's: a network for each voice
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach.own import paths

PIPER_ENDS = ".onnx.json"


@dataclass(frozen=True)
class NeuralVoice:
    """A voice as pyttsx3 wants one, and where it is."""

    id: str
    """The folder or the file it comes from, and its name: kokoro-82m/af_heart."""
    name: str
    languages: tuple[str, ...]
    """eSpeak's name of the language whose sounds it is given, first."""
    form: Literal["kokoro", "piper"]
    network: Path
    beside: Path
    """Kokoro's style of the voice; Piper's description of the network."""


def installed() -> list[NeuralVoice]:
    """All there are, in order of their names."""
    folder = paths.voices()
    return sorted((*_kokoros(folder), *_pipers(folder)), key=lambda voice: voice.id)


def find(name: str) -> NeuralVoice | None:
    """The one that is called so, by its id or the last part of it, or its name; None for any other."""
    asked = name.lower()
    for voice in installed() if name else ():
        if asked in (voice.id.lower(), voice.id.lower().split("/")[-1], voice.name.lower()):
            return voice
    return None


def is_neural(name: str) -> bool:
    """Whether it is one of these."""
    return find(name) is not None


def _kokoros(folder: Path) -> Iterator[NeuralVoice]:
    for network in folder.glob("*/model.onnx"):
        if not (network.parent / "symbols.json").is_file() or network.parent.name.startswith("."):
            continue
        for style in network.parent.glob("styles/*.bin"):
            # The first letter of a voice's name is its language's; the second says whether it is a woman's or a man's.
            language = {"a": "en-us", "b": "en-gb"}.get(style.stem[0])
            if language is not None:
                name = style.stem.split("_")[-1].capitalize()
                yield NeuralVoice(f"{network.parent.name}/{style.stem}", name, (language,), "kokoro", network, style)


def _pipers(folder: Path) -> Iterator[NeuralVoice]:
    for described in folder.glob(f"*{PIPER_ENDS}"):
        network = described.with_suffix("")
        if network.is_file():
            name = network.stem
            language = name.split("-")[0].replace("_", "-").lower()
            yield NeuralVoice(name, name, (language,), "piper", network, described)
