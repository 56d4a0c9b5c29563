"""The machine's own clock and randomness."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")

TOKEN_BYTES = 16
SECRET_BYTES = 32


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Return seconds since some moment, never less than before."""
        return time.monotonic()


class SystemRandomness:
    """The kernel's randomness."""

    def token(self) -> str:
        """Return 128 random bits, url-safe."""
        return secrets.token_urlsafe(TOKEN_BYTES)

    def secret(self) -> bytes:
        """Return 256 random bits."""
        return secrets.token_bytes(SECRET_BYTES)

    def choose(self, options: Sequence[T]) -> T:
        """Return one of the options, each as likely as the others."""
        return secrets.choice(options)
