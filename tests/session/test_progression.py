from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.language.manner import Strength
from coach.routine.model import Circuit, Family, Range, Routine, Unit, Variant, Work
from coach.session.progression import Advice, DoneSet, Result, choose, choose_all

NAMES = ("low bridge", "bridge", "banded bridge", "banded bridge hold", "single-leg bridge")


def variant(rung: int, equipment: str = "mini band", hold: bool = False) -> Variant:
    return Variant(NAMES[rung], "bridge", rung, equipment, setup=("Lie down.",), move="Lift.", hold=hold)


LADDER = Family(
    "bridge", (variant(0, "none"), variant(1, "none"), variant(2), variant(3, hold=True), variant(4)), standard=2
)
WORK = Work("bridge", 2, Range(2, 3), Range(8, 12), "rep", rest=30, rest_after=60)
BAND = {"mini band"}


def session(
    rung: int = 2,
    sets: int = 2,
    amount: int = 8,
    did: int | None = None,
    why: str = "completed",
    routine: str = "hotel",
    **more: object,
) -> Result:
    """One session in which every set came to `did` reps, all of them unless said otherwise."""
    least = amount if did is None else did
    done = tuple(DoneSet(amount, least, sets, why) for _ in range(sets))
    result = Result(routine, 0, NAMES[rung], NAMES[rung], sets, amount, done)
    return replace(result, **more)  # type: ignore[arg-type]


def short(rung: int = 2, sets: int = 2, amount: int = 8) -> Result:
    return session(rung, sets, amount, did=amount - 3, why="done")


def next_time(*past: Result, work: Work = WORK, family: Family = LADDER, equipment: set[str] = BAND) -> Advice:
    return choose(work, family, past, "hotel", 0, equipment)


def dose(choice: Advice) -> tuple[int, int, int]:
    return choice.rung, choice.sets, choice.amount


def test_the_first_session_works_at_the_low_end_of_what_the_routine_says() -> None:
    assert next_time() == Advice(2, 2, 8)


def test_who_feels_strong_or_not_begins_a_rung_beside_the_routines_where_there_is_one() -> None:
    def first(strength: Strength, rung: int = 2, *past: Result) -> int:
        work = replace(WORK, rung=rung)
        return choose(work, LADDER, past, "hotel", 0, BAND, strength=strength).rung

    assert [first(strength) for strength in ("gentle", "usual", "strong")] == [1, 2, 3]
    assert (first("gentle", 0), first("strong", 4)) == (0, 4)
    assert choose(replace(WORK, rung=1), LADDER, (), "hotel", 0, {"none"}, strength="strong").rung == 1, "no band"
    assert first("strong", 2, session(2)) == 2, "what was done counts for more"


def test_a_session_done_in_full_asks_for_a_little_more() -> None:
    assert next_time(session(amount=8)) == Advice(
        2,
        2,
        10,
        why="progression.more_amount",
        fields={"exercise": "banded bridge", "sets": 2, "amount": 10, "before": 8},
    )


def test_the_last_rise_stops_at_the_top_of_the_range() -> None:
    assert dose(next_time(session(amount=11))) == (2, 2, 12)


def test_a_narrow_range_rises_one_at_a_time() -> None:
    narrow = replace(WORK, amount=Range(12, 15))
    assert dose(next_time(session(amount=12), work=narrow)) == (2, 2, 13)


def test_holds_rise_by_five_seconds() -> None:
    hold = replace(WORK, rung=3, amount=Range(20, 30), unit="second")
    assert dose(next_time(session(rung=3, amount=20), work=hold)) == (3, 2, 25)


def test_one_session_at_the_top_is_not_enough_for_more() -> None:
    assert dose(next_time(session(amount=12))) == (2, 2, 12)


def test_two_easy_sessions_at_the_top_bring_a_set_more_of_no_less_work() -> None:
    assert dose(next_time(session(amount=12, effort=6), session(amount=12, effort=7))) == (2, 3, 8)
    steep = replace(WORK, sets=Range(1, 2), amount=Range(4, 12))
    assert dose(next_time(*[session(sets=1, amount=12)] * 2, work=steep)) == (2, 2, 6)


