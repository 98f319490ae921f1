"""Writes the README's tables and transcript anew. To be run after a change of a phrase, a line or a setting."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from coach import language
from coach.app.athlete import load_script, spoken
from coach.app.demo import Transcript
from coach.app.parts import Studio
from coach.app.render import Scene, render
from coach.language import Language
from coach.own.settings import TABLE, Settings, as_yaml
from coach.routine.library import Library

README = Path(__file__).parents[1] / "README.md"
ATHLETE = Path(__file__).with_name("transcript-athlete.yaml")


def current(text: str) -> str:
    """The README's text with every table as it should be."""
    text = _put(text, "commands", commands_table(language.load()))
    return _put(text, "settings", settings_table())


def commands_table(language: Language) -> str:
    """The README's table of what can be said."""
    said: dict[str, list[str]] = {}
    for phrase, order in language.phrases.items():
        said.setdefault(order.command, []).append(f'"{phrase}"')
    rows = ["| say | what happens |", "|---|---|"]
    for command, phrases in said.items():
        rows.append(f"| {', '.join(phrases)} | {language.effects[command]} |")
    return "\n".join(rows)


def settings_table() -> str:
    """The README's table of settings."""
    rows = [
        f"| `{setting.name}` | `{as_yaml(setting.default)}` | {setting.meaning} | {setting.values} |"
        for setting in TABLE
    ]
    return "\n".join(["| setting | default | meaning | values |", "|---|---|---|---|", *rows])


def with_transcript(text: str) -> str:
    """The README's text with the transcript of a rendered warm-up; takes some seconds."""
    transcript = Transcript()
    scene = Scene(spoken(load_script(ATHLETE)), echo=0.0)
    render(Studio(Settings()), Library().routine("prerun-warmup"), scene, sinks=[transcript])
    turns = []
    for who, lines in transcript.turns():
        turns.append(textwrap.fill(" ".join(lines), 112, initial_indent=f"{who:>5}  ", subsequent_indent=" " * 7))
    return _put(text, "transcript", "```\n" + "\n".join(turns) + "\n```")


def _put(text: str, name: str, made: str) -> str:
    begin, end = f"<!-- {name}, made by tools/readme.py -->\n", f"\n<!-- end of {name} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    assert len(pattern.findall(text)) == 1, f"the README should have one {name}"
    return pattern.sub(lambda _: f"{begin}{made}{end}", text)


if __name__ == "__main__":
    README.write_text(with_transcript(current(README.read_text(encoding="utf-8"))), encoding="utf-8")
