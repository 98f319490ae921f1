"""The routines in a list."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console

from coach import language
from coach.own import paths
from coach.paper import listing
from coach.paper.listing import Entry
from coach.routine.library import Library
from coach.routine.model import Work

EN = language.load()
SHIPPED = Library([paths.routines()])


def test_each_has_its_minutes_its_level_and_what_to_have_at_hand() -> None:
    by_name = {entry.name: entry for entry in listing.entries(SHIPPED)}
    assert len(by_name) == 7
    warm_up = by_name["prerun-warmup"]
    assert (warm_up.title, warm_up.minutes, warm_up.level) == ("Pre-run warm-up", 5, "medium")
    assert warm_up.kit == ("mini band",)
    assert (by_name["no-band"].level, by_name["no-band"].kit) == ("gentle", ())


def test_it_is_a_line_each_or_a_table() -> None:
    listed = [entry for entry in listing.entries(SHIPPED) if entry.name in ("no-band", "prerun-warmup")]
    assert listing.plain(listed, EN) == (
        "no-band: No band. 15 minutes, gentle, no equipment.\n"
        "prerun-warmup: Pre-run warm-up. 5 minutes, medium, mini band.\n"
    )
    console = Console(file=StringIO(), width=100, color_system=None)
    console.print(listing.terminal(listed, EN))
    table = console.file.getvalue()  # type: ignore[attr-defined]
    assert "5 minutes" in table
    assert "Have at hand" in table


def test_the_level_follows_the_ladders() -> None:
    routine = SHIPPED.routine("prerun-warmup")
    works = [block for block in routine.blocks if isinstance(block, Work)]
    harder = replace(routine, blocks=tuple(replace(work, rung=work.rung + 1) for work in works))
    easier = replace(routine, blocks=tuple(replace(work, rung=0) for work in works))
    assert [listing.level(each) for each in (easier, routine, harder)] == ["gentle", "medium", "hard"]


def test_a_routine_with_faults_is_listed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("routine: Broken\nblocks: [{exercise: nonsense}]\n", encoding="utf-8")
    library = Library([tmp_path, paths.routines()])
    broken = next(entry for entry in listing.entries(library) if entry.name == "broken")
    assert broken == Entry("broken", "Broken", "")
    assert listing.plain([broken], EN) == "broken: Broken.\n"
    assert listing.as_objects([broken])[0]["minutes"] is None
