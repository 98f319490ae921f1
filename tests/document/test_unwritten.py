"""A file that cannot be written: what the matter is, and what would help."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from coach.document.files import replace_file, told
from coach.document.unwritten import what_would_help
from coach.errors import CoachError

needs_rights = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


def refusal(path: Path) -> str:
    with pytest.raises(CoachError) as refused:
        replace_file(path, "volume: 50\n", make_folder=True)
    return str(refused.value)


@pytest.mark.parametrize(
    ("code", "why", "hint"),
    [
        (errno.ENOSPC, "the disk is full", "Make room on it."),
        (errno.EROFS, "the disk can only be read", "Mount it for writing, or take a place on another one."),
        (errno.EDQUOT, "your share of the disk is used up", "Delete something of yours there."),
        (errno.EIO, "the disk fails", "Copy what you need of it to another one."),
    ],
)
def test_what_the_disk_has_is_told(code: int, why: str, hint: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    with pytest.raises(CoachError) as refused, told(path):
        raise OSError(code, os.strerror(code))
    assert str(refused.value) == f"{path} cannot be written: {why}.\n{hint}"


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "coach").write_text("")
    assert refusal(tmp_path / "coach" / "settings.yaml") == (
        f"{tmp_path}/coach/settings.yaml cannot be written: {tmp_path}/coach is a file, not a folder.\n"
        "Move that file away, or choose another place for settings.yaml."
    )


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CoachError) as refused:
        replace_file(tmp_path / "not there" / "out.wav", "")
    assert str(refused.value) == (
        f"{tmp_path}/not there/out.wav cannot be written: there is no folder {tmp_path}/not there.\n"
        f"Make it first: mkdir -p '{tmp_path}/not there'"
    )


@needs_rights
def test_a_folder_of_ones_own_that_is_closed_can_be_opened_again(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert refusal(tmp_path / "settings.yaml") == (
            f"{tmp_path}/settings.yaml cannot be written: you may not write in {tmp_path}.\n"
            f"Allow it: chmod u+rwX {tmp_path}"
        )
    finally:
        tmp_path.chmod(0o700)


@needs_rights
def test_a_folder_of_somebody_else_is_told_with_whose_it_is() -> None:
    assert refusal(Path("/usr/settings.yaml")) == (
        "/usr/settings.yaml cannot be written: you may not write in /usr.\n"
        "It belongs to root. Name a place of your own."
    )


def test_a_link_that_leads_to_itself_is_to_be_deleted(tmp_path: Path) -> None:
    loop = tmp_path / "journal.sqlite"
    loop.symlink_to(loop)
    assert what_would_help(loop) == "Delete the link."
