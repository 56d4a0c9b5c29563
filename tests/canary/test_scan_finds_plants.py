"""The scan itself, first: it finds what is planted, in every dress, in a file, a name and a living process."""

from __future__ import annotations

import base64
import gzip
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.canary.scan import Scan, dresses

pytestmark = pytest.mark.canary

PLANT = "Zitronenfalter-93017-canary"


@pytest.mark.parametrize("dress", sorted(dresses(PLANT)))
def test_a_word_is_found_in_every_dress(dress: str) -> None:
    data = b"before" + dresses(PLANT)[dress] + b"after"

    assert dress in {hit.dress for hit in Scan([PLANT]).in_bytes(data, "here")}


@pytest.mark.parametrize("shift", range(3))
def test_a_word_inside_longer_base64_is_found_at_each_alignment(shift: int) -> None:
    data = base64.b64encode(b"x" * shift + PLANT.encode() + b" and more after it")

    assert Scan([PLANT]).in_bytes(data, "here")


@pytest.mark.parametrize("squeeze", [zlib.compress, gzip.compress])
def test_a_compressed_word_is_found(squeeze, tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"something before " + squeeze(PLANT.encode() * 2))

    assert Scan([PLANT]).in_tree(tmp_path)


def test_a_word_in_the_name_of_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / f"log-{PLANT}.txt").write_text("nothing")

    assert Scan([PLANT]).in_tree(tmp_path)


def test_a_word_in_the_memory_of_a_process_is_found() -> None:
    halves = PLANT[:9], PLANT[9:]
    holder = f"import sys; kept = ''.join({halves!r}); print('ready', flush=True); sys.stdin.read()"
    process = subprocess.Popen([sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"

        assert Scan([PLANT]).in_memory(process.pid)
    finally:
        process.communicate(b"")


def test_a_word_that_was_never_planted_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("quite another thing")

    assert not Scan([PLANT]).in_tree(tmp_path)
