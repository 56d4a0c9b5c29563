"""What is refused, and the code it is refused with.

KeysError
└── RefusedError   carries one Code; the pages use the same codes for the same bytes
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Why something was refused. Stable: tests, pages and documents name them."""

    CREDENTIAL_VERSION = "credential-version"
    CREDENTIAL_MALFORMED = "credential-malformed"
    CREDENTIAL_ROLE = "credential-role"
    ROGUE_ROOT = "rogue-root"
    DEMO_ROOT = "demo-root"
    REAL_ROOT = "real-root"
    ROGUE_ISSUER = "rogue-issuer"
    STOLEN_CERTIFICATE = "stolen-certificate"
    CERTIFICATE_TOO_LONG = "certificate-too-long"
    OUTSIDE_ISSUING_KEY = "outside-issuing-key"

    LIST_VERSION = "list-version"
    LIST_MALFORMED = "list-malformed"
    LIST_ROGUE = "list-rogue"
    LIST_NOT_PADDED = "list-not-padded"
    LIST_NOT_SORTED = "list-not-sorted"
    LIST_OLD = "list-old"
    LIST_BELOW_LOWEST = "list-below-lowest"
    LIST_ROLLED_BACK = "list-rolled-back"
    LIST_SIGNED_BY_REVOKED = "list-signed-by-revoked"
    LIST_OUTSIDE_ISSUING_KEY = "list-outside-issuing-key"
    LIST_NOT_BY_ROOT = "list-not-by-root"

    NO_REVOCATION_LIST = "no-revocation-list"
    REVOKED = "revoked"
    OTHER_LINE = "other-line"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    CLOCK_WRONG = "clock-wrong"

    KEY_FILE_MALFORMED = "key-file-malformed"
    KEY_FILE_VERSION = "key-file-version"
    KEY_FILE_PURPOSE = "key-file-purpose"
    LEDGER_MALFORMED = "ledger-malformed"
    WRONG_PASSPHRASE = "wrong-passphrase"  # noqa: S105 - a code, not a secret
    SHORT_PASSPHRASE = "short-passphrase"  # noqa: S105 - a code, not a secret


class KeysError(Exception):
    """Anything that goes wrong in helpline.keys."""


class RefusedError(KeysError):
    """Bytes, a certificate or a file that must not be used."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code


def need(ok: bool, code: Code) -> None:  # noqa: FBT001 - reads as a sentence: need(this, otherwise that)
    """Go on only if `ok`. Raises RefusedError with `code`."""
    if not ok:
        raise RefusedError(code)
