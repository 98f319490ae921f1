from dataclasses import replace

import pytest

from coach.ear.decide.judge import Rules
from coach.ear.decide.second_opinion import SecondOpinion
from coach.ear.decide.thresholds import Thresholds
from coach.ear.recognizer import UNKNOWN, Transcript

from .conftest import VOCABULARY

LIMITS = Thresholds(agrees=2.0, agrees_untaught=4.0, own_word=0.5)
RULES = Rules(replace(VOCABULARY, needed=lambda phrase: 0.5), LIMITS)
NOTHING = Transcript()


def opinion(rules: Rules = RULES, /, **verified: float) -> SecondOpinion:
    return SecondOpinion({"[other]": 1 - sum(verified.values()), **verified}, frozenset({"stop", "yes", "no"}), rules)


def heard(text: str) -> Transcript:
    return Transcript(text, 1.0, 1.4)


def test_phrases_that_mean_the_same_count_together() -> None:
    assert opinion(yes=0.4, yeah=0.3).of("yes") == pytest.approx(0.7)


def test_it_has_no_opinion_of_a_phrase_it_does_not_know() -> None:
    assert opinion(yes=0.4).of("purple elephant") is None
    assert opinion(yes=0.4).confirmed("purple elephant") is None


def test_a_phrase_that_the_grammar_hears_too_is_likelier() -> None:
    assert opinion(yes=0.2).confirmed("yes") == pytest.approx(0.65, abs=0.01)


def test_what_synthesised_voices_taught_needs_less_of_it() -> None:
    second = opinion(yes=0.05, ready=0.05)
    assert second.confirmed("yes") == pytest.approx(0.28, abs=0.01)
    assert second.confirmed("ready") == pytest.approx(0.74, abs=0.01)


def test_a_word_by_people_that_it_is_certain_of_is_no_phrase_that_they_did_not_teach() -> None:
    assert opinion(no=0.9, ready=0.05).confirmed("ready") == pytest.approx(0.05, abs=0.01)
    assert opinion(no=0.6, ready=0.05).confirmed("ready") == pytest.approx(0.73, abs=0.02)


def test_its_own_word_stands_for_another_that_was_heard() -> None:
    assert opinion(no=0.8, next=0.05).own_word(heard("next"), heard("next")) == "no"


def test_it_turns_no_answer_that_was_heard_into_its_opposite() -> None:
    """ "No" by one of eSpeak's voices was "yes" to the heads; asked again, nothing is lost."""
    assert opinion(yes=0.85, no=0.03).own_word(heard("no"), heard("nope")) == ""
    assert opinion(yes=0.85, stop=0.01).own_word(heard("stop"), heard("stop")) == "yes"


def test_its_own_word_stands_where_nothing_known_was_heard() -> None:
    assert opinion(stop=0.8).own_word(heard(UNKNOWN), heard("stock")) == "stop"
    assert opinion(stop=0.8).own_word(NOTHING, NOTHING) == "stop"


def test_a_phrase_that_was_heard_stays_while_it_is_as_likely() -> None:
    assert opinion(no=0.5, nine=0.0, next=0.45).own_word(heard("next"), heard("next")) == ""


def test_it_has_no_word_of_its_own_where_it_is_not_sure() -> None:
    assert opinion(stop=0.4).own_word(heard(UNKNOWN), heard("stock")) == ""


def test_what_would_cost_more_has_to_be_surer() -> None:
    dear = replace(RULES, vocabulary=replace(VOCABULARY, needed=lambda phrase: 0.9))
    assert opinion(stop=0.8).own_word(NOTHING, NOTHING) == "stop"
    assert opinion(dear, stop=0.8).own_word(NOTHING, NOTHING) == ""


def test_its_own_word_has_to_make_sense_now() -> None:
    asking = replace(RULES, expected=frozenset({"yes", "no"}))
    assert opinion(asking, stop=0.7, no=0.2).own_word(NOTHING, NOTHING) == ""
    assert opinion(asking, stop=0.3, no=0.6).own_word(NOTHING, NOTHING) == "no"


def test_in_a_sentence_it_has_no_word_of_its_own() -> None:
    talk = Transcript("we have to stop it now", 1.0, 2.2)
    long = Transcript(UNKNOWN, 1.0, 3.0)
    assert opinion(stop=0.9).own_word(heard(UNKNOWN), talk) == ""
    assert opinion(stop=0.9).own_word(long, heard("stop")) == ""


def test_an_everyday_word_that_no_person_taught_is_rarer_than_a_phrase() -> None:
    assert opinion(snow=0.5, no=0.5).of("no") == pytest.approx(1 / (1 + LIMITS.rare))


def test_so_is_a_phrase_that_makes_no_sense_now() -> None:
    second = opinion(next=0.5, no=0.5)
    assert second.of("no") == pytest.approx(0.5)
    asking = replace(second, rules=replace(RULES, expected=frozenset({"yes", "no"})))
    assert asking.of("no") == pytest.approx(1 / (1 + LIMITS.rare))


