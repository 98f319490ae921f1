"""Each file in broken/ has beside it, word for word, what `coach check` must print for it."""

from pathlib import Path

import pytest
import yaml

from coach.document import read as reading
from coach.routine.library import Library

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(path.name for path in BROKEN.glob("*.yaml"))


@pytest.fixture(params=["libyaml", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    loader = yaml.SafeLoader if request.param == "pure Python" else yaml.CSafeLoader
    monkeypatch.setattr(reading, "_Loader", loader)


def test_there_are_at_least_thirty_kinds() -> None:
    assert len(FILES) >= 30


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_prints_its_faults_and_nothing_else(
    name: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BROKEN)
    expected = (BROKEN / name).with_suffix(".txt").read_text(encoding="utf-8")
    assert [str(fault) for fault in library.check([Path(name)])] == expected.splitlines()


@pytest.mark.parametrize("name", FILES)
def test_a_fault_is_one_line_that_a_terminal_can_show(name: str, library: Library) -> None:
    for fault in library.check([BROKEN / name]):
        assert str(fault).isprintable()


def test_a_file_larger_than_a_mebibyte_is_refused_unread(tmp_path: Path, library: Library) -> None:
    large = tmp_path / "large.yaml"
    large.write_text("routine: Large\n" + "# padding\n" * 110_000)
    assert [str(f) for f in library.check([large])] == [
        f"{large}:1:1: the file is larger than 1 MiB; split it into several"
    ]


def test_a_file_of_exactly_a_mebibyte_is_read(tmp_path: Path, library: Library) -> None:
    content = "routine: Large\nblocks: [{exercise: plank}]\n#"
    large = tmp_path / "large.yaml"
    large.write_text(content + "x" * (1024 * 1024 - len(content)))
    assert library.check([large]) == []


def test_a_path_that_is_none_is_told_like_a_fault(tmp_path: Path, library: Library) -> None:
    gone = tmp_path / "gone.yaml"
    assert [str(f) for f in library.check([gone])] == [
        f"{gone}:1:1: there is no such file; check the name and the folder"
    ]


def test_faults_of_several_files_come_together(library: Library) -> None:
    faults = library.check([BROKEN / "two-doses.yaml", BROKEN / "reps-in-words.yaml"])
    assert [Path(fault.file).name for fault in faults] == ["reps-in-words.yaml", "two-doses.yaml"]
