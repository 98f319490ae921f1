"""A plan from elsewhere, whatever its format: workouts of exercises with their doses, and what is told about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Told:
    """What the athlete is told: what has no counterpart, and what could not be understood."""

    left_out: list[str] = field(default_factory=list)
    """Everything, in the order it was met."""
    unclear: list[str] = field(default_factory=list)
    """Those of it that stop an import, unless a part is enough."""

    def say(self, sentence: str) -> None:
        """Tell this once."""
        if sentence not in self.left_out:
            self.left_out.append(sentence)

    def not_understood(self, sentence: str) -> None:
        """Tell this, and let nothing be written unless a part is enough."""
        self.say(sentence)
        if sentence not in self.unclear:
            self.unclear.append(sentence)

    def of_several(self, names: list[str], one: str, many: str) -> None:
        """A sentence about one exercise, with its {name}; or one about many, with their {count} and {names}."""
        if len(names) == 1:
            self.say(one.format(name=names[0]))
        elif names:
            some = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
            self.say(many.format(count=len(names), names=some))


def records_in(value: object) -> list[dict[str, Any]]:
    """The records in a list from elsewhere; none in anything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


@dataclass(frozen=True)
class Exercise:
    """One exercise of a workout, as it is written elsewhere; what is not said is empty."""

    name: str
    sets: str = ""
    amount: str = ""
    """`12`, `8-12`, `30 s`."""
    held: bool = False
    """The amount is a time."""
    each_side: bool = False
    rest: str = ""
    """Between sets."""
    equipment: str = ""
    """As it is called there; `none` where it says that there is none."""
    how: str = ""
    """How it is done."""


@dataclass(frozen=True)
class Group:
    """Exercises done in turn."""

    exercises: tuple[Exercise | Group, ...]
    rounds: str = ""
    rest: str = ""
    """Between rounds."""
    rest_between: str = ""
    """Between exercises."""


@dataclass(frozen=True)
class Workout:
    """What becomes a routine."""

    title: str
    exercises: tuple[Exercise | Group, ...]
    about: str = ""
    source: str = ""
