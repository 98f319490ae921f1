"""The athlete's bands: by what their exercises call them, the lightest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bands:
    """Which bands there are; of equipment with only one, or none with a name, nothing is known and nothing said."""

    of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Names, the lightest first, by equipment: {"mini band": ("yellow", "green", "blue")}."""

    @classmethod
    def written(cls, listed: Mapping[str, str]) -> Bands:
        """From lists with commas: {"mini band": "yellow, green, blue"}."""
        names = {
            equipment: tuple(dict.fromkeys(name for each in text.split(",") if (name := " ".join(each.split()))))
            for equipment, text in listed.items()
        }
        return cls({equipment: some for equipment, some in names.items() if len(some) > 1})

    @property
    def names(self) -> tuple[str, ...]:
        """Every name there is, once: the number of Command.BAND counts through them."""
        return tuple(dict.fromkeys(name for names in self.of.values() for name in names))

    def chosen(self, equipment: str, name: str) -> str:
        """The band of this name, or the lightest there is; empty where nothing is known of bands."""
        names = self.of.get(equipment, ())
        return name if name in names else names[0] if names else ""

    def beside(self, equipment: str, name: str, steps: int) -> str:
        """The band so many steps heavier than this one, or lighter below 0; empty where there is none."""
        names = self.of.get(equipment, ())
        if not names:
            return ""
        place = list(names).index(self.chosen(equipment, name)) + steps
        return names[place] if 0 <= place < len(names) else ""


UNNAMED = Bands()
"""Of an athlete who has one of each, or has not said."""
