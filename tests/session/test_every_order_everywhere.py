"""Each command in each moment of a workout: it is answered, and what it changed can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coach.language.commands import Command, Order
from coach.session import events
from coach.session.directives import Hush, Say, Tone, Volume
from coach.session.modes import Mode, Offer
from coach.session.orders import obey
from coach.session.standing import Standing
from tests.session.workouts import Watched, an_order, plan

MOMENTS: dict[Mode | str, Callable[[], Watched]] = {
    Mode.OFFER: lambda: Watched(plan(), offer=Offer(plan(), 2)).run(1),
    Mode.OPENING: lambda: Watched(plan()).run(1),
    Mode.BRIEFING: lambda: Watched(plan()).until_line("Stand tall."),
    Mode.SETTLING: lambda: (
        Watched(plan()).until_line('Say "ready" when you are. Or I\'ll start in fifteen seconds.').run(6)
    ),
    Mode.COUNT_IN: lambda: Watched(plan()).until_line("Right leg."),
    Mode.WORK: lambda: Watched(plan()).until(events.Rep, n=3).run(1),
    Mode.SWITCH: lambda: Watched(plan()).until(events.SideChanged).run(0.5),
    Mode.REST: lambda: Watched(plan()).until(events.RestStarted).run(6),
    "rest before another exercise": lambda: Watched(plan()).until(events.SetFinished, set=2).run(9),
    Mode.ANSWER: lambda: Watched(plan()).until(events.Rep, n=3).run(1).say("explain").run(1),
    Mode.PAUSED: lambda: Watched(plan()).until(events.Rep, n=3).run(1).say("pause").run(3),
    "paused in a rest": lambda: Watched(plan()).until(events.RestStarted).run(6).say("pause").run(3),
    Mode.HURT: lambda: Watched(plan()).until(events.Rep, n=3).run(1).say("ouch").run(5),
    Mode.ASK_END: lambda: Watched(plan()).until(events.Rep, n=3).run(1).say("quit").run(3),
    Mode.CLOSING: lambda: Watched(plan()).until(events.SetFinished, index=3).run(1),
}
TAKEN_BACK = {
    Command.NEXT,
    Command.BACK,
    Command.SKIP_TO,
    Command.DONE,
    Command.EASIER,
    Command.HARDER,
    Command.SLOWER,
    Command.FASTER,
    Command.EXTRA_SET,
    Command.AGAIN,
    Command.OTHER_SIDE,
    Command.SKIP_REST,
    Command.MORE_REST,
    Command.LOUDER,
    Command.QUIETER,
    Command.TALK_LESS,
    Command.TALK_FASTER,
    Command.DEEPER_VOICE,
    Command.ANOTHER_VOICE,
}


def test_the_moments_are_what_they_are_called() -> None:
    assert {key: make().session.mode for key, make in MOMENTS.items() if isinstance(key, Mode)} == {
        mode: mode for mode in Mode if mode is not Mode.FINISHED
    }


@pytest.mark.parametrize("command", Command)
@pytest.mark.parametrize("moment", MOMENTS)
def test_every_order_is_answered(moment: Mode | str, command: Command) -> None:
    watched = MOMENTS[moment]()
    watched.out.clear()
    obey(watched.session, an_order(command, 5), watched.clock)
    watched.run(0.6)
    if command is Command.NUMBER and watched.events(events.Effort) == []:
        # A number that nobody asked for is not an order.
        assert not [o for o in watched.out if isinstance(o, Hush)]
        return
    answered = [o for o in watched.out if isinstance(o, Say | Tone | Volume | Hush)]
    assert answered, f"{command} in {moment} is met with silence"


@pytest.mark.parametrize("command", sorted(TAKEN_BACK))
@pytest.mark.parametrize("moment", MOMENTS)
def test_what_an_order_changed_undo_gives_back(moment: Mode | str, command: Command) -> None:
    watched = MOMENTS[moment]()
    before, manner = watched.session.standing.copy(), watched.session.manner
    obey(watched.session, an_order(command), watched.clock)
    changed = watched.session.can_undo
    watched.run(0.2)
    if not changed:
        assert _place(watched.session.standing) == _place(before)
        return
    obey(watched.session, Order(Command.UNDO), watched.clock)
    if moment is Mode.HURT and command is Command.EASIER:
        # What has hurt is not made harder again.
        assert watched.session.standing.rungs[0] == before.rungs[0] - 1
        return
    assert _place(watched.session.standing) == _place(before)
    assert watched.session.manner == manner
    watched.run()
    assert watched.session.finished or watched.session.waiting


def _place(standing: Standing) -> tuple[object, ...]:
    s = standing
    return (s.sets, s.rungs, s.amounts, s.stretch, s.index, s.side, s.done, s.started)
