"""What a workout and the talks around it share: devices, voice, display, keys; and a talk carried out on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from coach.app.endings import Ending
from coach.app.hearing import Hearing
from coach.app.log import Log
from coach.app.loop import Loop, Reopens
from coach.app.notices import Notices
from coach.app.onlookers import NOBODY, Following, Sink
from coach.app.parts import Speaker, Studio
from coach.audio.clip import Duplex, Heard
from coach.audio.ducking import Ducking, WhileSpeaking
from coach.audio.players import Outcome, Players
from coach.dialogue.dialogue import Dialogue
from coach.ear.cancel.front import Front
from coach.ear.decision import Decision
from coach.ear.vocabulary import Vocabulary
from coach.errors import CoachError
from coach.language import plain_words
from coach.language.commands import Command
from coach.language.delivery import Pace
from coach.session import events
from coach.session.events import By
from coach.session.modes import Manner
from coach.terminal.captions import Display
from coach.terminal.keys import Entered, Keys

_KEYS = frozenset({Command.YES, Command.NO, Command.HELP, Command.REPEAT, Command.END, Command.READY})
"""What single keys mean in a talk, where they mean several things."""

_OFFERED = (Command.YES, Command.NO, Command.REPEAT, Command.END)
"""What a screen offers while one goes on."""


@dataclass
class Stage:
    """All that is opened once, however many workouts follow each other."""

    studio: Studio
    notices: Notices
    duplex: Duplex
    reopens: Reopens | None
    voice: Speaker
    display: Display
    keys: Keys
    write: Sink
    """What takes events: --events."""
    log: Log
    """What takes how well it hears: --log."""
    ducking: Ducking | None = None
    """What lowers others' music."""
    players: Players | None = None
    """What pauses it; None where the settings leave music alone."""
    front: Front = field(default_factory=Front)
    """What the ears have learned of the echo: each goes on with what the one before it knew."""

    def begin(self) -> None:
        """Let the clock begin at 0 for a workout, or for a talk. Where the devices have changed since the last one,
        nothing is known of the echo any more.
        """
        if not self.duplex.begin():
            self.front = Front()

    def open_ear(self, vocabulary: Vocabulary | None = None) -> Hearing | None:
        """An ear in the making, as the function below; None without a microphone. One that takes its place when it
        fails begins from nothing.
        """
        known = [self.front]

        def front() -> Front:
            self.front = known.pop() if known else Front()
            return self.front

        return open_ear(self.studio, self.notices, vocabulary, front) if self.duplex.hears else None

    def music(self, plays: bool, mention: Callable[[str], None] | None = None) -> None:
        """Pause others' music, or let it play again. What is to be said of that, by the key of its line, comes later to
        `mention`, or among the notices.
        """
        mention = mention or self.notices.mention
        if self.players is None:
            mention("music.left_alone")
            return

        def told(outcome: Outcome) -> None:
            if outcome != "done":
                mention(f"music.{outcome}")

        self.players.play(plays, told)

    def lowers(self, line: Callable[[], str | None]) -> list[Callable[[float], None]]:
        """What has to be told the time, so that music is low while there is a line."""
        return [WhileSpeaking(self.ducking, line)] if self.ducking is not None else []

    def music_back(self) -> None:
        """Give others' music back."""
        if self.ducking is not None:
            self.ducking.lower(False)

    def seconds(self, text: str, pace: Pace = Pace.TALK) -> float:
        """How long a line takes to say."""
        return self.voice.seconds(self.studio.language.speakable(text), pace)

    def tune(self, manner: Manner) -> bool:
        """Let the voice sound otherwise; false where it cannot."""
        try:
            voice = manner.voice or self.studio.language.voice
            self.voice.tune(voice=voice, talk=manner.rate, pitch=manner.pitch)
        except CoachError:
            return False
        return True

    @property
    def deaf(self) -> bool:
        """Nobody can answer: there is no microphone, and nothing will be typed any more."""
        return not self.duplex.hears and self.keys.over


