"""What every page of ours has around its body."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def document(language: str, title: str, style: str, body: Iterable[str]) -> str:
    """A page that needs no other file; `title` is plain text and its first heading, `body` what follows it, in HTML."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>\n{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{escape(title)}</h1>",
            *body,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )
