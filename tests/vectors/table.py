"""Shows which vectors ran: a line for each file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
MANIFEST: dict[str, dict[str, dict[str, Any]]] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
MLS_CASES = 95  # of cipher suite 1, or of none
WYCHEPROOF_CASES = 906  # of the primitives of cipher suite 1
# Beyond what the manifest says is for this project: the other key size, and lengths that HKDF does not have.
NOT_FOR_THE_PAGES = {"wycheproof/aes_gcm_test.json": 66, "wycheproof/hkdf_sha256_test.json": 3}

Row = dict[str, Any]


def _entry(file: str) -> dict[str, Any]:
    folder, name = file.split("/")
    return MANIFEST[folder][name]


def expected(file: str) -> int:
    """Give how many cases of a file a page has to pass."""
    return int(_entry(file)["for_us"]) - NOT_FOR_THE_PAGES.get(file, 0)


def of(file: str) -> int:
    """Give how many cases a file has where it comes from."""
    return int(_entry(file)["of"])


def say(text: str) -> None:
    """Write past the test's own capture, which the caller has switched off."""
    sys.stdout.write(text + "\n")


def show(where: str, rows: list[Row]) -> str:
    """Lay the rows out as a table."""
    lines = [f"\n{where:<48} passed failed skipped    of"]
    lines += [
        f"{row['file']:<48} {row['passed']:>6} {len(row['failed']):>6} {row['skipped']:>7} {row['of']:>5}"
        for row in rows
    ]
    return "\n".join(lines)


def judge(rows: list[Row]) -> None:
    """Hold every row to what has to pass, and all of them to how many there have to be."""
    assert [(row["file"], row["failed"]) for row in rows if row["failed"]] == []
    assert {row["file"]: row["passed"] for row in rows} == {row["file"]: expected(row["file"]) for row in rows}
    assert all(row["passed"] + row["skipped"] == row["of"] for row in rows)
    assert sum(row["passed"] for row in rows if row["file"].startswith("mls/")) == MLS_CASES
    assert sum(row["passed"] for row in rows if row["file"].startswith("wycheproof/")) == WYCHEPROOF_CASES
