"""What the waiting room knows of one counsellor's desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from helpline.domain.ids import ConversationId
from helpline.domain.offer import Offer


@dataclass(slots=True)
class Desk:
    """The offer before her, the conversations she holds, and when she lately accepted. Guarded by the room's lock."""

    offer: Offer | None = None
    held: set[ConversationId] = field(default_factory=set)
    accepted_at: list[datetime] = field(default_factory=list)

    def accept(self, conversation: ConversationId, at: datetime) -> None:
        """Count one more conversation."""
        self.held.add(conversation)
        self.accepted_at.append(at)

    def load(self, since: datetime) -> int:
        """Return how many she holds plus how many she accepted after `since`."""
        return len(self.held) + sum(1 for at in self.accepted_at if at > since)

    def forget(self, before: datetime) -> None:
        """Drop what is older than `before`."""
        self.accepted_at = [at for at in self.accepted_at if at > before]

    @property
    def is_in_use(self) -> bool:
        """Tell whether anything remains to be known."""
        return self.offer is not None or bool(self.held) or bool(self.accepted_at)
