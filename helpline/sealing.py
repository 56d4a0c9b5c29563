"""Texts that only this installation can read again: sealed under a key of the day, which a secret file yields."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from helpline.keys.private_files import is_private, write_new
from helpline.settings import BadSettings

SECRET_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
DAY: Final = timedelta(days=1)


class Unreadable(ValueError):  # noqa: N818 - said as a finding
    """A text that was not sealed here, or before yesterday, or was changed since."""


class DailySeal:
    """Seals and opens; today's key and yesterday's open, older ones are gone.

    Each day has its own key, so that all machines of an installation, given the same file, change it at the same moment
    and without a word to each other. Source: RFC 5869 (HKDF), NIST SP 800-38D (AES-GCM).
    """

    def __init__(self, secret: bytes, purpose: str) -> None:
        self._secret = secret
        self._purpose = purpose.encode()
        self._of_day: dict[int, AESGCM] = {}

    def seal(self, text: bytes, at: datetime) -> str:
        """Return the text sealed, in base64url without padding."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + self._key(_day(at)).encrypt(nonce, text, self._purpose)
        return urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open(self, sealed: str, at: datetime) -> bytes:
        """Return what was sealed. Raises Unreadable."""
        try:
            data = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        except ValueError as wrong:
            raise Unreadable from wrong
        if len(data) < NONCE_BYTES + TAG_BYTES:
            raise Unreadable
        for day in (_day(at), _day(at) - 1):
            with suppress(InvalidTag):
                return self._key(day).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], self._purpose)
        raise Unreadable

    def _key(self, day: int) -> AESGCM:
        if day not in self._of_day:
            self._of_day = {each: key for each, key in self._of_day.items() if abs(each - day) <= 1}
            info = self._purpose + b" " + str(day).encode()
            self._of_day[day] = AESGCM(HKDF(SHA256(), SECRET_BYTES, None, info).derive(self._secret))
        return self._of_day[day]


def read_or_make_secret(path: Path) -> bytes:
    """Return the 32 bytes of a file that only its owner reads; it is made if it is not there.

    Raises:
        BadSettings: it is not private, or not 32 bytes.
    """
    with suppress(FileExistsError):
        write_new(path, secrets.token_bytes(SECRET_BYTES))
    if not is_private(path):
        raise BadSettings(("the file of the resume key may be read by others: chmod 600",))
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise BadSettings((f"the file of the resume key holds {SECRET_BYTES} random bytes, and no more",))
    return secret


def _day(at: datetime) -> int:
    """Return the number of the day in UTC, since 1970."""
    return int(at.timestamp() // DAY.total_seconds())
