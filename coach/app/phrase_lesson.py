"""`coach phrases teach`: a phrase of the athlete's own, taken up by voice. No screen is needed."""

from __future__ import annotations

from collections.abc import Callable

from coach.app.learning import Show, conversing
from coach.app.lesson import Conversation
from coach.app.parts import Studio
from coach.app.teaching import command_for, known_for, object_to
from coach.ear.decision import Decision
from coach.ear.recognizer import UNKNOWN, SpeechModel
from coach.ear.vocabulary import Vocabulary
from coach.errors import CoachError
from coach.language import Language
from coach.language.commands import Command
from coach.own import phrases, settings

ANY_WORDS = Vocabulary(phrases=())
"""An ear that waits for phrases takes the first words of a longer one for the whole."""
_TRIES = 6
"""Answers, until the coach gives up."""
_SILENCES = 2
"""In a row, until the lesson ends."""


def learn_phrase(meaning: str, show: Show) -> None:
    """Ask for a phrase for a command, which is named or said, and keep it; each line is shown, too.

    Raises CoachError, and keeps nothing then: no such command, no microphone, no phrase that will do.
    """
    studio = Studio(settings.load())
    command = command_for(meaning, studio.language)
    knows = SpeechModel(studio.model).knows
    with conversing(studio, studio.make_ear(ANY_WORDS), show) as conversation:
        if not teach_phrase(conversation, command, studio.language, knows):
            raise CoachError("No phrase was kept.", f'To type one: coach phrases add "move on" {command.value}')


def teach_phrase(
    conversation: Conversation, command: Command, language: Language, knows: Callable[[str], bool]
) -> bool:
    """Ask for a phrase until the same words were heard twice running, and keep it; False where that came to nothing.

    `language` has the athlete's own phrases in it; `knows` as in check_phrase.
    """
    spoken = language.phrase(command)
    line = language.line("phrase_lesson.ask", command=spoken)
    candidate, silences = "", 0
    for _ in range(_TRIES):
        conversation.say(line)
        decision = conversation.answer()
        silences = 0 if decision is not None else silences + 1
        if silences == _SILENCES:
            conversation.say(language.line("phrase_lesson.ended"))
            return False
        heard = _words(decision) if decision is not None else ""
        if decision is None:
            line = language.line("phrase_lesson.nothing")
        elif not heard:
            line = language.line("phrase_lesson.unclear")
        elif heard == candidate:
            phrases.keep(heard, command)
            conversation.say(language.line("phrase_lesson.done", heard=heard, command=spoken))
            return True
        elif refusal := _refusal(heard, command, language, knows):
            line, candidate = refusal, ""
        else:
            line = language.line(f"phrase_lesson.{'different' if candidate else 'twice'}", heard=heard)
            candidate = heard
    conversation.say(language.line("phrase_lesson.given_up"))
    return False


def _words(decision: Decision) -> str:
    """All that was said, by the decoder that may hear any word; "" where a part of it was no word."""
    words = decision.utterance.opinion.words if decision.utterance is not None else ""
    return "" if UNKNOWN in words else words


def _refusal(heard: str, command: Command, language: Language, knows: Callable[[str], bool]) -> str | None:
    """The line that says why these words will not do; None where they will."""
    if heard in known_for(command, language):
        return language.line("phrase_lesson.known", heard=heard)
    objection = object_to(heard, command, language, knows)
    if objection is None:
        return None
    if objection.better:
        return language.line("phrase_lesson.refused_better", reason=objection.reason, better=objection.better[0])
    return language.line("phrase_lesson.refused", reason=objection.reason)
