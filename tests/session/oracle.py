"""What must be true of every workout, whatever was said in it. Each rule finds its breaches in what came of one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise

from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.routine.model import Variant
from coach.session import events
from coach.session.directives import Tone
from tests.session.conversations import Conversation
from tests.session.heard import CUTS_SHORT, Breach, Heard
from tests.session.oracle_of_time import rest_to_come, stated_times, too_soon_to_be_there

LONGEST_SILENCE = 12.0
AT_ONCE = 1.0
"""Seconds: an order this long before an exercise was named was about its set-up."""
SAME_AGAIN = 4.0
"""Seconds: the same sentence sooner than this is a stutter."""
CARRIED = 8.0
"""Seconds: the longest of the words that take a load up are said in four, a breath and two ticks take over two; the
rest is what a slow voice may need."""
STAYS = {"The same position as before.": "", "The band stays where it is.": "band"}
"""Lines that take the place of those about what was done already for the exercise before, and a word of these."""


def side_not_announced(heard: Heard) -> Iterator[Breach]:
    """No rep without its side announced."""
    sides = {v.sides for v in heard.variants.values()}
    before: str | None = None
    since = 0.0
    for item in heard.talk.out:
        if isinstance(item, events.SetFinished | events.SideChanged):
            since, before = item.at, None
        if isinstance(item, events.Rep | events.HoldSecond) and item.side and item.side != before:
            own = {side for group in sides if item.side in group for side in group}
            lines = [line.text for line in heard.whole if since <= line.until <= item.at]
            last = [side for text in lines for side in own if re.search(rf"\b{side}\b", text, re.IGNORECASE)]
            if not last or last[-1] != item.side:
                yield Breach("side", item.at, f"{item.side} was not announced; last: {last[-1:]}")
            before = item.side


def set_up_not_told(heard: Heard) -> Iterator[Breach]:
    """No rep of a variant whose set-up and movement were not told, unless the athlete cut them short."""
    for at, variant in _done(heard):
        told = {line.text for line in heard.whole if line.until <= at + 0.01}
        begun = max([o.at for o in heard.talk.events(events.ExerciseStarted) if o.at < at], default=0.0)
        stays = [STAYS[line.text] for line in heard.whole if begun <= line.at <= at and line.text in STAYS]
        due = [text for text in variant.setup if not any(word in text for word in stays)]
        missing = [text for text in (*due, variant.move) if not {text, mirror(text)} & told]
        named = [o.at for o in heard.talk.events(events.ExerciseStarted) if o.exercise == variant.name and o.at < at]
        opening = [0.0] if begun == min((o.at for o in heard.talk.events(events.ExerciseStarted)), default=0.0) else []
        starts = [*opening, *(named or [begun])]
        cut = set().union(*(heard.commands_between(when - AT_ONCE, at) for when in starts)) & CUTS_SHORT
        missing = [text for text in missing if text not in heard.cut_short(at)]
        if missing and not cut:
            yield Breach("set-up", at, f"{variant.name}: not told: {missing}")


def mirror(text: str) -> str:
    """The same for the other side."""
    other = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
    return re.sub(r"\b(left|right)\b", lambda found: other[found[0]], text, flags=re.IGNORECASE)


def carried_too_long(heard: Heard) -> Iterator[Breach]:
    """What takes the load up is said before each set, and the first rep comes soon after."""
    braces = [line for line in heard.whole if line.say.priority is Priority.BRIEFING]
    slower = 175 / min(175, heard.talk.manner.rate, heard.talk.session.manner.rate)
    for started in heard.talk.events(events.SetStarted):
        brace = heard.variants[started.exercise].brace
        said = [line for line in braces if line.text == brace and line.at <= started.at]
        if brace and not (said and started.at - said[-1].at <= CARRIED * slower):
            yield Breach("load", started.at, f"{brace!r} was said at {[line.at for line in said[-1:]]}")
    for line in braces:
        if any(line.text == variant.brace for variant in heard.variants.values()):
            begun = next((at for at, _ in heard.begins() if at >= line.until), line.until)
            if begun - line.at > CARRIED * slower and not heard.commands_between(line.at, begun):
                yield Breach("load", line.at, f"{line.text!r}, and the first rep {begun - line.at:.1f} s later")


def _done(heard: Heard) -> Iterator[tuple[float, Variant]]:
    """Each variant of which a rep was done, and when first after it was begun or changed to."""
    now: Variant | None = None
    fresh = False
    slot = -1
    for item in heard.talk.out:
        if isinstance(item, events.SetStarted):
            now, fresh, slot = heard.variants[item.exercise], True, item.slot
        if isinstance(item, events.VariantChanged) and item.slot == slot:
            now, fresh = heard.variants[item.to], True
        if isinstance(item, events.Rep | events.HoldSecond) and fresh and now is not None:
            fresh = False
            yield item.at, now


def counted_in_too_soon(heard: Heard) -> Iterator[Breach]:
    """No count-in, and no rep, while instructions are being said or were cut by a question."""
    marks = sorted(
        [o.at for o in heard.talk.out if isinstance(o, Tone) and o.name == "count_in"]
        + [o.at for o in heard.talk.out if isinstance(o, events.SetStarted)]
    )
    for line in heard.lines:
        if line.say.priority is not Priority.BRIEFING:
            continue
        place = bisect_right(marks, line.at)
        if place < len(marks) and marks[place] < line.until - 1e-6:
            yield Breach("count-in", marks[place], f"while {line.text!r} is said")


def lines_overlap(heard: Heard) -> Iterator[Breach]:
    """Nothing is said while something else is."""
    lines = sorted(heard.lines, key=lambda line: line.at)
    for one, other in pairwise(lines):
        if other.at < one.until - 1e-3 and not (one.cut and other.at >= one.until):
            yield Breach("overlap", other.at, f"{other.text!r} over {one.text!r}")


def badly_put(heard: Heard) -> Iterator[Breach]:
    """No sentence with an empty or doubled name, none said twice in a row unasked."""
    for line in heard.lines:
        text = line.text
        if not text.strip() or re.search(r"[{}]|  |^[:.,]| [.,:;!?]|: *[.,]|\b([a-z]+) \1\b", text, re.IGNORECASE):
            yield Breach("sentence", line.at, repr(text))
        if not text[:1].isupper() and line.say.priority not in (Priority.COUNT, Priority.CUE):
            yield Breach("sentence", line.at, f"{text!r} begins small")
    spoken = [line for line in heard.lines if line.say.priority is not Priority.COUNT]
    for one, other in pairwise(spoken):
        asked = heard.commands_between(one.at - 1, other.at)
        asked |= heard.commands_between(one.at - 25, other.at) & {Command.REPEAT}
        if one.text == other.text and not one.cut and other.at - one.until < SAME_AGAIN and not asked:
            yield Breach("sentence", other.at, f"{other.text!r} twice")


def harder_after_pain(heard: Heard) -> Iterator[Breach]:
    """What has hurt never gets harder unless the athlete asks for it."""
    rungs = [slot.choice.rung for slot in heard.talk.plan.slots]
    hurt: dict[int, int] = {}
    slot, asked = 0, ""
    for item in heard.talk.out:
        if isinstance(item, events.CommandGiven):
            asked = item.command
            if asked == Command.HURTS and heard.last_at(item.at + 0.1, events.ExerciseStarted) >= 0:
                hurt[slot] = rungs[slot]
        if isinstance(item, events.SetStarted):
            slot = item.slot
        if isinstance(item, events.VariantChanged):
            rungs[item.slot] = heard.variants[item.to].rung
            if heard.variants[item.from_].family != heard.variants[item.to].family:
                hurt.pop(item.slot, None)  # another exercise
            if asked == Command.HARDER:
                hurt.pop(item.slot, None)
            if rungs[item.slot] > hurt.get(item.slot, 99):
                yield Breach("pain", item.at, f"{item.from_} -> {item.to} after pain, {item.why}")


def said_but_not_done(heard: Heard) -> Iterator[Breach]:
    """Nothing is said to be done that was not."""
    talk = heard.talk
    for line in heard.lines:
        changed = next((o for o in talk.events(events.VariantChanged) if abs(o.at - line.at) < 2.5), None)
        if found := re.match(r"(Easier|Harder): (.*)\.$", line.text):
            names = [o.to for o in talk.events(events.VariantChanged) if o.at <= line.at + 1e-6]
            if not names or found[2] not in names[-1:]:
                yield Breach("done", line.at, f"{line.text!r}, but {changed}")
        if line.text == "That was the last set.":
            finished = [o for o in talk.events(events.SetFinished) if o.at <= line.at + 0.01]
            if not finished or finished[-1].set != finished[-1].of or not any(finished[-1].done.values()):
                yield Breach("done", line.at, f"{line.text!r} after {finished[-1:]}")
        if line.text in ("That's the set.", "That finishes the set.") and not line.cut:
            finished = [o for o in talk.events(events.SetFinished) if o.at <= line.at + 5]
            if not finished:
                yield Breach("done", line.at, line.text)
    ended = talk.events(events.SessionFinished)
    if ended:
        worked = {o.index for o in talk.events(events.SetFinished) if any(o.done.values())}
        undone = {o.reopened for o in talk.events(events.Undone)}
        if not worked - undone <= worked or ended[0].sets > len(worked):
            yield Breach("done", ended[0].at, f"{ended[0].sets} sets told, {len(worked)} done")


def silent_too_long(heard: Heard) -> Iterator[Breach]:
    """Never silence over twelve seconds without a sound."""
    sounds = sorted(
        [(line.at, line.until) for line in heard.lines]
        + [(o.at, o.at) for o in heard.talk.out if isinstance(o, Tone)]
        + [(o.at, o.at) for o in heard.talk.out if isinstance(o, events.SessionFinished)]
    )
    until = 0.0
    for start, end in sounds:
        if start - until > LONGEST_SILENCE + 0.01:
            yield Breach("silence", until, f"{start - until:.1f} s")
        until = max(until, end)


def counted_wrongly(heard: Heard) -> Iterator[Breach]:
    """Every rep of a side comes once, one after the other, unless the set was begun again or changed."""
    last: tuple[str | None, int] | None = None
    for item in heard.talk.out:
        if isinstance(item, events.Rep | events.HoldSecond):
            if last is not None and item.side == last[0] and item.n != last[1] + 1:
                yield Breach("count", item.at, f"{last[1]}, then {item.n}")
            last = (item.side, item.n)
        elif isinstance(item, events.SetStarted | events.SideChanged | events.VariantChanged | events.Undone):
            last = None


def worked_in_a_pause(heard: Heard) -> Iterator[Breach]:
    """No rep while the workout is said to be paused."""
    paused: float | None = None
    for item in heard.talk.out:
        if isinstance(item, events.Paused | events.Resumed):
            paused = item.at if isinstance(item, events.Paused) else None
        if isinstance(item, events.Rep | events.HoldSecond | events.SetStarted) and paused is not None:
            yield Breach("pause", item.at, f"paused at {paused:.1f}, and {item.name()}")
            paused = None


RULES: tuple[Callable[[Heard], Iterator[Breach]], ...] = (
    side_not_announced, set_up_not_told, counted_in_too_soon, lines_overlap, too_soon_to_be_there, stated_times,
    carried_too_long, badly_put, harder_after_pain, said_but_not_done, silent_too_long, counted_wrongly,
    worked_in_a_pause, rest_to_come,
)  # fmt: skip


def breaches(talk: Conversation) -> list[Breach]:
    """All that is wrong with it."""
    heard = Heard(talk)
    return [breach for rule in RULES for breach in rule(heard)]
