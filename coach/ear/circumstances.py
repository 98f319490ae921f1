"""What is known around an utterance: the coach's lines and echo, other people's talk, gaps, and when it was called."""

from __future__ import annotations

from dataclasses import replace

from coach.ear.cancel.delay import LONGEST
from coach.ear.cancel.front import Front
from coach.ear.decide.judge import Utterance
from coach.ear.decide.surroundings import Surroundings
from coach.ear.decide.thresholds import Thresholds
from coach.ear.lines import SpokenLines
from coach.ear.recognizer import Transcript
from coach.ear.utterance import OngoingUtterance
from coach.ear.vocabulary import Vocabulary

_CLEAR = 20.0
"""dB by which the athlete stands above a coach who is not heard at all: see Utterance."""
_NEVER = -60.0


class Circumstances:
    """All times are seconds on the ear's clock."""

    def __init__(self, front: Front, thresholds: Thresholds, vocabulary: Vocabulary) -> None:
        self._front, self._thresholds, self._vocabulary = front, thresholds, vocabulary
        self.forget()

    def forget(self) -> None:
        """The clock has been set back: another recording begins."""
        self.called = self.command_ended = self.gap_at = _NEVER
        self.lines = SpokenLines()
        self.people = Surroundings(self._thresholds.company)

    def said_by_the_coach(self, since: float) -> str:
        """The coach's words that may be in what was heard since then; "" where it was silent, or is not heard."""
        return "" if self._front.no_echo else self.lines.since(since - self._front.latest)

    def is_mostly_the_coach(self, ongoing: OngoingUtterance, begun: float) -> bool:
        """Whether what sounded since `begun` may be hardly more than what is left of the coach."""
        if not self.said_by_the_coach(begun):
            return False
        over_coach = ongoing.over_coach
        return not self._front.echo_known or over_coach is None or over_coach < self._thresholds.own_words

    def may_be_the_coach(self, utterance: Utterance) -> bool:
        """Whether it may be what is left of the coach's own words."""
        is_soft = utterance.over_echo < self._thresholds.over_echo
        return bool(utterance.coach_says) and (is_soft or utterance.echoes)

    def evidence(
        self,
        heard: Transcript,
        opinion: Transcript,
        ongoing: OngoingUtterance,
        begun: float,
        power: float,
        quiet_for: float,
        now: float,
    ) -> Utterance:
        """What speaks for these words and against them, of an utterance that began at `begun`, with this mean square,
        and has been over for `quiet_for` seconds."""
        over_coach = ongoing.over_coach
        if over_coach is None:
            over_coach = self._front.residue.over_coach
        evidence = Utterance(
            heard,
            opinion,
            over_echo=_CLEAR if self._front.no_echo else over_coach,
            coach_says=self.said_by_the_coach(begun),
            coach_said=self.lines.since(begun - LONGEST),
            echo_known=self._front.echo_known,
            talk_before=begun - self.people.talk_ended,
            speech_before=begun - self.people.speech_ended,
            among_talk=self.people.talks(now),
            over_company=self.people.louder(power),
            over_room=self.people.over_room(now, power),
            since_called=begun - self.called,
            since_gap=min(begun, now) - self.gap_at,  # the clock may have gone back since it began
        )
        finder = self._front.finder
        if finder.astray or (finder.unseen and evidence.own and evidence.coach_says):
            evidence = replace(evidence, since_gap=0.0)  # sound was missed, and nobody has told
        # What is urgent costs little to take back, and is looked at more closely only where the coach may have said it.
        urgent = heard.text in self._vocabulary.urgent
        if urgent and not (evidence.own or finder.astray or evidence.in_pieces):
            return evidence
        after = not evidence.coach_says and not evidence.own
        return replace(evidence, echoes=self._echoes(heard, ongoing, quiet_for, now, after=after))

    def _echoes(
        self, heard: Transcript, ongoing: OngoingUtterance, quiet_for: float, now: float, *, after: bool
    ) -> bool:
        """Whether what is heard was played, at a delay of which the cancellers know nothing; or the words were, at any:
        where sound was missed, nothing but a short stretch of it stands at one delay, and the cancellers fail at all.
        """
        finder = self._front.finder
        delay = finder.traced(ongoing.sound, quiet_for, after=after)
        if delay is not None and not self._front.takes_out(delay):
            return True
        ended = now - heard.end - ongoing.clock(now)
        return finder.was_played(ongoing.stretch(heard), max(0.0, ended), after=after)
