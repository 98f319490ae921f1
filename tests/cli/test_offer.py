"""The question that `make run` asks before the first workout."""

from __future__ import annotations

import hashlib
import random
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest

from tests.speech_models.server import Site, serving
from tests.speech_models.test_install import packed
from tests.terminal.screen import Terminal, python, terminal


class Asking(Protocol):
    def __call__(self, site: Site | None = None) -> AbstractContextManager[Terminal]: ...


PROGRAM = """
    from coach.speech_models.catalogue import Entry
    from coach.cli.offer import offer
    offer([Entry("new-model", "{url}", {size}, "{sha256}", "MIT", "tests", recommended=True)])
    print("the workout")
    """


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    """Begins the program on a terminal, with a catalogue of one small model on a server that is there, or not."""

    def begun(site: Site | None = None) -> AbstractContextManager[Terminal]:
        content = site.content if site else b""
        program = PROGRAM.format(
            url=site.url if site else "http://127.0.0.1:9/model.zip",
            size=len(content) or 9,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        return terminal(python(program), columns=120, COACH_DATA_DIR=str(tmp_path))

    return begun


def test_a_yes_installs_the_model_and_the_workout_begins(asking: Asking, tmp_path: Path) -> None:
    with serving(Site(packed({"m/am/final.mdl": random.Random(0).randbytes(50_000)}))) as site, asking(site) as screen:
        screen.wait_for("Fetch it now? [y/N]")
        screen.type("y\n")
        screen.wait_for("new-model is installed.")
        screen.wait_for("the workout")
    assert (tmp_path / "models" / "new-model" / "am" / "final.mdl").is_file()


@pytest.mark.parametrize("answer", ["\n", "n\n", "\x04"])
def test_anything_but_a_yes_fetches_nothing_and_is_not_asked_again(asking: Asking, answer: str) -> None:
    with serving(Site(b"")) as site:
        with asking(site) as screen:
            screen.wait_for("Fetch it now? [y/N]")
            screen.type(answer)
            screen.wait_for("the workout")
        with asking(site) as screen:
            screen.wait_for("the workout")
            assert "Fetch" not in screen.screen
        assert site.asked == []


def test_where_it_cannot_be_fetched_the_workout_begins_all_the_same(asking: Asking) -> None:
    with asking() as screen:
        screen.wait_for("Fetch it now? [y/N]")
        screen.type("y\n")
        screen.wait_for("127.0.0.1 could not be reached")
        screen.wait_for("The built-in model serves meanwhile.")
        screen.wait_for("the workout")


def test_ctrl_c_ends_the_program_without_a_traceback(tmp_path: Path) -> None:
    with terminal([sys.executable, "-m", "coach.cli.offer"], COACH_DATA_DIR=str(tmp_path)) as screen:
        screen.wait_for("Fetch it now? [y/N]")
        screen.type("\x03")
        assert screen.wait_for_end() == 130
        assert "Traceback" not in screen.screen
