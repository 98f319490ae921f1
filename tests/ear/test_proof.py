"""A damaged model is found out before it can take the program down."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coach import speech_models
from coach.ear.proof import proved


def cut_short(model: Path) -> None:
    file = model / "am" / "final.mdl"
    file.write_bytes(file.read_bytes()[:100_000])


def without_words(model: Path) -> None:
    (model / "graph" / "words.txt").write_bytes(b"")


def junk_graph(model: Path) -> None:
    (model / "graph" / "HCLr.fst").write_bytes(bytes(range(256)) * 40)


def without_graph(model: Path) -> None:
    shutil.rmtree(model / "graph")


def without_conf(model: Path) -> None:
    shutil.rmtree(model / "conf")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(speech_models.best(), tmp_path / "model"))


@pytest.mark.parametrize("damage", [cut_short, without_words, junk_graph, without_graph, without_conf])
def test_a_damaged_model_is_told_from_a_whole_one(model: Path, damage: Callable[[Path], None], tmp_path: Path) -> None:
    damage(model)
    assert not proved(model, tmp_path / "notes")


def test_a_whole_model_is_loaded_for_it_once_until_its_files_change(model: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    assert proved(model, notes)
    [note] = notes.iterdir()
    written = note.stat().st_mtime_ns
    assert proved(model, notes)
    assert note.stat().st_mtime_ns == written
    cut_short(model)
    assert not proved(model, notes)


def test_where_nothing_can_be_noted_it_is_found_out_each_time(model: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("a file where the folder should be")
    assert proved(model, tmp_path / "notes")
