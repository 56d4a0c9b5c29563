"""Work that would keep everybody waiting is handed to whoever can do it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Offload(Protocol):
    """Runs work on a native thread and returns its result, or raises what it raised."""

    def __call__(self, work: Callable[[], T], /) -> T:
        """Return what `work` returns."""


def at_once(work: Callable[[], T], /) -> T:
    """Do the work here: for command lines and tests, where nobody else waits."""
    return work()
