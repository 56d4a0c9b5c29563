"""Coming back: to a place in the queue, to a conversation, or to the head of the queue when the counsellor is gone."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from helpline.domain.bands import Place
from helpline.domain.conversation import Conversation, Counts, Standing
from helpline.domain.envelope import check_key_package
from helpline.domain.errors import AlreadyWaiting, Conflict, NoSuchConversation, NotWaiting, OutOfOrder
from helpline.domain.ids import ConversationId, Side, StaffId, Ticket, Wish
from helpline.domain.snapshot import Snapshot
from helpline.domain.waiting import WaitingPerson
from helpline.ports import Clock, ConversationStore, Mailbox, StoreEpoch, WaitingRoom
from helpline.usecases.closing import Closing
from helpline.usecases.connection import Connection
from helpline.usecases.telling import Ends
from helpline.usecases.waiting import Waiting

ACCEPTED: Final = Place(place="next", wait="unknown", offered=True)


class Resuming:
    """What an end carries in its token is believed only where the stores came back empty since it was made."""

    def __init__(
        self, *, clock: Clock, room: WaitingRoom, conversations: ConversationStore, mailbox: Mailbox,
        store_epoch: StoreEpoch, waiting: Waiting, closing: Closing, connection: Connection, ends: Ends,
    ) -> None:
        self._clock = clock
        self._room = room
        self._conversations = conversations
        self._mailbox = mailbox
        self._store_epoch = store_epoch
        self._waiting = waiting
        self._closing = closing
        self._connection = connection
        self._ends = ends

    # -- what a token holds

    def snapshot(self, ticket: Ticket) -> Snapshot:
        """Return where a person stands. Raises NoSuchConversation."""
        try:
            return self._of_conversation(self._conversations.by_ticket(ticket))
        except NoSuchConversation:
            return self._of_waiting(ticket)

    def snapshot_of(self, conversation: ConversationId) -> Snapshot:
        """Return where a conversation stands. Raises NoSuchConversation."""
        return self._of_conversation(self._conversations.get(conversation))

    def held_by(self, staff_id: StaffId) -> list[Snapshot]:
        """Return where each conversation of a desk stands."""
        return [self._of_conversation(each) for each in self._conversations.of_staff(staff_id)]

    # -- coming back

    def waiting_back(self, snapshot: Snapshot, wish: Wish, key_package: bytes) -> Place:
        """Take her place again. If somebody has come for her meanwhile, she is told that.

        Raises NoSuchConversation: she waits no more and talks with nobody; TooLarge, BadRequest.
        """
        check_key_package(key_package)
        if self._was_accepted(snapshot):
            return ACCEPTED
        try:
            self._room.back(snapshot.ticket, key_package)
        except NotWaiting:
            self._rejoin(snapshot, wish, key_package)
        try:
            return self._waiting.change_wish(snapshot.ticket, wish)
        except NotWaiting:  # accepted within the same instant
            if self._was_accepted(snapshot):
                return ACCEPTED
            raise NoSuchConversation from None

    def talking_back(self, snapshot: Snapshot, counts: Counts) -> Standing:
        """Go on as a person. Raises NoSuchConversation, OutOfOrder."""
        conversation = self._found(snapshot)
        standing = self._mailbox.hello(conversation.id, Side.PERSON, counts)
        self._connection.person_back(conversation.ticket)
        self._told(conversation, Side.PERSON, counts, is_lost=conversation.staff_lost_at is not None)
        return standing

    def staff_back(self, snapshot: Snapshot, staff_id: StaffId, counts: Counts) -> Standing:
        """Go on as the counsellor whose conversation it is. Raises NoSuchConversation, OutOfOrder."""
        if snapshot.staff_id != staff_id:
            raise NoSuchConversation
        conversation = self._found(snapshot)
        standing = self._mailbox.hello(conversation.id, Side.COUNSELLOR, counts)
        self._connection.staff_back(staff_id)
        self._told(conversation, Side.COUNSELLOR, counts, is_lost=conversation.person_lost_at is not None)
        return standing

    def again(self, snapshot: Snapshot, ticket: Ticket, wish: Wish, key_package: bytes) -> Place:
        """Wait for somebody new, first in line, because the counsellor is gone; the old conversation ends.

        `ticket` is a new one. Raises OutOfOrder unless the counsellor's connection is lost or she is gone for good;
        and as `Waiting.join` does.
        """
        check_key_package(key_package)
        with suppress(NoSuchConversation):
            conversation = self._conversations.by_ticket(snapshot.ticket)
            if conversation.staff_lost_at is None:
                raise OutOfOrder
            self._closing.end_deserted(conversation.id)
        if not self._conversations.reuse(snapshot.ticket):
            raise OutOfOrder
        person = WaitingPerson(
            ticket=ticket, line=snapshot.line, language=snapshot.language, wish=wish, joined_at=snapshot.joined_at,
            key_package=key_package,
        )
        return self._waiting.join_at_the_head(person)

    # -- where the stores came back empty

    def _found(self, snapshot: Snapshot) -> Conversation:
        """Return her conversation, made anew if the store has lost it. Raises NoSuchConversation."""
        with suppress(NoSuchConversation):
            return self._conversations.by_ticket(snapshot.ticket)
        if snapshot.conversation is None or snapshot.staff_id is None or not self._is_empty_since(snapshot):
            raise NoSuchConversation
        if self._waits(snapshot.ticket):  # she never joined, and waits for somebody else by now
            raise NoSuchConversation
        now = self._clock.now()
        rebuilt = Conversation(  # each end is lost until it says hello
            id=snapshot.conversation, ticket=snapshot.ticket, staff_id=snapshot.staff_id, line=snapshot.line,
            language=snapshot.language, opened_at=snapshot.joined_at, person_lost_at=now, staff_lost_at=now,
            rebuilt=True,
        )
        self._mailbox.open(rebuilt.id, rebuilt=True)
        try:
            if self._conversations.reopen(rebuilt):
                self._room.hold(snapshot.staff_id, rebuilt.id)
        except Conflict:
            self._mailbox.drop(rebuilt.id)
            raise NoSuchConversation from None
        return self._conversations.by_ticket(snapshot.ticket)

    def _rejoin(self, snapshot: Snapshot, wish: Wish, key_package: bytes) -> None:
        if self._conversations.was_closed(snapshot.ticket) or not self._is_empty_since(snapshot):
            raise NoSuchConversation
        person = WaitingPerson(
            ticket=snapshot.ticket, line=snapshot.line, language=snapshot.language, wish=wish,
            joined_at=snapshot.joined_at, key_package=key_package, number=snapshot.number,
        )
        with suppress(AlreadyWaiting):
            self._room.rejoin(person)

    def _waits(self, ticket: Ticket) -> bool:
        try:
            self._room.get(ticket)
        except NotWaiting:
            return False
        return True

    def _is_empty_since(self, snapshot: Snapshot) -> bool:
        return snapshot.store_epoch != self._store_epoch.current()

    # -- small things

    def _told(self, conversation: Conversation, side: Side, counts: Counts, *, is_lost: bool) -> None:
        """Tell the other end what this one holds, and this one how the other's connection is."""
        self._ends.tell(conversation, side.other, "acked", seq=counts.have)
        self._ends.tell(conversation, side, "peer", state="lost" if is_lost else "here")

    def _was_accepted(self, snapshot: Snapshot) -> bool:
        """Tell whether somebody has come for her; then she is given the Welcome again, unless that is lost for good."""
        try:
            conversation = self._conversations.by_ticket(snapshot.ticket)
            welcome = self._mailbox.held_welcome(conversation.id)
        except NoSuchConversation:
            return False
        if welcome is None and conversation.rebuilt:
            self._closing.undo(conversation)
            return False
        self._connection.person_back(conversation.ticket)
        if welcome is not None:
            self._ends.tell(conversation, Side.PERSON, "welcome", bytes=welcome)
        return True

    def _of_conversation(self, conversation: Conversation) -> Snapshot:
        return Snapshot(
            ticket=conversation.ticket, line=conversation.line, language=conversation.language,
            joined_at=conversation.opened_at, store_epoch=self._store_epoch.current(),
            conversation=conversation.id, staff_id=conversation.staff_id,
        )

    def _of_waiting(self, ticket: Ticket) -> Snapshot:
        try:
            person = self._room.get(ticket)
        except NotWaiting:
            raise NoSuchConversation from None
        return Snapshot(
            ticket=ticket, line=person.line, language=person.language, joined_at=person.joined_at,
            store_epoch=self._store_epoch.current(), number=person.number,
        )
