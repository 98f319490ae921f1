"""A model's zip file into its folder: all of it or nothing, and nowhere else.

The archive's checksum was right before this is called, so these rules are the second lock: they hold even for a
catalogue entry that somebody else wrote.
"""

from __future__ import annotations

import lzma
import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath, PureWindowsPath

from coach.errors import DownloadFailed
from coach.speech_models.catalogue import megabytes

MOST_FILES = 1_000
MOST_GROWTH = 20
"""How many times the archive's size its content may have; speech models have up to three."""
_CHUNK = 1024 * 1024


def is_model(folder: Path) -> bool:
    """Whether Vosk would find an acoustic model in it, in the newer layout or the older one."""
    return (folder / "am" / "final.mdl").is_file() or (folder / "final.mdl").is_file()


def unpack(archive: Path, target: Path) -> None:
    """Unpack the model in `archive` as the folder `target`, which appears complete or not at all.

    Raises DownloadFailed when the archive is damaged, is no model, or holds what a model does not: paths that lead out
    of the folder, links, encrypted or endless files.
    """
    beside = target.parent / f".{target.name}.unpacking"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        with zipfile.ZipFile(archive) as packed:
            _extract(packed, beside, limit=archive.stat().st_size * MOST_GROWTH)
        _model_in(beside).rename(target)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError) as error:
        raise DownloadFailed(f"The archive of {target.name} is damaged: {error}.") from error
    except (FileExistsError, NotADirectoryError) as error:
        raise DownloadFailed(f"The archive of {target.name} holds two things of one name.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _extract(packed: zipfile.ZipFile, folder: Path, limit: int) -> None:
    entries = packed.infolist()
    if len(entries) > MOST_FILES:
        raise DownloadFailed(f"The archive holds {len(entries):,} files; a speech model has a few dozen.")
    paths = {entry: _inside(entry, folder) for entry in entries}
    room = shutil.disk_usage(folder.parent).free
    needed = min(sum(entry.file_size for entry in entries), limit)
    if room < needed:
        raise DownloadFailed(
            f"There is no room for the model in {folder.parent}: {megabytes(needed)} are needed, "
            f"{megabytes(room)} are free."
        )
    folder.mkdir()
    left = limit
    for entry, path in paths.items():
        if entry.is_dir():
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        # What the archive says of its sizes may be untrue: what comes out of it is counted.
        with packed.open(entry) as source, path.open("xb") as file:
            while chunk := source.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise DownloadFailed(f"The archive unpacks to more than {megabytes(limit)}; that is no model.")
                file.write(chunk)


def _inside(entry: zipfile.ZipInfo, folder: Path) -> Path:
    """Where the entry goes. Raises DownloadFailed when that is not below `folder`, or it is no plain file."""
    name = entry.filename
    path = PurePosixPath(name)
    if "\\" in name or path.is_absolute() or ".." in path.parts or PureWindowsPath(name).drive:
        raise DownloadFailed(f'The archive holds "{name}", a path that leads out of its folder.')
    if not name.isprintable():
        raise DownloadFailed(f"The archive holds {name!a}, with characters that no file of a model has.")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise DownloadFailed(f'The archive holds "{name}", a link or a device; a speech model has only files.')
    if entry.flag_bits & 0x1:
        raise DownloadFailed(f'The archive holds "{name}", an encrypted file.')
    return folder / path


def _model_in(folder: Path) -> Path:
    """The model just unpacked: the folder itself, or the one folder in it."""
    for candidate in (folder, *folder.iterdir()):
        if is_model(candidate):
            return candidate
    raise DownloadFailed("There is no speech model in the archive.")
