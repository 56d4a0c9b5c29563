"""Documents lead where they say, the README fits one screen, and its pictures are small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
LINK: Final = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)|<img src=\"([^\"]+)\"")
SCREEN_LINES: Final = 70
PICTURE_BYTES: Final = 150_000
COMMANDS: Final = ("./run", "./test")


def documents() -> Iterator[Path]:
    yield from ROOT.glob("*.md")
    yield from (ROOT / "docs").rglob("*.md")


def leads_nowhere(document: Path) -> list[str]:
    targets = [first or second for first, second in LINK.findall(document.read_text(encoding="utf-8"))]
    return [f"{document.name}: {target}" for target in targets if not (document.parent / target).exists()]


def test_every_link_leads_somewhere():
    assert [dead for document in documents() for dead in leads_nowhere(document)] == []


def test_a_dead_link_is_seen(tmp_path):
    (tmp_path / "a.md").write_text('[b](b.md), [c](https://example.org) <img src="d.png">', encoding="utf-8")

    assert leads_nowhere(tmp_path / "a.md") == ["a.md: b.md", "a.md: d.png"]


def test_the_readme_fits_one_screen_and_begins_with_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first_block = text.split("```")[1].split("\n")

    assert len(text.splitlines()) <= SCREEN_LINES
    assert tuple(line.split()[0] for line in first_block if line) == COMMANDS


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs/pictures").glob("*.png")}

    assert len(sizes) == 4
    assert {name for name, size in sizes.items() if size > PICTURE_BYTES} == set()


def test_every_decision_is_in_the_index_and_names_its_state():
    index = (ROOT / "docs/adr/README.md").read_text(encoding="utf-8")
    decisions = sorted((ROOT / "docs/adr").glob("0*.md"))

    assert [path.name for path in decisions if f"]({path.name})" not in index] == []
    assert [path.name for path in decisions if "## Context" not in path.read_text(encoding="utf-8")] == []
