"""Speech models: which are there, which one to use, and how to get another.

The built-in model came with the coach. Others are fetched when the athlete asks for one, and never by a workout.
"""

from __future__ import annotations

import difflib
import errno
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.errors import CoachError, DownloadFailed, NotFound, PartMissing
from coach.own import paths
from coach.speech_models import catalogue as _catalogue
from coach.speech_models.catalogue import Entry
from coach.speech_models.unpack import is_model, unpack


@dataclass(frozen=True)
class ModelInfo:
    """A model on this machine."""

    name: str
    path: Path
    built_in: bool


def catalogue() -> tuple[Entry, ...]:
    """The models that can be installed, in order of preference."""
    return _catalogue.read()


def installed() -> list[ModelInfo]:
    """The models on this machine, the one that a workout would use first."""
    found = {model.name: model for model in _on_disk()}
    recommended = [entry.name for entry in catalogue() if entry.recommended]

    def order(model: ModelInfo) -> tuple[int, str]:
        # One that the athlete put there by hand may be for anything: it is used when the setting names it.
        rank = recommended.index(model.name) if model.name in recommended else len(recommended)
        return (rank if rank < len(recommended) or model.built_in else rank + 1), model.name

    return sorted(found.values(), key=order)


def best(setting: str = "") -> Path:
    """The folder of the model to use: the one that the setting names, by name or path, or else the best installed.

    Raises NotFound when the setting names none, PartMissing when there is no model at all.
    """
    models = installed()
    if not setting:
        if models:
            return models[0].path
        raise PartMissing("There is no speech model, so nothing can be heard.", "To fetch one: coach models install")
    for model in models:
        if setting == model.name:
            return model.path
    if is_model(Path(setting).expanduser()):
        return Path(setting).expanduser()
    if any(setting == entry.name for entry in catalogue()):
        raise NotFound(f"The speech model {setting} is not installed.", f"To fetch it: coach models install {setting}")
    raise _unknown(setting, [model.name for model in models])


def built_in() -> Path:
    """The folder of the model that came with the coach. Raises PartMissing."""
    found = next((model.path for model in installed() if model.built_in), None)
    if found is None:
        raise PartMissing("The speech model that came with the coach is missing.", "Install the coach anew.")
    return found


def verifier(language: str) -> Path | None:
    """The folder of the newest verifier (ear/verifier.py) for the language with this code; None where there is none."""
    return max(paths.models().glob(f"verifier-{language}-*"), default=None)


def install(
    name: str,
    report: Callable[[int, int], None],
    *,
    whole: Callable[[Path], bool] = is_model,
    catalogue: Sequence[Entry] | None = None,
    into: Path | None = None,
) -> ModelInfo:
    """Fetch, verify and unpack a model of the catalogue. One that is there and `whole` is left alone, another fetched
    anew.

    `report` is told how many bytes are there, and of how many, as they come. An interrupted download is kept and
    continued by the next call. Raises NotFound and DownloadFailed.
    """
    from coach.speech_models.download import fetch

    entries = _catalogue.read() if catalogue is None else catalogue
    into = into or _own()
    entry = next((entry for entry in entries if entry.name == name), None)
    if entry is None:
        raise _unknown(name, [entry.name for entry in entries])
    model = ModelInfo(entry.name, into / entry.name, built_in=False)
    if is_model(model.path) and whole(model.path):
        return model
    archive = into / f".{entry.name}.zip.part"
    try:
        into.mkdir(parents=True, exist_ok=True)
        fetch(entry.url, archive, size=entry.size, sha256=entry.sha256, report=report)
        shutil.rmtree(model.path, ignore_errors=True)
        unpack(archive, model.path)
        archive.unlink()
    except OSError as error:
        raise DownloadFailed(_no_place(error, into)) from error
    return model


def _on_disk() -> Iterator[ModelInfo]:
    for folder, built_in in ((paths.models(), True), (_own(), False)):
        for path in folder.iterdir() if folder.is_dir() else ():
            if not path.name.startswith(".") and is_model(path):
                yield ModelInfo(path.name, path, built_in)


def _own() -> Path:
    return paths.data() / "models"


def _unknown(name: str, known: Iterable[str]) -> CoachError:
    known = sorted(known)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}." if known else ""
    return NotFound(f'There is no speech model "{name}".', hint)


def _no_place(error: OSError, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: the model did not fit into {folder}."
    return f"The model cannot be stored in {folder}: {error.strerror or error}."
