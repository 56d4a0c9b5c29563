"""The request that docs/architecture.md follows goes through files and functions that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
DOCUMENT: Final = ROOT / "docs/architecture.md"
STEP: Final = re.compile(r"^\|[^|]+\| `(?P<file>[\w./-]+)` \| `(?P<function>[#\w]+)` \|$", re.MULTILINE)
FILE: Final = re.compile(r"`((?:helpline|static|tests|rota)/[\w./-]+\.\w+)`")
LEAST_STEPS: Final = 30


def defines(path: Path, function: str) -> bool:
    """Tell whether a file defines a function of this name: Python's `def`, or a method or function in JavaScript."""
    name = re.escape(function)
    form = rf"def {name}\(" if path.suffix == ".py" else rf"^\s*(?:export |static |async |function )*{name}\(.*\{{$"
    return re.search(form, path.read_text(encoding="utf-8"), re.MULTILINE) is not None


def missing(document: str) -> list[str]:
    """List the files that are not there, and the functions that are in none."""
    files = {name for name in FILE.findall(document) if not (ROOT / name).is_file()}
    steps = [(ROOT / step["file"], step["function"]) for step in STEP.finditer(document)]
    gone = [(path.name, name) for path, name in steps if path.is_file() and not defines(path, name)]
    return sorted(files) + [f"{path}: {name}" for path, name in gone]


def test_every_step_names_a_file_and_a_function_that_exist():
    document = DOCUMENT.read_text(encoding="utf-8")

    assert len(STEP.findall(document)) >= LEAST_STEPS
    assert missing(document) == []


def test_a_step_through_nowhere_is_seen():
    assert missing("| a | `helpline/nowhere.py` | `join` |") == ["helpline/nowhere.py"]
    assert missing("| a | `helpline/usecases/waiting.py` | `wander` |") == ["waiting.py: wander"]
    assert missing("| a | `static/person/outbox.js` | `#wander` |") == ["outbox.js: #wander"]
