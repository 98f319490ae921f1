"""The tables of `python -m bench.ear --people`; the recordings themselves are no part of the project."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from bench.ear.strangers import Answer, Item, _Kept, table, worst_tenth


def answer(said: str, *texts: str, person: str = "a", system: str = "ours", asked: bool = False) -> Answer:
    group = f'"{said}"' if said else "single words that are no command"
    return Answer(system, Item(group, f"{said}/{person}", person, said, lambda: np.zeros(9, np.float32), asked), texts)


def test_a_phrase_that_means_the_same_is_right() -> None:
    assert answer("yes", "yeah").right
    assert not answer("yes", "next").right
    assert answer("yes", "next").wrong == 1


def test_a_number_counts_only_where_one_was_asked_for() -> None:
    assert answer("", "seven").wrong == 0
    assert answer("seven", "eleven", asked=True).wrong == 1
    assert answer("seven", "seven", asked=True).wrong == 0


def test_the_worst_tenth_is_of_people_who_said_two_or_more() -> None:
    well = [answer("stop", "stop", person=f"p{n // 2}") for n in range(38)]
    badly = [answer("stop", person="q"), answer("no", "no", person="q"), answer("no", person="said one")]
    assert worst_tenth([*well, *badly]) == "75 % (2 of 20)"


def test_a_row_has_what_was_obeyed_and_what_was_wrong() -> None:
    rows = table([answer("stop", "stop"), answer("stop"), answer("", "back")], ["ours"]).splitlines()
    assert rows[2] == '| "stop" (2) | 50.0 %; 0 |'
    assert rows[3] == "| single words that are no command (1) | 1 false |"


def test_answers_that_are_kept_are_not_asked_for_again(tmp_path: Path) -> None:
    kept, item = tmp_path / "answers.jsonl", answer("stop").item
    assert _Kept(kept).answer("ours", item, lambda _: ["stop"]) == ["stop"]
    assert _Kept(kept).answer("ours", item, lambda _: ["another"]) == ["stop"]
    assert json.loads(kept.read_text()) == ["ours", item.name, ["stop"]]
