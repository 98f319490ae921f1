"""The documents tell the truth: what they show is run, what they name is there, what is made is current."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from coach import language
from coach.app.athlete import load_script
from coach.cli.main import app
from coach.dialogue.names import menu_phrases
from coach.ear.decide.thresholds import Thresholds
from coach.ear.endpoint import Endpointing
from coach.language.commands import Command
from coach.own import paths, phrases, settings
from coach.routine.library import Library
from tests.dialogue.workouts import SHIPPED
from tests.terminal.screen import python
from tools import documents, event_list, transcripts

ROOT = Path(__file__).parents[2]
DOCUMENTS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *sorted((ROOT / "docs").glob("*.md")),
        *sorted((ROOT / ".github").rglob("*.md")),
    )
}
ALL = "\n".join(DOCUMENTS.values())
README = DOCUMENTS["README.md"]
ENGLISH = language.load()

ONLY_HELP = {
    "run": "takes as long as a workout",
    "listen": "waits for as long as nobody calls it",
    "demo": "takes two minutes",
    "say": "needs a loudspeaker",
    "calibrate": "needs somebody who speaks",
    "phrases teach": "needs somebody who speaks",
    "service install": "changes what this machine does when it starts",
    "service remove": "changes what this machine does when it starts",
    "models install": "fetches from the network",
    "voices": "plays, and names voices that are fetched",
    "watch": "ends when somebody ends it",
    "settings edit": "opens an editor",
}
"""Why a command is only asked whether it knows the options that are shown; every other one is run."""
MENTIONED = ("hear", "check", "show", "render", "new", "import", "phrases add", "history forget")
"""Commands that are named without what they need."""
STATUSES = {"doctor": (0, 1), "service": (0, 1)}
"""A machine where the tests run may lack something that the doctor calls a fault."""


def code(text: str) -> list[str]:
    """The lines of a document's code, in blocks and in sentences."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    blocks = re.findall(r"^ {4,}(\S.*)$", text, re.MULTILINE)
    return [*(line for block in fenced for line in block.splitlines()), *blocks, *re.findall(r"`([^`\n]+)`", text)]


def command_lines() -> list[str]:
    found: dict[str, None] = {}
    for text in DOCUMENTS.values():
        for line in code(re.sub(r"(?<=\S)\n(?=[^\n`]*`)", " ", text)) + code(text):
            shown = re.fullmatch(r"(?:\S*\.venv/bin/)?coach (\S.*?)(\s+#.*)?", line.strip())
            if shown:
                found[shown[1]] = None
    return list(found)


def yaml_blocks() -> list[tuple[str, str]]:
    pattern = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [(name, block) for name, text in DOCUMENTS.items() for block in pattern.findall(text)]


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, with the files in it that the documents' commands name."""
    for name in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"COACH_{name}_DIR", str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "routines").symlink_to(ROOT / "routines")
    (bed,) = re.findall(r"```yaml\n(routine:.*?)```", README, re.DOTALL)
    (tmp_path / "bed.yaml").write_text(bed, encoding="utf-8")
    (script,) = re.findall(r"```yaml\n(- .*?)```", ALL, re.DOTALL)
    (tmp_path / "script.yaml").write_text(script, encoding="utf-8")
    paths.own_phrases().parent.mkdir()
    paths.own_phrases().write_text("pause: [freeze]\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", documents.QUICK)
def test_what_is_made_is_current(name: str) -> None:
    assert documents.current(name, documents.QUICK[name]) == DOCUMENTS[name], "run .venv/bin/python -m tools.documents"


