"""Fetching a model from a real web server, with all that can go wrong on the way."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coach import speech_models
from coach.ear.proof import proved
from coach.errors import DownloadFailed, NotFound
from coach.own import paths
from coach.speech_models import download
from coach.speech_models.catalogue import Entry
from tests.speech_models.server import Site, serving

BUILT_IN = paths.models() / "vosk-model-tiny-en-coach-0.5"


def packed(files: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return memory.getvalue()


@pytest.fixture(scope="session")
def model() -> bytes:
    """A real speech model as its makers would publish it: one folder in a zip file."""
    files = {path: path.relative_to(BUILT_IN.parent) for path in BUILT_IN.rglob("*") if path.is_file()}
    return packed({f"new-model/{name.relative_to(BUILT_IN.name)}": path.read_bytes() for path, name in files.items()})


@pytest.fixture
def site(model: bytes) -> Iterator[Site]:
    with serving(Site(model)) as running:
        yield running


@pytest.fixture
def entry(site: Site) -> Callable[[], Entry]:
    """The catalogue's entry for what the site gives."""

    def made(**changed: Any) -> Entry:
        right = Entry(
            name="new-model",
            url=site.url,
            size=len(site.content),
            sha256=hashlib.sha256(site.content).hexdigest(),
            licence="MIT",
            good_for="tests",
        )
        return dataclasses.replace(right, **changed)

    return made


def fetch(entry: Entry, into: Path) -> speech_models.ModelInfo:
    return speech_models.install("new-model", lambda done, total: None, catalogue=[entry], into=into)


def damaged_lzma() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("m/am/final.mdl", bytes(range(256)) * 40)
    content = bytearray(memory.getvalue())
    at = 30 + len("m/am/final.mdl") + 9
    content[at : at + 40] = bytes(40)
    return bytes(content)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_installed_model_is_one_that_vosk_loads(entry: Callable[..., Entry], tmp_path: Path) -> None:
    import vosk

    installed = fetch(entry(), tmp_path)
    assert left_in(tmp_path) == ["new-model"]
    assert vosk.Model(str(installed.path)).vosk_model_find_word("easier") >= 0


