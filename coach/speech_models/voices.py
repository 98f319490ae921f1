"""Voices that can be fetched: models/voices.yaml. Each is put together from files of several archives."""

from __future__ import annotations

import fnmatch
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import yaml

from coach.errors import DownloadFailed, NotFound
from coach.own import paths
from coach.speech_models.catalogue import checked
from coach.speech_models.download import Report, fetch


@dataclass(frozen=True)
class Part:
    """An archive, zip or tar, and which of its files are taken."""

    url: str
    size: int
    sha256: str
    take: Mapping[str, str]
    """File of the archive, by a pattern, to file of the voice. Several of one name are joined in their order; a name
    that ends in / is a folder for all that match."""


@dataclass(frozen=True)
class VoiceEntry:
    """A voice, or a family of them, that can be fetched."""

    name: str
    """Also the folder it is put into."""
    licence: str
    good_for: str
    parts: tuple[Part, ...]
    holds: Mapping[str, int]
    """Files that the whole of it has, and their size in bytes."""

    def __post_init__(self) -> None:
        checked(self.name, *(part.sha256 for part in self.parts))

    @property
    def size(self) -> int:
        """Bytes of the download."""
        return sum(part.size for part in self.parts)

    def whole(self, folder: Path) -> bool:
        """Whether it is there."""
        return all(
            (folder / name).is_file() and (folder / name).stat().st_size == size for name, size in self.holds.items()
        )


def catalogue(path: Path | None = None) -> tuple[VoiceEntry, ...]:
    """The voices that can be fetched."""
    data = yaml.safe_load((path or paths.models() / "voices.yaml").read_text(encoding="utf-8"))
    return tuple(
        VoiceEntry(**entry | {"parts": tuple(Part(**part) for part in entry["parts"])}) for entry in data["voices"]
    )


def install(
    name: str, report: Report, *, entries: Sequence[VoiceEntry] | None = None, into: Path | None = None
) -> Path:
    """Fetch, verify and put together a voice of the catalogue; one that is whole is left alone. Returns its folder.

    `report` as for speech models. An interrupted download is kept and continued by the next call. Raises NotFound and
    DownloadFailed.
    """
    entry = next((entry for entry in (catalogue() if entries is None else entries) if entry.name == name), None)
    if entry is None:
        raise NotFound(f'There is no voice "{name}" to fetch.')
    into = into or paths.voices()
    folder = into / entry.name
    if entry.whole(folder):
        return folder
    beside = into / f".{entry.name}.unpacking"
    archives = [into / f".{entry.name}-{number}.part" for number in range(len(entry.parts))]
    try:
        into.mkdir(parents=True, exist_ok=True)
        for part, archive, report_part in zip(entry.parts, archives, _shares(entry, report), strict=True):
            fetch(part.url, archive, size=part.size, sha256=part.sha256, report=report_part)
        shutil.rmtree(beside, ignore_errors=True)
        for part, archive in zip(entry.parts, archives, strict=True):
            _take(archive, part.take, beside)
        if not entry.whole(beside):
            raise DownloadFailed(f"The archives of {entry.name} do not hold what its entry in the catalogue says.")
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
        for archive in archives:
            archive.unlink()
    except OSError as error:
        raise DownloadFailed(f"The voice cannot be stored in {into}: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


def _shares(entry: VoiceEntry, report: Report) -> Iterator[Report]:
    """What reports of each part as so much of the whole."""
    before = 0
    for part in entry.parts:
        yield _after(before, entry.size, report)
        before += part.size


def _after(before: int, size: int, report: Report) -> Report:
    return lambda have, _: report(before + have, size)


def _take(archive: Path, wanted: Mapping[str, str], folder: Path) -> None:
    """Only plain files are taken, and their names come from the catalogue: no archive says where a file goes."""
    try:
        for name, opened in _plain_files(archive):
            for pattern, target in wanted.items():
                if fnmatch.fnmatchcase(name, pattern):
                    file = folder / target / Path(name).name if target.endswith("/") else folder / target
                    file.parent.mkdir(parents=True, exist_ok=True)
                    with opened() as source, file.open("ab") as out:
                        shutil.copyfileobj(source, out)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError) as error:
        raise DownloadFailed(f"The archive {archive.name} is damaged: {error}.") from error


def _plain_files(archive: Path) -> Iterator[tuple[str, Callable[[], IO[bytes]]]]:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as packed:
            for entry in packed.infolist():
                if not entry.is_dir():
                    yield entry.filename, lambda entry=entry: packed.open(entry)  # type: ignore[misc]
        return
    with tarfile.open(archive) as taken:
        for member in taken:
            if member.isfile():
                yield member.name, lambda member=member: taken.extractfile(member)  # type: ignore[misc]
