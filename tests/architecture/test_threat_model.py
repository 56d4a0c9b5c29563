"""Every mitigation in docs/threat-model.md names a file and a test, and both exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/threat-model.md"
ROW = re.compile(r"^\|[^|]+\|[^|]+\| `(?P<file>[^`]+)` \| `(?P<test>[^`]+)` \|$", re.MULTILINE)
KEY = re.compile(r"`([a-z]+(?:\.[a-z0-9]+)+)`")
LEAST_ROWS = 25


def missing(document: str) -> list[str]:
    """List what a document names and the repository does not have."""
    found = []
    for row in ROW.finditer(document):
        path, _, function = row["test"].partition("::")
        if not (ROOT / row["file"]).is_file():
            found.append(row["file"])
        if not (ROOT / path).is_file() or (function and f"def {function}(" not in (ROOT / path).read_text()):
            found.append(row["test"])
    return found


def test_every_mitigation_names_a_file_and_a_test_that_exist() -> None:
    document = DOCUMENT.read_text()
    table = document.split("## Mitigations")[1].split("\n## ")[0]

    assert len(ROW.findall(document)) == len(re.findall(r"^\| (?!threat )[^-]", table, re.MULTILINE)) >= LEAST_ROWS
    assert missing(document) == []


def test_every_limit_is_told_by_a_text_that_exists() -> None:
    limits = DOCUMENT.read_text().split("## What is not protected")[1]
    words = (ROOT / "helpline/words/catalogues/person.en.po").read_text()
    keys = [key for key in KEY.findall(limits) if "/" not in key]

    assert len(keys) >= 5
    assert [key for key in keys if f'msgid "{key}"' not in words] == []


def test_a_file_or_a_test_that_is_gone_is_noticed() -> None:
    row = "| a | b | `helpline/nowhere.py` | `tests/architecture/test_threat_model.py::test_of_nothing` |"

    assert missing(row) == ["helpline/nowhere.py", "tests/architecture/test_threat_model.py::test_of_nothing"]
