"""A conversation in time: it asks, waits, asks once more, and then rests quietly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coach.errors import Device
from coach.language import Language, plain_words
from coach.language.commands import Command
from coach.language.delivery import Priority
from coach.language.wording import Wording
from coach.session.course import QUESTION_SECONDS
from coach.session.directives import Hush, Music, Volume
from coach.session.modes import Manner, Mode
from coach.session.score import Measure
from coach.session.sounding import FARTHEST, LOUDNESS, VOICE, otherwise
from coach.session.timeline import Timeline, Tuned

MUSIC = (Command.MUSIC_OFF, Command.MUSIC_ON)
"""Commands that are understood outside a workout too, and change nothing of what is going on."""
SOUND = (*LOUDNESS, *VOICE)
"""Those that every dialogue understands, and says once more, otherwise, what it was saying."""
SAME: Mapping[Command, Command] = {Command.SLOWER: Command.TALK_SLOWER, Command.FASTER: Command.TALK_FASTER}
"""What is about reps in a workout is about the voice where there are none."""
BESIDE = {command: SAME.get(command, command) for command in (*MUSIC, *SOUND, *SAME)}


@dataclass(frozen=True)
class Meaning:
    """What was said: one of the talk's entries in the language's file, and what fills its braces."""

    what: str
    n: int = 0
    name: str = ""


class Dialogue(Timeline):
    """What it understands is `phrases`; `hear` is told what was said and answers whether that was understood."""

    def __init__(
        self,
        language: Language,
        measure: Measure,
        manner: Manner | None = None,
        tuned: Tuned = lambda manner: True,
    ) -> None:
        super().__init__(measure, manner or Manner(), tuned)
        self.language = language
        self.phrases: Mapping[str, Meaning] = {}
        """What this dialogue is about, lower case."""
        self.wording = Wording(language.wording.before, language.wording.after)
        """What people say around them."""
        self.beside = {
            said: Meaning(BESIDE[it.command]) for said, it in language.phrases.items() if it.command in BESIDE
        }
        """What else is understood."""
        self._repeats: Callable[[float], None] = lambda at: None
        self.emit(Volume(0.0, self.manner.volume))

    @property
    def asking(self) -> bool:
        """It waits for an answer."""
        return self.mode is Mode.OFFER

    @property
    def answering(self) -> bool:
        """Something is told beside, and the question comes again after it."""
        return self.mode is Mode.ANSWER

    def meaning(self, text: str) -> Meaning | None:
        """What a typed or heard text means; None when it is nothing that is understood here."""
        words = plain_words(text)
        span = self.wording.span(words, self._means)
        return self._means(" ".join(words.split()[slice(*span)])) if span else None

    def _means(self, phrase: str) -> Meaning | None:
        return self.phrases.get(phrase) or self.beside.get(phrase)

    def expects(self) -> frozenset[str]:
        """The phrases that make sense now."""
        return frozenset({*self.phrases, *self.beside})

    def hear(self, at: float, text: str) -> bool:
        """Take what was said at `at`; false where it means nothing."""
        meaning = self.meaning(text)
        if meaning is None or self.mode is Mode.FINISHED:
            return False
        self.now = at
        if meaning.what in MUSIC:
            self.tone("heard", at)
            self.emit(Music(at, plays=meaning.what == Command.MUSIC_ON))
        elif meaning.what in SOUND:
            self._sound_otherwise(at, Command(meaning.what))
        else:
            self.obey(at, meaning)
        return True

    def obey(self, at: float, meaning: Meaning) -> None:
        """Do what was asked for."""
        raise NotImplementedError

    def answer(self, at: float, *lines: str) -> None:
        """Say something that nobody asked for, then what was being said from its beginning."""
        self.tell(at, *lines, then=self._repeats)

    def device_lost(self, device: Device, at: float) -> None:
        """Without a microphone say so; without a loudspeaker nobody would hear it."""
        if device == "microphone":
            self.answer(at, self.line("device.no_microphone"))

    def device_back(self, device: Device, at: float) -> None:
        """Ask again: what was asked meanwhile was not heard, or not answered."""
        self.answer(at)

    def leave(self, at: float) -> None:
        """End at once, without a word."""
        self.agenda.clear()
        self.mode = Mode.FINISHED

    def line(self, key: str, **values: object) -> str:
        """A line of the language."""
        return self.language.line(key, 0, **values)

    def hush(self, at: float) -> None:
        """Be silent at once."""
        self.emit(Hush(at))

    def tell(self, at: float, *lines: str, then: Callable[[float], None]) -> None:
        """Say these, and go on with `then`."""
        self.hush(at)
        self.play(self.score(at).wait(0.15).say(*lines, priority=Priority.ANSWER).then(then), Mode.ANSWER)

    def ask(self, at: float, *lines: str, again: str = "", silence: Callable[[float], None] | None = None) -> None:
        """Ask, ask once more with `again`, then wait for as long as it takes, or do what `silence` says."""
        self._repeats = lambda at: self.ask(at, *lines, again=again, silence=silence)
        score = self.score(at).tone("question", 0.3).say(*lines, priority=Priority.ANSWER)
        score.wait(QUESTION_SECONDS)
        if again:
            score.say(again, priority=Priority.ANSWER).wait(QUESTION_SECONDS)
        self.play(score.then(silence) if silence else score, Mode.OFFER)

    def end(self, at: float, *lines: str) -> None:
        """Say these, and be over."""
        self.hush(at)
        self.play(self.score(at).wait(0.15).say(*lines, priority=Priority.ANSWER), Mode.FINISHED)

    def once_more(self, at: float) -> None:
        """What was being said, from its beginning."""
        self._repeats(at)

    def _sound_otherwise(self, at: float, command: Command) -> None:
        manner = otherwise(command, self.manner, self.language)
        if manner is None or not (command in LOUDNESS or self.tune(manner)):
            self.tell(at, self.line(FARTHEST.get(command, "answer.sounds_same")), then=self.once_more)
            return
        self.manner = manner
        self.emit(Volume(at, manner.volume))
        self.hush(at)
        self.once_more(at + 0.2)
