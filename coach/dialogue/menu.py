"""Choosing a workout by ear: three are offered, a few words change that, and a wrong guess is one "no" away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coach.dialogue import names
from coach.dialogue.choosing import Candidate, Done, Suggestion, Wish, suggest, usual
from coach.dialogue.dialogue import Dialogue, Meaning
from coach.language import Language, sentence
from coach.language.delivery import Priority
from coach.session import tailoring
from coach.session.course import QUESTION_SECONDS
from coach.session.modes import Manner, Mode
from coach.session.plan import Plan
from coach.session.score import Measure
from coach.session.tailoring import Kept
from coach.session.timeline import Tuned

TO_SAY_NO = 3.0
"""Seconds after a choice is announced in which it can be taken back, before it begins."""
_PLACES = ("first", "second", "third")


@dataclass(frozen=True)
class Chosen:
    """What to do, and what of it is left out today."""

    candidate: Candidate
    kept: Kept


class Menu(Dialogue):
    """Over when `chosen` is what to do; or None, where the athlete does not want any, or says nothing at all."""

    def __init__(
        self,
        language: Language,
        measure: Measure,
        candidates: Sequence[Candidate],
        done: Sequence[Done],
        now: datetime,
        *,
        manner: Manner | None = None,
        tuned: Tuned = lambda manner: True,
        waits: bool = True,
    ) -> None:
        """`now`: the athlete's own time. `waits`: for an answer as long as it takes, instead of leaving."""
        super().__init__(language, measure, manner, tuned)
        self.phrases: Mapping[str, Meaning] = names.menu_phrases(language, candidates)
        self.wording = language.choosing
        self.chosen: Chosen | None = None
        self.teach = False
        """The athlete wants the first run again."""
        self._candidates, self._done, self._today = candidates, done, now
        self._waits = waits
        self._wish = Wish()
        self._turned_down: list[str] = []
        self._offered: list[Suggestion] = []
        self._at_hand: Candidate | None = None
        """What "tell me more" is about, and what is being confirmed."""
        self._kept: Kept = {}
        self.greet()

    def greet(self, *lines: str) -> None:
        """Begin with these."""
        self._offer(0.3, *lines, self.line("menu.ask"))

    def meaning(self, text: str) -> Meaning | None:
        """As in Dialogue; a typed 1, 2 or 3 is a place."""
        if text.strip() in ("1", "2", "3"):
            return Meaning(_PLACES[int(text) - 1])
        return super().meaning(text)

    @property
    def confirming(self) -> bool:
        """A choice was announced, and can be taken back."""
        return self.mode is Mode.SETTLING

    @property
    def lines(self) -> list[str]:
        """What is said about what is offered now."""
        places = self.language.words["places"]
        return [
            self.line(
                "menu.option",
                place=place,
                title=each.candidate.title,
                minutes=self.language.about(each.candidate.plan.seconds),
                reason=self.language.lines[f"menu.because.{each.reason}"][0] if each.reason else "",
            )
            for place, each in zip(places, self._offered, strict=False)
        ]

    def obey(self, at: float, meaning: Meaning) -> None:
        """As in Dialogue."""
        place = next((n for n, word in enumerate(_PLACES) if meaning.what.endswith(word)), None)
        match meaning.what:
            case "routine":
                self._choose(at, next(it for it in self._candidates if it.slug == meaning.name))
            case "first" | "second" | "third" if place is not None and place < len(self._offered):
                self._choose(at, self._offered[place].candidate)
            case "about" | "about first" | "about second" | "about third":
                self._describe(at, place)
            case "shorter" if not self.confirming:
                self._wish_for(at, Meaning("short"))
            case "sets" | "one set" | "shorter" | "skip to" | "only":
                self._tailor(at, meaning)
            case "minutes" | "short" | "long" | "no floor" | "no band":
                self._wish_for(at, meaning)
            case _:
                self._OTHERS.get(meaning.what, Menu._again)(self, at)

    def _offer(self, at: float, *before: str) -> None:
        """Offer what suits best now."""
        self._offered, exact = suggest(self._candidates, self._done, self._today, self._wish, self._turned_down)
        self._at_hand, self._kept = None, {}
        nothing = "" if exact else self.line("menu.nothing")
        self.ask(
            at, *before, nothing, *self.lines, self.line("menu.how"), again=self.line("menu.again"),
            silence=None if self._waits else self.leave,
        )  # fmt: skip

    def _wish_for(self, at: float, meaning: Meaning) -> None:
        match meaning.what:
            case "minutes":
                self._wish = replace(self._wish, minutes=meaning.n, short=False, long=False)
            case "short" | "long" as length:
                self._wish = replace(self._wish, minutes=None, short=length == "short", long=length == "long")
            case _:
                self._wish = replace(self._wish, **{meaning.what.replace(" ", "_"): True})
        self._turned_down = []
        like_that = [it for it in self._candidates if self._wish.suits(it)]
        if len(like_that) == 1:
            self._choose(at, like_that[0])
        else:
            self.hush(at)
            self._offer(at + 0.2)

    def _other(self, at: float) -> None:
        """Others than those; after the last ones from the top."""
        self._turned_down += [each.candidate.slug for each in self._offered]
        before = []
        if not self._left():
            self._turned_down = []
            before = [self.line("menu.from_the_top")]
        self.hush(at)
        self._offer(at + 0.2, *before)

    def _left(self) -> bool:
        """Whether there is another one like that."""
        return any(self._wish.suits(it) and it.slug not in self._turned_down for it in self._candidates)

    def _usual(self, at: float) -> None:
        found = usual(self._candidates, self._done, self._today)
        if found is not None:
            self._choose(at, found)
        else:
            self.hush(at)
            self._offer(at + 0.2, self.line("menu.no_usual"))

    def _all(self, at: float) -> None:
        """Every title, a breath each."""
        titles = [self.line("menu.all", title=it.title) for it in self._candidates]
        many = self.line("menu.how_many", routines=self.language.count(len(titles), "routine"))
        self.hush(at)
        self.ask(at + 0.2, many, *titles, self.line("menu.which"), again=self.line("menu.again"))

    def _describe(self, at: float, place: int | None) -> None:
        if place is not None and place < len(self._offered):
            self._at_hand = self._offered[place].candidate
        candidate = self._at_hand or self._offered[0].candidate
        self._at_hand = candidate
        about = candidate.plan.routine.about
        lines = [self._announced(candidate.plan), *_sentences(about), self.line("menu.which")]
        self.hush(at)
        self.ask(at + 0.2, *lines, again=self.line("menu.again"))

    def _choose(self, at: float, candidate: Candidate, said: str = "") -> None:
        """Announce it; unless it is taken back it begins."""
        if said == "":
            self._kept = {}
        self._at_hand = candidate
        line = said or self._announced(candidate.plan)
        self._repeats = lambda at: self._choose(at, candidate, said)
        self.hush(at)
        score = self.score(at).tone("heard", 0.3).say(line, self.line("menu.if_wrong"), priority=Priority.ANSWER)
        self.play(score.wait(TO_SAY_NO).then(self._take), Mode.SETTLING)

    def _take(self, at: float) -> None:
        if self._at_hand is not None:
            self.chosen = Chosen(self._at_hand, self._kept)
            self.end(at)

    def _tailor(self, at: float, meaning: Meaning) -> None:
        """Leave out some of what is being confirmed."""
        candidate = self._at_hand
        if candidate is None or not self.confirming:
            self.tell(at, self.line("menu.choose_first"), then=self._repeats)
            return
        if meaning.name and not _has(candidate.plan, meaning.name):
            self._choose(at, candidate, self.line("menu.not_in_it"))
            return
        before = plan = tailoring.limited(candidate.plan, self._kept)
        if meaning.name and not _has(plan, meaning.name):  # it was left out: what is wanted now counts
            self._kept, plan = {}, candidate.plan
        elif meaning.what in ("sets", "one set"):  # a number is one of the whole workout's sets
            self._kept = {slot: kept for slot, kept in self._kept.items() if not kept}
            plan = tailoring.limited(candidate.plan, self._kept)
        kept = self._kept_by(meaning, plan)
        smaller = tailoring.limited(plan, kept)
        self._kept = {**self._kept, **kept}
        key = "menu.fewer" if smaller.sets != before.sets else "menu.no_fewer"
        self._choose(
            at,
            candidate,
            self.line(
                key,
                moves=sentence(self.language.count(len(smaller.used), "move")),
                sets=self.language.count(len(smaller.sets), "set"),
                minutes=self.language.about(smaller.seconds),
            ),
        )

    @staticmethod
    def _kept_by(meaning: Meaning, plan: Plan) -> Kept:
        match meaning.what:
            case "skip to":
                return tailoring.starting_with(plan, meaning.name)
            case "only":
                return tailoring.only(plan, meaning.name)
            case "shorter":
                return tailoring.shorter(plan)
            case _:
                return tailoring.at_most(plan, meaning.n or 1)

    def _yes(self, at: float) -> None:
        """What was announced; the first of what was offered."""
        if self.confirming:
            self._take(at)
        elif self._at_hand is not None or self._offered:
            self._choose(at, self._at_hand or self._offered[0].candidate)

    def _no(self, at: float) -> None:
        """Not what was announced; of what was offered, none."""
        if self.confirming and self._at_hand is not None:
            self._turned_down = [self._at_hand.slug]
            if not self._left():
                self._wish = Wish()
            self.hush(at)
            self._offer(at + 0.2)
        else:
            self._other(at)

    def _leave(self, at: float) -> None:
        self.chosen = None
        self.end(at, self.line("menu.another_day"))

    def _teach(self, at: float) -> None:
        self.teach = True
        self.end(at)

    def _help(self, at: float) -> None:
        self.tell(at, self.line("menu.help"), then=lambda at: self.ask(
            at, self.line("menu.which"), again=self.line("menu.again")
        ))  # fmt: skip

    def _again(self, at: float) -> None:
        self.hush(at)
        self._repeats(at + 0.2)

    def _hush(self, at: float) -> None:
        """Be silent, and ask once more in a while."""
        self.hush(at)
        self.tone("paused", at)
        self._at_hand = None

        def ask(at: float) -> None:
            self.ask(at, self.line("menu.again"), silence=None if self._waits else self.leave)

        self.play(self.score(at).wait(QUESTION_SECONDS).then(ask), Mode.OFFER)

    def _announced(self, plan: Plan) -> str:
        return self.line(
            "menu.chosen",
            title=plan.routine.title,
            moves=sentence(self.language.count(len(plan.used), "move")),
            minutes=self.language.about(plan.seconds),
        )

    _OTHERS: Mapping[str, Callable[[Menu, float], None]] = {
        "other": _other,
        "usual": _usual,
        "all": _all,
        "yes": _yes,
        "no": _no,
        "leave": _leave,
        "teach": _teach,
        "help": _help,
        "hush": _hush,
    }


def _has(plan: Plan, family: str) -> bool:
    return any(slot.family.name == family for slot in plan.used)


def _sentences(text: str) -> list[str]:
    """One idea a breath."""
    return [part if part.endswith(".") else f"{part}." for part in text.split(". ") if part]
