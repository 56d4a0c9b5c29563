"""Who is signed in, in this process's memory: only a hash of each token is kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Final

from helpline.domain.ids import StaffId

IDLE_OFF_DUTY: Final = timedelta(minutes=30)
AT_MOST: Final = timedelta(hours=12)
TOKEN_BYTES: Final = 32


def never_on_duty(_staff_id: StaffId) -> bool:
    """Without a desk nobody is on duty, and everybody may grow idle."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One browser in which a staff member is signed in."""

    staff_id: StaffId
    opened_at: datetime
    seen_at: datetime


class MemorySignIns:
    """Opaque sign-ins: 30 minutes idle off duty, 12 hours at most; a stolen copy of this store opens nothing.

    Args:
        on_duty: says whether a staff member is on duty now; whoever answers or waits for somebody is not idle.
    """

    def __init__(self, on_duty: Callable[[StaffId], bool] = never_on_duty) -> None:
        self._on_duty = on_duty
        self._kept: dict[bytes, SignIn] = {}
        self._lock = Lock()

    def open(self, staff_id: StaffId, at: datetime) -> str:
        """Start a sign-in and return its token, which is never told again."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self._lock:
            self._forget_ended(at)
            self._kept[_hashed(token)] = SignIn(staff_id=staff_id, opened_at=at, seen_at=at)
        return token

    def staff_of(self, token: str, at: datetime) -> StaffId | None:
        """Return whose token this is, and count it as seen. None when it is unknown, ended or too old."""
        key = _hashed(token)
        with self._lock:
            found = self._kept.get(key)
            if found is None or self._is_over(found, at):
                self._kept.pop(key, None)
                return None
            self._kept[key] = replace(found, seen_at=at)
            return found.staff_id

    def close(self, token: str) -> None:
        """End the sign-in of this token, if there is one."""
        with self._lock:
            self._kept.pop(_hashed(token), None)

    def close_all(self, staff_id: StaffId) -> None:
        """End every sign-in of one staff member."""
        with self._lock:
            self._kept = {key: kept for key, kept in self._kept.items() if kept.staff_id != staff_id}

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every value held."""
        with self._lock:
            kept = dict(self._kept)
        for key, sign_in in kept.items():
            yield "sign_ins.token_sha256", key.hex()
            yield "sign_ins.staff_id", sign_in.staff_id
            yield "sign_ins.opened_at", sign_in.opened_at
            yield "sign_ins.seen_at", sign_in.seen_at

    def _is_over(self, sign_in: SignIn, at: datetime) -> bool:
        if at - sign_in.opened_at >= AT_MOST:
            return True
        return at - sign_in.seen_at >= IDLE_OFF_DUTY and not self._on_duty(sign_in.staff_id)

    def _forget_ended(self, at: datetime) -> None:
        self._kept = {key: kept for key, kept in self._kept.items() if not self._is_over(kept, at)}


def _hashed(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
