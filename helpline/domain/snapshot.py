"""What an end of a conversation, or a person who waits, carries in its own token, so that it can come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from helpline.domain.ids import ConversationId, Language, LineId, StaffId, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Enough to be put back where she was, by a store that came back empty.

    `store_epoch` says which life of the stores it was made in: only a later life lets anything be made anew from it.
    `conversation` and `staff_id` are None while she waits; `number` is her place in the order of joining.
    """

    ticket: Ticket = field(repr=False)
    line: LineId
    language: Language
    joined_at: datetime
    store_epoch: str = field(repr=False)
    number: int = 0
    conversation: ConversationId | None = field(default=None, repr=False)
    staff_id: StaffId | None = None