class Talking(Loop[Dialogue]):
    """A dialogue, carried out."""

    def __init__(
        self,
        dialogue: Dialogue,
        voice: Speaker,
        duplex: Duplex,
        *,
        hearing: Hearing | None = None,
        given: Callable[[], Sequence[Entered]] = tuple,
        unknown: Callable[[str], None] = lambda text: None,
        following: Following = NOBODY,
        reopens: Reopens | None = None,
    ) -> None:
        """`given`: what was typed since the last call; `unknown` is told what of it means nothing."""
        language = dialogue.language
        super().__init__(dialogue, voice, duplex, language, hearing=hearing, following=following, reopens=reopens)
        self._given, self._unknown = given, unknown
        self.probe: Callable[[Heard], None] = lambda heard: None
        """Is given all that is heard."""

    def take_entered(self) -> None:
        """As in Loop."""
        for text, by in self.onlookers.entered(self._given):
            if not self._hear(text, by):
                self._unknown(text)

    def expected_phrases(self) -> frozenset[str]:
        """As in Loop."""
        return self.session.expects()

    def listen(self, heard: Heard) -> None:
        """As in Loop."""
        self.probe(heard)
        super().listen(heard)

    def decide(self, decision: Decision) -> None:
        """As in Loop."""
        self.onlookers.judged(decision)
        meaning = self.session.meaning(decision.text) if decision.accepted else None
        self.publish(
            events.HeardSpeech(
                at=decision.decided,
                text=decision.text,
                command=meaning.what if meaning else None,
                accepted=meaning is not None,
                reason=decision.reason,
                speech_end=decision.end,
            )
        )
        if meaning is not None:
            self._hear(decision.text, "voice")
        elif decision.unanswered:
            self.session.tone("not_understood", self.now)

    def _hear(self, text: str, by: By) -> bool:
        meaning = self.session.meaning(text)
        if meaning is not None:
            typed = None if by == "voice" else plain_words(text)
            number = meaning.n or None
            self.publish(events.CommandGiven(at=self.now, command=meaning.what, number=number, by=by, text=typed))
        return self.session.hear(self.now, text)


def prove_model(studio: Studio, notices: Notices) -> None:
    """Let another speech model, or another wake phrase, serve where the chosen one cannot, and say so."""
    if trouble := studio.replace_model():
        notices.tell(trouble, f"device.model_{trouble.kind}", model=trouble.model)
    chosen = studio.settings.wake
    if unheard := studio.replace_unheard_wake():
        notices.tell(unheard, "device.wake_unheard", chosen=chosen, phrase=studio.settings.wake)


def open_ear(
    studio: Studio, notices: Notices, vocabulary: Vocabulary | None = None, front: Callable[[], Front] = Front
) -> Hearing:
    """An ear in the making. That there can be none is told and spoken; nothing waits for that. `vocabulary`: what it is
    to understand, where that is not the workout's commands; `front`: what it is to know of the echo.
    """
    prove_model(studio, notices)
    if damaged := studio.set_aside_damaged_voice():
        notices.tell(damaged, "device.own_voice_damaged")
    failed = notices.unforeseen("device.no_ear")
    return Hearing(lambda: studio.ear(vocabulary, front()), failed, lambda: notices.mention("device.hears_again"))


def hold(stage: Stage, dialogue: Dialogue, probe: Callable[[Heard], None] = lambda heard: None) -> None:
    """Carry a dialogue out to its end, or until nobody can answer any more, or a signal ends the program. `probe` as in
    Talking.
    """

    def entered() -> list[Entered]:
        came = stage.keys.poll(_KEYS)
        stage.display.typing(stage.keys.typed)
        return came

    stage.begin()
    hearing = stage.open_ear(understood(dialogue))
    stage.display.offer(_OFFERED)
    talk = Talking(
        dialogue,
        stage.voice,
        stage.duplex,
        hearing=hearing,
        given=entered,
        unknown=stage.display.unknown,
        following=Following(
            sinks=[stage.write, stage.display.show],
            speaking=stage.display.speaking,
            ticking=[stage.display.tick, *stage.lowers(lambda: talk.mixer.line)],
            music=stage.music,
            news=stage.notices.taken,
            failed=stage.notices.unforeseen(),
        ),
        reopens=stage.reopens,
    )
    talk.probe = probe
    ending = Ending()
    with ending.watched():
        talk.run(until=lambda: ending.wanted or (dialogue.asking and stage.deaf))
    stage.music_back()
    stage.duplex = talk.duplex


def understood(dialogue: Dialogue) -> Vocabulary:
    """What the ear of a dialogue has to know. Its grammar holds which word follows which: the last of each phrase is
    followed once by each of those that people say after one.
    """
    phrases = (*dialogue.phrases, *dialogue.beside)
    always = dialogue.language.always
    last = {said.split()[-1]: said for said in phrases if said != always}
    return Vocabulary(
        phrases=(*phrases, *(f"{said} {after}" for said in last.values() for after in dialogue.wording.after)),
        urgent=frozenset({always}.intersection(phrases)),
        always=always,
        meanings=dialogue.meaning,
        wording=dialogue.wording,
        code=dialogue.language.code,
    )
