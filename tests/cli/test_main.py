"""Whatever happens, a person sees a sentence, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


def coach(
    tmp_path: Path, *arguments: str, before: str = "", out: str | None = None
) -> subprocess.CompletedProcess[str]:
    """The program, after `before` was carried out in its process; its output goes to `out`, or is returned."""
    own = {f"COACH_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "CACHE")}
    program = f"{before}\nimport sys\nfrom coach.cli.main import main\nsys.argv[0] = 'coach'\nmain()"
    with open(out or os.devnull, "w") as stdout:
        return subprocess.run(
            [sys.executable, "-c", program, *arguments],
            env=os.environ | own,
            stdout=stdout if out else subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )


@pytest.mark.parametrize("command", ["list", "commands", "--version", "--help"])
def test_a_full_disk_for_its_output_is_a_sentence(command: str, tmp_path: Path) -> None:
    done = coach(tmp_path, command, out="/dev/full")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr


def test_what_nobody_foresaw_is_a_sentence_and_the_offer_of_a_report(tmp_path: Path) -> None:
    broken = "import coach.routine.library as l\nl.Library.all_routines = lambda self: 1 / 0"
    done = coach(tmp_path, "list", before=broken)
    assert done.returncode == 1
    sentence, offer = done.stderr.splitlines()
    assert "ZeroDivisionError, coach/paper/listing.py" in sentence
    assert offer.strip() == "To write a report of it: coach doctor --report report.txt"
    assert "ZeroDivisionError" in (tmp_path / "CACHE" / "last-fault").read_text()


@pytest.mark.parametrize(("name", "status"), [("KeyboardInterrupt", 130), ("BrokenPipeError", 1), ("SystemExit", 0)])
def test_other_endings_keep_their_status(name: str, status: int, tmp_path: Path) -> None:
    broken = f"from coach.routine.library import Library\ndef f(s): raise {name}\nLibrary.all_routines = f"
    done = coach(tmp_path, "list", before=broken)
    assert (done.returncode, done.stderr) == (status, "")


def test_wrong_usage_is_two(tmp_path: Path) -> None:
    assert coach(tmp_path, "list", "--nonsense").returncode == 2


def test_faults_of_files_stand_a_line_each(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("routine: A\nblocks: []\n")
    done = coach(tmp_path, "show", str(tmp_path / "a.yaml"))
    assert done.returncode == 1
    assert done.stderr.startswith(str(tmp_path / "a.yaml:"))


def test_what_the_coach_makes_is_its_owners_alone(tmp_path: Path) -> None:
    coach(tmp_path, "doctor", "--report", str(tmp_path / "report"))
    modes = {path: path.stat().st_mode & 0o77 for path in tmp_path.rglob("*")}
    assert modes
    assert not any(modes.values()), modes


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_a_standard_stream_that_is_closed_is_no_fault_and_its_number_no_files(closed: str, tmp_path: Path) -> None:
    own = {f"COACH_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "CACHE")}
    routine = tmp_path / "short.yaml"
    routine.write_text("routine: Short\nblocks: [{exercise: bodyweight squat, sets: 1, reps: 1}]\n")
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-m", "coach",
         "render", str(routine), "-o", str(tmp_path / "x.wav"), "--journal"],
        env=os.environ | own, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "Short" in coach(tmp_path, "history").stdout
