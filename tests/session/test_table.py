"""Every command in every moment, as one table to read: every-order.md beside this file.

python -m tests.session.test_table     writes it anew; read what has changed before it is committed
"""

from __future__ import annotations

from pathlib import Path

from coach.language.commands import Command, Order
from coach.session import events
from coach.session.directives import Hush, Say, Tone, Volume
from coach.session.orders import obey
from coach.session.standing import Standing
from tests.session.test_every_order_everywhere import MOMENTS
from tests.session.workouts import Watched, an_order

TABLE = Path(__file__).with_name("every-order.md")
_HEAD = """# Every command in every moment

Made by the program from a workout of two exercises; `tests/session/test_table.py` holds it to what is so.
*Heard*: the first line or sound, "silence" where the coach falls silent. *Then*: the moment that follows.
*Changes*: what the command does to the workout; *undo*: whether all of that comes back.
"""


def table() -> str:
    parts = [_HEAD]
    for moment in MOMENTS:
        parts.append(
            f"\n## {str(moment).capitalize()}\n\n| command | heard | then | changes | undo |\n|---|---|---|---|---|\n"
        )
        parts += [_row(str(moment), command) for command in Command]
    return "".join(parts)


def _row(moment: str, command: Command) -> str:
    watched = MOMENTS[moment]()
    before = watched.session.standing.copy()
    manner = watched.session.manner
    asleep = watched.session.asleep
    watched.out.clear()
    obey(watched.session, an_order(command, 7), watched.clock)
    undoable = watched.session.can_undo
    watched.run(0.5)
    then = watched.session.mode
    changes = _changes(before, watched.session.standing)
    if watched.session.manner != manner:
        changes.append("manner")
    if watched.session.asleep != asleep:
        changes.append("listening")
    changes += [event.name().replace("_", " ") for event in watched.events(events.SetFinished, events.Effort)]
    watched.run(4)
    heard = _heard(watched)
    back = ""
    if undoable:
        watched.out.clear()
        obey(watched.session, Order(Command.UNDO), watched.clock)
        kept = all(now >= then for now, then in zip(watched.session.standing.done, before.done, strict=True))
        same = not {*_changes(before, watched.session.standing)} - {"reps"} and kept
        same = same and watched.session.manner == manner
        watched.run(1)
        eased = watched.session.script.line("undone_but_eased") in watched.lines()
        back = "all" if same else "stays easier" if eased else "NOT ALL"
    return f"| {command} | {heard} | {then} | {', '.join(changes)} | {back} |\n"


def _heard(watched: Watched) -> str:
    for out in watched.out:
        if isinstance(out, Say) and not out.text.isalpha():
            return out.text
        if isinstance(out, Tone) and out.name not in ("tick", "tock", "count_in"):
            return f"({out.name.replace('_', ' ')})"
        if isinstance(out, Volume):
            return "(volume)"
    return "silence" if any(isinstance(out, Hush) for out in watched.out) else ""


def _changes(before: Standing, after: Standing) -> list[str]:
    names = {
        "index": "set",
        "rungs": "variant",
        "amounts": "amount",
        "bands": "band",
        "stretch": "tempo",
        "side": "side",
        "sets": "plan",
    }
    changed = [name for field, name in names.items() if getattr(before, field) != getattr(after, field)]
    return changed + (["reps"] if not changed and before.done != after.done else [])


def test_the_table_is_what_the_session_does() -> None:
    made = table()
    assert "NOT ALL" not in made
    assert made == TABLE.read_text(encoding="utf-8")


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
