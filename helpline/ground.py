"""What a helpline is built upon, and what this process holds of those who are connected to it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property

from helpline.domain.ids import StaffId, Ticket
from helpline.ports import Clock, Walkable
from helpline.runtime.kinds import Runtime
from helpline.sealing import DailySeal
from helpline.settings import Settings
from helpline.sockets.bindings import Bindings
from helpline.sockets.budget import Budget, BudgetOf
from helpline.tokens import PURPOSE as TOKEN_PURPOSE
from helpline.tokens import Tokens
from helpline.web.private.failures import Failures


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What everything stands on. Whoever changes what is in memory holds `turn` while doing so."""

    settings: Settings
    runtime: Runtime
    clock: Clock
    log: Failures
    turn: AbstractContextManager[object]
    budget_of: BudgetOf = Budget


@dataclass(frozen=True, kw_only=True)
class Here:
    """The connections of this process: whose they are, and the tokens with which they come back."""

    worker: str
    secret: bytes = field(repr=False)
    clock: Clock
    people: Bindings[Ticket] = field(default_factory=Bindings)
    desks: Bindings[StaffId] = field(default_factory=Bindings)

    @cached_property
    def tokens(self) -> Tokens:
        """What pages are given to come back with."""
        return Tokens(DailySeal(self.secret, TOKEN_PURPOSE), self.clock)

    @property
    def walkable(self) -> Mapping[str, Walkable]:
        """Return what can be searched, by name."""
        return {"sockets.person": self.people, "sockets.staff": self.desks}
