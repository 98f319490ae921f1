import os
import shutil
from cProfile import Profile
from pathlib import Path

import pytest

from coach.errors import FileFault, NotFound
from coach.routine.library import Library

DATA = Path(__file__).parent / "data"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of the athlete's, with one routine that is shipped too."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "warm-up.yaml").write_text("routine: My own warm-up\nblocks: [{exercise: plank}]\n")
    return tmp_path


def test_routines_are_listed_by_slug_with_title_and_purpose(library: Library) -> None:
    assert [(r.slug, r.title, r.about) for r in library.routines()] == [
        ("warm-up", "Test warm-up", "A routine of the tests' own.")
    ]


def test_the_athletes_own_routine_goes_before_the_shipped_one(own: Path) -> None:
    library = Library([own, DATA])
    assert [r.title for r in library.routines()] == ["My own warm-up"]
    assert library.routine("warm-up").title == "My own warm-up"


def test_the_athletes_own_exercise_goes_before_the_shipped_one(own: Path) -> None:
    text = "family: Planks\nvariants:\n  - {name: wall plank, hold: true, setup: [Hands on a wall.], move: Lean in.}\n"
    (own / "exercises" / "plank.yaml").write_text(text)
    library = Library([own, DATA])
    assert "plank" not in library.families
    assert [v.name for v in library.families["Planks"].variants] == ["wall plank"]


@pytest.mark.parametrize("name", ["warm-up", "Warm up", "warm-up.yaml"])
def test_a_routine_is_found_by_its_slug(library: Library, name: str) -> None:
    assert library.routine(name).slug == "warm-up"


def test_a_routine_is_found_by_a_path_anywhere(library: Library, tmp_path: Path) -> None:
    shutil.copy(DATA / "warm-up.yaml", tmp_path / "elsewhere.yaml")
    assert library.routine(tmp_path / "elsewhere.yaml").slug == "elsewhere"


def test_exercises_beside_a_routine_from_elsewhere_are_known_to_it(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "mine")
    assert Library([]).routine(tmp_path / "mine" / "warm-up.yaml").title == "Test warm-up"


def test_an_unknown_routine_names_the_nearest(library: Library) -> None:
    with pytest.raises(NotFound, match='There is no routine "warmupp"') as raised:
        library.routine("warmupp")
    assert raised.value.hint == 'Did you mean "warm-up"?'


def test_a_routine_unlike_any_gets_the_list(library: Library) -> None:
    with pytest.raises(NotFound) as raised:
        library.routine("xyz")
    assert raised.value.hint == "The routines are: warm-up."


def test_a_missing_file_is_said_to_be_missing(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"There is no file .*/gone\.yaml"):
        library.routine(tmp_path / "gone.yaml")


def test_a_broken_exercise_stops_only_the_routines_that_need_it(own: Path) -> None:
    (own / "exercises" / "march.yaml").write_text("family: march\nvariants: 3\n")
    library = Library([own, DATA])
    assert library.routine("warm-up").title == "My own warm-up"
    (own / "marching.yaml").write_text("routine: Marching\nblocks: [{exercise: march, reps: 5}]\n")
    with pytest.raises(FileFault) as raised:
        library.routine("marching")
    assert sorted({Path(f.file).name for f in raised.value.faults}) == ["march.yaml", "marching.yaml"]


def test_a_routine_whose_top_cannot_be_read_is_listed_under_its_slug(own: Path) -> None:
    (own / "torn.yaml").write_text('routine: "Torn\n')
    assert [(r.slug, r.title) for r in Library([own]).routines()] == [("torn", "torn"), ("warm-up", "My own warm-up")]


def test_a_title_cannot_drive_the_terminal(own: Path) -> None:
    (own / "red.yaml").write_text('routine: "\\e[31mRed"\nabout: x\n')
    assert all(r.title.isprintable() for r in Library([own]).routines())


def test_checking_a_folder_checks_exercises_and_routines_in_it(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "mine")
    assert Library([]).check([tmp_path / "mine"]) == []
    (tmp_path / "mine" / "exercises" / "bad.yaml").write_text("family: bad\n")
    (tmp_path / "mine" / "bad.yaml").write_text("routine: bad\n")
    assert [Path(f.file).name for f in Library([]).check([tmp_path / "mine"])] == ["bad.yaml", "bad.yaml"]


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + ".yaml", "a\0b", "../" * 2000 + "x.yaml"])
def test_a_name_that_no_file_can_have_is_no_routine(library: Library, name: str) -> None:
    with pytest.raises(NotFound, match="There is no"):
        library.routine(name)
    assert len(library.check([Path(name)])) == 1


@pytest.mark.parametrize("said", ["Test warm-up", "test warm up", "Test warm-ups"])
def test_a_routine_is_found_by_its_title_too(library: Library, said: str) -> None:
    assert library.routine(said).slug == "warm-up"


def test_a_title_that_is_nearly_one_proposes_the_routines_name(library: Library) -> None:
    with pytest.raises(NotFound) as raised:
        library.find("Tset warm-up")
    assert raised.value.hint == 'Did you mean "warm-up"?'


def test_a_name_with_bytes_that_are_no_letters_can_be_kept_as_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"night\xff.yaml")
    path.write_text("routine: Night\nblocks: [{exercise: plank}]\n")
    elsewhere = Library([DATA]).routine(path)
    assert (elsewhere.slug, elsewhere.path) == ("night\ufffd", "")
    library = Library([tmp_path, DATA])
    assert library.routine(library.routines()[0].slug).title == "Night"


def test_a_folder_that_links_to_itself_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "routines").symlink_to("routines")
    library = Library([tmp_path / "routines", DATA])
    assert library.routine("warm-up").title == "Test warm-up"


def test_names_without_a_letter_do_not_hide_each_other(tmp_path: Path) -> None:
    for name in ("💪", "🔥"):
        (tmp_path / f"{name}.yaml").write_text(f"routine: {name}\nblocks: [{{exercise: plank}}]\n")
    assert [listing.slug for listing in Library([tmp_path]).routines()] == ["💪", "🔥"]


def test_twice_as_many_routines_are_twice_the_work(tmp_path: Path) -> None:
    def work(routines: int) -> int:
        folder = tmp_path / str(routines)
        folder.mkdir()
        for number in range(routines):
            (folder / f"mine-{number}.yaml").write_text(f"routine: Mine {number}\nblocks: [{{exercise: plank}}]\n")
        library = Library([folder, DATA])
        assert library.families
        with Profile() as profile:
            assert sum(routine is not None for _, routine in library.all_routines()) == routines + 1
        return sum(entry.callcount for entry in profile.getstats())

    work(1)  # what is imported first
    assert work(200) < 2.2 * work(100)
