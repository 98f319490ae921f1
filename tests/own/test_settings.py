"""The settings file: read with every fault told, changed without disturbing what else is in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import CoachError, FileFault, NotFound
from coach.own import paths, settings
from coach.own.settings import TABLE, Settings, load, save


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_CONFIG_DIR", str(tmp_path))
    return paths.settings_file()


def test_without_a_file_everything_has_its_default() -> None:
    assert load() == Settings(rate=175, volume=80, verbosity="coach", ask_effort=True)


def test_a_new_file_changes_nothing_and_names_every_setting(file: Path) -> None:
    settings.make()
    assert load() == Settings()
    for setting in TABLE:
        assert f"#{setting.name}: " in file.read_text()
        assert f"# {setting.meaning} (" in file.read_text()


def test_a_file_that_is_there_is_not_made_anew(file: Path) -> None:
    file.write_text("rate: 220\n")
    settings.make()
    assert file.read_text() == "rate: 220\n"


def test_what_the_file_says_is_taken_and_the_rest_stays_default(file: Path) -> None:
    file.write_text("rate: 220  # quicker\nask_effort: no\nvoice: en-gb\n")
    assert load() == Settings(rate=220, ask_effort=False, voice="en-gb")


@pytest.mark.parametrize("written", ["2", "'2'", "no", "1:30", "010", "USB Audio: front"])
def test_a_text_is_taken_as_it_is_written(file: Path, written: str) -> None:
    quoted = f'"{written}"' if ": " in written else written
    file.write_text(f"microphone: {quoted}\n")
    assert load().microphone == written.strip("'")


def test_a_setting_with_nothing_after_its_colon_has_its_default(file: Path) -> None:
    file.write_text("voice:\nrate:\n")
    assert load() == Settings()


def test_every_fault_is_told_at_once_with_its_place(file: Path) -> None:
    file.write_text(
        "rate: fast\nvolum: 50\nvolume: 300\npitch: -1\nverbosity: chatty\nask_effort: 1\nwake: [a]\nlanguage: xx\n"
    )
    with pytest.raises(FileFault) as told:
        load()
    assert str(told.value).splitlines() == [
        f'{file}:1:7: rate: "fast" is not a whole number; write one from 80 to 450',
        f'{file}:2:1: there is no setting "volum"; did you mean "volume"?',
        f"{file}:3:9: volume: 300 is too large; write a number from 5 to 100",
        f"{file}:4:8: pitch: -1 is too small; write a number from 0 to 100",
        f'{file}:5:12: verbosity: "chatty" is not one of the choices; write coach, counts or sounds',
        f'{file}:6:13: ask_effort: "1" is neither true nor false; write true or false',
        f"{file}:7:7: wake: a list or a mapping stands where one value is due; write text",
        f'{file}:8:11: language: "xx" is not one of the choices; write en',
    ]


def test_a_setting_written_twice_is_a_fault(file: Path) -> None:
    file.write_text("rate: 200\nrate: 210\n")
    with pytest.raises(FileFault, match="stands twice"):
        load()


@pytest.mark.parametrize("content", [b"rate 200", b"- rate", b"rate: 'x", b"\xff\xfe\x00", b"rate: {", b"a" * 2**21])
def test_what_is_no_settings_file_is_told_in_a_line(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(FileFault) as told:
        load()
    assert str(told.value).startswith(f"{file}:")


def test_a_folder_in_the_files_place_is_told_in_a_line(file: Path) -> None:
    file.mkdir()
    with pytest.raises(FileFault, match="this is a folder"):
        load()


def test_saving_makes_the_file_where_there_was_none(file: Path) -> None:
    save("volume", 60)
    assert load() == Settings(volume=60)
    assert "\nvolume: 60\n" in file.read_text()
    assert "\n#rate: 175\n" in file.read_text()


def test_saving_keeps_every_other_line_and_comment(file: Path) -> None:
    before = (
        "# rate: I like it quick\r\n\r\nrate:   200    # quicker\r\nwake: 'hey coach' # the gym is loud\r\n# the end"
    )
    file.write_bytes(before.encode())
    save("rate", 210)
    assert file.read_bytes().decode() == before.replace("200", "210")
    save("wake", "")
    assert file.read_bytes().decode() == before.replace("200", "210").replace("'hey coach'", '""')


def test_saving_fills_in_a_setting_that_had_no_value(file: Path) -> None:
    file.write_text("voice:\nrate: 200\n")
    save("voice", "en-gb")
    assert file.read_text() == "voice: en-gb\nrate: 200\n"


def test_saving_replaces_a_text_of_several_lines(file: Path) -> None:
    file.write_text("wake: >\n  hey\n  coach\nrate: 200\n")
    save("wake", "hello coach")
    assert file.read_text() == "wake: hello coach\nrate: 200\n"


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.yaml"
    real.write_text("rate: 200\n")
    file.symlink_to(real)
    save("rate", 190)
    assert file.is_symlink()
    assert real.read_text() == "rate: 190\n"


def test_a_layout_that_cannot_be_changed_safely_is_left_alone(file: Path) -> None:
    file.write_text("{rate: 200}\n")
    with pytest.raises(CoachError, match=r"cannot change .*\nAdd by hand: volume: 60"):
        save("volume", 60)
    assert file.read_text() == "{rate: 200}\n"


def test_a_file_with_faults_is_not_changed(file: Path) -> None:
    file.write_text("rate: fast\n")
    with pytest.raises(FileFault):
        save("volume", 60)
    assert file.read_text() == "rate: fast\n"


def test_a_value_that_does_not_suit_is_not_saved(file: Path) -> None:
    with pytest.raises(CoachError, match=r"rate: 1000 is too large\.\nWrite a number from 80 to 450"):
        save("rate", 1000)
    with pytest.raises(NotFound, match='Did you mean "volume"'):
        save("volumes", 50)
    assert not file.exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("a file")
    with pytest.raises(CoachError, match="cannot be written"):
        save("rate", 200, tmp_path / "here" / "settings.yaml")


@pytest.mark.parametrize("name", ["\xa0𐀀", "a\u2028b", "\u3000 💪"])
def test_spaces_of_other_kinds_are_read_back_as_they_were(file: Path, name: str) -> None:
    save("voice", name, file)
    assert load(file).voice == name


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\u2028\u2029\ufeff")
    )
)
def test_any_text_that_is_saved_is_read_back(name: str) -> None:
    save("microphone", name)
    assert load().microphone == name


def test_a_tab_before_a_comment_does_not_keep_a_change_from_being_saved(file: Path) -> None:
    file.write_text("# größer\nvolume: 60\t# läuter\nrate: 190\t# schnell\n", encoding="utf-8")
    save("rate", 200, file)
    assert load(file).rate == 200
    assert load(file).volume == 60
    assert "läuter" in file.read_text(encoding="utf-8")


def test_links_that_lead_in_a_circle_are_told_in_a_line(file: Path) -> None:
    other = file.with_name("other.yaml")
    file.symlink_to(other)
    other.symlink_to(file)
    with pytest.raises(FileFault, match="symbolic links"):
        load(file)
    with pytest.raises(CoachError, match=r"cannot be (written|read)"):
        save("rate", 200, file)


def test_a_pipe_is_told_in_a_line_and_not_waited_for(file: Path) -> None:
    os.mkfifo(file)
    with pytest.raises(FileFault, match="a device or a pipe"):
        load(file)


def test_a_huge_file_is_refused_before_it_is_read(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(600_000_000)
    with pytest.raises(FileFault, match="larger than 1 MiB"):
        load(file)
