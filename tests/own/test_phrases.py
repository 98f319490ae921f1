"""Phrases of the athlete's own: taken up when they can be heard and told apart, refused with better ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach import language, speech_models
from coach.app.teaching import teach
from coach.errors import CoachError, FileFault, NotFound
from coach.language.commands import Command
from coach.own import paths, phrases

ENGLISH = language.load()


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CONFIG_DIR", str(tmp_path))


def add(phrase: str, command: str) -> None:
    teach(phrase, command, ENGLISH, speech_models.best())


def test_a_phrase_that_can_be_heard_means_the_command_from_then_on() -> None:
    add("Keep moving", "resume")
    spoken = phrases.spoken_by(ENGLISH, phrases.load())
    order = spoken.order("keep moving")
    assert order is not None
    assert order.command is Command.RESUME
    assert spoken.orders.keys() > ENGLISH.orders.keys()


def test_one_that_the_model_does_not_know_is_refused_with_the_reason() -> None:
    with pytest.raises(CoachError, match='does not know "flibber"'):
        add("flibber", "pause")
    assert not paths.own_phrases().exists()


@pytest.mark.parametrize("phrase", ["", "  "])
def test_one_without_a_word_is_refused_without_a_suggestion(phrase: str) -> None:
    with pytest.raises(CoachError) as refused:
        add(phrase, "next")
    assert str(refused.value) == 'There is no word in the phrase.\nIn quotes: coach phrases add "move on" next'


def test_one_that_sounds_like_another_command_is_refused() -> None:
    with pytest.raises(CoachError, match="sounds like"):
        add("text", "pause")


def test_a_phrase_can_be_forgotten_and_one_that_is_not_there_is_told() -> None:
    add("keep moving", "resume")
    phrases.remove("keep moving")
    assert phrases.load() == {}
    with pytest.raises(NotFound):
        phrases.remove("keep moving")


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        (r'"mo\eve"', r'"mo\x1bve" has a character that can be neither shown nor spoken'),
        ('" "', '"" has no word in it'),
    ],
)
def test_a_phrase_of_the_file_that_nobody_can_say_is_told(written: str, wrong: str) -> None:
    paths.own_phrases().write_text(f"next: [move on, {written}]\n")
    with pytest.raises(FileFault) as raised:
        phrases.load()
    assert str(raised.value) == f"{paths.own_phrases()}:1:17: next[1]: {wrong}; take it out"


def test_a_command_may_be_named_by_what_is_said_for_it() -> None:
    add("sore knee", "it hurts")
    assert phrases.load() == {"sore knee": Command.HURTS}
    add("my knee hurts", "it hurts")  # as it means already
    assert phrases.load() == {"sore knee": Command.HURTS}


@pytest.mark.parametrize(
    ("phrase", "command", "sentence", "hint"),
    [
        (
            "onward",
            "next",
            '"onward" will not do: the speech model does not know "onward".',
            'These mean next already: "next", "next exercise", "next one".',
        ),
        ("go along", "it hurst", 'There is no command "it hurst"', 'Did you mean "it hurts"?'),
        ("go along", "nxt", 'There is no command "nxt"', 'Did you mean "next"?'),
        ("go along", "qqqq", 'There is no command "qqqq"', "`coach commands` lists them."),
    ],
)
def test_a_refusal_proposes_what_would_do(phrase: str, command: str, sentence: str, hint: str) -> None:
    with pytest.raises(CoachError) as raised:
        add(phrase, command)
    assert raised.value.sentence.startswith(sentence)
    assert raised.value.hint == hint


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("- next\n", "not a list of phrases by command"),
        ("nxt: [onward]\n", "there is no such command; did you mean next?"),
        ("next: onward\n", "not a list of phrases"),
    ],
)
def test_a_file_that_is_wrong_is_told_with_its_place(written: str, told: str) -> None:
    paths.own_phrases().write_text(written)
    with pytest.raises(FileFault, match=told.replace("?", r"\?")):
        phrases.load()


def test_the_languages_own_phrases_keep_their_meaning() -> None:
    paths.own_phrases().write_text("next: [pause]\n")
    order = phrases.spoken_by(ENGLISH, phrases.load()).order("pause")
    assert order is not None
    assert order.command is Command.PAUSE
