"""Files of keys are their owner's alone, and are written whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from helpline.keys.errors import Code, RefusedError
from helpline.keys.ledger import Ledger, read_ledger
from helpline.keys.private_files import is_private, write_new, write_over
from tests.vectors.organisation import public


def test_a_new_file_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "root.key"
    write_new(path, b"first")

    assert is_private(path)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(FileExistsError):
        write_new(path, b"second")
    assert path.read_bytes() == b"first"


def test_a_file_is_replaced_by_a_private_one_and_nothing_lies_about(tmp_path: Path) -> None:
    path = tmp_path / "issuing.key"
    path.write_bytes(b"before")
    path.chmod(0o644)

    write_over(path, b"after")

    assert is_private(path)
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("issuing.key", b"after")]


def test_a_file_that_others_may_read_is_not_private(tmp_path: Path) -> None:
    path = tmp_path / "open.key"
    path.write_bytes(b"")
    path.chmod(0o640)

    assert not is_private(path)


def test_the_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    ledger = Ledger().revoke(datetime(2026, 3, 9, tzinfo=UTC), day=[public("a"), public("b")])
    ledger.write(tmp_path / "revoked.json")

    assert read_ledger(tmp_path / "revoked.json") == ledger
    assert read_ledger(tmp_path / "none.json") == Ledger()


@pytest.mark.parametrize("found", ["", "[]", "{}", '{"issuing": {"AAAA": 1}, "day": {}}', '{"issuing": [], "day": []}'])
def test_a_broken_ledger_is_refused(tmp_path: Path, found: str) -> None:
    path = tmp_path / "revoked.json"
    path.write_text(found)

    with pytest.raises(RefusedError) as refused:
        read_ledger(path)

    assert refused.value.code is Code.LEDGER_MALFORMED
