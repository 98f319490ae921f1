"""A file of known size and checksum over HTTP, going on from where an earlier attempt stopped.

pooch would do all of this but the going on: it starts an interrupted download again from nothing, and forty megabytes
over a poor line are exactly where that hurts. So this asks for the missing bytes itself, with requests.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import requests
import urllib3

from coach import __version__
from coach.errors import DownloadFailed
from coach.speech_models.catalogue import megabytes

Report = Callable[[int, int], None]
"""Told how many bytes are there, and of how many."""

CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 30.0
SLOWEST = 1_000
"""Bytes a second on average, after SILENCE_SECONDS, under which a download is given up: a model would take a day."""
_CHUNK = 16 * 1024


class _TooSlow(requests.RequestException):
    """Next to nothing comes."""


def fetch(url: str, partial: Path, *, size: int, sha256: str, report: Report) -> None:
    """Complete the file `partial` from `url` until it has `size` bytes and this SHA-256.

    What an interrupted attempt left is kept and continued; where the server cannot do that, the file is fetched anew.
    Raises DownloadFailed with `partial` kept when trying again can help, removed when its content is wrong.
    """
    continued = partial.exists()
    _complete(url, partial, size, report)
    if _sha256(partial) == sha256:
        return
    partial.unlink()
    if continued:
        # The earlier attempt's bytes may be the wrong ones.
        fetch(url, partial, size=size, sha256=sha256, report=report)
        return
    raise DownloadFailed(
        f"What {_host(url)} sent is not the file in the catalogue: its checksum is another. It was thrown away."
    )


def _complete(url: str, partial: Path, size: int, report: Report) -> None:
    if _have(partial) > size:
        partial.unlink()
    while (have := _have(partial)) < size:
        room = shutil.disk_usage(partial.parent).free
        if room < size - have:
            raise DownloadFailed(
                f"There is no room for the download in {partial.parent}: "
                f"{megabytes(size - have)} are needed, {megabytes(room)} are free."
            )
        trouble = None
        try:
            _continue(url, partial, have, size, report)
        except (requests.RequestException, ValueError) as error:  # ValueError: sent on to what is no address
            trouble = error
        # An attempt that brought something is worth another; one that brought nothing, or next to it, is the last.
        if _have(partial) <= have or isinstance(trouble, _TooSlow):
            raise DownloadFailed(_told(url, trouble), _what_is_kept(partial))


def _continue(url: str, partial: Path, have: int, size: int, report: Report) -> None:
    headers = {"Accept-Encoding": "identity", "User-Agent": f"workout-coach/{__version__}"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with requests.get(url, headers=headers, stream=True, timeout=(CONNECT_SECONDS, SILENCE_SECONDS)) as answer:
        if answer.status_code == requests.codes.requested_range_not_satisfiable:
            partial.unlink()
        answer.raise_for_status()
        position = _start(answer, have)
        partial.touch()
        with partial.open("r+b") as file:
            file.seek(position)
            file.truncate()
            for chunk in _chunks(answer):
                position += len(chunk)
                if position > size:
                    partial.unlink()
                    raise DownloadFailed(f"{_host(url)} sends more than the {size:,} bytes that the catalogue names.")
                file.write(chunk)
                report(position, size)


def _chunks(answer: requests.Response) -> Iterator[bytes]:
    """What is sent, as it comes: `iter_content` waits for whole chunks, for ever where a byte comes a second."""
    began, brought = time.monotonic(), 0
    while True:
        try:
            chunk = answer.raw.read1(_CHUNK, decode_content=False)
        except urllib3.exceptions.ReadTimeoutError as error:
            raise requests.ConnectionError(error) from error
        except urllib3.exceptions.HTTPError as error:
            raise requests.exceptions.ChunkedEncodingError(error) from error
        if not chunk:
            return
        yield chunk
        brought += len(chunk)
        seconds = time.monotonic() - began
        if seconds > SILENCE_SECONDS and brought < SLOWEST * seconds:
            raise _TooSlow


def _start(answer: requests.Response, have: int) -> int:
    """At which byte of the file the answer begins; servers may ignore the range, or round it down."""
    if answer.status_code != requests.codes.partial_content:
        return 0
    given = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    start = int(given[1]) if given else -1
    if not 0 <= start <= have:
        raise requests.RequestException("the answer begins elsewhere than asked", response=answer)
    return start


def _told(url: str, trouble: Exception | None) -> str:
    host = _host(url)
    match trouble:
        case requests.HTTPError(response=requests.Response(status_code=code, reason=reason)):
            return f"{host} answered {code} {reason}."
        case _TooSlow():
            return f"{host} sends too slowly."
        case requests.Timeout():
            return f"{host} did not answer in time."
        case requests.exceptions.SSLError():
            return f"{host} could not prove that it is {host}: its certificate is not to be trusted."
        case requests.exceptions.ChunkedEncodingError() | None:
            return f"{host} broke the download off."
        case requests.ConnectionError():
            return f"{host} could not be reached, or fell silent. Is there a network?"
        case _:
            return f"The download from {host} failed: {trouble}."


def _what_is_kept(partial: Path) -> str:
    have = _have(partial)
    return f"The first {megabytes(have)} are kept: the same command goes on from there." if have else ""


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _have(partial: Path) -> int:
    return partial.stat().st_size if partial.exists() else 0


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
