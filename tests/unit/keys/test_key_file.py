"""Key files open with their passphrase, and with nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpline.keys.certificates import Kind
from helpline.keys.errors import Code, RefusedError
from helpline.keys.key_file import Purpose, read_key_file, seal_key
from helpline.keys.signing import public_half
from tests.vectors.make_key_file import text
from tests.vectors.organisation import REAL, issuing, secret

FILE = Path(__file__).parents[2] / "vectors" / "key_file.json"
CASES = json.loads(FILE.read_text(encoding="utf-8"))["files"]


def purpose_of(case: dict[str, Any]) -> Purpose:
    return Purpose.ISSUING if "issuing" in case["name"] else Purpose.ROOT


def changed(file: str, **fields: object) -> str:
    return json.dumps(json.loads(file) | fields)


@pytest.mark.vectors
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_key_file_opens_to_its_seed(case: dict[str, Any]) -> None:
    closed = read_key_file(case["file"], purpose_of(case))

    assert closed.in_the_clear().hex() == case["in_the_clear"]
    assert closed.open(case["passphrase"]).private_bytes_raw().hex() == case["seed"]


@pytest.mark.vectors
def test_the_key_files_are_what_their_script_writes_byte_for_byte() -> None:
    assert FILE.read_text(encoding="utf-8") == text()


def test_accents_may_be_typed_composed_or_not() -> None:
    closed = seal_key(secret(REAL), "l'\u00e9t\u00e9 en Bretagne", kind=Kind.REAL)

    assert public_half(closed.open("l'e\u0301te\u0301 en Bretagne")) == closed.public


def test_another_passphrase_does_not_open_it() -> None:
    with pytest.raises(RefusedError) as refused:
        read_key_file(CASES[0]["file"], Purpose.ROOT).open("another passphrase, as long")

    assert refused.value.code is Code.WRONG_PASSPHRASE


def test_a_demos_root_cannot_be_passed_off_as_a_real_one() -> None:
    forged = read_key_file(changed(CASES[1]["file"], kind="real"), Purpose.ROOT)

    with pytest.raises(RefusedError) as refused:
        forged.open(CASES[1]["passphrase"])

    assert refused.value.code is Code.WRONG_PASSPHRASE


def test_a_passphrase_of_fourteen_characters_is_too_short() -> None:
    with pytest.raises(RefusedError) as refused:
        seal_key(secret(REAL), "a" * 14, kind=Kind.REAL)

    assert refused.value.code is Code.SHORT_PASSPHRASE


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"version": 2}, Code.KEY_FILE_VERSION),
        ({"format": "another"}, Code.KEY_FILE_MALFORMED),
        ({"purpose": "nothing"}, Code.KEY_FILE_MALFORMED),
        ({"kind": "toy"}, Code.KEY_FILE_MALFORMED),
        ({"public": "AAAA"}, Code.KEY_FILE_MALFORMED),
        ({"words": "eight other words"}, Code.KEY_FILE_MALFORMED),
        ({"salt": "not base64"}, Code.KEY_FILE_MALFORMED),
        ({"nonce": 12}, Code.KEY_FILE_MALFORMED),
        ({"sealed": ""}, Code.KEY_FILE_MALFORMED),
        ({"rounds": 1}, Code.KEY_FILE_MALFORMED),
        ({"purpose": "issuing"}, Code.KEY_FILE_PURPOSE),
    ],
)
def test_a_key_file_is_read_strictly(fields: dict[str, object], code: Code) -> None:
    with pytest.raises(RefusedError) as refused:
        read_key_file(changed(CASES[0]["file"], **fields), Purpose.ROOT)

    assert refused.value.code is code


@pytest.mark.parametrize("found", ["", "[]", "{}", "eight words"])
def test_what_is_no_key_file_is_refused(found: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_key_file(found, Purpose.ROOT)

    assert refused.value.code is Code.KEY_FILE_MALFORMED


def test_an_issuing_key_comes_with_its_own_certificate() -> None:
    closed = seal_key(secret("another key"), "a long passphrase", kind=Kind.REAL, certificate=issuing())

    with pytest.raises(RefusedError) as refused:
        read_key_file(closed.encode(), Purpose.ISSUING)

    assert refused.value.code is Code.KEY_FILE_MALFORMED
