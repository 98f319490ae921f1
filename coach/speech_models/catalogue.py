"""The list of speech models that can be fetched: models/catalogue.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from coach.own import paths


@dataclass(frozen=True)
class Entry:
    """A model that can be fetched."""

    name: str
    """Also the folder it is unpacked into."""
    url: str
    size: int
    """Bytes of the download, a zip file."""
    sha256: str
    licence: str
    good_for: str
    recommended: bool = False
    """Preferred to the built-in model once it is installed."""

    def __post_init__(self) -> None:
        checked(self.name, self.sha256)


def checked(name: str, *checksums: str) -> None:
    """Raises ValueError for what is no name of a folder, or no SHA-256."""
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise ValueError(f"{name!r} cannot be a model's name")
    for checksum in checksums:
        if not re.fullmatch(r"[0-9a-f]{64}", checksum):
            raise ValueError(f"{checksum!r} is not a SHA-256")


def read(path: Path | None = None) -> tuple[Entry, ...]:
    """The entries in order of preference."""
    data = yaml.safe_load((path or paths.models() / "catalogue.yaml").read_text(encoding="utf-8"))
    return tuple(Entry(**entry) for entry in data["models"])


def megabytes(count: int) -> str:
    """A number of bytes as a person reads it: 41.2 MB."""
    return f"{count / 1e6:,.1f} MB"
