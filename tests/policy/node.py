"""Run the policy's tests in Node and read what they refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("refused.md")
COLUMNS = ("attack", "refused at", "code", "then", "words out")
HEAD = """# What is refused, where, and with which code

Written by `python -m tests.policy.node`; `tests/policy/test_policy_node.py` holds it against what the tests say.
*dropped*: nobody in the group has signed it, or it is only late; nothing changes. *ended*: a member has broken the
policy; the keys are gone and the page says so. "words out" counts what she went on to write afterwards: 0 after every
refusal to join and every breach; 1 after what was only dropped, readable by the same honest members only.
"""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One run: what the tests said, how many there were by kind, and what was refused."""

    text: str
    counts: Mapping[str, int]
    rows: Sequence[Row]


def node(*arguments: str, seconds: int = 280, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Node in the repository, with `more` in its environment."""
    environment = {**os.environ, **more}
    environment.pop("NODE_TEST_CONTEXT", None)
    return subprocess.run(
        ["node", *arguments], cwd=ROOT, env=environment, timeout=seconds, capture_output=True, text=True, check=False
    )


def run_tests() -> Outcome:
    """Run every test in tests/js."""
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/js").glob("*.test.mjs"))
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder) / "rows"
        noted.touch()
        done = node("--test", "--test-reporter=tap", *files, HELPLINE_POLICY_ROWS=str(noted))
        rows = [tuple(str(cell) for cell in json.loads(line)) for line in noted.read_text("utf-8").splitlines()]
    counts = {name: int(number) for name, number in re.findall(r"^# (\w+) (\d+)$", done.stdout, re.MULTILINE)}
    return Outcome(text=done.stdout + done.stderr, counts=counts, rows=rows)


def table(rows: Sequence[Row]) -> str:
    """Lay the rows out, by place and then by attack."""
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *sorted(rows, key=lambda row: (row[1], row[0], row))]
    return HEAD + "\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(run_tests().rows), "utf-8")
