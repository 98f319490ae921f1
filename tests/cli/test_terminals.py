"""Every command in every kind of terminal and home: no traceback, no row lost, and files in UTF-8 whatever it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from coach.cli.main import app
from coach.cli.output import fit_to_terminal
from coach.journal.store import Journal
from tests.journal.workouts import workout

ROOT = Path(__file__).parents[2]
TITLE = "Été 💪 legs"
EMOJI = f"routine: {TITLE}\nabout: Größer – und “stärker”.\nblocks:\n  - exercise: glute bridge\n    reps: 1\n"

ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {
    "UTF-8": {"LANG": "C.UTF-8"},
    "Latin-1": {"LANG": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
    "C": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "no locale": {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "de_DE": {"LANG": "de_DE", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "40 columns": {"LANG": "C.UTF-8", "COLUMNS": "40"},
    "no HOME": {"LANG": "C.UTF-8", "HOME": ""},
    "a HOME with spaces and umlauts": {"LANG": "C.UTF-8", "HOME": "Jürgens große Mappe"},
    "dumb": {"LANG": "C.UTF-8", "TERM": "dumb", "NO_COLOR": "1"},
}
COMMANDS: Mapping[str, tuple[int, ...]] = {
    "--help": (0,),
    "--version": (0,),
    "list": (0,),
    "show legs": (0,),
    "show legs --plain": (0,),
    "show legs --markdown": (0,),
    "show legs --html": (0,),
    "show 💪": (1,),
    "run 💪": (1,),
    "render 💪 -o x.wav": (1,),
    "render legs.yaml -o keine/größe.wav": (1,),
    "check legs.yaml": (0,),
    "check --strict legs.yaml": (1,),
    "check broken.yaml": (1,),
    "commands": (0,),
    "commands --json": (0,),
    "hear none.wav": (1,),
    "say hello": (0, 1),
    "history": (0,),
    "history --plain": (0,),
    "history --json": (0,),
    "history --csv": (0,),
    "history --html": (0,),
    "history fit last.fit": (0,),
    "history forget 7 --yes": (1,),
    "models": (0,),
    "voices --make größer": (1,),
    "phrases": (0,),
    "phrases add größer next": (1,),
    "phrases teach größer": (1,),
    "phrases remove 💪": (1,),
    "settings": (0,),
    "settings get wake": (0,),
    "settings set wake größer": (0,),
    "settings set größer 3": (1,),
    "watch 💪.yaml --quiet": (1,),
    "import legs.yaml": (1,),
    "schema": (0,),
    "schema --exercise": (0,),
    "new Größer -e plank": (0,),
    "new 💪 -e plank": (1,),
    "import broken.yaml": (1,),
    "settings edit": (0,),
    "calibrate keine --talk keine": (1,),
    "models install größer": (1,),
    "demo --events keine/größe.jsonl": (1,),
    "listen --help": (0,),
    "voices": (0,),
    "service --help": (0,),
    "service install --help": (0,),
    "service remove --help": (0,),
    "service status --help": (0,),
    "service wait --help": (0,),
    "doctor": (0, 1),
    "nonsense": (2,),
}
"""What is typed, and how it may end."""
IN_UTF_8 = ("show legs --markdown", "show legs --html", "history --json", "history --html")

RUNNER = """
import io, json, os, sys, tempfile
import coach.app.doctor, coach.app.parts, coach.journal.export, coach.paper.page, coach.routine.loading
from coach.cli.main import main
ended = []
for line in json.load(open(sys.argv[1], encoding="utf-8")):
    out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
    child = os.fork()
    if not child:
        os.dup2(out.fileno(), 1), os.dup2(err.fileno(), 2)
        sys.argv = ["coach", *(os.fsdecode(word.encode()) for word in line.split())]
        try:
            main()
        except SystemExit as end:
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(end.code or 0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    out.seek(0), err.seek(0)
    ended.append((line, status, out.read().decode("latin-1"), err.read().decode("latin-1")))
json.dump(ended, open(sys.argv[2], "w", encoding="utf-8"))
"""
"""Each command in a process of its own, but the program read only once."""


@dataclass(frozen=True)
class Ended:
    """How a command ended, and the bytes that it printed."""

    status: int
    out: bytes
    err: bytes


def carried_out(home: Path, environment: Mapping[str, str], commands: Sequence[str]) -> dict[str, Ended]:
    """Each command, in a home where something has been done and written already."""
    home = home / environment.get("HOME", "home")
    home.mkdir(exist_ok=True)
    places = {name: str(home / f".{name.lower()}") for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    routines = home / ".xdg_config_home" / "coach" / "routines"
    routines.mkdir(parents=True)
    for file in (routines / "legs.yaml", home / "legs.yaml"):
        file.write_text(EMOJI, encoding="utf-8")
    (home / "broken.yaml").write_text("routine: Größe “💪\nblocks: [{exercise: Ö, reps: ½}]\n", encoding="utf-8")
    with Journal(home / ".xdg_data_home" / "coach" / "journal.sqlite") as journal:
        for event in workout(title=TITLE):
            journal.record(event)
    given, told = home / "commands.json", home / "ended.json"
    given.write_text(json.dumps(commands), encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "COVERAGE_PROCESS_START") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", RUNNER, str(given), str(told)],
        env=kept
        | places
        | dict(environment)
        | {"EDITOR": "true", "PYTHONPATH": str(ROOT), "HOME": str(home) if environment.get("HOME", "home") else ""},
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    ended = json.loads(told.read_text(encoding="utf-8"))
    return {line: Ended(status, out.encode("latin-1"), err.encode("latin-1")) for line, status, out, err in ended}


def test_every_command_is_among_them() -> None:
    for name in named(get_command(app)):
        tried = any(line == name or line.startswith(f"{name} ") for line in COMMANDS)
        assert tried, f"add {name}, or its --help, to COMMANDS"


def named(group: Any, above: str = "") -> Iterator[str]:
    """Every command and those beneath it."""
    for name, command in group.commands.items():
        yield f"{above}{name}"
        if hasattr(command, "commands"):
            yield from named(command, f"{above}{name} ")


@pytest.mark.parametrize("name", [pytest.param(n, marks=[] if n == "C" else pytest.mark.slow) for n in ENVIRONMENTS])
def test_every_command_reaches_every_terminal(name: str, tmp_path: Path) -> None:
    ended = carried_out(tmp_path, ENVIRONMENTS[name], list(COMMANDS))
    for line, end in ended.items():
        assert end.status in COMMANDS[line], (line, end)
        assert b"Traceback" not in end.err, (line, end)
        assert b"Something went wrong" not in end.err, (line, end)
        assert end.out or end.err, line
    for line in IN_UTF_8:
        assert TITLE in ended[line].out.decode("utf-8"), line
    assert (
        sum(TITLE.encode(c, "replace") in ended["list"].out for c in ("utf-8", "latin-1"))
        or b"Ete ? legs" in ended["list"].out
    )
    assert ended["list"].out.count(b"\n") == len(list((ROOT / "routines").glob("*.yaml"))) + 1
    assert ended["commands"].out.count(b"\n") == len(json.loads(ended["commands --json"].out))


@pytest.mark.parametrize(
    ("text", "encoding", "printed"),
    [
        ("Été “stärker” – ½ … 💪", "ascii", 'Ete "starker" - 1/2 ... ?'),
        ("Été “stärker” – ½ … 💪", "latin-1", 'Été "stärker" - ½ ... ?'),
        ("straße › \udcff", "ascii", "strasse ? ?"),
        ("Été “stärker” – ½ … 💪", "utf-8", "Été “stärker” – ½ … 💪"),
    ],
)
def test_what_a_terminal_lacks_is_put_plainly(text: str, encoding: str, printed: str) -> None:
    fit_to_terminal()
    assert text.encode(encoding, "coach.plainly").decode(encoding) == printed
