"""When enough of an utterance was heard: it is quiet, or goes on for too long, or its words have settled."""

from __future__ import annotations

from collections.abc import Callable

from coach.ear.endpoint import Endpointer
from coach.ear.utterance import OngoingUtterance
from coach.ear.vocabulary import Vocabulary

_STEADY, _STEADY_ELSE = 0.06, 0.25
"""Seconds for which a partial result has to stay the same before it is acted on: "stop", and what else is urgent, of
which many sentences begin ("waiting for", "that hearse")."""
_SURE_HANGOVER = 0.15
"""Seconds of silence after a phrase that nothing longer begins with."""
_SETTLED = 0.6
"""Seconds for which a phrase has to stay the same to be decided although it is not quiet."""
_SURE_SETTLED = 0.4
"""The same for one that nothing longer begins with, where nobody talks: rooms and music go on after the word."""
_GOING_ON_SETTLED = 1.0
"""The same where speech goes on: what the grammar makes of it comes late, and it is then no phrase."""
_CALL_SETTLED = 1.2
"""The same for the wake phrase: the first word after it, in one breath, takes its time to be recognised."""
_PATIENCE = 2.0
"""Seconds for which an utterance that has lasted its longest may go on while new words are heard in it."""


def is_quiet(utterance: OngoingUtterance, ends: Endpointer, vocabulary: Vocabulary) -> bool:
    """It has been quiet for as long as the words so far ask for."""
    return ends.quiet_for >= (_SURE_HANGOVER if vocabulary.is_whole(utterance.partial) else ends.rules.hangover)


def is_too_long(utterance: OngoingUtterance, ends: Endpointer) -> bool:
    """Music and other people's talk keep it open for ever."""
    longest = ends.rules.longest
    if utterance.partial and utterance.same_for < _SETTLED:
        longest += _PATIENCE
    return ends.open_for >= longest


def is_settled(utterance: OngoingUtterance, vocabulary: Vocabulary, noise: float, talks: Callable[[], bool]) -> bool:
    """A phrase was heard, and nothing more since. `noise`: the mean square of the room; `talks`: whether people talk in
    it."""
    phrase = vocabulary.phrase_in(utterance.partial)
    if not phrase:
        return False
    if utterance.partial == vocabulary.wake:
        return utterance.same_for >= _CALL_SETTLED
    if utterance.same_for < _SURE_SETTLED:
        return False
    if not vocabulary.is_shout(phrase) and utterance.goes_on(noise):
        return utterance.same_for >= _GOING_ON_SETTLED
    sure = vocabulary.is_whole(utterance.partial) and not talks()
    return utterance.same_for >= (_SURE_SETTLED if sure else _SETTLED)


def is_steady(utterance: OngoingUtterance, vocabulary: Vocabulary) -> bool:
    """What is heard so far has stayed the same for long enough to be acted on at once."""
    return utterance.same_for >= (_STEADY if utterance.partial == vocabulary.always else _STEADY_ELSE)
