"""At one's own pace a side is over when the athlete says so: that one, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.journal import resume
from coach.journal.store import Journal
from coach.session import events
from coach.session.modes import Manner, Offer
from tests.session.workouts import Watched, plan, work

RIGHT, LEFT = "right leg", "left leg"
OWN = Manner(pacing="self")


def begun() -> Watched:
    return Watched(plan(work("kickback", 1), work("bridge", 1)), OWN).until(events.SetStarted).run(3)


def test_done_while_getting_ready_for_the_other_side_ends_nothing() -> None:
    watched = begun().say("done").until(events.SideChanged).run(1).say("done").run(1)
    assert watched.lines()[-1] == 'Left leg is still to come. Say "ready" when you are.'
    watched.run(20).say("done").until(events.SetFinished)
    (finished,) = watched.events(events.SetFinished)
    assert (finished.done, finished.why) == ({RIGHT: 6, LEFT: 6}, "completed")


def test_done_after_ready_on_the_other_side_is_about_that_side() -> None:
    watched = begun().say("done").until(events.SideChanged).run(1).say("ready").run(0.5).say("done").run(6)
    assert not watched.events(events.SetFinished)
    watched.run(20).say("four").say("done").until(events.SetFinished)
    assert watched.events(events.SetFinished)[0].done == {RIGHT: 6, LEFT: 4}


@pytest.mark.parametrize("pacing", ["self", "coach"])
def test_what_was_done_is_about_the_side_before_until_the_other_has_begun(pacing: str) -> None:
    watched = Watched(plan(work("kickback", 1)), Manner(pacing=pacing)).until(events.SetStarted)  # type: ignore[arg-type]
    watched = watched.say("done") if pacing == "self" else watched
    watched.until(events.SideChanged).run(0.5).say("i did five").run(1)
    assert watched.lines()[-1] == "Five reps, then."
    watched.run(20)
    watched = watched.say("done") if pacing == "self" else watched
    watched.until(events.SetFinished)
    assert watched.events(events.SetFinished)[0].done == {RIGHT: 5, LEFT: 6}


def test_a_side_that_was_ended_early_is_over_after_a_kill(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    watched = begun().say("two").say("done").until(events.SideChanged).run(1)
    for event in (item for item in watched.out if isinstance(item, events.Event)):
        journal.record(event)
    offered = resume.unfinished(journal)
    assert offered is not None
    gone_on = Watched(watched.session.plan, OWN, Offer(watched.session.plan, offered.index, offered.part)).run(1)
    gone_on.say("yes").run(3).say("ready").until(events.SetStarted).run(3).say("done").until(events.SetFinished)
    assert sum(line.startswith("In your own time, six reps.") for line in gone_on.lines()) == 1
    (finished,) = gone_on.events(events.SetFinished)
    assert finished.done == {RIGHT: 2, LEFT: 6}