@pytest.mark.parametrize("slug", transcripts.slugs())
def test_the_transcript_of_a_routine_is_what_the_session_says(slug: str) -> None:
    written = (transcripts.FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    assert transcripts.transcript(slug) == written, "run .venv/bin/python -m tools.documents"


def test_the_manual_page_is_made_of_the_help() -> None:
    page = (ROOT / "docs" / "coach.1").read_text(encoding="utf-8")
    assert documents.WHOLE["docs/coach.1"]() == page, "run .venv/bin/python -m tools.documents"
    assert not [line for line in page.splitlines() if re.match(r"[.'](?!TH|SH|TP|RS|RE|B |\\\")", line)]


@pytest.mark.slow
def test_the_transcript_is_what_the_program_says_and_the_pictures_what_it_draws() -> None:
    for name, makers in documents.RENDERED.items():
        assert documents.current(name, makers) == DOCUMENTS[name], "run .venv/bin/python -m tools.documents"
    for name, make in documents.PICTURES.items():
        assert make() == (ROOT / name).read_text(encoding="utf-8"), "run .venv/bin/python -m tools.documents"


def command(words: list[str]) -> list[str]:
    """The words that name the command."""
    groups = ("models", "history", "phrases", "service", "settings")
    grouped = words[0] in groups and words[1:] and not words[1].startswith("-")
    return words[: 2 if grouped else 1]


def runs() -> list[object]:
    """The lines that are run as they stand; rendering takes a while."""
    lines = [line for line in command_lines() if line not in MENTIONED and not line.startswith("-")]
    lines = [line for line in lines if " ".join(command(shlex.split(line))) not in ONLY_HELP]
    return [pytest.param(line, marks=[pytest.mark.slow] * line.startswith("render")) for line in lines]


@pytest.mark.parametrize("line", command_lines())
def test_every_command_line_is_one_of_the_program(line: str) -> None:
    words = shlex.split(line)
    told = CliRunner().invoke(app, [*command(words), "--help"], terminal_width=200)
    assert told.exit_code == 0, told.output
    for option in (word for word in words if word.startswith("-")):
        assert option in told.output


def test_every_option_that_is_named_is_one_of_the_program() -> None:
    known = {option for group in told_by(get_command(app)) for option in group}
    for option in re.findall(r"`(--[a-z-]+)", ALL):
        assert option in known, option


def told_by(group: Any) -> Iterator[list[str]]:
    """The options of a command and of all beneath it."""
    yield [option for parameter in group.params for option in parameter.opts]
    for each in getattr(group, "commands", {}).values():
        yield from told_by(each)


@pytest.mark.parametrize("line", runs())
def test_every_command_line_does_what_it_says(line: str, at_home: Path) -> None:
    if line.startswith("hear"):
        say(at_home / "next.wav", "next")
    done = CliRunner().invoke(app, shlex.split(line))
    assert done.exit_code in STATUSES.get(line.split()[0], (0,)), done.output
    assert done.output


def say(path: Path, text: str) -> None:
    """A recording of somebody who says this."""
    program = f"""
        from pathlib import Path
        from coach.app.athlete import Utterance, spoken
        from coach.audio.clip import EAR_RATE
        from coach.audio.wav import Recording
        ((_, sound),) = spoken([Utterance(0, {text!r})])
        with Recording(Path({str(path)!r}), EAR_RATE) as recording:
            recording.write(sound)
    """
    subprocess.run(python(program), check=True, cwd=ROOT, timeout=120)


NO_PHRASES = {
    "you",
    "Resistance Band Workouts for Runners",
    "say this at 12.5 s",
    "heard this, accepted or not, because",
    "There are none",
    "…",
    "band just above the knees",
    "Leave this exercise?",
}
"""What stands in quotes and is nothing that an athlete says."""
BESIDE_A_WORKOUT = {
    *menu_phrases(ENGLISH, SHIPPED),
    *(phrase for talk in ENGLISH.talks.values() for said in talk.values() for phrase in said),
}
"""What an athlete says to the menu, and in other talks."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_phrase_in_quotes_is_one_that_the_coach_understands(name: str) -> None:
    no_prose = r"<!-- .*?, made by .*?<!-- end|^```.*?^```|^ {4,}\S.*?$|`[^`\n]*`"
    prose = re.sub(no_prose, "", DOCUMENTS[name], flags=re.MULTILINE | re.DOTALL)
    for quoted in re.findall(r'"([^"]+)"', prose):
        said = " ".join(quoted.split())
        assert said in NO_PHRASES or ENGLISH.order(said) or said.lower() in BESIDE_A_WORKOUT, said


def test_every_setting_that_is_named_exists_and_takes_the_value_shown(tmp_path: Path) -> None:
    known = {setting.name for setting in settings.TABLE}
    for name in re.findall(r"settings? `(\w+)`", " ".join(ALL.split())):
        assert name in known
    shown = [line for line in code(ALL) if re.match(r"(\w+): ", line) and line.split(":")[0] in known]
    assert len(shown) > 5
    for line in shown:
        file = tmp_path / "settings.yaml"
        file.write_text(line, encoding="utf-8")
        settings.load(file)


@pytest.mark.parametrize(("name", "block"), yaml_blocks())
def test_every_file_shown_is_one_that_the_coach_takes(name: str, block: str, tmp_path: Path) -> None:
    file = tmp_path / "shown.yaml"
    file.write_text(block, encoding="utf-8")
    shown = yaml.safe_load(block)
    keys = set(shown) if isinstance(shown, dict) else set()
    if isinstance(shown, list):
        assert len(load_script(file)) == len(shown)
    elif keys & {"routine", "family"}:
        assert Library().check([file]) == []
    elif keys <= {setting.name for setting in settings.TABLE}:
        settings.load(file)
    else:
        assert phrases.load(file), name


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:coach|routines|models|tests|bench|tools|docs)/[\w./-]*)`", ALL))
    assert len(named) > 40
    for path in named:
        assert (ROOT / path).exists(), path
    for name, text in DOCUMENTS.items():
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", " ".join(text.split())):
            assert (ROOT / name).parent.joinpath(target).exists(), target


def test_every_document_is_linked_from_the_readme() -> None:
    for name in DOCUMENTS:
        assert name == "README.md" or name.startswith(".github") or f"({name})" in README, name


def test_every_make_target_and_module_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^(?: {4,}|.*?`)make ([\w-]+)", ALL, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for module in set(re.findall(r"python -m ([\w.]+)", ALL)):
        assert find_spec(module), module


def test_the_readme_names_every_routine() -> None:
    named = set(re.findall(r"^\| `([a-z-]+)` \|", README, re.MULTILINE))
    assert {listing.slug for listing in Library().routines()} <= named


def test_every_command_but_a_number_has_an_effect_and_every_effect_a_command() -> None:
    assert set(ENGLISH.effects) | {"number"} == {command.value for command in Command}


SIX = {
    "a line that the coach says": ("coach/language/en.yaml", "halfway: [Halfway."),
    "a threshold of the ear": ("coach/ear/decide/thresholds.py", "likelier: float"),
    "when a device fails": ("coach/audio/duplex.py", "DeviceLost("),
    "a command that is spoken": ("coach/session/orders.py", "Command.EASIER: changes.easier"),
    "the printed sheet": ("coach/paper/sheet_page.py", "def html("),
    "a setting": ("coach/own/settings.py", "settle: int"),
}
"""What somebody looks for, the file that the architecture names first for it, and what is to be found in that."""


@pytest.mark.parametrize("wanted", SIX)
def test_what_somebody_looks_for_is_where_the_architecture_says(wanted: str) -> None:
    file, inside = SIX[wanted]
    (row,) = [line for line in DOCUMENTS["docs/architecture.md"].splitlines() if re.search(rf"^\| .*{wanted} \|", line)]
    assert f"`{file}`" in row
    assert inside in (ROOT / file).read_text(encoding="utf-8")


def test_the_rooms_are_those_of_the_program_from_top_to_bottom() -> None:
    told = re.findall(r"^\| `coach/(\w+)(?:/|\.py)` \|", DOCUMENTS["docs/architecture.md"], re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers")["layers"]
    floors = {room: floor for floor, rooms in enumerate(layers) for room in rooms.split(" | ")}
    assert sorted(told, key=lambda room: floors[room]) == told
    assert set(told) == set(floors)


def test_the_thresholds_are_those_of_the_ear() -> None:
    table = DOCUMENTS["docs/tuning-the-ear.md"]
    ear = re.findall(r"^\| `(\w+)` \| (-?[\d.]+) \| (-?[\d.]+) \|", table, re.MULTILINE)
    (built_in,) = paths.models().glob("vosk-model-tiny-*")
    defaults, own = vars(Thresholds()), vars(Thresholds.of(built_in))
    assert {name: (float(default), float(value)) for name, default, value in ear} == {
        name: (defaults[name], own[name]) for name in defaults
    }
    ends = re.findall(r"^\| `(\w+)` \| (-?[\d.]+) \| (?!-?[\d.]+ \|)", table, re.MULTILINE)
    assert {name: float(value) for name, value in ends} == vars(Endpointing())


def test_the_reasons_are_those_of_the_ear() -> None:
    judge = (ROOT / "coach" / "ear" / "decide" / "judge.py").read_text(encoding="utf-8")
    told = re.findall(r"^\| ([^|`]+) \| [^|]+ \| [^|]* \|$", DOCUMENTS["docs/tuning-the-ear.md"], re.MULTILINE)
    reasons = [part.strip() for row in told[1:] for part in re.split(r";|, and|\.\.\.", row) if part.strip()]
    assert len(reasons) > 12
    for reason in reasons:
        assert reason in judge, reason


def test_the_events_shown_are_events() -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", DOCUMENTS["docs/events.md"], re.DOTALL)
    sections = dict(re.findall(r"### `(\w+)`\n(.*?)(?=\n### |\Z)", event_list.as_markdown(), re.DOTALL))
    for line in shown.splitlines():
        event = json.loads(line)
        fields = set(re.findall(r"^\| `(\w+)` \|", sections[event["event"]], re.MULTILINE))
        assert event.keys() - {"at", "event"} <= fields


def test_a_fault_in_a_file_is_told_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = "  - {exercise: plank, hold: 20 s}\n  - exercise: glute bridge\n    reps: ten\n"
    Path("bed.yaml").write_text(f"routine: Bed\nblocks:\n{blocks}", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "coach", "check", "bed.yaml"], capture_output=True, text=True, check=False
    )
    assert f"    {ended.stderr}" in DOCUMENTS["docs/exit-codes.md"]
    assert ended.returncode == 1
