"""How the coach speaks is kept as the athlete has changed it by voice: for what comes next, and for the next time."""

from __future__ import annotations

from dataclasses import replace

from coach.app.notices import Notices
from coach.app.parts import Studio
from coach.own import settings
from coach.session.modes import Manner


def keep_manner(studio: Studio, after: Manner, notices: Notices) -> None:
    """Take over what has changed, and write it down."""
    before = studio.manner
    changed = {name: getattr(after, name) for name in ("verbosity", "rate", "pitch", "voice")}
    changed = {name: value for name, value in changed.items() if value != getattr(before, name)}
    if after.volume != before.volume:
        changed["volume"] = round(after.volume * 100)
    studio.settings = replace(studio.settings, **changed)
    try:
        for name, value in changed.items():
            settings.save(name, value)
    except Exception as error:
        notices.unforeseen()(error)
