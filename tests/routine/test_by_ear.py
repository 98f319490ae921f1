import statistics

import pytest

from coach.routine.by_ear import estimated_seconds, mangled, needs_sight, out_of_breath, sentences
from coach.routine.library import Library
from coach.voice.synthesizer import Manner, shared


def test_the_estimate_of_a_texts_length_is_near_what_the_synthesiser_takes() -> None:
    lines = [line for f in Library().families.values() for line in (*f.variants[f.standard].setup, *f.variants[0].cues)]
    assert len(lines) > 60
    spoken = [shared().clip(line, Manner("en-us", 175)).seconds for line in lines]
    off = [estimated_seconds(line) - seconds for line, seconds in zip(lines, spoken, strict=True)]
    assert abs(statistics.mean(off)) < 0.1
    assert statistics.pstdev(off) < 0.3


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Hold for 3 seconds.", '"3" has digits'),
        ("A 90/90 stretch.", '"90/90" has digits'),
        ("Keep it, e.g. flat.", '"e.g." is an abbreviation'),
        ("Take two kg.", '"kg" is an abbreviation'),
        ("Hold ten secs.", '"secs" is an abbreviation'),
        ("Stretch the ITB.", '"ITB" is all capitals'),
        ("Arms & legs.", 'nobody knows how "&" is spoken'),
        ("Up → down.", 'nobody knows how "→" is spoken'),
        ("Slow * fast.", 'nobody knows how "*" is spoken'),
    ],
)
def test_what_a_synthesiser_would_mangle_is_found(text: str, wrong: str) -> None:
    assert wrong in [found for found, _ in mangled(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Loop the band just above your knees; lie on your back.",
        "I name a leg – you bend it. (Slowly!)",
        "Don’t arch: keep your ribs down…",
        "A piqué, a plié.",
        "Lift, and lower slowly into second place.",
    ],
)
def test_plain_sentences_are_left_alone(text: str) -> None:
    assert list(mangled(text)) == []
    assert list(needs_sight(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Move like this.",
        "Bend as shown.",
        "Put it here.",
        "Look ahead.",
        "Watch your knees.",
        "Use a mirror.",
        "See above.",
    ],
)
def test_what_depends_on_sight_is_found(text: str) -> None:
    assert list(needs_sight(text))


@pytest.mark.parametrize("text", ["Adhere to the wall.", "There is a wall.", "Where the band is.", "Seek the floor."])
def test_a_word_within_a_word_does_not_depend_on_sight(text: str) -> None:
    assert list(needs_sight(text)) == []


def test_twenty_words_fit_a_breath_and_one_more_does_not() -> None:
    assert list(out_of_breath("word " * 20)) == []
    assert [wrong for wrong, _ in out_of_breath("word " * 21)] == ["21 words are too many for one breath"]


def test_a_breath_ends_with_a_sentence() -> None:
    assert sentences("Lie down. Bend your knees, feet flat; breathe!") == [
        "Lie down.",
        "Bend your knees, feet flat;",
        "breathe!",
    ]
