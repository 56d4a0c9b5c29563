"""Passwords: Argon2id off the hub, the same time for a name nobody has."""

from __future__ import annotations

import threading
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from helpline.adapters.common_passwords import COMMON_WORDS
from helpline.adapters.offloading import Offload, at_once

LEAST_CHARACTERS: Final = 15
MOST_CHARACTERS: Final = 256  # more is not a password but a load
MEMORY_KIB: Final = 46 * 1024
AT_ONCE: Final = 2  # a hundred at once would take the memory of the machine

class Argon2Passwords:
    """Keeps passwords as Argon2id of 46 MiB, one pass, one lane.

    Args:
        offload: runs the work on a native thread and hands back its result, so that nobody else waits for it.
        memory_kib: only tests take less.

    Source: OWASP Password Storage Cheat Sheet; RFC 9106.
    """

    def __init__(self, offload: Offload = at_once, *, memory_kib: int = MEMORY_KIB) -> None:
        self._offload = offload
        self._room = threading.BoundedSemaphore(AT_ONCE)
        self._hasher = PasswordHasher(time_cost=1, parallelism=1, memory_cost=memory_kib)
        self._nobody = self._hasher.hash("the password of a name that nobody has")

    def hash(self, password: str) -> str:
        """Return what may be kept of a password."""
        with self._room:
            return self._offload(lambda: self._hasher.hash(_plain(password)))

    def matches(self, password: str, kept: str | None) -> bool:
        """Say whether this is the password. Takes as long when there is none (`kept` None)."""
        with self._room:
            found = self._offload(lambda: self._verify(kept or self._nobody, _plain(password)))
        return found and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Say whether a kept password was made with other costs than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def weakness(password: str) -> str | None:
    """Return why a new password is refused, as a code: `password_short`, `password_long`, `password_common`."""
    plain = _plain(password)
    if len(plain) < LEAST_CHARACTERS:
        return "password_short"
    if len(plain) > MOST_CHARACTERS:
        return "password_long"
    return "password_common" if _is_common(plain) else None


def _plain(password: str) -> str:
    """Bring the same characters, typed on two keyboards, to the same bytes."""
    return unicodedata.normalize("NFKC", password)[: 4 * MOST_CHARACTERS]


def _is_common(password: str) -> bool:
    """Long passwords of the usual lists are short ones said again, counted up or joined."""
    letters = "".join(character for character in password.casefold() if character.isalnum())
    rest = letters
    for word in COMMON_WORDS:
        rest = rest.replace(word, "")
    return len(rest) < LEAST_CHARACTERS // 2 or len(set(letters)) < 6