def test_what_the_grammar_has_not_heard_either_is_as_likely_an_everyday_word() -> None:
    assert opinion(presume=0.85, ready=0.1).confirmed("ready") == pytest.approx(0.96, abs=0.02)
    assert opinion(reading=0.1, ready=0.9).own_word(heard(UNKNOWN), heard("reading")) == ""


def test_what_no_person_taught_it_has_to_be_all_but_certain_to_be_its_own_word() -> None:
    assert opinion(ready=0.96).own_word(heard(UNKNOWN), heard("reading")) == "ready"
    assert opinion(ready=0.9).own_word(heard(UNKNOWN), heard("reading")) == ""
    assert opinion(ready=0.96).own_word(heard("next"), heard("next")) == ""
    assert opinion(ready=0.96, next=0.001).own_word(heard("next"), heard("next")) == "ready"


def test_of_several_words_less_will_do_where_something_like_them_was_heard() -> None:
    second = opinion(RULES, **{"more rest": 0.7})
    assert second.own_word(heard("more reps"), heard("more reps")) == "more rest"
    assert second.own_word(heard(UNKNOWN), heard("mores")) == "more rest"
    assert second.own_word(heard(UNKNOWN), heard("people")) == ""
    assert second.own_word(heard(UNKNOWN), NOTHING) == ""
    likely = second.weighed(heard("more reps"), heard("more reps"), heard("more reps")).likely
    assert likely is not None
    assert likely > LIMITS.own_word_untaught


def test_that_takes_the_place_of_a_phrase_that_is_less_likely() -> None:
    second = opinion(RULES, **{"skip this": 0.9, "skip rest": 0.02})
    assert second.own_word(heard("skip rest"), heard("skip the rest")) == "skip this"
    assert opinion(RULES, **{"skip this": 0.9, "skip rest": 0.09}).own_word(heard("skip rest"), NOTHING) == ""


def test_over_the_coach_its_own_word_is_only_what_is_urgent_and_nothing_that_may_be_his() -> None:
    over = replace(opinion(stop=0.8), coach_said="knees up and down slowly")
    assert over.own_word(heard(UNKNOWN), heard("gap")) == "stop"
    assert over.own_word(heard("up"), heard("up")) == ""
    assert over.own_word(heard("up"), heard("shut up")) == ""
    assert replace(over, verified={"stop": 0.97}).own_word(heard("up"), heard("shut up")) == "stop"
    assert over.own_word(NOTHING, NOTHING) == ""
    assert replace(opinion(no=0.8), coach_said="knees up").own_word(heard(UNKNOWN), heard("know")) == ""


def test_what_is_urgent_is_not_heard_by_halves() -> None:
    assert opinion(RULES, **{"no wait": 0.7}).own_word(heard("snow"), heard("snow way")) == ""


def test_what_is_all_but_certain_is_no_talk_however_much_the_other_decoder_hears() -> None:
    talk = heard("the band nope")
    assert opinion(no=0.97).own_word(heard(UNKNOWN), talk) == "no"
    assert opinion(no=0.9).own_word(heard(UNKNOWN), talk) == ""


def test_a_phrase_that_both_decoders_hear_is_likelier_still() -> None:
    second = opinion(yes=0.2, ready=0.2)
    assert (second.confirmed("yes", twice=True) or 0) > (second.confirmed("yes") or 0)
    assert second.confirmed("ready", twice=True) == second.confirmed("ready")


def test_of_those_that_no_person_taught_it_is_one_of_several_words() -> None:
    second = opinion(RULES, **{"more rest": 0.1, "yes": 0.5})
    assert second.confirmed("more rest", twice=True) == pytest.approx(0.98, abs=0.01)
    assert second.confirmed("more rest") == pytest.approx(0.86, abs=0.01)


def test_before_its_end_a_word_that_people_taught_has_to_be_heard_in_the_sound_alone() -> None:
    assert (opinion(stop=0.2).confirmed("stop") or 0) > 0.5
    assert not opinion(stop=0.2).is_begun("stop")
    assert opinion(stop=0.6).is_begun("stop")


def test_before_its_end_any_other_phrase_has_to_be_all_but_certain() -> None:
    """ "The old" had 0.94 of "hold on"."""
    assert 0.5 < (opinion(ouch=0.2).confirmed("ouch") or 0) < 0.95
    assert not opinion(ouch=0.2).is_begun("ouch")
    assert opinion(ouch=0.6).is_begun("ouch")
    assert not opinion(ouch=0.6).is_begun("purple elephant"), "of which it has no opinion"


def test_it_says_what_it_rather_heard() -> None:
    assert opinion(off=0.8, ouch=0.1).rather == "off"
    assert opinion(ouch=0.05).rather == UNKNOWN