def test_progress_is_told_up_to_the_whole(entry: Callable[..., Entry], site: Site, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    speech_models.install("new-model", lambda *counts: told.append(counts), catalogue=[entry()], into=tmp_path)
    assert told == sorted(told)
    assert told[-1] == (len(site.content), len(site.content))


def test_a_broken_download_goes_on_by_itself_from_where_it_was(
    entry: Callable[..., Entry], site: Site, tmp_path: Path
) -> None:
    site.breaks = [98_304, 49_152]
    fetch(entry(), tmp_path)
    assert site.asked == [None, "bytes=98304-", "bytes=147456-"]
    assert left_in(tmp_path) == ["new-model"]


def test_what_came_before_the_server_went_away_is_kept_and_continued_by_the_next_call(
    entry: Callable[..., Entry], site: Site, tmp_path: Path
) -> None:
    site.breaks = [98_304, 0]
    with pytest.raises(DownloadFailed, match=r"broke the download off.\nThe first 0.1 MB are kept"):
        fetch(entry(), tmp_path)
    fetch(entry(), tmp_path)
    assert site.asked[-1] == "bytes=98304-"
    assert left_in(tmp_path) == ["new-model"]


def test_a_server_that_rounds_ranges_down_does_not_double_bytes(
    entry: Callable[..., Entry], site: Site, tmp_path: Path
) -> None:
    site.breaks, site.rounds_down = [98_304], 5_000
    fetch(entry(), tmp_path)
    assert len(site.asked) == 2


def test_without_ranges_the_download_starts_again(entry: Callable[..., Entry], site: Site, tmp_path: Path) -> None:
    site.breaks, site.ranges = [98_304, 0], False
    with pytest.raises(DownloadFailed):
        fetch(entry(), tmp_path)
    fetch(entry(), tmp_path)
    assert left_in(tmp_path) == ["new-model"]


def test_without_ranges_a_server_that_always_breaks_off_is_given_up(
    entry: Callable[..., Entry], site: Site, tmp_path: Path
) -> None:
    site.breaks, site.ranges = [98_304] * 9, False
    with pytest.raises(DownloadFailed, match="broke the download off"):
        fetch(entry(), tmp_path)
    assert len(site.asked) == 2


def test_a_wrong_checksum_leaves_nothing(entry: Callable[..., Entry], site: Site, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="its checksum is another"):
        fetch(entry(sha256="0" * 64), tmp_path)
    assert left_in(tmp_path) == []
    assert len(site.asked) == 1


def test_damage_in_what_an_earlier_attempt_left_is_mended(
    entry: Callable[..., Entry], site: Site, tmp_path: Path
) -> None:
    (tmp_path / ".new-model.zip.part").write_bytes(b"\0" * 70_000)
    fetch(entry(), tmp_path)
    assert site.asked == ["bytes=70000-", None]


@pytest.mark.parametrize("size", [-100_000, 100_000], ids=["longer", "shorter"])
def test_a_file_of_another_size_is_refused(entry: Callable[..., Entry], site: Site, tmp_path: Path, size: int) -> None:
    with pytest.raises(DownloadFailed):
        fetch(entry(size=len(site.content) + size), tmp_path)
    assert not (tmp_path / "new-model").exists()


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_servers_refusal_is_one_sentence(
    entry: Callable[..., Entry], site: Site, tmp_path: Path, status: int
) -> None:
    site.status = status
    with pytest.raises(DownloadFailed) as told:
        fetch(entry(), tmp_path)
    assert str(told.value).startswith(f"127.0.0.1 answered {status} ")
    assert "\n" not in str(told.value)


def test_a_server_that_is_not_there_is_one_sentence(entry: Callable[..., Entry], tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match=r"^127.0.0.1 could not be reached"):
        fetch(entry(url="http://127.0.0.1:9/model.zip"), tmp_path)


def test_a_server_that_falls_silent_is_given_up_and_what_came_is_kept(
    entry: Callable[..., Entry], site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "SILENCE_SECONDS", 0.2)
    site.falls_silent, site.ranges = True, False
    with pytest.raises(DownloadFailed, match=r"fell silent.*\nThe first"):
        fetch(entry(), tmp_path)


def test_a_server_that_sends_a_byte_now_and_then_is_given_up(
    entry: Callable[..., Entry], site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "SILENCE_SECONDS", 0.5)
    site.pause = 0.05
    with pytest.raises(DownloadFailed, match="sends too slowly"):
        fetch(entry(), tmp_path)


def test_a_full_disk_is_one_sentence(entry: Callable[..., Entry], tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match=r"no room .* 1,000,000,000,000.0 MB are needed"):
        fetch(entry(size=10**18), tmp_path)


def test_a_folder_that_may_not_be_written_is_one_sentence(entry: Callable[..., Entry], tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(DownloadFailed, match="cannot be stored in"):
        fetch(entry(), tmp_path / "models")


def test_a_model_that_is_there_is_not_fetched_again(entry: Callable[..., Entry], site: Site, tmp_path: Path) -> None:
    fetch(entry(), tmp_path)
    fetch(entry(), tmp_path)
    assert len(site.asked) == 1


def test_a_name_that_is_not_in_the_catalogue_is_met_with_the_nearest(
    entry: Callable[..., Entry], tmp_path: Path
) -> None:
    with pytest.raises(NotFound, match="Did you mean new-model"):
        speech_models.install("new-modle", lambda done, total: None, catalogue=[entry()], into=tmp_path)


def link() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        out = zipfile.ZipInfo("m/am")
        out.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(out, "../../outside")
        archive.writestr("m/am/final.mdl", b"x")
    return memory.getvalue()


def lying_about_its_size() -> bytes:
    """A bomb that declares 1 byte in its directory: only what comes out of it tells."""
    bomb = bytearray(packed({"m/am/final.mdl": bytes(30_000_000)}))
    for header, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = bomb.index(header) + offset
        bomb[at : at + 4] = (1).to_bytes(4, "little")
    return bytes(bomb)


@pytest.mark.parametrize(
    ("archive", "reason"),
    [
        (packed({"m/am/final.mdl": b"x", "../outside": b"x"}), "leads out of its folder"),
        (packed({"m/am/final.mdl": b"x", "m/../../outside": b"x"}), "leads out of its folder"),
        (packed({"m/am/final.mdl": b"x", "/tmp/outside": b"x"}), "leads out of its folder"),
        (packed({"m/am/final.mdl": b"x", "..\\outside": b"x"}), "leads out of its folder"),
        (packed({"m/am/final.mdl": b"x", "C:/outside": b"x"}), "leads out of its folder"),
        (link(), "a link or a device"),
        (packed({"m/am/final.mdl": bytes(30_000_000)}), "unpacks to more than"),
        (lying_about_its_size(), "damaged|unpacks to more than"),
        (packed({f"m/{n}": b"" for n in range(1_001)}), "1,001 files"),
        (packed({"m/am": b"x", "m/am/final.mdl": b"x"}), "two things of one name"),
        (packed({"m/readme": b"x"}), "no speech model in the archive"),
        (packed({"m/am/final.mdl": b"x", "m/\x1b[2J": b"x"}), "characters that no file of a model has"),
        (damaged_lzma(), "damaged"),
        (b"<html>Please sign in to the hotel's network</html>", "damaged"),
        (packed({"m/am/final.mdl": b"x" * 9_999})[:-30], "damaged"),
    ],
    ids=[
        "up",
        "through",
        "absolute",
        "backslash",
        "drive",
        "link",
        "bomb",
        "liar",
        "many",
        "twice",
        "none",
        "escape",
        "lzma",
        "html",
        "cut",
    ],
)
def test_an_evil_archive_leaves_nothing_anywhere(tmp_path: Path, archive: bytes, reason: str) -> None:
    into = tmp_path / "deep" / "models"
    with serving(Site(archive)) as site:
        right = Entry("new-model", site.url, len(archive), hashlib.sha256(archive).hexdigest(), "MIT", "tests")
        with pytest.raises(DownloadFailed, match=reason):
            fetch(right, into)
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".part"] == []
    assert left_in(into) == [".new-model.zip.part"]


def test_a_damaged_model_is_fetched_anew_and_a_whole_one_left_alone(
    entry: Callable[..., Entry], site: Site, tmp_path: Path
) -> None:
    def install() -> None:
        model = speech_models.install(
            "new-model",
            lambda done, total: None,
            whole=lambda folder: proved(folder, tmp_path / "notes"),
            catalogue=[entry()],
            into=tmp_path / "models",
        )
        assert proved(model.path, tmp_path / "notes")

    install()
    install()
    assert len(site.asked) == 1
    (tmp_path / "models" / "new-model" / "graph" / "words.txt").write_bytes(b"")
    install()
    assert len(site.asked) == 2


def test_a_redirection_to_nowhere_is_a_sentence(entry: Callable[..., Entry], site: Site, tmp_path: Path) -> None:
    site.moved = "//[::bad"
    with pytest.raises(DownloadFailed, match=r"The download from 127\.0\.0\.1 failed"):
        fetch(entry(), tmp_path)
