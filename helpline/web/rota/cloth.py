"""A day as cloth: lanes of quarter hours in which shifts are woven and holes are left.

The hours are those of the clock on the wall. On a day when it changes they do not add up, so a piece is drawn at
least one quarter wide, and its words say the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from rota.domain.cover import Hole
from rota.domain.ids import Role
from rota.domain.shift import Shift
from rota.domain.wall import wall_of
from rota.usecases.week import Day

QUARTER_MINUTES = 15
QUARTERS = 96
ORDER = tuple(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A shift, a hole, or (both None) nothing, over [start, end) of the day's quarters."""

    start: int
    end: int
    shift: Shift | None = None
    hole: Hole | None = None

    @property
    def width(self) -> int:
        """How many quarters."""
        return self.end - self.start


Lane = tuple[Piece, ...]


def lanes(day: Day, zone: str) -> tuple[Lane, ...]:
    """Return the lanes of a day: holes first, then each role in its own lanes, so that it keeps its place."""
    woven: list[list[Piece]] = []
    if day.holes:
        woven += _laid(_piece(day, zone, hole.starts_at, hole.ends_at, hole=hole) for hole in day.holes)
    by_role = sorted(day.shifts, key=lambda shift: (ORDER.index(shift.role), shift.starts_at))
    for _, shifts in groupby(by_role, key=lambda shift: shift.role):
        woven += _laid(_piece(day, zone, shift.starts_at, shift.ends_at, shift=shift) for shift in shifts)
    return tuple(tuple(_filled(lane)) for lane in woven)


def _piece(
    day: Day, zone: str, starts_at: datetime, ends_at: datetime, *, shift: Shift | None = None, hole: Hole | None = None
) -> Piece:
    start = min(_minutes(day, zone, max(starts_at, day.starts_at)) // QUARTER_MINUTES, QUARTERS - 1)
    end = -(-_minutes(day, zone, min(ends_at, day.ends_at)) // QUARTER_MINUTES)
    return Piece(start=start, end=min(QUARTERS, max(end, start + 1)), shift=shift, hole=hole)


def _minutes(day: Day, zone: str, at: datetime) -> int:
    midnight = datetime.combine(day.date, datetime.min.time())
    return int((wall_of(at, zone) - midnight) // timedelta(minutes=1))


def _laid(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Put each piece into the first lane that is free there."""
    laid: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, piece.end)):
        free = next((lane for lane in laid if lane[-1].end <= piece.start), None)
        if free is None:
            laid.append([piece])
        else:
            free.append(piece)
    return laid


def _filled(lane: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces with the empty cloth between them."""
    reached = 0
    for piece in lane:
        if piece.start > reached:
            yield Piece(start=reached, end=piece.start)
        yield piece
        reached = piece.end
    if reached < QUARTERS:
        yield Piece(start=reached, end=QUARTERS)
