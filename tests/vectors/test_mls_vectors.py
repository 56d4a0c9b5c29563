"""The official MLS vectors and Wycheproof's, over both codes of our cipher suite, in Node."""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tests.vectors.table import FOLDER, MANIFEST, judge, say, show

pytestmark = pytest.mark.vectors
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("code", ["webcrypto", "noble"])
def test_every_vector_of_our_cipher_suite_passes_in_node(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["node", "tests/js/vectors/node.mjs", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]

    with capsys.disabled():
        say(show(f"Node, {code}", rows))
    judge(rows)


def test_a_row_with_a_failure_or_a_missing_case_is_not_taken() -> None:
    row = {"file": "mls/welcome.json", "passed": 1, "failed": [], "skipped": 6, "of": 7}

    for broken in (row | {"failed": ["case 0"]}, row | {"passed": 0, "skipped": 7}, row):
        with pytest.raises(AssertionError):
            judge([broken])  # the last is sound, but all the other files are missing


def test_the_files_are_those_that_the_manifest_names() -> None:
    kept = {
        (folder, name): entry["sha256_kept"] for folder, entries in MANIFEST.items() for name, entry in entries.items()
    }
    found = {
        (folder, path.name): sha256(path.read_bytes()).hexdigest()
        for folder in ("mls", "wycheproof")
        for path in (FOLDER / folder).glob("*.json")
    }

    assert found == kept


def test_the_provenance_names_every_file_and_its_hash() -> None:
    text = (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8")

    for entries in MANIFEST.values():
        for name, entry in entries.items():
            assert f"`{name}`" in text
            assert entry["sha256_source"] in text
