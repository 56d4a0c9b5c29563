"""A counsellor accepts an offer, and a conversation begins."""

from __future__ import annotations

from datetime import datetime, timedelta

from helpline.domain.conversation import Accepted, Conversation
from helpline.domain.errors import Conflict, OfferGone
from helpline.domain.ids import ConversationId, OfferId, StaffId
from helpline.domain.numbers import OFFER_SECONDS
from helpline.domain.waiting import WaitingPerson
from helpline.ports import Clock, ConversationStore, Mailbox, Randomness, WaitingRoom
from helpline.usecases.offering import Offering
from helpline.usecases.presences import Presences


class Accepting:
    """One winner for each waiting person."""

    def __init__(
        self, *, clock: Clock, randomness: Randomness, room: WaitingRoom, conversations: ConversationStore,
        mailbox: Mailbox, presences: Presences, offering: Offering,
    ) -> None:
        self._clock = clock
        self._randomness = randomness
        self._room = room
        self._conversations = conversations
        self._mailbox = mailbox
        self._presences = presences
        self._offering = offering

    def accept(self, staff_id: StaffId, offer_id: OfferId) -> Accepted:
        """Begin the conversation. Raises OfferGone.

        Taking is one step in the waiting room, and she stays known there until the conversation stands: whoever dies
        in between, she is either in a conversation or back at her place.
        """
        now = self._clock.now()
        person = self._room.take(staff_id, offer_id, now, now + timedelta(seconds=OFFER_SECONDS))
        conversation = self._begin(staff_id, person, now)
        if not self._room.settle(offer_id, conversation.id, now):
            self._conversations.discard(conversation.id)
            self._mailbox.drop(conversation.id)
            raise OfferGone
        self._presences.change(staff_id, lambda present: present.accepted())
        self._offering.route()
        return Accepted(
            conversation=conversation.id, key_package=person.key_package, line=person.line, language=person.language
        )

    def _begin(self, staff_id: StaffId, person: WaitingPerson, now: datetime) -> Conversation:
        conversation = Conversation(
            id=ConversationId(self._randomness.token()), ticket=person.ticket, staff_id=staff_id,
            line=person.line, language=person.language, opened_at=now, person_lost_at=person.lost_at,
        )
        self._mailbox.open(conversation.id)
        try:
            self._conversations.open(conversation)
        except Conflict:  # this one slept so long that she was given back and taken by somebody else
            self._mailbox.drop(conversation.id)
            raise OfferGone from None
        return conversation
