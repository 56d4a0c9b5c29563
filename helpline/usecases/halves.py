"""The server's half of the key of what a reload leaves in her page: released once a loss, and soon, or never."""

from __future__ import annotations

from helpline.domain.conversation import Conversation
from helpline.domain.errors import NoSuchConversation
from helpline.domain.half import KeyHalf
from helpline.domain.ids import Ticket
from helpline.ports import Clock, ConversationStore, KeyHalves, Randomness


class Halves:
    """Whoever opens a closed tab later finds noise."""

    def __init__(
        self, *, clock: Clock, randomness: Randomness, conversations: ConversationStore, halves: KeyHalves
    ) -> None:
        self._clock = clock
        self._randomness = randomness
        self._conversations = conversations
        self._halves = halves

    def here(self, ticket: Ticket) -> bytes:
        """Return the half to seal with, for a page that is connected. Raises NoSuchConversation."""
        conversation = self._conversations.by_ticket(ticket).id
        while (half := self._halves.get(conversation)) is None:
            self._halves.replace(conversation, None, KeyHalf(key=self._randomness.secret()))
        return half.key

    def after_a_loss(self, ticket: Ticket) -> tuple[bytes, bytes]:
        """Return the half to open with, and another to seal with from now on. Raises NoSuchConversation."""
        conversation = self._conversations.by_ticket(ticket)
        half, fresh = self._releasable(conversation), KeyHalf(key=self._randomness.secret())
        if not self._halves.replace(conversation.id, half, fresh):
            raise NoSuchConversation
        return half.key, fresh.key

    def left(self, ticket: Ticket) -> None:
        """Note that her page is being left: only a reload comes back, and at once. Raises NoSuchConversation."""
        conversation, now = self._conversations.by_ticket(ticket).id, self._clock.now()
        while (half := self._halves.get(conversation)) is not None:
            if self._halves.replace(conversation, half, half.left(now)):
                return

    def _releasable(self, conversation: Conversation) -> KeyHalf:
        half, now = self._halves.get(conversation.id), self._clock.now()
        if half is None or not half.may_be_released(conversation.person_lost_at, now):
            raise NoSuchConversation
        return half
