"""What the use cases need from outside for a whole line: whom to call, whether it is closed, what a crowd may do.

Each Protocol has one contract suite, and each operation is one step, as in helpline/ports.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from helpline.domain.alarm import Unattended
from helpline.domain.ids import LineId
from helpline.domain.line import Closure
from helpline.ports import Walkable


class Alarms(Walkable, Protocol):
    """Which lines have nobody at a desk: shared by all processes, so that each step is called once."""

    def everything(self) -> Sequence[Unattended]:
        """Return what is known."""

    def replace(self, line: LineId, old: Unattended | None, new: Unattended | None) -> bool:
        """Put `new` where `old` still stands; None means nothing there. False if another got in first."""


class Alarm(Protocol):
    """Calls those who are on call. It returns at once: what it takes is done beside."""

    def call(self, line: LineId, calls: int) -> None:
        """Call whoever stands at this call of the chain; `calls` counts from 1, the last step is called over again."""


class OnCallChain(Protocol):
    """Who is called when nobody is at a desk, one step after the other."""

    def steps(self, line: LineId, at: datetime) -> Sequence[Sequence[str]]:
        """Return the mail addresses of each step; none at all where nobody is on call."""


class Closures(Protocol):
    """Which lines were closed by hand."""

    def everything(self) -> Sequence[Closure]:
        """Return every line that is closed by hand."""

    def close(self, closure: Closure) -> None:
        """Close a line. One that is closed already stays closed as it was."""

    def open(self, line: LineId) -> None:
        """Open it again. Twice is as once."""


class Admissions(Walkable, Protocol):
    """What all processes know together of a crowd: how many come, which work was spent, when the slow lane let in."""

    def asked(self, line: LineId, at: datetime) -> int:
        """Count one more who asks for a place; return how many did, in this minute or the one before it."""

    def is_spent(self, mark: bytes, at: datetime) -> bool:
        """Tell whether a piece of work was used."""

    def spend(self, mark: bytes, at: datetime, until: datetime) -> bool:
        """Note that a piece of work was used; false if it was before."""

    def let_in(self, line: LineId, at: datetime, every: timedelta) -> bool:
        """Let one in by the slow lane, unless another was within `every`."""
