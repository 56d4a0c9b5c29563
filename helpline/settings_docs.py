"""Writes the table of docs/settings.md from the example that organisations copy: `python -m helpline.settings_docs`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
EXAMPLE: Final = ROOT / "config" / "helpline.example.env"
DOCUMENT: Final = ROOT / "docs" / "settings.md"
BEGIN, END = "<!-- from config/helpline.example.env: begin -->", "<!-- from config/helpline.example.env: end -->"
SETTING: Final = re.compile(r"# (HELPLINE_\w+)=(.+)")


def filled(text: str, example: str) -> str:
    """Return a document with the table between its two marks made anew. Raises ValueError without the marks."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    rows = ["| setting | such as | what it says |", "| --- | --- | --- |", *_rows(example)]
    return "\n".join((before + BEGIN, "", *rows, "", END + after))


def _rows(example: str) -> Iterator[str]:
    """Give one row for each setting: the comment above it is what it says."""
    for block in example.split("\n\n"):
        lines = block.strip().splitlines()
        said = " ".join(line.removeprefix("# ") for line in lines if not SETTING.fullmatch(line))
        for setting in filter(None, map(SETTING.fullmatch, lines)):
            yield f"| `{setting[1]}` | `{setting[2]}` | {said} |"


if __name__ == "__main__":
    written = filled(DOCUMENT.read_text(encoding="utf-8"), EXAMPLE.read_text(encoding="utf-8"))
    DOCUMENT.write_text(written, encoding="utf-8")
