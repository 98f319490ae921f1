"""What the system may forbid a program: a sentence, and never the end that a native library makes of it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")


def limited(tmp_path: Path, limit: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, after `ulimit`."""
    return subprocess.run(
        ["bash", "-c", f'ulimit {limit}; exec "$@"', "bash", sys.executable, "-m", "coach", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )


@pytest.mark.parametrize("limit", ["-n 12", "-v 150000", "-d 100000"])
@pytest.mark.parametrize("command", [("render", "prerun-warmup", "-o", "x.wav"), ("run", "prerun-warmup", "--plain")])
def test_too_little_for_a_workout_is_told_before_anything_is_begun(
    command: tuple[str, ...], limit: str, tmp_path: Path
) -> None:
    done = limited(tmp_path, limit, *command)
    assert done.returncode == 1
    sentence, hint = done.stderr.splitlines()
    assert sentence.startswith("coach: The system allows the coach ")
    assert f"ulimit {limit.split()[0]}" in hint
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("limit", ["-S -n 12", "-S -v 150000", "-S -d 100000"])
def test_a_limit_that_may_be_raised_is_raised(limit: str, tmp_path: Path) -> None:
    done = limited(tmp_path, limit, "say", "hello")
    assert "allows" not in done.stderr


@pytest.mark.parametrize("limit", ["-n 12", "-v 150000"])
def test_what_needs_less_still_works(limit: str, tmp_path: Path) -> None:
    assert limited(tmp_path, limit, "list").returncode == 0


def test_where_not_even_the_program_has_room_that_is_a_sentence(tmp_path: Path) -> None:
    done = limited(tmp_path, "-v 40000", "list")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or done.stderr.startswith("coach: The system gives the coach no more memory.")


def test_no_more_processor_time_is_an_ending_in_good_order(tmp_path: Path) -> None:
    done = limited(tmp_path, "-t 5", "render", "lower-body-bands", "-o", "x.wav")
    assert done.returncode == 128 + signal.SIGXCPU
    sentence, hint = done.stderr.splitlines()
    assert sentence == "coach: The system allows the coach no more processor time."
    assert "ulimit -t" in hint
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (MemoryError(), "The system gives the coach no more memory."),
        (ImportError("x.so: failed to map segment from shared object"), "The system gives the coach no more memory."),
        (OSError(12, "Cannot allocate memory"), "The system gives the coach no more memory."),
        (OSError(24, "Too many open files"), "The system lets the coach open no more files."),
        (RuntimeError("can't start new thread"), "The system does not allow the coach 16 threads at once."),
    ],
)
def test_what_runs_out_in_the_middle_is_named(error: Exception, sentence: str, tmp_path: Path) -> None:
    from coach.app.limits import in_words

    told = in_words(error)
    assert told is not None
    assert told.sentence == sentence
    assert in_words(ValueError("something else")) is None
