"""What the command line says, and how it says what went wrong."""

from __future__ import annotations

import sys
from typing import TextIO

from helpline.keys.errors import Code, RefusedError

SENTENCES = {
    Code.SHORT_PASSPHRASE: "The passphrase is shorter than 15 characters.",
    Code.WRONG_PASSPHRASE: "The passphrase does not open this key file, or the file was changed.",
    Code.KEY_FILE_MALFORMED: "This is not a key file, or it was changed.",
    Code.KEY_FILE_VERSION: "This key file is of a version that this program does not know.",
    Code.KEY_FILE_PURPOSE: "This key file is for something else: a root key and an issuing key are not the same.",
    Code.LEDGER_MALFORMED: "The list of revoked keys, revoked.json, cannot be read.",
    Code.CERTIFICATE_TOO_LONG: "An issuing key lasts from 1 to 90 days.",
    Code.DEMO_ROOT: "The root is a demo's, and this installation is a real one.",
    Code.REAL_ROOT: "The root is a real one, and this installation is a demo.",
    Code.ROGUE_ROOT: "The issuing key was not certified by this installation's root.",
    Code.LIST_ROGUE: "The revocation list was not signed by this installation's keys.",
    Code.LIST_OLD: "The revocation list is older than 8 days: pages refuse it. Sign a new one.",
    Code.LIST_BELOW_LOWEST: "The revocation list is lower than site.json allows. Sign a new one.",
    Code.LIST_SIGNED_BY_REVOKED: "A key cannot sign the list that revokes it. Let the root sign.",
}


class Mistake(Exception):  # noqa: N818 - said to somebody at a terminal
    """Something that was asked for cannot be done; the text is the sentence to say."""


def say(text: str, *, to: TextIO | None = None) -> None:
    """Write a line."""
    (to or sys.stdout).write(text + "\n")


def sentence(error: Exception) -> str:
    """Put an error into one plain sentence."""
    if isinstance(error, RefusedError):
        return SENTENCES.get(error.code, f"Refused: {error.code}.")
    if isinstance(error, FileExistsError):
        return f"{error.filename} is there already: nothing was written."
    if isinstance(error, FileNotFoundError):
        return f"{error.filename} is not there."
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}."
    return str(error)
