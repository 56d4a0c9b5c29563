"""A conversation ends, and every trace of it is gone from every store at once."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from helpline.domain.conversation import Conversation
from helpline.domain.errors import NoSuchConversation, NotWaiting
from helpline.domain.ids import ConversationId, EndedBy, Side, StaffId, Ticket
from helpline.ports import Clock, ConversationStore, KeyHalves, Mailbox, Publisher, WaitingRoom
from helpline.usecases.offering import Offering
from helpline.usecases.telling import Desks, Ends


class Closing:
    """Ending, by whomever. Of two who end at once, one succeeds and the other is told that it is over."""

    def __init__(
        self, *, clock: Clock, room: WaitingRoom, conversations: ConversationStore, mailbox: Mailbox,
        halves: KeyHalves, publisher: Publisher, offering: Offering, desks: Desks, ends: Ends,
    ) -> None:
        self._clock = clock
        self._room = room
        self._conversations = conversations
        self._mailbox = mailbox
        self._halves = halves
        self._publisher = publisher
        self._offering = offering
        self._desks = desks
        self._ends = ends

    def end_by_person(self, ticket: Ticket) -> None:
        """End it for her, also if she still waits. Raises NoSuchConversation.

        The waiting room comes first: while she is being accepted both know her, and leaving there undoes the accept.
        """
        left = self._leave(ticket)
        try:
            self._end(self._conversations.by_ticket(ticket).id, EndedBy.PERSON, Side.COUNSELLOR)
        except NoSuchConversation:
            if not left:
                raise
            self._offering.route()

    def end_by_staff(self, staff_id: StaffId, conversation: ConversationId) -> None:
        """End it for the counsellor. Raises NoSuchConversation, also if it is not hers."""
        if self._conversations.get(conversation).staff_id != staff_id:
            raise NoSuchConversation
        self._end(conversation, EndedBy.COUNSELLOR, Side.PERSON)

    def end_unheld(self, staff_id: StaffId, holding: Collection[ConversationId]) -> None:
        """End those of her conversations whose keys her page no longer holds: nobody could go on with them.

        The person is told that her counsellor is gone: she may begin anew, first in line.
        """
        for conversation in self._conversations.of_staff(staff_id):
            if conversation.id not in holding:
                self.end_deserted(conversation.id)

    def end_deserted(self, conversation: ConversationId) -> None:
        """End one whose counsellor will not come back. Twice is as once."""
        with suppress(NoSuchConversation):
            self._end(conversation, EndedBy.GONE, Side.PERSON, Side.COUNSELLOR)

    def end_silent(self) -> None:
        """End every conversation whose person has been gone for an hour, or whose counsellor for ten minutes.

        Both ends are told, whoever still listens.
        """
        now = self._clock.now()
        for conversation in self._conversations.everybody():
            if conversation.is_deserted(now):
                self.end_deserted(conversation.id)
            elif conversation.is_silent(now):
                with suppress(NoSuchConversation):
                    self._end(conversation.id, EndedBy.SILENCE, Side.COUNSELLOR, Side.PERSON)

    def turn_away(self, ticket: Ticket) -> None:
        """Tell a waiting person that the line has closed, and forget her."""
        if self._leave(ticket):
            self._publisher.to_person(ticket, "ended", {"by": EndedBy.CLOSED})

    def undo(self, conversation: Conversation) -> None:
        """Undo one that she never joined and cannot join any more: her ticket stays usable, the desk is told."""
        self._conversations.discard(conversation.id)
        self._mailbox.drop(conversation.id)
        self._room.release(conversation.staff_id, conversation.id)
        self._ends.tell(conversation, Side.COUNSELLOR, "ended", by=EndedBy.GONE)

    def abandon(self, ticket: Ticket) -> None:
        """Forget a conversation whose beginning was cut off; she is back at her place in the queue."""
        with suppress(NoSuchConversation):
            conversation = self._conversations.by_ticket(ticket)
            self._conversations.discard(conversation.id)
            self._mailbox.drop(conversation.id)

    def _leave(self, ticket: Ticket) -> bool:
        try:
            self._desks.withdrawn(self._room.leave(ticket))
        except NotWaiting:
            return False
        return True

    def _end(self, conversation: ConversationId, by: EndedBy, *told: Side) -> None:
        gone: Conversation = self._conversations.close(conversation, self._clock.now(), by)
        self._mailbox.drop(gone.id)
        self._halves.drop(gone.id)
        self._room.release(gone.staff_id, gone.id)
        for side in told:
            self._ends.tell(gone, side, "ended", by=by)
        self._offering.route()
