"""Fetching a voice: files of several archives from a real web server, put together as the catalogue says."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from coach.errors import DownloadFailed, NotFound
from coach.speech_models import voices
from coach.speech_models.voices import Part, VoiceEntry
from coach.voice.neural.driver import DRIVER
from coach.voice.neural.installed import find, installed
from coach.voice.synthesizer import Manner, Synthesizer
from tests.speech_models.server import Site, serving
from tests.voice.small_voice import SYMBOLS, humming, kokoro_form


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A small voice as its makers have it."""
    return kokoro_form(tmp_path / "made", "af_one", "bm_two")


@pytest.fixture
def sites(made: Path) -> Iterator[list[Site]]:
    """A network in two wheels, the rest in a tar file with a link in it."""
    network = (made / "model.onnx").read_bytes()
    half = len(network) // 2
    archives = []
    for part in (network[:half], network[half:]):
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w") as wheel:
            wheel.writestr("package/part.bin", part)
            wheel.writestr("package/__init__.py", "")
        archives.append(memory.getvalue())
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w:gz") as packed:
        packed.add(made / "symbols.json", "package/vocab.json")
        packed.add(made / "styles" / "af_one.bin", "package/voices/af_one.bin")
        packed.add(made / "styles" / "bm_two.bin", "package/voices/bm_two.bin")
        link = tarfile.TarInfo("package/voices/af_link.bin")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        packed.addfile(link)
    archives.append(memory.getvalue())
    with ExitStack() as stack:
        yield [stack.enter_context(serving(Site(content))) for content in archives]


@pytest.fixture
def entry(sites: list[Site], made: Path) -> VoiceEntry:
    taken = [
        {"*/part.bin": "model.onnx"},
        {"*/part.bin": "model.onnx"},
        {"*/vocab.json": "symbols.json", "package/voices/[ab][fm]_*.bin": "styles/"},
    ]
    parts = tuple(
        Part(site.url, len(site.content), hashlib.sha256(site.content).hexdigest(), take)
        for site, take in zip(sites, taken, strict=True)
    )
    holds = {name: (made / name).stat().st_size for name in ("model.onnx", "symbols.json", "styles/bm_two.bin")}
    return VoiceEntry("small", "MIT", "tests", parts, holds)


def test_one_is_put_together_and_speaks(entry: VoiceEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    told: list[tuple[int, int]] = []
    folder = voices.install("small", lambda have, of: told.append((have, of)), entries=[entry])
    assert (folder / "model.onnx").read_bytes() == humming("tokens", 24_000, speed=True)
    assert sorted(path.name for path in folder.rglob("*")) == sorted(
        ["model.onnx", "symbols.json", "styles", "af_one.bin", "bm_two.bin"]
    )
    assert told[-1] == (entry.size, entry.size)
    assert [voice.id for voice in installed()] == ["small/af_one", "small/bm_two"]
    assert Synthesizer(engine=DRIVER).clip("seven", Manner("bm_two", 175)).seconds > 0.3
    assert find("af_link") is None
    assert not list(tmp_path.glob("voices/.*")), "no archive is left"


def test_a_download_that_broke_off_goes_on_and_one_that_is_whole_is_left_alone(
    entry: VoiceEntry, sites: list[Site], tmp_path: Path
) -> None:
    sites[1].status = 503
    with pytest.raises(DownloadFailed, match="503"):
        voices.install("small", lambda *_: None, entries=[entry], into=tmp_path)
    sites[1].status = 200
    asked = len(sites[0].asked)
    voices.install("small", lambda *_: None, entries=[entry], into=tmp_path)
    assert len(sites[0].asked) == asked, "the first part was there"
    voices.install("small", lambda *_: None, entries=[entry], into=tmp_path)
    assert len(sites[2].asked) == 1


def test_what_is_not_what_the_catalogue_says_leaves_nothing_behind(
    entry: VoiceEntry, sites: list[Site], tmp_path: Path
) -> None:
    other = VoiceEntry(entry.name, entry.licence, entry.good_for, entry.parts, {"model.onnx": 3})
    with pytest.raises(DownloadFailed, match="do not hold"):
        voices.install("small", lambda *_: None, entries=[other], into=tmp_path)
    sites[2].content = bytes(len(sites[2].content))
    for left in tmp_path.glob(".small*"):
        left.unlink()
    with pytest.raises(DownloadFailed, match="checksum"):
        voices.install("small", lambda *_: None, entries=[entry], into=tmp_path)
    assert not (tmp_path / "small").exists()


def test_one_that_nobody_knows_is_told() -> None:
    with pytest.raises(NotFound, match='no voice "nobody"'):
        voices.install("nobody", lambda *_: None)


def test_the_catalogue_names_free_voices_at_safe_addresses() -> None:
    for entry in voices.catalogue():
        assert entry.licence in ("Apache-2.0", "MIT", "CC0-1.0", "CC-BY-4.0")
        assert all(part.url.startswith("https://") for part in entry.parts)
        assert entry.parts
        assert entry.holds


def test_the_small_voice_has_a_number_for_each_sound_that_the_tests_say() -> None:
    assert set("sˈɛvənwʌnɹdi") <= set(SYMBOLS)
