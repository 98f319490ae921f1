"""After a workout: another one, or the end."""

from __future__ import annotations

from coach.dialogue.dialogue import Dialogue, Meaning
from coach.language import Language
from coach.session.modes import Manner
from coach.session.score import Measure
from coach.session.timeline import Tuned


class Another(Dialogue):
    """Asked once; silence means no. `wanted` has the answer when it is over."""

    def __init__(
        self,
        language: Language,
        measure: Measure,
        *,
        manner: Manner | None = None,
        tuned: Tuned = lambda manner: True,
    ) -> None:
        super().__init__(language, measure, manner, tuned)
        self.phrases = {
            phrase: Meaning(what) for what, phrases in language.talks["another"].items() for phrase in phrases
        }
        self.wanted = False
        self.ask(0.3, self.line("menu.another"), silence=self.leave)

    def obey(self, at: float, meaning: Meaning) -> None:
        """As in Dialogue."""
        self.wanted = meaning.what == "yes"
        self.end(at, *([] if self.wanted else [self.line("menu.goodbye")]))
