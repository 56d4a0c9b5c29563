"""Writes credentials.json: what Python and JavaScript must both accept and refuse, from fixed seeds, byte for byte.

    python -m tests.vectors.make_credentials

Every fault is made on its own, so that the order in which a program looks for faults does not matter.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpline.keys.words import words_of
from tests.vectors.credential_cases import credential_cases
from tests.vectors.entry_cases import entry_cases
from tests.vectors.list_cases import list_cases, lists
from tests.vectors.organisation import DEMO, REAL, ROGUE, public

OUT = Path(__file__).with_name("credentials.json")
ABOUT = [
    "Written by make_credentials.py; read by tests/unit/keys and tests/js. Bytes are hexadecimal, times unix seconds.",
    "credentials: shape, chain and key of an identity in a leaf with leaf_key, under this root; demo as in site.json.",
    "revocation_lists: one after the other to one page, all but the last are taken; refused is the code for the last.",
    "page and server are the two clocks; server null: none.",
    "entries: the list is taken first, at list_page by both clocks (null: none given); then the credential is read and",
    "judged to enter on this line at page and server, with a grace of fifteen minutes.",
    "words: the eight words of a public key.",
]


def document() -> dict[str, Any]:
    """Put the whole file together."""
    return {
        "about": ABOUT,
        "credentials": credential_cases(),
        "lists": {name: data.hex() for name, data in lists().items()},
        "revocation_lists": list_cases(),
        "entries": entry_cases(),
        "words": [{"key": public(name).hex(), "words": list(words_of(public(name)))} for name in (REAL, DEMO, ROGUE)],
    }


def text() -> str:
    """Write it as it stands in the file."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    OUT.write_text(text(), encoding="utf-8")
