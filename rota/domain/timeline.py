"""What holds from when to when, found by bisection."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
U = TypeVar("U")


class Ordered(Protocol):
    """Something hashable that can be put in order."""

    def __lt__(self, other: Any, /) -> bool: ...
    def __hash__(self) -> int: ...


K = TypeVar("K", bound=Ordered)


@dataclass(frozen=True, slots=True)
class Timeline(Generic[T]):
    """A value for every moment: `values[0]` before the first boundary, then one from each boundary (UTC) on."""

    boundaries: tuple[datetime, ...]
    values: tuple[T, ...]

    def at(self, at: datetime) -> T:
        """Return the value that holds at the moment `at`."""
        return self.values[bisect_right(self.boundaries, at)]

    def change_after(self, at: datetime) -> datetime | None:
        """Return the first boundary after `at`, or None."""
        place = bisect_right(self.boundaries, at)
        return self.boundaries[place] if place < len(self.boundaries) else None

    def pieces(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, T]]:
        """Yield (from, to, value) for [start, end), without a hole."""
        while start < end:
            change = self.change_after(start)
            upto = end if change is None else min(change, end)
            yield start, upto, self.at(start)
            start = upto

    def map(self, change: Callable[[T], U]) -> Timeline[U]:
        """Return the same boundaries with each value changed."""
        return Timeline(self.boundaries, tuple(change(value) for value in self.values))


def timeline(intervals: Iterable[tuple[datetime, datetime, K]]) -> Timeline[tuple[K, ...]]:
    """Return who holds at every moment, from [start, end) intervals. Nobody stands there twice."""
    changes: dict[datetime, list[tuple[K, int]]] = defaultdict(list)
    for start, end, item in intervals:
        changes[start].append((item, 1))
        changes[end].append((item, -1))
    boundaries: list[datetime] = []
    values: list[tuple[K, ...]] = [()]
    held: dict[K, int] = {}
    for at in sorted(changes):
        for item, step in changes[at]:
            held[item] = held.get(item, 0) + step
        value = tuple(sorted([item for item, times in held.items() if times]))
        if value != values[-1]:
            boundaries.append(at)
            values.append(value)
    return Timeline(tuple(boundaries), tuple(values))
