"""From what the clock on the wall says to moments, so that cover never has a hole.

Twice a year most zones skip an hour or repeat one. A time that the clock skips means the first moment after the
skip. A time that the clock shows twice means the first showing when a shift starts and the last when one ends: two
colleagues may then overlap, and nobody is missing.

Source: the rule of GoAlert's "well-defined rules" (target/goalert #1252); zoneinfo and PEP 495 for folds.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rota.errors import UnknownZone

_SECOND = timedelta(seconds=1)


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return the IANA zone. Raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise UnknownZone from problem


def start_instant(wall: datetime, zone: str) -> datetime:
    """Return the moment (UTC) at which a shift starts that is planned from `wall` (naive, in `zone`)."""
    return _instant(wall, zone_named(zone), fold=0)


def end_instant(wall: datetime, zone: str) -> datetime:
    """Return the moment (UTC) at which a shift ends that is planned to `wall` (naive, in `zone`)."""
    return _instant(wall, zone_named(zone), fold=1)


def wall_of(at: datetime, zone: str) -> datetime:
    """Return what the clock on the wall says in `zone` at the moment `at`, naive."""
    return at.astimezone(zone_named(zone)).replace(tzinfo=None, fold=0)


def day_start(day: date, zone: str) -> datetime:
    """Return the first moment (UTC) of `day` in `zone`. Where midnight is skipped, the day starts after the skip."""
    return start_instant(datetime.combine(day, time()), zone)


def _instant(wall: datetime, zone: ZoneInfo, *, fold: int) -> datetime:
    at = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
        return at
    return _after_skip(wall, zone)


def _after_skip(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment at which the clock shows more than the skipped `wall`."""
    # PEP 495: in a gap, fold 1 reads the wall with the later offset and so lands before the skip, fold 0 after it.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        if middle.astimezone(zone).replace(tzinfo=None) > wall:
            after = middle
        else:
            before = middle if middle > before else before + _SECOND
    return after
