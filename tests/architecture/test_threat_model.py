"""Every mitigation in docs/threat-model.md names its files and its tests, and all of them exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
DOCUMENT: Final = ROOT / "docs/threat-model.md"
LINE: Final = re.compile(r"^\| (?!threat \|)[^-].*\|$", re.MULTILINE)
NAMED: Final = r"`[^`]+`(?:, `[^`]+`)*"
ROW: Final = re.compile(rf"^\|[^|]+\|[^|]+\| (?P<files>{NAMED}) \| (?P<tests>{NAMED}) \|$", re.MULTILINE)
PATH: Final = re.compile(r"`((?:helpline|static|templates|rota|config|tests)/[^`:]+\.\w+)`")
KEY: Final = re.compile(r"`([a-z]+(?:\.[a-z0-9]+)+)`")
LEAST_ROWS: Final = 60
LEAST_KEYS: Final = 7


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def functions(path: Path) -> set[str]:
    """Give the names of a file's functions, wherever they stand in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def has_test(named: str) -> bool:
    """Tell whether a test is there: a file, a function of a Python file, or a title of a JavaScript one."""
    path, _, name = named.partition("::")
    if not (ROOT / path).is_file():
        return False
    if path.endswith(".mjs"):
        return f'test("{name}"' in (ROOT / path).read_text(encoding="utf-8")
    return not name or name in functions(ROOT / path)


def missing(document: str) -> list[str]:
    """List what a document names and the repository does not have."""
    rows = list(ROW.finditer(document))
    files = [name for row in rows for name in names(row["files"])] + PATH.findall(document)
    tests = [name for row in rows for name in names(row["tests"])]
    gone = {name for name in files if not (ROOT / name).is_file()}
    return sorted(gone) + [name for name in tests if not has_test(name)]


def mitigations() -> str:
    return DOCUMENT.read_text(encoding="utf-8").split("## Mitigations")[1].split("\n## ")[0]


def test_every_mitigation_names_files_and_tests_that_exist() -> None:
    assert missing(DOCUMENT.read_text(encoding="utf-8")) == []
    assert len(ROW.findall(mitigations())) == len(LINE.findall(mitigations())) >= LEAST_ROWS


def test_every_limit_is_told_by_a_text_that_exists() -> None:
    limits = DOCUMENT.read_text(encoding="utf-8").split("## What is not protected")[1]
    words = (ROOT / "helpline/words/catalogues/person.en.po").read_text(encoding="utf-8")
    keys = {key for key in KEY.findall(limits) if "/" not in key}

    assert len(keys) >= LEAST_KEYS
    assert [key for key in keys if f'msgid "{key}"' not in words] == []


@pytest.mark.parametrize("test", [
    "tests/architecture/test_threat_model.py::test_of_nothing",
    "tests/js/endings.test.mjs::an end that nobody has written",
    "tests/nowhere.py",
])
def test_a_file_or_a_test_that_is_gone_is_noticed(test: str) -> None:
    row = f"| a | b | `helpline/nowhere.py`, `wsgi.py` | `{test}` |"

    assert set(missing(row)) == {"helpline/nowhere.py", test}


def test_a_row_without_a_test_is_noticed() -> None:
    row = "| a threat | what is done | `wsgi.py` | we are careful |"

    assert LINE.findall(row)
    assert not ROW.findall(row)
