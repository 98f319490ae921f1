"""Puts the parts together for one workout: what a live run, a render and a demo have in common."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from coach import language, speech_models
from coach.dialogue.names import exercise_phrases
from coach.ear import own_voice
from coach.ear.cancel.front import Front
from coach.ear.ear import Ear
from coach.ear.own_voice import OwnVoice
from coach.ear.proof import proved
from coach.ear.recognizer import SpeechModel
from coach.ear.verifier import Verifier
from coach.ear.vocabulary import Vocabulary
from coach.errors import CoachError, ModelTrouble, NotFound
from coach.language import Language
from coach.language.commands import Command, Order
from coach.language.delivery import Pace
from coach.own import paths, phrases
from coach.own.settings import Settings
from coach.routine.equipment import spelled
from coach.routine.importers.equipment import known as in_our_words
from coach.routine.model import Routine
from coach.session.bands import Bands
from coach.session.directives import Say
from coach.session.modes import Manner, Offer
from coach.session.orders import obey
from coach.session.plan import Choice, Plan, make_plan
from coach.session.script import Script
from coach.session.session import Session
from coach.session.tailoring import TODAY, Today, limited
from coach.voice.ahead import Quick
from coach.voice.cache import Voice

_STRIDE = 600.0
"""Seconds of a rehearsal at a time."""


class Speaker(Quick, Protocol):
    """A voice: text to clips, the same length each time."""

    def seconds(self, text: str, pace: Pace = Pace.TALK) -> float:
        """How long it takes to say."""
        ...


class Studio:
    """One athlete's settings and language, and the parts made by them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._loading = threading.Lock()
        self._loaded: SpeechModel | None = None
        self._nothing_hears: CoachError | None = None
        own = phrases.load() | ({settings.wake: Command.WAKE} if settings.wake else {})
        self.bands = Bands.written({"mini band": settings.mini_bands, "long band": settings.long_bands})
        spoken = phrases.spoken_by(language.load(settings.language), own)
        self.language: Language = phrases.naming(spoken, self.bands.names)

    @property
    def manner(self) -> Manner:
        """How the settings want the athlete to be coached."""
        chosen = self.settings
        return Manner(
            settle=float(chosen.settle),
            verbosity=chosen.verbosity,
            volume=chosen.volume / 100,
            ask_effort=chosen.ask_effort,
            presence=chosen.presence,
            pacing=chosen.pacing,
            count_at=chosen.count_at,
            bands=self.bands,
            kit=tuple(in_our_words(thing) or thing for each in chosen.equipment.split(",") if (thing := spelled(each))),
            rate=chosen.rate,
            pitch=chosen.pitch,
            voice=chosen.voice,
        )

    def voice(self, rate: int, name: str = "") -> Voice:
        """The coach's voice, at the loudspeaker's `rate` in samples a second; `name`: instead of the chosen one."""
        chosen = self.settings
        return Voice(
            rate,
            voice=name or chosen.voice or self.language.voice,
            talk=chosen.rate,
            count=chosen.count_rate,
            pitch=chosen.pitch,
        )

    def spoken_in(self, routine: Routine) -> Language:
        """The language with the names of a workout's exercises in it."""
        return replace(self.language, phrases={**exercise_phrases(self.language, routine), **self.language.phrases})

    def session(
        self,
        routine: Routine,
        voice: Speaker,
        choices: Mapping[int, Choice] | None = None,
        offer: Offer | None = None,
        notices: Sequence[str] = (),
        so_far: str = "",
        today: Today = TODAY,
    ) -> Session:
        """A session of this routine, all of whose lines are being prepared in the background.

        `notices` are said before everything else, `so_far` when the athlete asks how they are doing.
        """
        plan = limited(make_plan(routine, choices), today.kept)
        lines = self.lines(plan, offer)

        def tuned(manner: Manner) -> bool:
            try:
                voice.tune(voice=manner.voice or self.language.voice, talk=manner.rate, pitch=manner.pitch)
            except CoachError:
                return False
            voice.prepare(lines)
            return True

        def seconds(text: str, pace: Pace) -> float:
            return voice.seconds(self.language.speakable(text), pace)

        script = Script(self.spoken_in(routine), plan, notices, so_far, announced=today.announced)
        session = Session(plan, script, seconds, self.manner, offer, tuned)
        voice.prepare(lines)
        return session

    def lines(self, plan: Plan, offer: Offer | None = None) -> list[tuple[str, Pace]]:
        """What will be said if nobody says anything, in order: the workout run through in no time at all."""
        rehearsal = Session(plan, Script(self.language, plan), lambda text, pace: 0.0, self.manner, offer)
        lines: dict[tuple[str, Pace], None] = {}
        while not rehearsal.finished:
            for directive in rehearsal.advance(rehearsal.now + _STRIDE):
                if isinstance(directive, Say):
                    lines[self.language.speakable(directive.text), directive.pace] = None
            if rehearsal.waiting:
                said = Command.DONE if rehearsal.self_paced else Command.READY
                obey(rehearsal, Order(said), rehearsal.now)
        return list(lines)

    def ear(self, vocabulary: Vocabulary | None = None, front: Front | None = None) -> Future[Ear]:
        """An ear in the making: its model is loaded while the coach already speaks."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="ear")
        try:
            return pool.submit(self.make_ear, vocabulary, front)
        finally:
            pool.shutdown(wait=False)

    @cached_property
    def model(self) -> Path:
        """The speech model's folder. Raises NotFound or PartMissing."""
        return speech_models.best(self.settings.model)

    def replace_model(self) -> ModelTrouble | None:
        """Let the built-in speech model serve where the chosen one is not there, or cannot be loaded. Returns what the
        athlete is to be told. Where no model can serve, making an ear says so.

        A model that is new, or has changed, is loaded once by another process for it: some seconds.
        """
        self._nothing_hears = None
        try:
            trouble = self._trouble_with_model()
            if trouble is not None:
                self.model = speech_models.built_in()
                self._trouble_with_model()
        except CoachError as error:
            self._nothing_hears = error
            return None
        return trouble

    def _trouble_with_model(self) -> ModelTrouble | None:
        try:
            model = self.model
        except NotFound as missing:
            sentence = f"{missing.sentence.rstrip('.')}; the built-in one serves."
            return ModelTrouble(sentence, missing.hint, kind="missing", model=Path(self.settings.model).name)
        if proved(model, paths.cache()):
            return None
        if model == speech_models.built_in():
            raise NotFound("The built-in speech model is damaged.", "Install the coach anew.")
        return ModelTrouble(
            f"The speech model {model.name} is damaged; the built-in one serves.",
            f"To repair it: coach models install {model.name}",
            kind="damaged",
            model=model.name,
        )

    def replace_unheard_wake(self) -> CoachError | None:
        """Let the language's own wake phrase serve where the speech model has no such word as the chosen one: without
        it nothing would count but "stop". Returns what the athlete is to be told. The model has to be whole.
        """
        wake = self.settings.wake
        try:
            unheard = self._speech().unknown([wake]) if wake else set()
        except CoachError:
            return None  # nothing is heard at all, which is told elsewhere
        if not unheard:
            return None
        own = self.language.phrase(Command.WAKE)
        self.settings = replace(self.settings, wake=own)
        words = ", ".join(f'"{word}"' for word in sorted(unheard))
        return NotFound(f'The coach cannot hear {words} of the setting wake: "{wake}".', f'"{own}" calls it today.')

    def set_aside_damaged_voice(self) -> CoachError | None:
        """Move away what was learned of the athlete's voice where it cannot be read; what they are to be told."""
        try:
            self._learned()
        except CoachError as damaged:
            with suppress(CoachError):
                own_voice.set_aside(paths.own_voice())
            return damaged
        return None

    def _learned(self) -> OwnVoice | None:
        return OwnVoice.read(paths.own_voice()) if self.settings.own_voice else None

    @cached_property
    def verifier(self) -> Verifier | None:
        """As made below; None also where it cannot serve: then the decoders alone decide."""
        with suppress(CoachError):
            return self.make_verifier()
        return None

    def make_verifier(self) -> Verifier | None:
        """The second opinion, with what was learned of the athlete's voice; None where there is none in the language.
        Raises CoachError where it is damaged, or would compute wrongly.
        """
        heads = speech_models.verifier(self.language.code)
        learned = None
        with suppress(CoachError):  # who is to know of it asks before
            learned = self._learned()
        return Verifier(heads, learned) if heads else None

    def commands(self, routine: Routine | None = None) -> Vocabulary:
        """What an ear has to know in a workout: of this routine, or of any."""
        spoken = self.spoken_in(routine) if routine is not None else self.language
        return Vocabulary.of(spoken, self.settings.wake)

    def make_ear(self, vocabulary: Vocabulary | None = None, front: Front | None = None) -> Ear:
        """The ear, with its model loaded: a tenth of a second to some. Raises NotFound or PartMissing.

        `vocabulary`: what it is to understand, where that is not the commands of any workout; `front`: as in Ear.
        """
        vocabulary = vocabulary or self.commands()
        return Ear(self._speech(), vocabulary, self.verifier, front)

    def _speech(self) -> SpeechModel:
        """The speech model, loaded once for all the ears that follow each other, or listen side by side."""
        with self._loading:
            if self._nothing_hears is not None:  # loading it might end the whole program
                raise self._nothing_hears
            if self._loaded is None or self._loaded.path != self.model:
                self._loaded = SpeechModel(self.model)
            return self._loaded
