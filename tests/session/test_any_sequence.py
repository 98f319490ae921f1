"""Any orders and device events, in any order, at any moment: nothing breaks, and the workout ends or waits."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import Device
from coach.language.commands import Command, Order
from coach.language.delivery import Priority
from coach.session import events
from coach.session.modes import Manner
from coach.session.orders import obey
from tests.session.workouts import Watched, an_order, measure, plan, spoken, work

ORDERS = st.one_of(
    st.sampled_from([c for c in Command if c is not Command.NUMBER]).map(an_order),
    st.integers(0, 100).map(lambda n: Order(Command.NUMBER, n)),
)
DEVICES = st.sampled_from(
    ["loudspeaker lost", "loudspeaker back", "microphone lost", "microphone back", "away", "asleep"]
)
MOMENTS = st.lists(st.tuples(st.floats(0.0, 45.0), st.one_of(ORDERS, ORDERS, ORDERS, DEVICES)), max_size=25)


MOVES = ("undo", "again", "next", "back", "skip to", "done")
"""After these the next count may be any."""


def meet(watched: Watched, what: Order | str) -> None:
    if isinstance(what, Order):
        obey(watched.session, what, watched.clock)
        return
    if what in ("away", "asleep"):
        watched.session.was_away(10.0 if what == "away" else 1e5, watched.clock)
        return
    device: Device = "loudspeaker" if what.startswith("loudspeaker") else "microphone"
    if what.endswith("lost"):
        watched.session.device_lost(device, watched.clock)
    else:
        watched.session.device_back(device, watched.clock)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    MOMENTS,
    st.builds(
        Manner,
        settle=st.sampled_from([0.0, 15.0]),
        verbosity=st.sampled_from(["coach", "counts", "sounds"]),
        pacing=st.sampled_from(["coach", "coach", "self"]),
        count_at=st.sampled_from(["end", "top"]),
    ),
)
def test_any_sequence_of_orders(moments: list[tuple[float, Order | str]], manner: Manner) -> None:
    watched = Watched(plan(work("kickback", 2, 3), work("bridge", 1, 4)), manner)
    for wait, what in moments:
        watched.run(wait)
        meet(watched, what)
    watched.run()
    assert watched.session.finished or watched.session.waiting, "it ends, or waits for the athlete"
    check_counts(watched)
    check_order(watched)
    check_end(watched)


def check_counts(watched: Watched) -> None:
    """Within a run at one side of a set each rep comes once, one after the other."""
    last: tuple[str | None, int] | None = None
    for event in watched.events(
        events.SetStarted, events.SideChanged, events.Rep, events.HoldSecond, events.VariantChanged, events.CommandGiven
    ):
        if isinstance(event, events.Rep | events.HoldSecond):
            if last is not None:
                assert event.n == last[1] + 1 or event.side != last[0], watched.transcript()
            assert event.n <= event.of
            last = (event.side, event.n)
        elif not isinstance(event, events.CommandGiven) or event.command in MOVES:
            last = None


def check_order(watched: Watched) -> None:
    """Time never runs back, and no count is talked over by a cue."""
    times = [o.at for o in watched.out]
    assert times == sorted(times), watched.transcript()
    counts = [(s.at, s.at + measure(s.text, s.pace)) for s in spoken(watched.out) if s.priority is Priority.COUNT]
    cues = [(s.at, s.at + measure(s.text, s.pace)) for s in spoken(watched.out) if s.priority is Priority.CUE]
    for start, end in cues:
        assert not any(start < e and s < end for s, e in counts), watched.transcript()


def check_end(watched: Watched) -> None:
    finished = watched.events(events.SessionFinished)
    assert len(finished) == (1 if watched.session.finished else 0)
    if finished:
        worked = {e.index for e in watched.events(events.SetFinished) if any(e.done.values())}
        assert finished[0].sets <= len(worked)


@settings(max_examples=60, deadline=None)
@given(MOMENTS, st.floats(0, 300))
def test_leaving_at_any_moment_logs_the_set_in_hand(moments: list[tuple[float, Order | str]], at: float) -> None:
    watched = Watched(plan(work("kickback", 2, 3), work("bridge", 1, 4)))
    for wait, what in moments:
        watched.run(wait)
        meet(watched, what)
    watched.run(at)
    watched.out += watched.session.leave(watched.clock, "interrupted")
    assert watched.session.finished
    assert len(watched.events(events.SessionFinished)) == 1
