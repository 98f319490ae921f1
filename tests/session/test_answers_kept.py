"""What was asked is answered once, and as it is then, whatever is said before the answer is over."""

from __future__ import annotations

import pytest

from coach.language.commands import Command, Order
from coach.language.delivery import Pace
from coach.session import events
from coach.session.directives import Hush
from coach.session.modes import Manner, Mode
from coach.session.orders import doubt
from tests.session.oracle_of_time import seconds_in
from tests.session.test_bands import THREE
from tests.session.test_of_the_moment import resting
from tests.session.test_rests import begins
from tests.session.workouts import Watched, measure, plan, spoken, work

ELSE = 'Else say "easier" for a gentler one, "next" for the next exercise, or "resume" if all is well.'
EFFORT = "From zero to ten, how hard was that?"


def asked(words: str, then: str) -> Watched:
    """At the third rep, with the answer still waiting for a count, and right after the question."""
    watched = Watched(plan(work("kickback", 1, 8))).until(events.Rep, n=3).run(1.2).say(words)
    assert "to go" not in watched.run(0.5).lines()[-1]
    return watched.say(then)


@pytest.mark.parametrize("then", ["slower", "faster", "talk slower", "talk faster", "deeper voice"])
def test_an_answer_that_waits_for_a_count_is_given_in_the_new_beat_or_voice(then: str) -> None:
    watched = asked("how long left", then).until(events.Rep, n=6)
    answers = [say for say in spoken(watched.out) if say.text.endswith("to the end.")]
    done = sum(rep.at < answers[0].at for rep in watched.events(events.Rep))
    assert [say.text.split(",")[0] for say in answers] == [["Five to go", "Four to go", "Three to go"][done - 3]]
    until = answers[0].at + measure(answers[0].text, Pace.TALK)
    assert not any(answers[0].at <= rep.at < until for rep in watched.events(events.Rep))


def test_an_answer_that_waits_for_a_count_is_not_talked_over_it_in_a_slower_voice() -> None:
    """At the top of a rep the time to the next count is long enough for the voice as it was."""
    rates = [175]

    def tuned(manner: Manner) -> bool:
        rates.append(manner.rate)
        return True

    watched = Watched(plan(work("kickback", 1, 8)), Manner(count_at="top"))
    session = watched.session
    session._tuned = tuned
    session.measure = lambda text, pace: measure(text, pace) * (175 / rates[-1] if pace is Pace.TALK else 1)
    watched.until(events.Rep, n=3).run(1.2).say("how long left").run(0.5).say("talk slower").say("talk slower")
    watched.until(events.Rep, n=7)
    counts = [rep.at for rep in watched.events(events.Rep)]
    answers = [say for say in spoken(watched.out) if say.text.endswith("to the end.")]
    assert len(answers) == 1
    until = answers[0].at + session.measure(answers[0].text, Pace.TALK)
    assert not any(answers[0].at <= at < until for at in counts)


@pytest.mark.parametrize("wait", [3, 9, 25])
def test_more_rest_said_again_is_the_rest_that_is_left(wait: float) -> None:
    watched = resting().run(12).say("more rest").run(wait).say("say again").run(1)
    told = spoken(watched.out)[-1].text
    assert told.startswith("Resting, ")
    at = spoken(watched.out)[-1].at
    assert begins(watched) - at == pytest.approx(seconds_in(told), abs=1.0)
    assert watched.lines().count("Thirty seconds more.") == 1


def test_more_time_before_a_set_said_again_is_the_time_to_it() -> None:
    watched = Watched(plan()).until_line("Press your leg back.").run(4).say("more time").run(4).say("say again").run(3)
    assert watched.lines().count("Thirty seconds more.") == 1
    assert watched.lines()[-1].startswith("Ready when you are, or in ")


@pytest.mark.parametrize(("between", "wait"), [(None, 1), ("why", 1), ("louder", 0.1), ("why", 0.1)])
def test_time_that_is_given_twice_is_told_as_it_is(between: str | None, wait: float) -> None:
    watched = Watched(plan()).until_line('Say "ready" when you are. Or I\'ll start in fifteen seconds.').run(1)
    watched.say("more time").run(1)
    if between:
        watched.say(between).run(wait)
    watched.say("more time").until_line("Right leg.")
    told = next(say for say in reversed(spoken(watched.out)) if say.text.startswith("Ready when you are"))
    at = spoken(watched.out)[-1].at
    assert at - told.at - measure(told.text, told.pace) == pytest.approx(seconds_in(told.text), abs=1.0)


def test_of_two_questions_within_a_breath_in_a_pause_the_last_is_answered() -> None:
    watched = Watched(plan(work("kickback", 1))).until(events.Rep, n=2).run(1).say("pause").run(3)
    watched.say("why").run(0.05).say("how many left").run(12)
    assert "It strengthens your push-off." not in watched.lines()
    assert "Four to go, right leg." in watched.lines()


def test_what_a_pause_cut_is_not_said_once_something_else_was_asked_in_it() -> None:
    watched = Watched(plan(work("kickback", 1))).run(1).say("harder").run(1).say("pause").run(2)
    watched.say("harder").run(3).say("resume").run(20)
    assert watched.lines().count("Harder: slow kickback.") == 1
    assert watched.session.mode in (Mode.OPENING, Mode.BRIEFING)


