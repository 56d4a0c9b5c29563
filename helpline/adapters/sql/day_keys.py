"""Day keys in the database: public halves and their certificates, and no day longer than they are of use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from helpline.adapters.offloading import Offload, at_once
from helpline.adapters.sql.schema import day_key_table
from helpline.adapters.sql.steps import Steps
from helpline.domain.errors import NotFound, TooMany
from helpline.domain.ids import StaffId
from helpline.domain.staff import DayKeyRecord, DayKeyRequest

DEVICES_AT_MOST: Final = 64  # keys a staff member may have for one day: a browser that keeps nothing asks each time
kept: Final = day_key_table.c
KEPT_AFTER: Final = timedelta(days=2)  # a block may have begun the day before, in any time zone


class SqlDayKeys:
    """The port DayKeys, in the table `day_key`. One staff member may have one key a day on each of a few devices."""

    def __init__(self, engine: Engine, offload: Offload = at_once) -> None:
        self._steps = Steps(engine, offload)

    def request(self, staff_id: StaffId, day: date, public_key: bytes) -> None:
        """Ask for a certificate for this day's key; twice is as once. Raises TooMany beyond a few devices."""
        def step(connection: Connection) -> None:
            _request(connection, staff_id, day, public_key)

        try:
            self._steps.one(step)
        except IntegrityError:  # two tabs of one browser hand in the same key at the same moment
            self._steps.one(step)

    def pending(self) -> Sequence[DayKeyRequest]:
        """Return what waits for a signature, by day."""
        query = select(day_key_table).where(kept.certificate.is_(None)).order_by(kept.day, kept.staff_id)
        rows = self._steps.one(lambda connection: connection.execute(query).mappings().all())
        return [DayKeyRequest(staff_id=row["staff_id"], day=row["day"], public_key=row["public_key"]) for row in rows]

    def certify(self, staff_id: StaffId, day: date, certificate: bytes) -> None:
        """Keep the certificate that was signed. Raises NotFound if this day has no key that stands in it."""
        self._steps.one(lambda connection: _certify(connection, staff_id, day, certificate))

    def certificates(self, staff_id: StaffId, from_day: date) -> Sequence[DayKeyRecord]:
        """Return her certificates of this day and later ones."""
        query = (
            select(day_key_table)
            .where(kept.staff_id == staff_id, kept.day >= from_day, kept.certificate.is_not(None))
            .order_by(kept.day)
        )
        rows = self._steps.one(lambda connection: connection.execute(query).mappings().all())
        return [DayKeyRecord(**row) for row in rows]

    def forget(self, today: date) -> None:
        """Delete what no conversation of today can need."""
        old = delete(day_key_table).where(kept.day < today - KEPT_AFTER)
        self._steps.one(lambda connection: connection.execute(old))


def _request(connection: Connection, staff_id: StaffId, day: date, public_key: bytes) -> None:
    mine = (kept.staff_id == staff_id, kept.day == day)
    if connection.scalar(select(func.count()).where(*mine, kept.public_key == public_key)):
        return
    if (connection.scalar(select(func.count()).select_from(day_key_table).where(*mine)) or 0) >= DEVICES_AT_MOST:
        raise TooMany
    connection.execute(insert(day_key_table).values(staff_id=staff_id, day=day, public_key=public_key))


def _certify(connection: Connection, staff_id: StaffId, day: date, certificate: bytes) -> None:
    mine = (kept.staff_id == staff_id, kept.day == day)
    keys = connection.scalars(select(kept.public_key).where(*mine)).all()
    certified = [key for key in keys if key in certificate]
    if len(certified) != 1:
        raise NotFound
    change = update(day_key_table).where(*mine, kept.public_key == certified[0]).values(certificate=certificate)
    connection.execute(change)
