"""Writes the README's tables anew from what they describe. To be run after a change of a phrase or a setting."""

from __future__ import annotations

import re
from pathlib import Path

from coach import language, settings
from coach.language import table

README = Path(__file__).parents[1] / "README.md"


def current(text: str) -> str:
    """The README's text with every table as it should be."""
    for name, made in (("commands", table.as_markdown(language.load())), ("settings", settings.as_markdown())):
        begin, end = f"<!-- {name}, made by tools/readme.py -->\n", f"\n<!-- end of {name} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        assert len(pattern.findall(text)) == 1, f"the README should have one table of {name}"
        text = pattern.sub(lambda _, table=f"{begin}{made}{end}": table, text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    README.write_text(current(README.read_text(encoding="utf-8")), encoding="utf-8")
