"""Exercises and routines as the rest of the coach sees them: complete, checked, unchangeable.

What a file may leave out or inherit has been filled in by routine/loading.py before any of these exists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Counted = Literal["rep", "step"]
"""What a variant's tempo makes up."""
Unit = Literal["rep", "step", "second"]
"""What a dose is in: seconds are a hold's."""


@dataclass(frozen=True)
class Range:
    """A number, or a range that progression moves through: 8-12."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


@dataclass(frozen=True)
class Tempo:
    """Seconds of a rep's effort, hold and return. One rep is their sum."""

    effort: float = 2.0
    hold: float = 0.0
    back: float = 2.0

    @property
    def seconds(self) -> float:
        """How long one rep takes."""
        return self.effort + self.hold + self.back

    def __str__(self) -> str:
        return f"{self.effort:g}-{self.hold:g}-{self.back:g}"


View = Literal["side", "front", "back"]
"""From where somebody is drawn: from their right, before them, behind them."""


@dataclass(frozen=True)
class Segment:
    """A part of the body as it is drawn."""

    direction: float
    """Where it points, in degrees: 0 to the right, 90 up."""
    seen: float = 1.0
    """How much of its length is seen: less where it points toward the viewer or away."""


@dataclass(frozen=True)
class Pose:
    """A position of the body as a line drawing: where each part points, beginning at the hips."""

    shows: str
    """What is to be seen, in words."""
    view: View
    torso: Segment
    head: Segment
    right_arm: tuple[Segment, ...]
    """Upper arm, forearm."""
    left_arm: tuple[Segment, ...]
    right_leg: tuple[Segment, ...]
    """Thigh, shin, and the foot where it is not at a right angle."""
    left_leg: tuple[Segment, ...]
    props: tuple[str, ...] = ()
    """What else is drawn: wall ahead, wall behind, chair."""


@dataclass(frozen=True)
class Figure:
    """The two ends of a movement, for the right side where it has sides."""

    start: Pose
    end: Pose


@dataclass(frozen=True)
class Variant:
    """One rung of a family's ladder, with everything it inherits."""

    name: str
    family: str
    rung: int
    """Its place in the family, 0 the easiest."""
    equipment: str
    """none, mini band, long band, ... as written."""
    setup: tuple[str, ...]
    """How to get into position, one breath each; nothing of it is hard to keep."""
    move: str
    brace: str = ""
    """What takes the load up, said last, right before the first rep: "Lift your hips." Empty where nothing does."""
    cues: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    tempo: Tempo = Tempo()
    phases: tuple[str, ...] = ()
    """Words for the tempo's parts, as many as the tempo has parts that are not 0, or as many as it has parts."""
    sides: tuple[str, ...] = ()
    """The sides in their order, as spoken: ("right leg", "left leg"); empty when there are none."""
    unit: Counted = "rep"
    hold: bool = False
    """Counted in seconds instead of reps."""
    seconds: Range = Range(20, 30)
    """For a hold: how long, where the routine gives no seconds."""
    band: str = ""
    """Where the band goes: "above the knees"."""
    caution: str = ""
    safety: str = ""
    """What prevents harm by the equipment; spoken before the first time it is done, unasked."""
    needs: tuple[str, ...] = ()
    """What has to be in the room beside the equipment: "a wall or a chair"."""
    switch: str = ""
    """What to do to change sides, where it takes more than a word."""
    position: str = ""
    """How the body is: "lying on your back". The family's, unless the variant has its own."""
    figure: Figure | None = None

    def turn_to(self, side: int) -> str:
        """What to do to change to this side; empty where `switch` is about another one by name."""
        others = (name for number, name in enumerate(self.sides) if number != side)
        elsewhere = any(name in self.switch for name in others)
        return "" if elsewhere and self.sides[side] not in self.switch else self.switch


@dataclass(frozen=True)
class Family:
    """One movement from its easiest variant to its hardest."""

    name: str
    variants: tuple[Variant, ...]
    standard: int
    """The rung a routine starts on unless it, or the athlete's history, says otherwise."""
    muscles: tuple[str, ...] = ()
    why: str = ""
    position: str = ""
    called: tuple[str, ...] = ()
    """What else it is called when it is asked for by voice."""


@dataclass(frozen=True)
class Work:
    """One exercise of a routine with its dose."""

    family: str
    rung: int
    """Where the routine starts on the family's ladder."""
    sets: Range
    amount: Range
    """Reps or steps a side; seconds of a hold."""
    unit: Unit
    """rep, step or second: what the amount counts."""
    rest: float
    """Seconds between sets."""
    rest_after: float
    """Seconds after the last set."""


@dataclass(frozen=True)
class Circuit:
    """Blocks done one after the other, for some rounds."""

    rounds: Range
    rest: float
    """Seconds between rounds, and after the last."""
    blocks: tuple[Work | Circuit, ...]


@dataclass(frozen=True)
class Routine:
    """A workout as it is written: blocks, and the families they name."""

    slug: str
    title: str
    blocks: tuple[Work | Circuit, ...]
    families: dict[str, Family] = field(default_factory=dict)
    """Every family its blocks name, the library's and its own, by name."""
    library: dict[str, Family] = field(default_factory=dict)
    """Every other family that is known, by name: what can be done instead."""
    about: str = ""
    source: str = ""
    called: tuple[str, ...] = ()
    """What else it is called when it is asked for by voice."""
    path: str = ""
    """Its file, where it is not one that its slug finds."""
