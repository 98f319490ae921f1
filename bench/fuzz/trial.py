"""Damaged inputs given to a reader, and what went wrong with them."""

from __future__ import annotations

import random
import resource
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from bench.fuzz.damage import damaged
from bench.fuzz.readers import READERS
from coach.errors import CoachError

LONGEST = 1.0
"""Seconds of the processor for one input."""
MOST = 300
"""Megabytes that a process may need for all of its inputs, its libraries not counted."""
_HANGS = 150
"""Seconds after which one is broken off. A large model may take two minutes to be found damaged."""


class _Hung(BaseException):
    """It was broken off."""


def faults_of(name: str, numbers: range) -> list[str]:
    """What went wrong with these inputs of a reader, each made by its number alone."""
    reader, found = READERS[name], []
    seeds = reader.seeds()
    before = _megabytes()
    signal.signal(signal.SIGALRM, _broken_off)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as outer:
        folder = Path(outer) / "inside"
        folder.mkdir()
        for number in numbers:
            file = folder / reader.file
            file.write_bytes(damaged(seeds, random.Random(f"{name} {number}")))
            found += [f"{name} {number}: {wrong}" for wrong in _wrong(name, file)]
            found += [f"{name} {number}: left {stray.name}" for stray in _strays(Path(outer), folder, file)]
    if _megabytes() - before > MOST:
        found.append(f"{name} {numbers}: {_megabytes() - before} MB")
    return found


def _wrong(name: str, file: Path) -> Iterator[str]:
    began = time.process_time()
    signal.alarm(_HANGS)
    try:
        READERS[name].read(file)
    except CoachError:
        pass
    except _Hung:
        yield "hung"
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        yield f"{type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})"
    finally:
        signal.alarm(0)
    took = time.process_time() - began
    if took > LONGEST:
        yield f"{took:.1f} s"


def _strays(outer: Path, folder: Path, file: Path) -> list[Path]:
    """Files where none should be; what stands beside the input is cleared away."""
    for beside in folder.iterdir():
        _clear(beside)
    return [path for path in outer.iterdir() if path != folder]


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _broken_off(number: int, frame: FrameType | None) -> None:
    raise _Hung
