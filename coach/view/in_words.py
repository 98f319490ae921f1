"""An event as a line of text, by the templates of the language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coach.session import events
from coach.session.events import Event


def in_words(event: Event, shown: Mapping[str, Any]) -> str:
    """The event in words; empty for one that is no news to a reader."""
    return _workout(event, shown) or _set(event, shown) or _athlete(event, shown)


def _workout(event: Event, shown: Mapping[str, Any]) -> str:
    match event:
        case events.SessionStarted():
            return _filled(shown["started"], title=event.title, sets=event.sets, minutes=minutes(event.seconds))
        case events.ExerciseStarted():
            return _filled(shown["exercise"], exercise=event.exercise, n=event.slot + 1, of=event.of)
        case events.VariantChanged():
            return _filled(shown["changed"], exercise=event.to)
        case events.RestStarted():
            rest = _filled(shown["rest"], n=round(event.seconds))
            return f"{rest}. {_filled(shown['next'], exercise=event.next)}" if event.next else rest
        case events.DeviceLost():
            return str(shown["lost"][event.device])
        case events.DeviceBack():
            return str(shown["back"][event.device])
        case events.SessionFinished():
            return _filled(shown["finished"], sets=event.sets, minutes=minutes(event.seconds))
    return ""


def _set(event: Event, shown: Mapping[str, Any]) -> str:
    match event:
        case events.SetStarted():
            amount = _filled(shown["amount"][event.unit], n=event.amount)
            return ", ".join(filter(None, [_filled(shown["set"], n=event.set, of=event.of), amount, event.side]))
        case events.Rep():
            return ", ".join(filter(None, [_filled(shown["rep"], n=event.n, of=event.of), event.side]))
        case events.HoldSecond() if event.n % 5 == 0 or event.of - event.n < 3:
            return _filled(shown["second"], n=event.n, of=event.of)
        case events.SideChanged():
            return event.side
        case events.SetFinished() | events.SetCorrected():
            parts = event.variants or {"": event.done}
            done = " + ".join(f"{_sides(sides)} {name}".strip() for name, sides in parts.items())
            return _filled(shown["set_finished"], done=done)
    return ""


def _sides(done: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {side}".strip() for side, n in done.items())


def _athlete(event: Event, shown: Mapping[str, Any]) -> str:
    match event:
        case events.Effort():
            return _filled(shown["effort"], n=event.effort)
        case events.HeardSpeech(accepted=True):
            return _filled(shown["you"], text=event.text)
        case events.CommandGiven() if event.by in ("key", "typed", "page"):
            given = shown["page" if event.by == "page" else "key"]
            return _filled(given, text=event.text or (event.command if event.number is None else event.number))
        case events.Paused():
            return str(shown["paused"])
        case events.Resumed():
            return str(shown["resumed"])
    return ""


def not_understood(text: str, shown: Mapping[str, Any]) -> str:
    """What was said or typed and is no command. What the recogniser writes for a sound that is no word is left out."""
    words = " ".join(word for word in text.split() if not word.startswith(("[", "<")))
    return _filled(shown["not_understood"], text=words) if words else str(shown["nothing_understood"])


def minutes(seconds: float) -> int:
    """A length in whole minutes, at least one."""
    return max(1, round(seconds / 60))


def _filled(template: str, **values: object) -> str:
    return template.format(**values)