def test_two_easy_sessions_with_all_sets_at_the_top_bring_the_next_rung_at_the_low_end() -> None:
    choice = next_time(session(sets=3, amount=12, effort=5), session(sets=3, amount=12, effort=5))
    assert dose(choice) == (3, 2, 8)
    assert (choice.why, choice.fields["exercise"]) == ("progression.harder", "banded bridge hold")


def test_a_session_that_felt_hard_holds_the_rise_back() -> None:
    assert dose(next_time(session(sets=3, amount=12, effort=7), session(sets=3, amount=12, effort=8))) == (2, 3, 12)


def test_an_athlete_who_does_not_answer_is_taken_at_their_sets() -> None:
    assert dose(next_time(session(sets=3, amount=12), session(sets=3, amount=12))) == (3, 2, 8)


def test_a_fixed_dose_goes_up_the_ladder_after_two_easy_sessions() -> None:
    fixed = replace(WORK, sets=Range(3, 3), amount=Range(12, 12))
    assert dose(next_time(*[session(sets=3, amount=12)] * 2, work=fixed)) == (3, 3, 12)


def test_the_top_of_the_ladder_is_kept() -> None:
    assert dose(next_time(*[session(rung=4, sets=3, amount=12)] * 2)) == (4, 3, 12)


def test_a_routine_without_a_band_never_climbs_to_a_rung_that_needs_one() -> None:
    easiest = replace(WORK, rung=1)
    assert dose(next_time(*[session(rung=1, sets=3, amount=12)] * 2, work=easiest, equipment=set())) == (1, 3, 12)


def test_falling_short_once_changes_nothing() -> None:
    assert dose(next_time(session(amount=10), short(amount=12))) == (2, 2, 12)


def test_falling_short_twice_takes_one_step_back_in_repetitions_then_sets_then_rungs() -> None:
    assert dose(next_time(short(amount=12), short(amount=12))) == (2, 2, 10)
    assert dose(next_time(short(sets=3, amount=8), short(sets=3, amount=8))) == (2, 2, 8)
    choice = next_time(short(), short())
    assert dose(choice) == (1, 2, 8)
    assert (choice.why, choice.fields["exercise"]) == ("progression.easier", "bridge")


def test_after_a_step_back_two_more_failures_are_needed_for_another() -> None:
    assert dose(next_time(short(amount=12), short(amount=12), short(amount=10))) == (2, 2, 10)


def test_too_hard_twice_takes_one_step_back_though_all_was_done() -> None:
    assert dose(next_time(session(amount=12, effort=9), session(amount=12, effort=10))) == (2, 2, 10)
    asked_and_went_back = session(amount=12, asked=("easier", "harder"))
    assert dose(next_time(asked_and_went_back, asked_and_went_back)) == (2, 2, 10)


def test_the_bottom_of_the_ladder_is_kept() -> None:
    assert dose(next_time(short(rung=0), short(rung=0))) == (0, 2, 8)


def test_skipping_a_set_is_neither_success_nor_failure() -> None:
    skipped = replace(session(), done=(DoneSet(8, 8, 2, "completed"), DoneSet(8, 3, 2, "skipped")))
    assert dose(next_time(skipped, skipped)) == (2, 2, 8)


def test_a_session_that_ended_before_this_exercise_is_passed_over() -> None:
    unreached = replace(session(sets=3, amount=12), done=())
    top = session(sets=3, amount=12)
    assert dose(next_time(top, unreached, top, unreached)) == (3, 2, 8)


def test_what_the_athlete_swapped_to_is_where_the_next_session_begins() -> None:
    choice = next_time(session(amount=10, ended=NAMES[1], asked=("easier",)))
    assert dose(choice) == (1, 2, 10)
    assert choice.why == "progression.as_you_chose"
    assert dose(next_time(session(amount=10, ended=NAMES[4], asked=("harder", "harder")))) == (4, 2, 10)


def test_a_swap_that_the_athlete_did_not_wish_for_is_not_called_their_choice() -> None:
    taken_back = session(amount=10, ended=NAMES[1])
    assert next_time(taken_back) == Advice(1, 2, 12, why="progression.more_amount", fields=next_time(taken_back).fields)


