"""A conversation: who talks with whom, and whether both ends are there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from helpline.domain.ids import ConversationId, Language, LineId, StaffId, Ticket
from helpline.domain.retention import COUNSELLOR_GONE, SILENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One person talking with one counsellor, from accept to end. When it ends it is not marked: it is gone.

    `rebuilt`: the store came back empty and one of the two ends made it anew.
    """

    id: ConversationId = field(repr=False)
    ticket: Ticket = field(repr=False)
    staff_id: StaffId
    line: LineId
    language: Language
    opened_at: datetime
    person_lost_at: datetime | None = None
    staff_lost_at: datetime | None = None
    rebuilt: bool = False

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

    def is_deserted(self, at: datetime) -> bool:
        """Tell whether the counsellor has been gone for so long that she will not come back."""
        return self.staff_lost_at is not None and at - self.staff_lost_at >= COUNSELLOR_GONE


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
class Counts:
    """What an end says of itself when it comes back.

    `have`: the last number it holds of the other's; `acked`: the last of its own that the other holds; `epoch`: the one
    its group is in; `floor`: the lowest epoch of its own commits that the other does not hold yet, else `epoch`.
    """

    have: int = 0
    acked: int = 0
    epoch: int = 1
    floor: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an end stands that came back: its own last number here, the last the other holds, and what it missed."""

    taken: int
    acked: int
    envelopes: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)
