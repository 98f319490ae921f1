"""Learning the athlete's voice: the coach says a command, and the athlete says it after a tone. No screen is needed.

What is kept of each answer is what the verifier's heads saw in it (ear/own_voice.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from coach.audio.clip import BLOCK_SECONDS, Clip, Duplex, Samples
from coach.audio.mixer import Mixer
from coach.audio.tones import tone
from coach.ear.decision import Decision
from coach.ear.ear import Ear
from coach.ear.hearing import hear
from coach.ear.own_voice import OwnVoice
from coach.ear.products import Array
from coach.ear.verifier import Verifier
from coach.errors import CoachError
from coach.language import Language
from coach.language.commands import Command
from coach.language.delivery import Priority

COMMANDS = (
    Command.READY, Command.NEXT, Command.BACK, Command.EASIER, Command.HARDER, Command.RESUME,
    Command.DONE, Command.REPEAT, Command.YES, Command.NO, Command.HURTS,
)  # fmt: skip
"""What is said most, beside "stop"."""
TIMES = 2
"""So often each is said; the second time after all the others."""
_TRIES = 3
"""At one command, until it is left out."""
_SILENCES = 2
"""In a row, until the lesson ends."""
_PATIENCE = 6.0
"""Seconds in which an answer has to begin, and end."""
_UNTIL_TONE = 0.9
"""Seconds after a line until nothing of it is in the room any more."""
_LIKELY = 0.1
"""The least probability of a word that counts as the right one. Of words that people and neural voices said, none of
which had taught the verifier, the right one had more in 99 of 100, and another phrase in 2 of 100."""


def phrases_for(language: Language, verifier: Verifier) -> list[str]:
    """The dozen phrases of a lesson, in the order in which they are asked for; those that the verifier knows."""
    asked = [language.always, *(language.phrase(command) for command in COMMANDS)]
    return [phrase for phrase in asked if phrase in verifier.phrases]


@dataclass
class Learned:
    """What the verifier saw in each answer that was the right word."""

    verifier: Verifier
    language: Language
    examples: list[tuple[str, Array]] = field(default_factory=list)

    def take(self, phrase: str, decision: Decision) -> bool:
        """Keep an answer; False where it is not the phrase that was asked for, or cannot be told from the coach."""
        seen = decision.utterance.features if decision.utterance is not None else None
        if seen is None or phrase not in self.verifier.phrases:
            return False
        heard = self.language.order(decision.text) == self.language.order(phrase)
        if not heard and self.verifier.probabilities(seen)[phrase] < _LIKELY:
            return False
        self.examples.append((phrase, seen))
        return True

    def voice(self) -> OwnVoice:
        """All of it, to be written. Raises CoachError where nothing was learned."""
        if not self.examples:
            raise CoachError(
                "No command was understood, so nothing was learned.", "`coach doctor` tests the microphone."
            )
        phrases, seen = zip(*self.examples, strict=True)
        return OwnVoice(self.verifier.name, phrases, np.stack(seen))


def learn_from(recordings: Iterable[tuple[Samples, str]], ear: Ear, learned: Learned) -> int:
    """Keep what is right of recordings and what is said in them; how many recordings were of use."""
    ear.expect(())
    return sum(_any_of_use(hear(sound, ear), phrase, learned) for sound, phrase in recordings)


def _any_of_use(decisions: Iterable[Decision], phrase: str, learned: Learned) -> bool:
    return any(learned.take(phrase, decision) for decision in decisions)


class Conversation:
    """A coach who says a line and then listens. `speak` makes a line's clip, `show` is told each line."""

    def __init__(self, duplex: Duplex, ear: Ear, speak: Callable[[str], Clip], show: Callable[[str], None]) -> None:
        self._duplex, self._ear, self._speak, self._show = duplex, ear, speak, show
        self._mixer = Mixer(duplex.rate, duplex.block)
        # Nothing makes sense: no word is acted on, and none before it is over.
        ear.expect(())

    def say(self, line: str) -> None:
        """Say it to its end."""
        self._show(line)
        self._mixer.play(self._speak(line), self._mixer.position, Priority.ANSWER, line)
        while self._mixer.sounding:
            self._block()

    def answer(self) -> Decision | None:
        """A tone, and what is said after it; None where nothing is."""
        for _ in range(round(_UNTIL_TONE / BLOCK_SECONDS)):
            self._block()
        self._mixer.play(tone("question", self._duplex.rate), self._mixer.position, Priority.CHATTER)
        for _ in range(round(_PATIENCE / BLOCK_SECONDS)):
            for decision in self._block():
                return decision
        return None

    def _block(self) -> list[Decision]:
        at = self._mixer.position / self._mixer.rate
        heard = self._duplex.exchange(self._mixer.next())
        if not len(heard.mic):
            return []
        self._ear.saying(self._mixer.line, at)
        found = self._ear.feed(heard.mic, heard.played, heard.at, heard.leap)
        return [it for it in found if isinstance(it, Decision)]


def teach(conversation: Conversation, learned: Learned, asked: Sequence[str]) -> bool:
    """The lesson about the phrases that are `asked`; False where it was ended by silence."""
    language = learned.language
    conversation.say(language.line("lesson.begin"))
    conversation.say(language.line("lesson.how", count=len(asked)))
    silences = 0
    for phrase in [*asked] * TIMES:
        line = language.line("lesson.say", phrase=phrase)
        for _ in range(_TRIES):
            conversation.say(line)
            decision = conversation.answer()
            silences = 0 if decision is not None else silences + 1
            if silences == _SILENCES:
                return False
            if decision is None:
                line = language.line("lesson.nothing", phrase=phrase)
            elif learned.take(phrase, decision):
                break
            elif language.order(decision.text) is not None:
                line = language.line("lesson.other", heard=decision.text, phrase=phrase)
            else:
                line = language.line("lesson.again", phrase=phrase)
        else:
            conversation.say(language.line("lesson.left_out"))
    return True
