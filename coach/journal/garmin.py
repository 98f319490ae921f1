"""What Garmin's profile calls our exercises. Numbers and names are those of the FIT SDK's profile, 21.212."""

from __future__ import annotations

import re

Name = tuple[str, str]
"""A category and an exercise of it, as the profile's enumerations spell them; no exercise where none comes near."""

BANDED = "BANDED_EXERCISES"

WITH_BAND: dict[str, Name] = {
    "band pull-apart": (BANDED, "PULL_APART"),
    "band row": (BANDED, "ROW"),
    "clamshell": (BANDED, "CLAM_SHELLS"),
    "donkey kick": (BANDED, "DONKEY_KICK"),
    "fire hydrant": (BANDED, "FIRE_HYDRANT"),
    "glute bridge": (BANDED, "GLUTE_BRIDGE"),
    "glute kickback": (BANDED, "HIP_EXTENSION"),
    "lateral walk": (BANDED, "LATERAL_BAND_WALKS"),
    "leg press": ("SQUAT", "LEG_PRESS"),
    "monster walk": (BANDED, "LATERAL_BAND_WALKS"),
    "squat": (BANDED, "SQUAT"),
}
WITHOUT: dict[str, Name] = {
    "band pull-apart": ("SHOULDER_STABILITY", "FLOOR_T_RAISE"),
    "band row": ("ROW", "ROW"),
    "clamshell": ("HIP_RAISE", "CLAMS"),
    "donkey kick": ("HIP_STABILITY", "QUADRUPED_HIP_EXTENSION"),
    "fire hydrant": ("HIP_STABILITY", "FIRE_HYDRANT_KICKS"),
    "glute bridge": ("HIP_RAISE", "HIP_RAISE"),
    "glute kickback": ("HIP_STABILITY", "STANDING_REAR_LEG_RAISE"),
    "lateral walk": ("HIP_STABILITY", "STANDING_HIP_ABDUCTION"),
    "leg press": ("SQUAT", "LEG_PRESS"),
    "monster walk": ("HIP_STABILITY", "STANDING_HIP_ABDUCTION"),
    "plank": ("PLANK", "PLANK"),
    "squat": ("SQUAT", "AIR_SQUAT"),
}
BY_WORD: dict[str, Name] = {
    "plank": ("PLANK", ""),
    "push-up": ("PUSH_UP", ""),
    "pull-up": ("PULL_UP", ""),
    "squat": ("SQUAT", ""),
    "lunge": ("LUNGE", ""),
    "deadlift": ("DEADLIFT", ""),
    "bridge": ("HIP_RAISE", ""),
    "row": ("ROW", ""),
    "curl": ("CURL", ""),
    "crunch": ("CRUNCH", ""),
    "sit-up": ("SIT_UP", ""),
    "calf raise": ("CALF_RAISE", ""),
    "leg raise": ("LEG_RAISE", ""),
    "shoulder press": ("SHOULDER_PRESS", ""),
    "burpee": ("TOTAL_BODY", "BURPEE"),
}
"""For exercises that the athlete wrote: the first of these found in the family's name, in this order."""

UNKNOWN: Name = ("UNKNOWN", "")


def garmin_name(family: str, exercise: str) -> Name:
    """The nearest that Garmin has. Our own name travels beside it, so none is worse than a wrong one."""
    if family in WITH_BAND and _has_band(exercise):
        return WITH_BAND[family]
    if family in WITHOUT:
        return WITHOUT[family]
    return next((name for word, name in BY_WORD.items() if word in family), UNKNOWN)


def _has_band(exercise: str) -> bool:
    return bool(re.search(r"\bband(ed)?\b", exercise)) and "without" not in exercise
