"""One end's socket is lost or back: the other end is told, and time begins to count."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from helpline.domain.conversation import Conversation
from helpline.domain.errors import NoSuchConversation, NotWaiting
from helpline.domain.ids import ConversationId, Side, StaffId, Ticket
from helpline.ports import Clock, ConversationStore, WaitingRoom
from helpline.usecases.offering import Offering
from helpline.usecases.telling import Desks, Ends


class Connection:
    """Called by the sockets whenever one comes or goes. Nothing here refuses: a lost socket has no one to tell."""

    def __init__(
        self, *, clock: Clock, room: WaitingRoom, conversations: ConversationStore, offering: Offering,
        desks: Desks, ends: Ends,
    ) -> None:
        self._clock = clock
        self._room = room
        self._conversations = conversations
        self._offering = offering
        self._desks = desks
        self._ends = ends

    def person_lost(self, ticket: Ticket) -> None:
        """Let her keep her place, or her counsellor, who is told; from here on time counts.

        While she is being accepted both the room and the conversations know her, so both are told.
        """
        now = self._clock.now()
        with suppress(NotWaiting):
            self._desks.withdrawn(self._room.lost(ticket, now))
            self._offering.route()
        with suppress(NoSuchConversation):
            conversation = self._conversations.by_ticket(ticket).id
            self._change(conversation, Side.COUNSELLOR, "lost", lambda each: each.person_lost(now))

    def person_silent(self, ticket: Ticket) -> None:
        """Offer her to nobody while she does not answer: her connection may be gone. A conversation goes on."""
        with suppress(NotWaiting):
            self._desks.withdrawn(self._room.lost(ticket, self._clock.now()))
            self._offering.route()

    def person_heard(self, ticket: Ticket) -> None:
        """She answers again, on the same connection: she may be offered."""
        with suppress(NotWaiting):
            self._room.back(ticket)
            self._offering.route()

    def person_back(self, ticket: Ticket) -> None:
        """Tell the counsellor that she is here again."""
        with suppress(NoSuchConversation):
            conversation = self._conversations.by_ticket(ticket).id
            self._change(conversation, Side.COUNSELLOR, "here", lambda each: each.person_back())

    def staff_lost(self, staff_id: StaffId) -> None:
        """Tell each person she talks with that the counsellor's connection is lost."""
        now = self._clock.now()
        for conversation in self._conversations.of_staff(staff_id):
            self._change(conversation.id, Side.PERSON, "lost", lambda each: each.staff_lost(now))

    def staff_back(self, staff_id: StaffId) -> None:
        """Tell each person she talks with that the counsellor is here again."""
        for conversation in self._conversations.of_staff(staff_id):
            self._change(conversation.id, Side.PERSON, "here", lambda each: each.staff_back())

    def _change(
        self, conversation: ConversationId, told: Side, state: str, changed: Callable[[Conversation], Conversation]
    ) -> None:
        """Apply the change to the conversation as it then stands; tell the other end if it was one."""
        with suppress(NoSuchConversation):
            while (new := changed(old := self._conversations.get(conversation))) != old:
                if self._conversations.replace(old, new):
                    return self._ends.tell(new, told, "peer", state=state)
        return None
