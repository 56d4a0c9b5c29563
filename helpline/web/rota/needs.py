"""What the page asks of whoever builds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from helpline.domain.ids import LineId
from helpline.domain.line import Opening
from helpline.words import Words
from rota.usecases.plan import Plan
from rota.usecases.week import Weeks

T = TypeVar("T")


class Openings(Protocol):
    """What the public sees: part of the port Roster."""

    def opening(self, line: LineId, at: datetime) -> Opening:
        """Return whether the line is open, and when it opens next."""


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""


class Offload(Protocol):
    """Runs work that waits for a disk where nobody else has to wait for it."""

    def __call__(self, work: Callable[[], T], /) -> T:
        """Return what `work` returns, or raise what it raised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Everything the page stands on. `words` are the catalogues of the program "rota"."""

    plan: Plan
    weeks: Weeks
    openings: Openings
    words: Words
    clock: Clock
    offload: Offload
