"""The rules about time: every time that is stated is true, and nobody is hurried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.session import events
from coach.session.directives import Say, Tone
from coach.session.moves import KNOWN_OF
from coach.session.plan import ROLL_OVER_SECONDS, SWITCH_SECONDS
from tests.session.conversations import Line
from tests.session.heard import Breach, Heard

A_SECOND = 1.0
PUT_OFF = 12.0
"""Seconds before a time that was stated in which the answer to a question may put it off."""
TO_CHANGE = 8.0
"""Seconds that another variant needs at least, where the body, the band or a thing moves for it."""
TELLS = {
    Command.STATUS, Command.UPCOMING, Command.PROGRESS, Command.WHY, Command.LOUDER, Command.QUIETER, Command.NUMBER,
    Command.MUSIC_OFF, Command.MUSIC_ON,
}  # fmt: skip
"""Orders that take no time from anything."""
GO_ON = {Command.READY, Command.REST_LEFT, Command.PAUSE, Command.RESUME}
"""Orders that leave the rest after a set as it is."""
STATED = re.compile(r"(?:or in|I'll start in|^Rest,|^Resting,) (.*?)(?: left)?\.$")
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: n for n, word in enumerate(f"{SMALL} eighteen nineteen".split())}
NUMBERS |= {word: 10 * n for n, word in enumerate(TENS.split(), 2)}
UNITS = {"hour": 3600, "minute": 60, "second": 1}


def seconds_in(words: str) -> float:
    """one minute and fifteen seconds -> 75."""
    total, number = 0.0, 0
    for word in re.findall(r"[a-z]+", words.lower()):
        unit = UNITS.get(word.rstrip("s"))
        if unit:
            total, number = total + unit * number, 0
        else:
            number = number * 100 if word == "hundred" else number + NUMBERS.get(word, 0)
    return total


def stated_times(heard: Heard) -> Iterator[Breach]:
    """Every time that is stated is true to a second, as long as nobody changes what was stated."""
    starts = sorted({at for at, _ in heard.begins()} | {o.at for o in heard.talk.events(events.SetStarted)})
    stated = [(line, seconds_in(found[1])) for line in heard.whole if (found := STATED.search(line.text))]
    stated += [(line, 10.0) for line in heard.whole if line.text == "Ten seconds."]
    stated.sort(key=lambda pair: pair[0].at)
    restated = sorted(line.at for line in heard.lines if STATED.search(line.text))
    for line, said in stated:
        if line.text.startswith(("Rest", "Ten")):
            origins = [line.at]
            origins += [heard.last_at(line.at, events.RestStarted)] if line.text.startswith("Rest,") else []
            due = next((at for at in starts if at > line.until), None)
        else:
            origins = [line.until]
            due = next((o.at for o in heard.talk.out if o.at >= line.until - 1e-6 and _begins_a_set(o)), None)
        later = next((at for at in restated if at > line.at), None)
        if due is None or _may_change(heard, line, due, said, later):
            continue
        off = min((due - origin - said for origin in origins), key=abs)
        if abs(off) > A_SECOND:
            yield Breach("time", line.at, f"{line.text!r}, and it was {off:+.1f} s")


def _may_change(heard: Heard, line: Line, due: float, said: float, later: float | None) -> bool:
    """Whether the athlete changed what was stated, or asked so late that the answer put it off."""
    given = heard.commands_between(line.at, due)
    if line.say.priority is Priority.ANSWER and not line.text.startswith("Resting,"):
        return True  # said again on request, which takes time of its own
    restated = later is not None and later <= due and (bool(given) or not line.text.startswith("Rest,"))
    answers = [o.until for o in heard.lines if o.say.priority is Priority.ANSWER and line.at < o.at < due]
    put_off = any(until > line.at + said - PUT_OFF for until in answers)
    return restated or put_off or bool(given - TELLS)


def rest_to_come(heard: Heard) -> Iterator[Breach]:
    """A rest that somebody asks about before it begins is as long as it then is."""
    for line in heard.whole:
        if not (found := re.match(r"(.*) of rest after this set\.$", line.text)) or line.text.startswith("No rest"):
            continue
        rest = next((o for o in heard.talk.events(events.RestStarted) if o.at > line.at), None)
        given = heard.commands_between(line.at, rest.at) if rest else set()
        if rest and given <= TELLS | GO_ON and abs(rest.seconds - seconds_in(found[1])) > A_SECOND:
            yield Breach("time", line.at, f"{line.text!r}, and it was {rest.seconds} s")


def _begins_a_set(item: object) -> bool:
    """What a set begins with, after a wait that was announced."""
    if isinstance(item, Tone):
        return item.name == "count_in"
    return isinstance(item, Say) and item.priority is Priority.BRIEFING


def too_soon_to_be_there(heard: Heard) -> Iterator[Breach]:
    """No position changes in less than the time that the change needs."""
    switches = {v.switch for v in heard.variants.values() if v.switch}
    for line in heard.whole:
        if line.text in switches:
            yield from _too_soon(heard, line.at, ROLL_OVER_SECONDS, line.text)
    for turned in heard.talk.events(events.SideChanged):
        yield from _too_soon(heard, turned.at, SWITCH_SECONDS, turned.side, unaware=KNOWN_OF)
    moves = heard.talk.session.script.moves_the_body
    for before, changed in pairwise([None, *heard.talk.events(events.VariantChanged)]):
        assert changed is not None
        if before and changed.to == before.from_ and not _told_between(heard, before, changed.at):
            continue  # the athlete stands there still
        if moves(heard.variants[changed.from_], heard.variants[changed.to]):
            needed = min(TO_CHANGE, heard.talk.session.manner.settle + 4)
            yield from _too_soon(heard, changed.at, needed, f"{changed.from_} to {changed.to}")


def _told_between(heard: Heard, change: events.VariantChanged, end: float) -> bool:
    """Whether anything was said of what to do for a change before `end`."""
    new = heard.variants[change.to]
    told = {line.text for line in heard.lines if change.at < line.at <= end}
    to_do = {*new.setup, new.move}
    return bool(told & {*to_do, *map(heard.talk.session.script.mirrored, to_do)}) or any(
        text.startswith(("Slip the", "Put the", "The band moves", "Band ")) for text in told
    )


def _too_soon(heard: Heard, at: float, needed: float, what: str, *, unaware: float = 0.0) -> Iterator[Breach]:
    """Whether the next run of beats begins sooner than `needed` after a change, and nobody wanted it so.

    `unaware`: seconds after it in which "ready" is about something else.
    """
    due = next((start for start, _ in heard.begins() if start > at), None)
    if due is None or due - at >= needed - 0.01:
        return
    wanted = heard.commands_between(at + 1e-3, due) - {Command.READY}
    if not wanted and Command.READY not in heard.commands_between(at + max(unaware, 1e-3), due):
        yield Breach("position", at, f"{due - at:.1f} s for {what!r}")
