"""What can be said, as the README shows it."""

from __future__ import annotations

from coach.language import Language


def as_markdown(language: Language) -> str:
    said: dict[str, list[str]] = {}
    for phrase, order in language.phrases.items():
        said.setdefault(order.command, []).append(f'"{phrase}"')
    rows = ["| say | what happens |", "|---|---|"]
    for command, phrases in said.items():
        rows.append(f"| {', '.join(phrases)} | {language.effects[command]} |")
    return "\n".join(rows)
