"""Liftosaur's programs: Liftoscript, as a text or in the JSON that the app exports.

A line is an exercise: `label: Name, equipment / 3x8-12 100lb @8 60s / warmup: none / progress: lp(5lb)`; `# Week 1` and
`## Day 1` are headings, `//` begins a comment, `{~ ... ~}` is a script. Weeks repeat the days of the first, so that one
is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from coach.document.wording import tidy
from coach.routine.importers.plan import Exercise, Told, Workout, records_in

_SCRIPT = re.compile(r"\{~.*?~\}", re.DOTALL)
_FENCED = re.compile(r"^```liftoscript\n(.*?)^```", re.MULTILINE | re.DOTALL)
_WEIGHT = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?:lb|kg)\b")
_SETS = re.compile(r"(\d+)\s*x\s*(\d+(?:-\d+)?)(\+?)\s*(s\b)?")
_LINE = re.compile(r"^[^/#|]+\s/\s.*\d\s*x\s*\d", re.MULTILINE)
_TIMER = re.compile(r"(?<![\w.])(\d+)s\b")
_WEIGHED = {"squat", "glute bridge", "glute kickback", "leg press"}
"""What Liftosaur does with weights where no equipment is named."""
_LATER_WEEKS = re.compile(r"\[[^\]]*\]")


def is_script(text: str) -> bool:
    """Whether a text is Liftoscript: lines of a name, a stroke and sets; or has a part that says so."""
    if _FENCED.search(text):
        return True
    return len(_LINE.findall(text)) >= 1 and re.search(r"^\s*(?:[-*•]|\d+[.)])\s", text, re.MULTILINE) is None


def planner_of(data: Any) -> dict[str, Any] | None:
    """The program in the app's JSON, wherever it lies in it."""
    for _ in range(3):
        if not isinstance(data, dict):
            return None
        if isinstance(data.get("planner"), dict) and isinstance(data["planner"].get("weeks"), list):
            return data
        data = data.get("program")
    return None


def script_of(program: dict[str, Any]) -> str:
    """The program in the JSON as Liftoscript."""
    lines = []
    for week in records_in(program["planner"]["weeks"]):
        lines.append(f"# {tidy(week.get('name'))}")
        for day in records_in(week.get("days")):
            lines += [f"## {tidy(day.get('name'))}", str(day.get("exerciseText", ""))]
    return "\n".join(lines)


def workouts(text: str, title: str, told: Told) -> Iterator[Workout]:
    """The days of the first week."""
    if fenced := _FENCED.findall(text):
        named = re.search(r"\A---\n.*?^name:\s*\"?(.*?)\"?$", text, re.MULTILINE | re.DOTALL)
        text, title = "\n".join(fenced), named[1] if named else title
    days, weeks, day = dict[str, list[Exercise]](), 0, ""
    templates: dict[str, tuple[str, str]] = {}
    for line in _SCRIPT.sub("", text).splitlines():
        line = line.partition("//")[0].strip()
        if line.startswith("##"):
            day = line.strip("# ")
        elif line.startswith("#"):
            weeks += 1
        elif line and weeks < 2 and (exercise := _exercise(line, templates, told)):
            days.setdefault(day, []).append(exercise)
    if weeks > 1:
        told.say(f"The program has {weeks} weeks: the first became routines, the journal moves you on from there.")
    told.say("Weights, warm-ups and what a script changes have no counterpart: the journal decides on progress.")
    for name, exercises in days.items():
        yield Workout(f"{title}: {name}" if name and title else name or title or "Liftosaur", tuple(exercises))


def _exercise(line: str, templates: dict[str, tuple[str, str]], told: Told) -> Exercise | None:
    name, *parts = (part.strip() for part in line.split("/"))
    name = _LATER_WEEKS.sub("", name.split(":", 1)[-1]).strip()
    hidden = "used: none" in line
    reused = next((part[3:].split(":", 1)[-1].strip() for part in parts if part.startswith("...")), "")
    sets, rest = next(((found, part) for part in parts if (found := _SETS.findall(part)) and ":" not in part), ([], ""))
    if sets:
        reps = [bound for _, amount, _, _ in sets for bound in map(int, amount.split("-"))]
        amount = f"{min(reps)}-{max(reps)}" if min(reps) < max(reps) else str(reps[0])
        dose = (str(sum(int(many) for many, *_ in sets)), f"{amount} s" if sets[0][3] else amount)
        if any(more for _, _, more, _ in sets):
            told.say(f"{name}: as many as possible in the last set has no counterpart.")
    elif _LATER_WEEKS.sub("", reused) in templates:
        dose = templates[_LATER_WEEKS.sub("", reused)]
    else:
        told.not_understood(f'"{tidy(line)}" has no sets and reps that can be understood, and was left out.')
        return None
    templates[name] = dose
    if hidden:
        return None
    timer = _TIMER.search(_SETS.sub("", rest))
    bare, _, equipment = name.partition(",")
    weighed = _WEIGHT.search(line.partition("progress:")[0].partition("warmup:")[0])
    if weighed and not equipment:
        equipment = "weights" if float(weighed[1]) else "none"
    elif not equipment and bare.lower() in _WEIGHED:
        told.say(f"{bare}: Liftosaur means weights where no equipment is named.")
        equipment = "weights"
    held = dose[1].endswith("s")
    return Exercise(bare.strip(), *dose, held, rest=f"{timer[1]} s" if timer else "", equipment=equipment.strip())