def test_the_athletes_wish_goes_where_the_routines_equipment_does_not() -> None:
    easiest = replace(WORK, rung=1)
    wished = session(rung=1, ended=NAMES[2], asked=("harder",))
    assert dose(next_time(wished, work=easiest, equipment=set())) == (2, 2, 8)


def test_pain_takes_two_rungs_down_to_the_low_end() -> None:
    choice = next_time(session(rung=4, sets=3, amount=12, hurt=(NAMES[4],)))
    assert dose(choice) == (2, 2, 8)
    assert (choice.why, choice.fields["hurt"]) == ("progression.hurt", "single-leg bridge")


def test_pain_on_the_second_rung_leads_to_the_first_and_on_the_first_leaves_the_exercise_out() -> None:
    assert dose(next_time(session(rung=1, hurt=(NAMES[1],)))) == (0, 2, 8)
    out = next_time(session(rung=0, hurt=(NAMES[0],)))
    assert (out.sets, out.why) == (0, "progression.left_out")


def test_what_was_left_out_comes_back_once_from_the_bottom() -> None:
    hurt = session(rung=0, hurt=(NAMES[0],))
    left_out = Result("hotel", 0, NAMES[0], NAMES[0], sets=0, amount=8)
    choice = next_time(hurt, left_out)
    assert dose(choice) == (0, 2, 8)
    assert choice.why == "progression.again"
    assert dose(next_time(hurt, left_out, session(rung=0))) == (0, 2, 10)


def test_pain_in_another_routine_counts_here_too() -> None:
    elsewhere = session(rung=2, hurt=(NAMES[2],), routine="warm-up")
    assert dose(next_time(session(amount=12), elsewhere)) == (0, 2, 8)
    assert dose(next_time(elsewhere)) == (0, 2, 8)


def test_a_dose_reached_in_another_routine_does_not_count_here() -> None:
    assert next_time(*[session(sets=3, amount=12, routine="warm-up")] * 3) == Advice(2, 2, 8)


def test_going_on_harder_after_pain_is_believed_up_to_the_rung_below() -> None:
    swapped = session(rung=4, ended=NAMES[3], hurt=(NAMES[4],), asked=("harder",))
    assert next_time(swapped).rung == 3
    stubborn = session(rung=4, hurt=(NAMES[4],), asked=("harder",))
    assert next_time(stubborn).rung == 3


def test_a_variant_that_is_no_longer_in_the_file_is_forgotten() -> None:
    assert next_time(session(began="old bridge", ended="old bridge")) == Advice(2, 2, 8)


def test_a_range_that_the_file_has_narrowed_since_is_kept_to() -> None:
    assert dose(next_time(session(sets=3, amount=15, did=5), work=WORK)) == (2, 3, 12)


def test_every_slot_of_a_routine_gets_its_own_choice_in_reading_order() -> None:
    inner = replace(WORK, rung=1)
    routine = Routine("hotel", "Hotel", (WORK, Circuit(Range(2, 2), 60, (inner,)), WORK), {"bridge": LADDER})
    second = replace(session(amount=10), slot=2)
    choices = choose_all(routine, {"bridge": [session(amount=8), second]})
    assert [dose(choices[slot]) for slot in range(3)] == [(2, 2, 10), (1, 2, 8), (2, 2, 12)]


def test_a_routine_in_which_everything_hurt_begins_again_at_its_easiest_rather_than_with_nothing() -> None:
    easiest = replace(WORK, rung=0)
    routine = Routine("hotel", "Hotel", (easiest,), {"bridge": LADDER})
    assert dose(choose_all(routine, {"bridge": [session(rung=0, hurt=(NAMES[0],))]})[0]) == (0, 2, 8)
    two = replace(routine, blocks=(easiest, WORK))
    hurt_here_only = {"bridge": [session(rung=0, hurt=(NAMES[0],)), replace(session(), slot=1)]}
    assert [choice.sets for choice in choose_all(two, hurt_here_only).values()] == [0, 2]


# Whatever has happened before

