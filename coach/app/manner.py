"""What the athlete has chosen by voice is kept, for what comes next and for the next time: above all how to speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coach.app.notices import Notices
from coach.app.parts import Studio
from coach.own import settings
from coach.session.modes import Manner


def keep_manner(studio: Studio, after: Manner, notices: Notices) -> None:
    """Keep how the coach speaks, where that has changed."""
    before = studio.manner
    changed = {name: getattr(after, name) for name in ("verbosity", "rate", "pitch", "voice")}
    changed = {name: value for name, value in changed.items() if value != getattr(before, name)}
    if after.volume != before.volume:
        changed["volume"] = round(after.volume * 100)
    keep(studio, changed, notices)


def keep(studio: Studio, changed: Mapping[str, Any], notices: Notices) -> bool:
    """Take over settings, and write them down; false where that cannot be, which is told."""
    studio.settings = replace(studio.settings, **changed)
    try:
        for name, value in changed.items():
            settings.save(name, value)
    except Exception as error:
        notices.unforeseen("settings.unkept")(error)
        return False
    return True
