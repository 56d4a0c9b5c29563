"""No lock spans two stores: what comes between two steps of one use case leaves everybody somewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from helpline.adapters.memory.waiting_room import MemoryWaitingRoom
from helpline.domain.conversation import Conversation
from helpline.domain.errors import OfferGone
from helpline.domain.ids import ConversationId, OfferId, PresenceState, StaffId
from helpline.domain.offer import Offer
from helpline.domain.waiting import WaitingPerson
from tests.world import World

pytestmark = pytest.mark.unit


def nothing() -> None:
    """Nothing comes between."""


class Interrupted(MemoryWaitingRoom):
    """A waiting room in which something happens just before an offer, or just before an accept is settled."""

    def __init__(self) -> None:
        super().__init__()
        self.before_offer: Callable[[], None] = nothing
        self.before_settle: Callable[[], None] = nothing

    def offer(self, offer: Offer, *, cap: int, again_at: datetime) -> bool:
        act, self.before_offer = self.before_offer, nothing
        act()
        return super().offer(offer, cap=cap, again_at=again_at)

    def settle(self, offer_id: OfferId, conversation: ConversationId, at: datetime) -> bool:
        act, self.before_settle = self.before_settle, nothing
        act()
        return super().settle(offer_id, conversation, at)


@pytest.fixture
def room() -> Interrupted:
    return Interrupted()


@pytest.fixture
def world(room: Interrupted) -> World:
    return World(room=room)


def nothing_is_left(world: World) -> bool:
    return not world.conversations.everybody() and not list(world.mailbox.walk()) and not world.room.everybody()


def test_a_break_that_begins_while_an_offer_is_made_is_not_disturbed(world: World, room: Interrupted) -> None:
    ada = world.counsellor("ada")
    room.before_offer = lambda: (world.declares(ada, PresenceState.ON_BREAK), None)[1]

    person = world.person()

    assert world.room.get(person).offer is None
    assert world.publisher.of(ada, "offer") == []


def test_who_leaves_while_she_is_accepted_leaves_nothing_behind(world: World, room: Interrupted) -> None:
    ada = world.counsellor("ada")
    person = world.person()
    room.before_settle = lambda: world.does.waiting.leave(person)

    with pytest.raises(OfferGone):
        world.accepts(ada)

    assert nothing_is_left(world)
    assert world.room.is_free(ada, cap=1)


def test_who_ends_while_she_is_accepted_leaves_nothing_behind(world: World, room: Interrupted) -> None:
    ada = world.counsellor("ada")
    person = world.person()
    room.before_settle = lambda: world.does.closing.end_by_person(person)

    with pytest.raises(OfferGone):
        world.accepts(ada)

    assert nothing_is_left(world)
    assert world.room.is_free(ada, cap=1)


def taken_and_forsaken(world: World, staff_id: StaffId) -> WaitingPerson:
    """Do what an accept does, up to the moment its process dies."""
    offer, now = world.offer_of(staff_id), world.clock.now()
    assert offer is not None
    person = world.room.take(staff_id, offer, now, now + timedelta(seconds=20))
    half = Conversation(
        id=ConversationId("half"), ticket=person.ticket, staff_id=staff_id, line=person.line,
        language=person.language, opened_at=now,
    )
    world.mailbox.open(half.id)
    world.conversations.open(half)
    return person


def test_a_process_that_dies_while_accepting_gives_her_back_her_place(world: World) -> None:
    ada = world.counsellor("ada")
    first, second = world.person(), world.person()
    taken_and_forsaken(world, ada)
    bea = world.planned("bea")

    world.passes(seconds=20)
    assert world.conversations.everybody() == ()
    assert [person.ticket for person in world.room.everybody()] == [first, second]
    assert world.publisher.of(ada, "presence") == []

    world.does.attending.arrive(bea)
    world.does.attending.declare(bea, PresenceState.ON_DUTY)
    assert world.accepts(bea).conversation in [each.id for each in world.conversations.everybody()]
    assert world.conversations.by_ticket(first).staff_id == bea


def test_an_accept_that_slept_too_long_is_told_that_the_offer_is_gone(world: World, room: Interrupted) -> None:
    ada = world.counsellor("ada")
    person = world.person()
    room.before_settle = lambda: world.passes(seconds=20)

    with pytest.raises(OfferGone):
        world.accepts(ada)

    assert world.room.get(person).ticket == person
    assert world.conversations.everybody() == ()
    assert not list(world.mailbox.walk())
