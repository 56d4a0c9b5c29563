"""Writes key_file.json: key files that the command line and a browser must both open, from fixed seeds.

python -m tests.vectors.make_key_file
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpline.keys.certificates import IssuingCertificate, Kind
from helpline.keys.key_file import seal_key
from tests.vectors.organisation import DEMO, REAL, issuing, secret

OUT = Path(__file__).with_name("key_file.json")
ABOUT = [
    "Written by make_key_file.py. Each file opens with its passphrase to the Ed25519 seed (hexadecimal).",
    "The key: PBKDF2-HMAC-SHA-512, 600000 rounds, 32 bytes, over the passphrase in NFKD and UTF-8. Then AES-256-GCM.",
    "in_the_clear is the authenticated part (hexadecimal).",
]


def document() -> dict[str, Any]:
    """Put the whole file together."""
    plain = "eight words nobody else would put together"
    accented = "une fen\u00eatre ouverte, l'\u00e9t\u00e9"
    return {
        "about": ABOUT,
        "files": [
            _case("a root", REAL, plain, Kind.REAL),
            _case("a demo's root, under a passphrase with accents", DEMO, accented, Kind.DEMO),
            _case("an issuing key", "issuing key", plain, Kind.REAL, issuing()),
        ],
    }


def _case(
    name: str, key: str, passphrase: str, kind: Kind, certificate: IssuingCertificate | None = None
) -> dict[str, Any]:
    def random(size_bytes: int) -> bytes:
        return sha256(f"{name} {size_bytes}".encode()).digest()[:size_bytes]

    closed = seal_key(secret(key), passphrase, kind=kind, certificate=certificate, random=random)
    return {
        "name": name,
        "passphrase": passphrase,
        "seed": secret(key).private_bytes_raw().hex(),
        "in_the_clear": closed.in_the_clear().hex(),
        "file": closed.encode(),
    }


def text() -> str:
    """Write it as it stands in the file."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    OUT.write_text(text(), encoding="utf-8")
