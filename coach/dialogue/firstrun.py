"""The first run: a sound check, a voice that suits, what is at hand, and the commands that matter, each tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import get_args

from coach.dialogue.dialogue import Dialogue, Meaning
from coach.language import Language
from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.language.manner import Strength
from coach.session.modes import Manner, Mode
from coach.session.score import Measure
from coach.session.timeline import Tuned

RATES = (150, 185, 230)
"""Words a minute to choose from."""
TAUGHT = (Command.READY, Command.PAUSE, Command.RESUME, Command.EASIER, Command.HURTS)
"""The commands that matter."""
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
THINGS = ("mini band", "long band", "chair")
_PLACES = ("first", "second", "third")

Step = Callable[[float], None]
Sound = Callable[[], str]
"""What is to be said of the sound, by its key under `first_run.sound`."""


class FirstRun(Dialogue):
    """What came of it is in `manner`, `has` and `strength`. Every step can be skipped, and silence skips it too."""

    def __init__(
        self,
        language: Language,
        measure: Measure,
        sound: Sound,
        *,
        manner: Manner | None = None,
        tuned: Tuned = lambda manner: True,
        hears: bool = True,
        speaks: bool = True,
        greeting: Sequence[str] = (),
    ) -> None:
        """`hears`: there is a microphone, so that the sound is worth a check; `speaks`: there is a loudspeaker, so that
        rates are worth a comparison.
        """
        super().__init__(language, measure, manner, tuned)
        talk = language.talks["first run"]
        taught = {said: Meaning(order.command) for said, order in language.phrases.items() if order.command in TAUGHT}
        self.phrases = taught | {said: Meaning(what) for what, phrases in talk.items() for said in phrases}
        self.has: list[str] = []
        self.strength: Strength | None = None
        self._usual: Manner | None = None
        """How it spoke before the samples that are being said."""
        self.settled = False
        """It went on to the end, or was left by the athlete: it need not come by itself again."""
        self._sound = sound
        self._answers: dict[str, Step] = {}
        self._again: Step = self._begin
        self._steps: list[Step] = [self._check] if hears else []
        self._steps += [self._choose_rate] if speaks else []
        self._steps += [*map(self._asking_for, THINGS), self._ask_strength, *map(self._teaching, TAUGHT), self._finish]
        self._greeting = (*greeting, *language.lines["first_run.welcome"])
        self._begin(0.3)

    def obey(self, at: float, meaning: Meaning) -> None:
        """As in Dialogue."""
        what = meaning.what
        if what == "leave":
            self._speak_as_usual()
            self.settled = True
            self.end(at, self.line("first_run.left"))
        elif what == "skip":
            self.hush(at)
            self._next(at + 0.2)
        elif what in self._answers:
            self.hush(at)
            self.tone("heard", at)
            self._answers[what](at + 0.4)
        else:
            self.hush(at)
            self.once_more(at + 0.2)

    def once_more(self, at: float) -> None:
        """As in Dialogue; of three samples all."""
        self._again(at)

    def _begin(self, at: float) -> None:
        score = self.score(at).say(*self._greeting, self.line("first_run.skip"), priority=Priority.ANSWER)
        self.play(score.then(self._next), Mode.OPENING)
        self._repeats = self._begin

    def _next(self, at: float) -> None:
        """On with the next step."""
        self._speak_as_usual()
        step = self._steps.pop(0)
        self._again = step
        step(at)

    def _question(self, at: float, answers: dict[str, Step], *lines: str, again: str = "") -> None:
        """`again`: how it is asked once more, where that is not its last line."""
        self._answers = answers
        self.ask(at, *lines, again=again or lines[-1], silence=self._next)

    def _which(self, at: float, answers: Sequence[Step], *lines: str) -> None:
        """Ask for one of three. None of their places is in the question: what the coach has just said himself is not
        so easily taken for the athlete's.
        """
        which, again = self.line("first_run.which"), self.line("first_run.which_again")
        self._question(at, dict(zip(_PLACES, answers, strict=True)), *lines, which, again=again)

    def _check(self, at: float) -> None:
        def heard(at: float) -> None:
            said = self.score(at).say(self.line(f"first_run.sound.{self._sound()}"), priority=Priority.ANSWER)
            self.play(said.then(self._next), Mode.ANSWER)

        def silent(at: float) -> None:
            said = self.score(at).say(self.line("first_run.sound.unheard"), priority=Priority.ANSWER)
            self.play(said.then(self._next), Mode.ANSWER)

        self._answers = {"hello": heard}
        line = self.line("first_run.hello")
        self.ask(at, line, again=line, silence=silent)

    def _choose_rate(self, at: float) -> None:
        """The same sentence three times, faster each time."""
        usual = self._usual = self._usual or self.manner
        answers = [self._takes(replace(usual, rate=rate)) for rate in RATES]
        self._answers = dict(zip(_PLACES, answers, strict=True))

        def sample(number: int, at: float) -> None:
            if number == len(RATES):
                self._speak_as_usual()
                self._which(at, answers)
                return
            self.tune(replace(usual, rate=RATES[number]))
            line = self.line("first_run.sample", place=self.language.words["places"][number])
            score = self.score(at).say(line, priority=Priority.ANSWER)
            self.play(score.then(lambda at: sample(number + 1, at)), Mode.ANSWER)

        score = self.score(at).say(self.line("first_run.rates"), priority=Priority.ANSWER)
        self.play(score.then(lambda at: sample(0, at)), Mode.ANSWER)

    def _speak_as_usual(self) -> None:
        if self._usual is not None:
            self.tune(self._usual)
            self._usual = None

    def _takes(self, manner: Manner) -> Step:
        def take(at: float) -> None:
            self._usual = None
            self.tune(manner)
            self._next(at)

        return take

    def _asking_for(self, thing: str) -> Step:
        def yes(at: float) -> None:
            self.has.append(thing)
            self._next(at)

        def ask(at: float) -> None:
            self._question(at, {"yes": yes, "no": self._next}, self.line(f"first_run.has.{thing}"))

        return ask

    def _ask_strength(self, at: float) -> None:
        def feels(strength: Strength) -> Step:
            def take(at: float) -> None:
                self.strength = strength
                self._next(at)

            return take

        self._which(at, [feels(strength) for strength in STRENGTHS], *self.language.lines["first_run.strength"])

    def _teaching(self, command: Command) -> Step:
        def ask(at: float) -> None:
            self._question(at, {command: self._next}, self.line(f"first_run.teach.{command}"))

        return ask

    def _finish(self, at: float) -> None:
        self.settled = True
        self.end(at, self.line("first_run.done"))