ranges = st.tuples(st.integers(1, 20), st.integers(0, 8)).map(lambda pair: Range(pair[0], pair[0] + pair[1]))
set_ranges = st.tuples(st.integers(1, 4), st.integers(0, 2)).map(lambda pair: Range(pair[0], pair[0] + pair[1]))
rungs = st.integers(0, len(NAMES) - 1)
names = rungs.map(NAMES.__getitem__)


@st.composite
def doses(draw: st.DrawFn) -> Work:
    unit: Unit = draw(st.sampled_from(["rep", "second"]))
    return Work("bridge", draw(rungs), draw(set_ranges), draw(ranges), unit, rest=30, rest_after=30)


@st.composite
def results(draw: st.DrawFn, painless: bool = False) -> Result:
    amount, sets = draw(st.integers(1, 25)), draw(st.integers(0, 5))
    whys = st.sampled_from(["completed", "done", "skipped", "hurts", "ended"])
    done = st.lists(
        st.builds(DoneSet, st.just(amount), st.integers(0, amount), st.just(max(sets, 1)), whys), max_size=5
    )
    return Result(
        draw(st.sampled_from(["hotel", "hotel", "hotel", "warm-up"])),
        draw(st.sampled_from([0, 0, 0, 1])),
        draw(names),
        draw(names),
        sets,
        amount,
        tuple(draw(done)) if sets else (),
        draw(st.none() | st.integers(0, 10)),
        () if painless else tuple(draw(st.lists(names, max_size=1))),
        tuple(draw(st.lists(st.sampled_from(["easier", "harder"]), max_size=2))),
    )


@given(doses(), st.lists(results(), max_size=6), st.sampled_from([set(), BAND]))
def test_no_history_leads_off_the_ladder_or_out_of_the_range(
    work: Work, past: list[Result], equipment: set[str]
) -> None:
    choice = next_time(*past, work=work, equipment=equipment)
    assert 0 <= choice.rung < len(NAMES)
    assert work.amount.low <= choice.amount <= work.amount.high
    assert work.sets.low <= choice.sets <= work.sets.high or (choice.sets == 0 and choice.why == "progression.left_out")


@given(doses(), st.lists(results(), max_size=5), results(painless=True), rungs)
def test_pain_always_leads_below_what_hurt(work: Work, past: list[Result], last: Result, rung: int) -> None:
    choice = next_time(*past, replace(last, hurt=(NAMES[rung],)), work=work)
    assert choice.sets == 0 or choice.rung < rung


@given(doses(), st.lists(results(painless=True), max_size=5), results(painless=True), rungs, rungs)
def test_the_athletes_last_swap_is_honoured(work: Work, past: list[Result], last: Result, began: int, to: int) -> None:
    wish = "harder" if to > began else "easier"
    swapped = replace(
        last, routine="hotel", slot=0, began=NAMES[began], ended=NAMES[to], asked=(wish,), sets=last.sets or 1
    )
    choice = next_time(*past, swapped, work=work)
    assert began == to or choice.rung == to


def weight(choice: Advice) -> tuple[int, int]:
    return choice.rung, choice.sets * choice.amount


@given(doses(), st.lists(results(painless=True), max_size=4), results(painless=True), st.data())
def test_doing_more_of_what_was_asked_never_makes_the_next_session_lighter(
    work: Work, past: list[Result], last: Result, data: st.DataObject
) -> None:
    last = replace(last, ended=last.began, asked=())
    done = tuple(
        replace(done, least=data.draw(st.integers(done.least, done.amount), label="did")) for done in last.done
    )
    effort = None if last.effort is None else data.draw(st.integers(0, last.effort), label="felt")
    better = replace(last, done=done, effort=effort)
    assert weight(next_time(*past, better, work=work)) >= weight(next_time(*past, last, work=work))


@settings(deadline=None)
@given(doses())
def test_doing_everything_easily_climbs_without_a_step_back_to_the_top_of_everything(work: Work) -> None:
    past: list[Result] = []
    climb = []
    for _ in range(200):
        choice = next_time(*past[-4:], work=work)
        climb.append(weight(choice))
        past.append(session(choice.rung, choice.sets, choice.amount, effort=5))
    assert all(one <= two for one, two in pairwise(climb))
    assert (choice.rung, choice.sets) == (len(NAMES) - 1, work.sets.high)
