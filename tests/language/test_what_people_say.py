"""What people say without having read the table is understood, and as what they mean."""

from __future__ import annotations

import pytest

from coach import language
from coach.language.commands import Command, Order

MEANT = {
    Command.DONE: ["I'm done", "all done", "that's enough", "end the set", "finish the set"],
    Command.NEXT: ["next one", "move on", "skip this one", "skip this exercise"],
    Command.STATUS: ["how many more", "how much time left", "how many sets left", "how many reps left"],
    Command.WHICH: ["which exercise is this", "what set is this", "what set am I on", "which set am I on"],
    Command.UPCOMING: ["what's next", "What is next?"],
    Command.MORE_REST: ["give me more rest"],
    Command.EASIER: ["it's too heavy", "this is too heavy", "too heavy", "go easier"],
    Command.HARDER: ["it's too light", "this is too light"],
    Command.EXPLAIN: ["I don't understand"],
    Command.LOUDER: ["I can't hear you", "speak up"],
    Command.OTHER_SIDE: ["other leg", "switch legs", "change legs"],
    Command.END: ["end it here"],
    Command.LENGTH: ["how long is this workout"],
    Command.REST_LEFT: ["how much rest"],
    Command.REPEAT: ["again", "what did you say"],
    Command.AGAIN: ["start again"],
    Command.RESUME: ["keep going", "go on", "I'm back"],
    Command.PAUSE: [
        "water break",
        "please stop",
        "stop it",
        "no stop",
        "no, wait",
        "wait a minute",
        "I need a break",
        "I'm not ready",
        "I'm not ready yet",
        "not yet",
        "give me a second",
        "just a second",
    ],
    Command.HURTS: ["I fell", "I'm hurt", "my knee hurts", "my back hurts"],
    Command.STUCK: ["help me", "I can't do this", "I feel sick", "I can't breathe"],
    Command.BAND_BROKE: ["my band broke"],
    Command.BAND_ROLLS: ["the band rolls up"],
    Command.SLOWER: ["too fast", "not so fast"],
    Command.QUIETER: ["too loud"],
    Command.SKIP_REST: ["next set"],
}


@pytest.mark.parametrize(("said", "meant"), [(said, meant) for meant, each in MEANT.items() for said in each])
def test_it_means_what_it_means_among_people(said: str, meant: Command) -> None:
    assert language.load().order(said) == Order(meant)


def test_how_many_is_understood_with_its_number() -> None:
    assert language.load().order("two more") == Order(Command.MORE, 2)
    assert language.load().order("I did eight") == Order(Command.DID, 8)


@pytest.mark.parametrize("said", ["go", "warm up", "start the warm up", "too light"])
def test_what_only_sounds_like_a_phrase_is_none(said: str) -> None:
    assert language.load().order(said) is None


@pytest.mark.parametrize("said", ["how long left", "how much longer"])
def test_who_asks_for_how_long_is_told_a_time(said: str) -> None:
    order = language.load().order(said)
    assert order is not None
    assert order.timed
