"""Envelopes are carried from one end to the other, in order, once, and kept no longer than they must be."""

from __future__ import annotations

from helpline.domain.conversation import Conversation, Receipt
from helpline.domain.envelope import check_welcome, read_header
from helpline.domain.errors import NoSuchConversation
from helpline.domain.ids import ConversationId, Side, StaffId, Ticket
from helpline.ports import ConversationStore, Mailbox
from helpline.usecases.telling import Ends


class Relaying:
    """The server's whole part in what is said: order, and nothing else."""

    def __init__(self, *, conversations: ConversationStore, mailbox: Mailbox, ends: Ends) -> None:
        self._conversations = conversations
        self._mailbox = mailbox
        self._ends = ends

    def welcome(self, staff_id: StaffId, conversation: ConversationId, welcome: bytes) -> None:
        """Carry the Welcome that begins it, and keep it until she holds it; the same one again changes nothing.

        Raises NoSuchConversation, ForbiddenMessage, TooLarge.
        """
        hers = self._of_staff(staff_id, conversation)
        check_welcome(welcome)
        if self._mailbox.welcome(conversation, welcome):
            self._ends.tell(hers, Side.PERSON, "welcome", bytes=welcome)

    def from_person(self, ticket: Ticket, seq: int, envelope: bytes) -> Receipt:
        """Carry an envelope to the counsellor; the same number again is answered alike and carried once.

        Raises NoSuchConversation, OutOfOrder, StaleEpoch, ForbiddenMessage, TooLarge, TooMany, BadRequest.
        """
        return self._carry(self._conversations.by_ticket(ticket), Side.PERSON, seq, envelope)

    def from_staff(self, staff_id: StaffId, conversation: ConversationId, seq: int, envelope: bytes) -> Receipt:
        """Carry an envelope to the person, as `from_person` does the other way, and with the same errors."""
        return self._carry(self._of_staff(staff_id, conversation), Side.COUNSELLOR, seq, envelope)

    def person_holds(self, ticket: Ticket, seq: int) -> None:
        """Drop what she holds, all up to `seq`, and tell the sender. Raises NoSuchConversation, OutOfOrder."""
        self._held(self._conversations.by_ticket(ticket), Side.PERSON, seq)

    def staff_holds(self, staff_id: StaffId, conversation: ConversationId, seq: int) -> None:
        """Drop what the desk holds, all up to `seq`, and tell the person. Raises NoSuchConversation, OutOfOrder."""
        self._held(self._of_staff(staff_id, conversation), Side.COUNSELLOR, seq)

    def _carry(self, conversation: Conversation, sender: Side, seq: int, envelope: bytes) -> Receipt:
        header = read_header(envelope)
        receipt, is_new = self._mailbox.append(conversation.id, sender, seq, header, envelope)
        if is_new:
            self._ends.tell(conversation, sender.other, "envelope", seq=seq, bytes=envelope)
        return receipt

    def _held(self, conversation: Conversation, holder: Side, seq: int) -> None:
        if self._mailbox.acknowledge(conversation.id, holder, seq):
            self._ends.tell(conversation, holder.other, "acked", seq=seq)

    def _of_staff(self, staff_id: StaffId, conversation: ConversationId) -> Conversation:
        """Return the conversation if it is hers; somebody else's is answered like one that never was."""
        found = self._conversations.get(conversation)
        if found.staff_id != staff_id:
            raise NoSuchConversation
        return found
