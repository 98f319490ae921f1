from pathlib import Path

import pytest

from coach.errors import CoachError, NotFound
from coach.routine.library import Library
from coach.routine.model import Circuit, Range, Routine, Work
from coach.routine.writing import Draft, compose, entry, slug, write


def made(library: Library, tmp_path: Path, *entries: str, **said: str) -> Routine:
    draft = Draft(said.pop("title", "Evening"), tuple(entry(text, library.families) for text in entries), **said)
    write(tmp_path / "evening.yaml", compose(draft, library.families, "evening"))
    return Library([tmp_path, *library.folders]).routine("evening")


def test_a_new_routine_says_what_was_answered(library: Library, tmp_path: Path) -> None:
    routine = made(
        library, tmp_path, "glute bridges 3x8-12", "plank 2 x 30 s", "side step, 10 steps", about="Short.", rest="1:00"
    )
    assert (routine.slug, routine.title, routine.about) == ("evening", "Evening", "Short.")
    assert routine.blocks == (
        Work("glute bridge", 1, Range(3, 3), Range(8, 12), "rep", 60, 60),
        Work("plank", 0, Range(2, 2), Range(30, 30), "second", 60, 60),
        Work("side step", 1, Range(2, 3), Range(10, 10), "step", 60, 60),
    )


def test_what_was_not_answered_is_the_usual(library: Library, tmp_path: Path) -> None:
    assert made(library, tmp_path, "bodyweight glute bridge", "plank").blocks == (
        Work("glute bridge", 0, Range(2, 3), Range(8, 12), "rep", 45, 45),
        Work("plank", 0, Range(2, 3), Range(20, 30), "second", 45, 45),
    )


def test_a_variant_that_was_asked_for_is_written_as_it_was(library: Library) -> None:
    exercises = [entry(text, library.families).exercise for text in ("banded glute bridge 2x10", "Glute bridges 2x10")]
    assert exercises == ["banded glute bridge", "glute bridge"]


def test_a_new_routine_may_be_a_circuit(library: Library, tmp_path: Path) -> None:
    assert made(library, tmp_path, "glute bridge 10", "plank 1-2 min", rounds="3 rounds").blocks == (
        Circuit(
            Range(3, 3),
            60,
            (
                Work("glute bridge", 1, Range(1, 1), Range(10, 10), "rep", 10, 10),
                Work("plank", 0, Range(1, 1), Range(60, 120), "second", 10, 10),
            ),
        ),
    )


def test_a_new_routine_explains_itself(library: Library) -> None:
    text = compose(Draft("Evening", (entry("glute bridge", library.families),)), library.families, "evening")
    assert "# Check this file with: coach check evening.yaml" in text
    assert "easiest first: bodyweight glute bridge, banded glute bridge, glute bridge hold" in text
    assert "# about:" in text
    assert "yaml-language-server: $schema=" in text


@pytest.mark.parametrize("title", ["no", "1:30", "Abends: 'Übung' # zwei", "- dash", "*star", '"quoted"', "x" * 500])
def test_any_title_stays_what_it_is(library: Library, tmp_path: Path, title: str) -> None:
    routine = made(library, tmp_path, "plank", title=title, about=title)
    assert (routine.title, routine.about) == (title, title)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("glute brige 3x8", 'There is no exercise "glute brige".\nDid you mean "glute bridge"?'),
        ("plank 10 reps", '"forearm plank" is held for seconds.\nWrite plank 2 x 30 s.'),
        ("glute bridge 30 s", '"banded glute bridge" is counted in reps.\nWrite glute bridge 2 x 8-12.'),
        ("glute bridge 12-8", '"12-8" runs downwards.\nWrite the smaller number first.'),
        ("glute bridge 99x8", '"99" is more than 50.\nWrite 3 or 2-4.'),
    ],
)
def test_an_answer_that_makes_no_sense_gets_a_sentence(library: Library, text: str, sentence: str) -> None:
    with pytest.raises(CoachError) as raised:
        entry(text, library.families)
    assert str(raised.value) == sentence


def test_an_exercise_unlike_any_gets_some_names(library: Library) -> None:
    with pytest.raises(NotFound, match="Some that there are: glute bridge, plank, side step"):
        entry("", library.families)


@pytest.mark.parametrize(
    "draft", [Draft(" ", ()), Draft("x", (), rest="soon"), Draft("x", (), rounds="no"), Draft("\x07", ())]
)
def test_a_draft_that_is_none_is_refused(library: Library, draft: Draft) -> None:
    entries = (entry("plank", library.families),)
    with pytest.raises(CoachError):
        compose(Draft(draft.title, entries, rest=draft.rest, rounds=draft.rounds), library.families, "x")
    with pytest.raises(CoachError, match="at least one exercise"):
        compose(draft, library.families, "x")


def test_a_slug_is_a_file_name(library: Library) -> None:
    assert slug("Légs & hips, don't stop!") == "legs-hips-dont-stop"
    assert slug("Ноги, снова") == "ноги-снова"
    with pytest.raises(CoachError):
        slug("!?")


def test_a_file_is_only_replaced_when_told(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "a.yaml", "one\n")
    with pytest.raises(CoachError, match="is there already"):
        write(tmp_path / "deep" / "a.yaml", "two\n")
    assert (tmp_path / "deep" / "a.yaml").read_text() == "one\n"
    write(tmp_path / "deep" / "a.yaml", "two\n", replace=True)
    assert (tmp_path / "deep" / "a.yaml").read_text() == "two\n"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["a.yaml"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CoachError, match="cannot be written"):
        write(tmp_path / "file" / "a.yaml", "x")


def test_marks_around_a_time_that_is_answered_are_left_out(library: Library) -> None:
    draft = Draft("Evening", (entry("glute bridge", library.families),), rest="'0", rounds="“3”")
    text = compose(draft, library.families, "evening")
    assert "    rest: 0 " in text
    assert "  - circuit: 3 rounds " in text
