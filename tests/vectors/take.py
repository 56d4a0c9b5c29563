"""Takes the vectors of others into this folder, and writes down what was taken.

    python -m tests.vectors.take MLS WYCHEPROOF

MLS: the folder test-vectors/ of mlswg/mls-implementations; WYCHEPROOF: testvectors_v1/ of C2SP/wycheproof.
MLS files up to a megabyte are taken as they are, of larger ones the cases of cipher suite 1. Of Wycheproof, the groups
that this project uses and the fields that a test reads.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SUITE = 1
WHOLE_UP_TO_BYTES = 1 << 20
MLS = [
    "crypto-basics", "deserialization", "key-schedule", "message-protection", "passive-client-handling-commit",
    "passive-client-random", "passive-client-welcome", "psk_secret", "secret-tree", "transcript-hashes", "tree-math",
    "tree-operations", "tree-validation", "treekem", "welcome",
]  # fmt: skip
Group = dict[str, Any]
WYCHEPROOF: dict[str, tuple[str, Callable[[Group], bool], tuple[str, ...]]] = {
    "aes_gcm_test.json": (
        "AES-128-GCM and AES-256-GCM with nonces of 96 bits",
        lambda group: group["keySize"] in (128, 256) and group["ivSize"] == 96,
        ("key", "iv", "aad", "msg", "ct", "tag"),
    ),
    "ed25519_test.json": ("all", lambda _: True, ("msg", "sig")),
    "x25519_test.json": ("all", lambda _: True, ("public", "private", "shared")),
    "hkdf_sha256_test.json": ("all", lambda _: True, ("ikm", "salt", "info", "size", "okm")),
    "hmac_sha256_test.json": ("tags of 256 bits", lambda group: group["tagSize"] == 256, ("key", "msg", "tag")),
    "pbkdf2_hmacsha512_test.json": ("all", lambda _: True, ("password", "salt", "iterationCount", "dkLen", "dk")),
}


def take_mls(source: Path, into: Path) -> dict[str, Any]:
    """Take the MLS files; give the entry of each for the manifest."""
    return {f"{name}.json": _take_mls_file(source / f"{name}.json", into / f"{name}.json") for name in MLS}


def _take_mls_file(source: Path, into: Path) -> dict[str, Any]:
    cases = json.loads(source.read_text(encoding="utf-8"))
    whole = source.stat().st_size <= WHOLE_UP_TO_BYTES
    if whole:
        shutil.copyfile(source, into)
    else:
        ours = [case for case in cases if case["cipher_suite"] == SUITE]
        into.write_text(json.dumps(ours, separators=(",", ":")) + "\n", encoding="utf-8")
    for_us = [case for case in cases if case.get("cipher_suite", SUITE) == SUITE]
    return {
        "of": len(cases),
        "for_us": len(for_us),
        "kept": "whole" if whole else "cipher suite 1",
        "sha256_source": _sha256(source),
        "sha256_kept": _sha256(into),
    }


def take_wycheproof(source: Path, into: Path) -> dict[str, Any]:
    """Take the Wycheproof files; give the entry of each for the manifest."""
    shutil.copyfile(source / "LICENSE", into / "LICENSE")
    return {name: _take_wycheproof_file(source / name, into / name) for name in WYCHEPROOF}


def _take_wycheproof_file(source: Path, into: Path) -> dict[str, Any]:
    kept, wanted, fields = WYCHEPROOF[source.name]
    file = json.loads(source.read_text(encoding="utf-8"))
    tests = [_fields(group, test, fields) for group in file["testGroups"] if wanted(group) for test in group["tests"]]
    into.write_text("[\n" + ",\n".join(json.dumps(test) for test in tests) + "\n]\n", encoding="utf-8")
    return {
        "of": file["numberOfTests"],
        "for_us": len(tests),
        "kept": kept,
        "sha256_source": _sha256(source),
        "sha256_kept": _sha256(into),
    }


def _fields(group: Group, test: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    key = {"pk": group["publicKey"]["pk"]} if "publicKey" in group else {}
    head = {"tcId": test["tcId"], "comment": test["comment"], "result": test["result"]}
    return head | key | {field: test[field] for field in fields}


def _sha256(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def main(mls: str, wycheproof: str) -> None:
    """Take both and write the manifest."""
    manifest = {
        "mls": take_mls(Path(mls), HERE / "mls"),
        "wycheproof": take_wycheproof(Path(wycheproof), HERE / "wycheproof"),
    }
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