def test_a_rest_in_which_a_pause_cut_an_answer_goes_on_as_long_as_it_had() -> None:
    plain, cut = resting().run(10), resting().run(10)
    plain.say("pause").run(20).say("resume")
    cut.say("help").run(3).say("pause").run(10).say("why").run(10).say("resume")
    assert begins(cut) == pytest.approx(begins(plain), abs=0.5), "a rest goes on while an answer is given"


@pytest.mark.parametrize("wait", [0.1, 0.8])
def test_a_question_that_another_cuts_is_asked_again(wait: float) -> None:
    watched = Watched(plan(work("kickback", 1))).until(events.Rep, n=3).say("end workout").run(wait).say("why").run(6)
    assert watched.lines()[-2:] == ["It strengthens your push-off.", "Yes or no: end here?"]
    watched.say("yes").run(1)
    assert watched.lines()[-1].startswith("Ending here.")


def test_what_to_do_about_a_band_is_told_to_its_end() -> None:
    watched = Watched(plan(work("kickback", 1))).until(events.Rep, n=2).say("pause").run(2).say("my band broke").run(1)
    watched.say("how many left").run(20)
    assert any("A torn band belongs in the bin." in line for line in watched.lines())


@pytest.mark.parametrize("words", ["slower", "faster"])
def test_an_answer_goes_on_when_the_tempo_changes(words: str) -> None:
    watched = Watched(plan()).until(events.Rep).say("explain").run(2).say(words).run(12)
    assert "The usual mistake: arching the back." in watched.lines()
    assert watched.session.standing.tempo != watched.session.standing.variant.tempo


def test_what_is_left_of_a_set_is_told_with_what_was_added_since() -> None:
    watched = Watched(plan(), Manner(bands=THREE)).until(events.Rep, n=2).run(1).say("heavier band").run(0.5)
    watched.say("two more").run(20)
    assert "Six reps to go." in watched.lines()
    assert "Four reps to go." not in watched.lines()


def test_a_question_after_more_time_is_followed_by_the_time_that_is_left() -> None:
    watched = Watched(plan()).until_line("Press your leg back.").run(1).say("more time").run(16)
    watched.say("how many left").until_line("Right leg.")
    told = [say for say in spoken(watched.out) if say.text.startswith("Ready when you are")][-1]
    at = spoken(watched.out)[-1].at
    assert at - told.at - measure(told.text, told.pace) == pytest.approx(seconds_in(told.text), abs=1.0)


@pytest.mark.parametrize("answer", [Command.NUMBER, Command.NO])
def test_a_question_that_is_answered_is_not_asked_to_its_end(answer: Command) -> None:
    watched = Watched(plan(work("kickback", 1))).until(events.SetFinished).until_line(EFFORT).run(0.2)
    watched.out.clear()
    watched.give(answer, 6 if answer is Command.NUMBER else None).run(0.1)
    assert isinstance(watched.out[1], Hush), "after the command itself"


@pytest.mark.parametrize("words", ["how long left", "more time"])
def test_an_answer_that_is_asked_for_again_before_it_was_given_is_given(words: str) -> None:
    watched = Watched(plan(work("kickback", 1, 8))).until(events.Rep, n=3).run(1.2).say(words).run(0.3)
    before = watched.lines().copy()
    watched.say("say again").until(events.Rep, n=5)
    said = [line for line in watched.lines()[len(before) :] if len(line.split()) > 2]
    assert len(said) == 1
    assert said[0].endswith(("to the end.", 'Say "pause" to stop it.'))


def test_not_yet_is_a_no_to_a_question_and_a_wait_else() -> None:
    watched = Watched(plan()).until(events.Rep).say("end workout").run(4).say("not yet").run(3)
    assert "Carrying on." in watched.lines()
    watched.run(10)
    doubt(watched.session, Order(Command.NEXT), watched.clock)
    watched.run(3).say("not yet").run(3)
    assert "Going on, then." in watched.lines()
    assert not watched.events(events.Paused)
    watched.run(10).say("not yet")
    assert watched.session.mode is Mode.PAUSED


@pytest.mark.parametrize("words", ["yes", "no"])
def test_who_is_stuck_and_answers_is_told_what_can_be_done(words: str) -> None:
    """ "Say it hurts if it does" may be heard as a question."""
    watched = Watched(plan()).until(events.Rep).say("i'm stuck").run(1.5).say(words).run(8)
    assert "I didn't ask anything." not in watched.lines()
    assert sum(line.startswith('Else say "easier"') for line in watched.lines()) == 1
    assert watched.session.mode is Mode.PAUSED


def test_what_can_be_done_in_trouble_is_told_again_where_a_question_cut_it() -> None:
    watched = (
        Watched(plan()).until(events.Rep).say("i can't do this").until_line(ELSE).run(1).say("how many left").run(20)
    )
    assert watched.lines().count(ELSE) == 2


def test_more_time_right_after_a_question_is_told_at_once() -> None:
    watched = Watched(plan()).until_line('Say "ready" when you are. Or I\'ll start in fifteen seconds.').run(4.5)
    watched.say("why").run(0.1).say("more time").until_line("Right leg.")
    told = [say for say in spoken(watched.out) if say.text.startswith("Ready when you are")][-1]
    at = spoken(watched.out)[-1].at
    assert at - told.at - measure(told.text, told.pace) == pytest.approx(seconds_in(told.text), abs=1.0)
