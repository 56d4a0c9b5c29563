"""Wycheproof over what helpline/keys is built on: PBKDF2-HMAC-SHA-512, AES-256-GCM, Ed25519."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from tests.vectors.table import FOLDER, say

pytestmark = pytest.mark.vectors
Case = dict[str, Any]


def stretches(case: Case) -> bool:
    password, salt, expected = (bytes.fromhex(case[name]) for name in ("password", "salt", "dk"))
    made = PBKDF2HMAC(algorithm=SHA512(), length=case["dkLen"], salt=salt, iterations=case["iterationCount"])
    return made.derive(password) == expected


def opens(case: Case) -> bool:
    key, nonce, aad, plain, sealed, tag = (
        bytes.fromhex(case[name]) for name in ("key", "iv", "aad", "msg", "ct", "tag")
    )
    try:
        return AESGCM(key).decrypt(nonce, sealed + tag, aad) == plain
    except InvalidTag:
        return False


def is_signed(case: Case) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(case["pk"])).verify(
            bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"])
        )
    except (InvalidSignature, ValueError):
        return False
    return True


FILES: list[tuple[str, Callable[[Case], bool], Callable[[Case], bool], int]] = [
    ("pbkdf2_hmacsha512_test.json", lambda _: True, stretches, 58),
    ("aes_gcm_test.json", lambda case: len(case["key"]) == 64, opens, 66),
    ("ed25519_test.json", lambda _: True, is_signed, 151),
]


def cases_of(name: str) -> list[Case]:
    found: list[Case] = json.loads((FOLDER / "wycheproof" / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("name", "is_ours", "holds", "number"), FILES, ids=[file[0] for file in FILES])
def test_every_wycheproof_case_comes_out_as_it_should(
    name: str,
    is_ours: Callable[[Case], bool],
    holds: Callable[[Case], bool],
    number: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ours = [case for case in cases_of(name) if is_ours(case)]
    wrong = [case["tcId"] for case in ours if holds(case) != (case["result"] == "valid")]

    with capsys.disabled():
        say(f"\nPython, {name:<40} passed {len(ours) - len(wrong)} of {number}")
    assert (wrong, len(ours)) == ([], number)


def test_a_tampered_ciphertext_is_noticed() -> None:
    case = next(case for case in cases_of("aes_gcm_test.json") if len(case["key"]) == 64 and case["result"] == "valid")

    assert opens(case)
    assert not opens(case | {"tag": case["tag"][:-1] + ("0" if case["tag"][-1] != "0" else "1")})
