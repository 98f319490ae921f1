"""What is said at each moment, as text. The wording itself is data: coach/language/<code>.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from coach.language import Language, sentence
from coach.routine.model import Variant
from coach.session.plan import Plan, Slot
from coach.session.progression import Advice
from coach.session.standing import Standing


class Script:
    """Lines for one plan in one language. Wordings that take turns do so in the order they are asked for."""

    def __init__(
        self,
        language: Language,
        plan: Plan,
        notices: Sequence[str] = (),
        so_far: str = "",
        *,
        announced: bool = False,
    ) -> None:
        """`notices`: what the athlete has to know before the workout; `so_far`: how they have been doing. In words.
        `announced`: they have been told what the workout is.
        """
        self.language = language
        self.announced = announced
        self.notices = notices
        self.so_far = so_far
        self._plan = plan
        self._turns: dict[str, int] = {}
        self._ready_in: dict[str, float] = {}
        """The seconds to the beginning of a set in each line that said so."""

    def line(self, key: str, **values: object) -> str:
        """A line of the language; several wordings take turns."""
        turn = self._turns.get(key, 0)
        self._turns[key] = turn + 1
        return self.language.line(key, turn, **values)

    @contextmanager
    def unsaid(self) -> Iterator[None]:
        """Lines asked for within it are measured, not said: they do not take their turn."""
        turns = dict(self._turns)
        yield
        self._turns = turns

    def lines(self, key: str) -> list[str]:
        """Every wording of a key, one after the other."""
        return [sentence(text) for text in self.language.lines[key]]

    def reason(self, slot: Slot) -> str:
        """Why the dose or the variant is another than last time; empty where it is not."""
        advice = slot.choice
        return self.line(advice.why, **advice.fields) if isinstance(advice, Advice) and advice.why else ""

    def listed(self, things: Sequence[str]) -> str:
        """Things as a list in words."""
        joined = f" {self.language.words['and']} "
        if len(things) < 3:
            return joined.join(things)
        return f"{', '.join(things[:-1])},{joined}{things[-1]}"

    def dose(self, slot: Slot, rung: int, amount: int) -> str:
        """twelve reps; ten steps each way; thirty seconds each leg."""
        sides = slot.family.variants[rung].sides
        amount_said = self.language.count(amount, slot.unit(rung))
        return f"{amount_said} {self._each(sides)}" if sides else amount_said

    def _each(self, sides: Sequence[str]) -> str:
        words = self.language.words
        return str(words["each"].get(sides[0].split()[-1], words["each_way"]))

    def named(self, key: str, slot: Slot, rung: int, amount: int) -> str:
        """An exercise with its dose, as it is announced."""
        return self.line(key, exercise=slot.family.variants[rung].name, dose=sentence(self.dose(slot, rung, amount)))

    def band_off(self, variant: Variant, before: Variant | None) -> list[str]:
        """What to do with a band that is not needed any more; where another goes is in the set-up."""
        if before is None or before.equipment in ("none", variant.equipment):
            return []
        return [self.line("brief.band_off" if self.worn(before) else "brief.band_away", equipment=before.equipment)]

    def band_moves(self, variant: Variant, before: Variant) -> list[str]:
        """From where to where a band goes that is on already; just where, and how, is in the set-up."""
        on = variant.equipment == before.equipment and self.worn(before) and self.worn(variant)
        if not on or variant.band == before.band:
            return []
        return [self.line("brief.band_moves", before=before.band, band=variant.band)]

    def worn(self, variant: Variant) -> bool:
        """Whether its band is worn, rather than held or tied."""
        return variant.band.partition(" ")[0] in self.language.words["worn"]

    def stay_down(self, variant: Variant, before: Variant | None) -> str:
        """Whether the athlete may stay on the floor between two exercises."""
        if before and self.on_floor(before) and self.on_floor(variant):
            return self.line("brief.stay_down")
        return ""

    def on_floor(self, variant: Variant) -> bool:
        """Whether it is done lying, kneeling or sitting."""
        return variant.position.lower().startswith(tuple(self.language.words["floor"]))

    def part_of(self, muscle: str) -> str:
        """The part of the body that a muscle belongs to; the muscle itself, where that is not known."""
        parts = self.language.words["muscles"].items()
        return next((part for part, begins in parts if muscle.lower().startswith(tuple(begins))), muscle.lower())

    def lies_down(self, variants: Iterable[Variant]) -> bool:
        """Whether any of these is done on the floor."""
        return any(self.on_floor(variant) for variant in variants)

    def ready(self, settle: float, *, first: bool) -> str:
        """How the set will begin."""
        if not settle:
            return self.line("brief.ready_wait")
        text = self.line("brief.ready" if first else "brief.ready_short", time=self.language.duration(settle))
        self._ready_in[text] = settle
        return text

    def put_off(self, text: str, seconds: float) -> str:
        """A line that says in what time a set begins, where that is so much later; any other as it is."""
        settle = self._ready_in.get(text)
        return text if settle is None else self.ready(settle + seconds, first=False)

    def moves_the_body(self, old: Variant, new: Variant) -> bool:
        """Whether going from one variant to the other takes more time than a breath: a band, a chair, the floor."""
        same = (old.equipment, old.band, old.position) == (new.equipment, new.band, new.position)
        return not same or any(line not in old.setup for line in new.setup)

    def left(self, here: Standing, *, with_side: bool) -> str:
        """How much of the set's side is still to be done."""
        amount = self.language.count(here.amount - here.done[here.side], here.unit)
        if with_side and here.side_name:
            return self.line("swap.left_side", amount=sentence(amount), side=here.side_name)
        return self.line("swap.left", amount=sentence(amount))

    def changes(self, old: Variant, new: Variant, *, whole: bool) -> list[str]:
        """What there is to do to go on with another variant.

        `whole`: all of its set-up, since the old one's was not told to its end, and nobody knows where the band is.
        """
        lines = []
        set_up = [line for line in new.setup if whole or line not in old.setup]
        if new.equipment == "none" and old.equipment != "none" and old.band:
            lines.append(self.line("swap.band_off" if self.worn(old) else "swap.band_away"))
        elif not whole and (moved := self.band_moves(new, old)):
            lines += moved
        elif not set_up and new.equipment != "none" and (new.equipment, new.band) != (old.equipment, old.band):
            lines.append(self.line("brief.band", band=new.band) if new.band else "")
        lines += set_up
        if whole or new.move != old.move:
            lines.append(new.move)
        return lines

    def explanation(self, variant: Variant) -> list[str]:
        """Set-up, movement and mistakes."""
        lines = [*variant.setup, variant.brace, variant.move]
        lines += [
            self.language.line(
                "answer.mistake", turn=min(place, 1), mistake=mistake[:1].lower() + mistake[1:].rstrip(".")
            )
            for place, mistake in enumerate(variant.mistakes)
        ]
        return [*lines, variant.safety, variant.caution]

    def mirrored(self, line: str) -> str:
        """The same for the other side of the body: left for right, and right for left."""
        left, right = self.language.words["mirror"]
        other = {left: right, right: left}
        other |= {sentence(word): sentence(opposite) for word, opposite in other.items()}
        return re.sub(rf"\b({'|'.join(other)})\b", lambda found: other[found[0]], line)

    def summary(self, key: str, exercises: int, sets: int, seconds: float) -> str:
        """What was done."""
        if not sets:
            return self.line("end.nothing")
        return self.line(
            key,
            exercises=sentence(self.language.count(exercises, "move")),
            sets=self.language.count(sets, "set"),
            minutes=self.language.about(seconds),
        )
