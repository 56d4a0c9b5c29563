"""A conversation: who talks with whom, and whether both ends are there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from helpline.domain.ids import ConversationId, Language, LineId, StaffId, Ticket
from helpline.domain.retention import SILENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One person talking with one counsellor, from accept to end. When it ends it is not marked: it is gone."""

    id: ConversationId = field(repr=False)
    ticket: Ticket = field(repr=False)
    staff_id: StaffId
    line: LineId
    language: Language
    opened_at: datetime
    person_lost_at: datetime | None = None
    staff_lost_at: datetime | None = None

    def person_lost(self, at: datetime) -> Conversation:
        """Her socket is gone. The first loss counts: the hour is not prolonged by another."""
        return self if self.person_lost_at else replace(self, person_lost_at=at)

    def person_back(self) -> Conversation:
        """Her socket is here again."""
        return replace(self, person_lost_at=None)

    def staff_lost(self, at: datetime) -> Conversation:
        """The counsellor's socket is gone."""
        return self if self.staff_lost_at else replace(self, staff_lost_at=at)

    def staff_back(self) -> Conversation:
        """The counsellor's socket is here again."""
        return replace(self, staff_lost_at=None)

    def is_silent(self, at: datetime) -> bool:
        """Tell whether her end has been gone for an hour. Silence with her end present is hers to keep."""
        return self.person_lost_at is not None and at - self.person_lost_at >= SILENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What a counsellor's page needs to begin: her key package, and nothing else about the person."""

    conversation: ConversationId = field(repr=False)
    key_package: bytes = field(repr=False)
    line: LineId
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That an envelope is in the mailbox: its number, and the epoch its bytes are of."""

    seq: int
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand for an end that is here again.

    Args:
        taken: the last number of its own that the mailbox has taken in.
        acked: the last number of its own that the other end holds.
        envelopes: what it does not hold yet, in order, each with its number.
    """

    taken: int
    acked: int
    envelopes: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)
