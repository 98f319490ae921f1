"""What a mistake costs: how likely a command has to be before it is obeyed.

The unit is the athlete's trouble of saying something once more. To obey at a probability p costs (1 - p) times what it
costs to obey wrongly; not to obey costs p times what it costs to miss the command. So the command is obeyed from
wrongly / (wrongly + missed) on. Asking costs ASKING whatever the answer, so where a mistake is dear it is asked from
ASKING / missed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coach.language.commands import Command, Order

ASKING = 0.5
"""Of asking "Leave this exercise?": three words to listen to, and one to say, or none."""


@dataclass(frozen=True)
class Cost:
    """Of mistaking a command, in repetitions."""

    wrongly: float
    """Of being obeyed when nobody said it."""
    missed: float
    """Of not being obeyed when somebody did."""

    @property
    def needed(self) -> float:
        """The probability from which on obeying costs less."""
        return self.wrongly / (self.wrongly + self.missed)


_STOPS = Cost(wrongly=1, missed=6)
"""A pause nobody wanted ends with one word. To be stopped too late may hurt."""
_HURTS = Cost(wrongly=3, missed=3)
"""It stops the set as well, but it asks what to do, and the answer takes a while."""
_ANSWERS = Cost(wrongly=1, missed=1)
"""It is asked for, and what follows from it is said before it happens."""
_TELLS = Cost(wrongly=1, missed=1)
"""The coach says something nobody asked about; the workout goes on."""
_TUNES = Cost(wrongly=4, missed=1)
"""Louder, slower, another voice: its opposite takes it back, but who said nothing cannot know why the count is late."""
_GOES_ON = Cost(wrongly=2, missed=1)
"""A set begins or ends. "Undo" takes it back, but the athlete may not be in place."""
_FINISHES = Cost(wrongly=2, missed=2)
"""The same; but at one's own pace nothing goes on without it, and the athlete stands there."""
_MOVES = Cost(wrongly=3, missed=1)
"""Another exercise, a harder one, another set: the rhythm is lost, and to undo it takes two sentences."""
_ENDS = Cost(wrongly=5, missed=1)
"""The workout, or the ear, may be over without anybody noticing."""

COSTS: Mapping[Command, Cost] = {
    Command.PAUSE: _STOPS,
    Command.HURTS: _HURTS,
    Command.STUCK: _HURTS,
    Command.BAND_BROKE: _HURTS,
    Command.BAND_ROLLS: _HURTS,
    Command.YES: _ANSWERS,
    Command.NO: _ANSWERS,
    Command.NUMBER: _ANSWERS,
    Command.WAKE: _ANSWERS,
    Command.REPEAT: _TELLS,
    Command.EXPLAIN: _TELLS,
    Command.WHY: _TELLS,
    Command.STATUS: _TELLS,
    Command.WHICH: _TELLS,
    Command.LENGTH: _TELLS,
    Command.REST_LEFT: _TELLS,
    Command.UPCOMING: _TELLS,
    Command.PROGRESS: _TELLS,
    Command.HELP: _TELLS,
    Command.MUSIC_OFF: _TUNES,
    Command.MUSIC_ON: _TUNES,
    Command.SLOWER: _TUNES,
    Command.FASTER: _TUNES,
    Command.LOUDER: _TUNES,
    Command.QUIETER: _TUNES,
    Command.TALK_MORE: _TUNES,
    Command.TALK_LESS: _TUNES,
    Command.TALK_FASTER: _TUNES,
    Command.TALK_SLOWER: _TUNES,
    Command.HIGHER_VOICE: _TUNES,
    Command.DEEPER_VOICE: _TUNES,
    Command.ANOTHER_VOICE: _TUNES,
    Command.READY: _GOES_ON,
    Command.RESUME: _GOES_ON,
    Command.DONE: _FINISHES,
    Command.MORE_REST: _GOES_ON,
    Command.UNDO: _GOES_ON,
    Command.MORE: _GOES_ON,
    Command.DID: _GOES_ON,
    Command.BAND: _GOES_ON,
    Command.LIGHTER: _MOVES,
    Command.HEAVIER: _MOVES,
    Command.SOMETHING_ELSE: _MOVES,
    Command.NO_WALL: _MOVES,
    Command.NO_CHAIR: _MOVES,
    Command.NEXT: _MOVES,
    Command.BACK: _MOVES,
    Command.SKIP_TO: _MOVES,
    Command.EASIER: _MOVES,
    Command.HARDER: _MOVES,
    Command.SKIP_REST: _MOVES,
    Command.EXTRA_SET: _MOVES,
    Command.AGAIN: _MOVES,
    Command.OTHER_SIDE: _MOVES,
    Command.END: _ENDS,
    Command.SLEEP: _ENDS,
}


ASKED = frozenset(command for command, cost in COSTS.items() if cost in (_MOVES, _ENDS)) - {Command.END}
"""What is asked about where it is doubtful. The end of a workout always is, and pain asks what to do."""


def asked(order: Order | None) -> float:
    """The probability from which on it is asked about an order; that of obeying it where it is not asked about."""
    return ASKING / COSTS[order.command].missed if order and order.command in ASKED else needed(order)


def needed(order: Order | None) -> float:
    """The probability from which on an order is obeyed; 1 for what is none."""
    return COSTS[order.command].needed if order else 1.0
