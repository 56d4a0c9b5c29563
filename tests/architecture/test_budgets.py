"""Files and functions stay short enough to be read at once; whoever must go beyond says why here."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDERS: Final = ("helpline", "rota", "static", "tests")
SUFFIXES: Final = frozenset({".py", ".js", ".mjs", ".css"})
LEFT_OUT: Final = frozenset({"dist", "migrations", "__pycache__"})

FILE_MEDIAN: Final = 120
FILE_MOST: Final = 400
FUNCTION_MEDIAN: Final = 10
FUNCTION_MOST: Final = 60
LONGER: Final[Mapping[str, str]] = {
    "helpline/bootstrap.py: _put_together": "everything is put together in one order, and nothing is decided",
    "helpline/usecases/everything.py: over": "one use case after the other, each with its ports",
    "tests/vectors/credential_cases.py: _faults": "one case a line, read from top to bottom as a table",
    "tests/vectors/list_cases.py: list_cases": "one case a line, read from top to bottom as a table",
}


def sources(root: Path) -> Iterator[Path]:
    yield from root.glob("*.py")
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and LEFT_OUT.isdisjoint(path.relative_to(root).parts):
                yield path


def file_lengths(root: Path = ROOT) -> dict[str, int]:
    """Count the lines of every source file."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources(root)}
    return {path.relative_to(root).as_posix(): lines for path, lines in lengths.items()}


def function_lengths(root: Path = ROOT) -> dict[str, int]:
    """Count the lines of every Python function, from its `def` to its end."""
    found: dict[str, int] = {}
    for path in sources(root):
        if path.suffix == ".py":
            where = path.relative_to(root).as_posix()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    name = f"{where}: {node.name}"
                    found[name] = max(found.get(name, 0), (node.end_lineno or node.lineno) - node.lineno + 1)
    return found


def beyond(lengths: Mapping[str, int], most: int) -> set[str]:
    return {name for name, lines in lengths.items() if lines > most}


def test_half_of_the_files_are_short_and_none_is_long():
    lengths = file_lengths()

    assert median(lengths.values()) <= FILE_MEDIAN
    assert beyond(lengths, FILE_MOST) == set()


def test_half_of_the_functions_are_short_and_none_is_long():
    lengths = function_lengths()

    assert median(lengths.values()) <= FUNCTION_MEDIAN
    assert beyond(lengths, FUNCTION_MOST) == LONGER.keys()


def test_a_file_and_a_function_that_are_too_long_are_seen(tmp_path):
    (tmp_path / "helpline").mkdir()
    body = "    x = 1\n" * FILE_MOST
    (tmp_path / "helpline/long.py").write_text(f"def long():\n{body}", encoding="utf-8")

    assert beyond(file_lengths(tmp_path), FILE_MOST) == {"helpline/long.py"}
    assert beyond(function_lengths(tmp_path), FUNCTION_MOST) == {"helpline/long.py: long"}
