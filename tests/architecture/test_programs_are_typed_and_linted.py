"""The pages' programs hold to their types, and do nothing that a page may not do."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of node_modules in the repository."""
    tool = str(ROOT / "node_modules/.bin" / command[0])
    return subprocess.run([tool, *command[1:]], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_every_program_is_strictly_typed() -> None:
    done = run("tsc", "-p", "static/tsconfig.json")

    assert done.returncode == 0, done.stdout


def test_no_program_does_what_a_page_may_not_do() -> None:
    done = run("eslint", "--max-warnings=0", "static", "tests/js")

    assert done.returncode == 0, done.stdout


def test_a_wrong_type_is_seen(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.js"
    wrong.write_text('/** @type {number} */\nexport const minutes = "fifteen"\n', encoding="utf-8")

    done = run("tsc", "--checkJs", "--allowJs", "--noEmit", "--strict", "--types", "", str(wrong))

    assert done.returncode != 0
    assert "not assignable to type 'number'" in done.stdout
