"""What a shell completes: names of routines, exercises, commands, phrases, settings and models. Never a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Offer = list[tuple[str, str]]
"""Words to choose from, and what each is."""
Offers = Callable[[str], Offer]


def _offers(find: Callable[[], Iterable[tuple[str, str]]]) -> Offers:
    """Those of what there is that begin like what was typed. A file that cannot be read offers nothing."""

    def offer(incomplete: str) -> Offer:
        try:
            return [(name, about) for name, about in find() if name.lower().startswith(incomplete.lower())]
        except Exception:
            return []

    return offer


@_offers
def routines() -> Iterable[tuple[str, str]]:
    """Every routine's name, with its title."""
    from coach.routine.library import Library

    return [(listing.slug, listing.title) for listing in Library().routines()]


@_offers
def exercises() -> Iterable[tuple[str, str]]:
    """Every family and every variant."""
    from coach.routine.library import Library

    families = Library().families.values()
    return [pair for f in families for pair in ((f.name, "a family"), *((v.name, f.name) for v in f.variants))]


@_offers
def commands() -> Iterable[tuple[str, str]]:
    """Every command, with what it does."""
    from coach import language

    return language.load().effects.items()


@_offers
def own_phrases() -> Iterable[tuple[str, str]]:
    """The athlete's own phrases, with what they mean."""
    from coach.own import phrases

    return [(phrase, command.value) for phrase, command in phrases.load().items()]


@_offers
def settings() -> Iterable[tuple[str, str]]:
    """Every setting, with its meaning."""
    from coach.own.settings import TABLE

    return [(setting.name, setting.meaning) for setting in TABLE]


@_offers
def models() -> Iterable[tuple[str, str]]:
    """Every speech model and every voice that can be fetched."""
    from coach import speech_models
    from coach.speech_models import voices

    models = [(entry.name, entry.good_for) for entry in speech_models.catalogue()]
    return [*models, *((entry.name, entry.good_for) for entry in voices.catalogue())]
