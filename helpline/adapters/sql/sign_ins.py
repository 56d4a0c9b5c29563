"""Who is signed in, in the database: neither a restart nor an emptied store takes a counsellor from her desk."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, insert, select, update

from helpline.adapters.memory.sign_ins import AT_MOST, IDLE_OFF_DUTY, TOKEN_BYTES, never_on_duty
from helpline.adapters.offloading import Offload, at_once
from helpline.adapters.sql.schema import sign_in_table
from helpline.adapters.sql.steps import Steps
from helpline.domain.ids import StaffId

kept: Final = sign_in_table.c
MINUTE: Final = timedelta(minutes=1)


class SqlSignIns:
    """The port SignIns, in the table `sign_in`: 30 minutes idle off duty, 12 hours at most, times in whole minutes.

    Args:
        on_duty: says whether a staff member is on duty now; whoever answers or waits for somebody is not idle.
    """

    def __init__(
        self, engine: Engine, on_duty: Callable[[StaffId], bool] = never_on_duty, offload: Offload = at_once
    ) -> None:
        self._steps = Steps(engine, offload)
        self._on_duty = on_duty

    def open(self, staff_id: StaffId, at: datetime) -> str:
        """Start a sign-in and return its token, which is never told again."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = _minute(at)
        new = insert(sign_in_table).values(
            token_sha256=_hashed(token), staff_id=staff_id, opened_minute=now, seen_minute=now
        )

        def step(connection: Connection) -> None:
            for other in connection.execute(select(sign_in_table)).all():
                if self._is_over(other, now):
                    connection.execute(delete(sign_in_table).where(kept.token_sha256 == other.token_sha256))
            connection.execute(new)

        self._steps.one(step)
        return token

    def staff_of(self, token: str, at: datetime) -> StaffId | None:
        """Return whose token this is, and count it as seen. None when it is unknown, ended or too old."""
        this, now = kept.token_sha256 == _hashed(token), _minute(at)
        found = self._steps.one(lambda connection: connection.execute(select(sign_in_table).where(this)).one_or_none())
        if found is None:
            return None
        if self._is_over(found, now):
            self._steps.one(lambda connection: connection.execute(delete(sign_in_table).where(this)))
            return None
        if now > found.seen_minute:  # at most one write a minute
            seen = update(sign_in_table).where(this).values(seen_minute=now)
            self._steps.one(lambda connection: connection.execute(seen))
        return StaffId(found.staff_id)

    def close(self, token: str) -> None:
        """End the sign-in of this token, if there is one."""
        this = delete(sign_in_table).where(kept.token_sha256 == _hashed(token))
        self._steps.one(lambda connection: connection.execute(this))

    def close_all(self, staff_id: StaffId) -> None:
        """End every sign-in of one staff member."""
        hers = delete(sign_in_table).where(kept.staff_id == staff_id)
        self._steps.one(lambda connection: connection.execute(hers))

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every value held."""
        rows = self._steps.one(lambda connection: connection.execute(select(sign_in_table)).mappings().all())
        for row in rows:
            yield "sign_ins.token_sha256", row["token_sha256"].hex()
            yield "sign_ins.staff_id", row["staff_id"]
            yield "sign_ins.opened_at", datetime.fromtimestamp(row["opened_minute"] * 60, UTC)
            yield "sign_ins.seen_at", datetime.fromtimestamp(row["seen_minute"] * 60, UTC)

    def _is_over(self, row: Any, now: int) -> bool:
        if now - row.opened_minute >= AT_MOST // MINUTE:
            return True
        return now - row.seen_minute >= IDLE_OFF_DUTY // MINUTE and not self._on_duty(StaffId(row.staff_id))


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _hashed(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
