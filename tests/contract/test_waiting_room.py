"""What every waiting room does, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from helpline.domain.bands import Place
from helpline.domain.errors import AlreadyWaiting, Full, NotWaiting, OfferGone
from helpline.domain.ids import CertificateRole, ConversationId, LineId, OfferId, StaffId, Ticket, Wish
from helpline.domain.offer import Offer
from helpline.domain.waiting import WaitingPerson
from helpline.ports import WaitingRoom
from tests.contract.adapters import ROOMS
from tests.fakes import ADULTS, FRENCH, NOON, YOUTH

pytestmark = pytest.mark.unit

ADA, BEA = StaffId("ada"), StaffId("bea")
ANNE, BELL = Ticket("anne"), Ticket("bell")
OFFER, TALK = OfferId("offer"), ConversationId("talk")
LATER = NOON + timedelta(seconds=20)
AGAIN = NOON + timedelta(minutes=10)
HERE = Place(place="next", wait="unknown", offered=False)


@pytest.fixture(params=ROOMS)
def room(request: pytest.FixtureRequest) -> WaitingRoom:
    return ROOMS[request.param]()


def waiting(
    ticket: Ticket, at: datetime = NOON, line: LineId = ADULTS, wish: Wish = Wish.WHOEVER
) -> WaitingPerson:
    return WaitingPerson(
        ticket=ticket, line=line, language=FRENCH, wish=wish, joined_at=at, key_package=ticket.encode()
    )


def join(room: WaitingRoom, ticket: Ticket, line: LineId = ADULTS, wish: Wish = Wish.WHOEVER) -> WaitingPerson:
    return room.join(waiting(ticket, line=line, wish=wish), 3)


def make(
    ticket: Ticket = ANNE, staff_id: StaffId = ADA, offer_id: OfferId = OFFER, at: datetime = NOON,
    role: CertificateRole = CertificateRole.PSYCHOLOGIST,
) -> Offer:
    return Offer(
        id=offer_id, ticket=ticket, staff_id=staff_id, role=role, line=ADULTS, language=FRENCH,
        made_at=at, lapses_at=at + timedelta(seconds=20),
    )


def offer(room: WaitingRoom, made: Offer, cap: int = 1) -> bool:
    return room.offer(made, cap=cap, again_at=AGAIN)


def accept(room: WaitingRoom, staff_id: StaffId = ADA, offer_id: OfferId = OFFER, talk: ConversationId = TALK) -> None:
    room.take(staff_id, offer_id, NOON, LATER)
    assert room.settle(offer_id, talk, NOON)


def test_people_stand_in_the_order_of_joining(room: WaitingRoom) -> None:
    for ticket in (BELL, ANNE):
        join(room, ticket)

    assert [person.ticket for person in room.everybody()] == [BELL, ANNE]
    assert room.get(BELL).number < room.get(ANNE).number
    assert room.get(ANNE).key_package == b"anne"


def test_nobody_joins_twice(room: WaitingRoom) -> None:
    join(room, ANNE)

    with pytest.raises(AlreadyWaiting):
        join(room, ANNE)


def test_a_line_is_full_at_its_limit_and_another_is_not(room: WaitingRoom) -> None:
    for ticket in "abc":
        join(room, Ticket(ticket))

    with pytest.raises(Full):
        join(room, ANNE)
    join(room, BELL, YOUTH)


def test_who_left_is_not_here_and_a_new_one_stands_at_the_end(room: WaitingRoom) -> None:
    for ticket in (ANNE, BELL):
        join(room, ticket)
    room.leave(ANNE)

    with pytest.raises(NotWaiting):
        room.get(ANNE)
    with pytest.raises(NotWaiting):
        room.leave(ANNE)
    join(room, ANNE)
    assert [person.ticket for person in room.everybody()] == [BELL, ANNE]


def test_a_place_is_news_once(room: WaitingRoom) -> None:
    join(room, ANNE)

    assert [room.tell(ANNE, HERE), room.tell(ANNE, HERE), room.tell(BELL, HERE)] == [True, False, False]
    assert room.get(ANNE).told == HERE


def test_an_offer_lies_before_her_desk_and_she_keeps_her_place(room: WaitingRoom) -> None:
    for ticket in (ANNE, BELL):
        join(room, ticket)

    assert offer(room, make())
    assert [person.ticket for person in room.everybody()] == [ANNE, BELL]
    assert room.get(ANNE).offer == make()
    assert not room.is_free(ADA, cap=2)


def test_nobody_is_offered_twice_at_once_and_no_desk_has_two_offers(room: WaitingRoom) -> None:
    for ticket in (ANNE, BELL):
        join(room, ticket)
    assert offer(room, make())

    assert not offer(room, make(ANNE, BEA, OfferId("second")))
    assert not offer(room, make(BELL, ADA, OfferId("second")))
    assert offer(room, make(BELL, BEA, OfferId("second")))


def test_who_does_not_wait_is_not_offered(room: WaitingRoom) -> None:
    assert not offer(room, make())
    assert room.is_free(ADA, cap=1)


def test_a_full_desk_gets_no_offer_until_a_conversation_is_counted_off(room: WaitingRoom) -> None:
    for ticket in (ANNE, BELL):
        join(room, ticket)
    offer(room, make())
    accept(room)

    second = make(BELL, ADA, OfferId("second"))
    assert not offer(room, second)
    assert not room.is_free(ADA, cap=1)
    room.release(ADA, TALK)
    room.release(ADA, TALK)
    assert offer(room, second)


def test_a_cap_of_two_holds_two(room: WaitingRoom) -> None:
    for ticket, name in ((ANNE, "1"), (BELL, "2"), (Ticket("cat"), "3")):
        join(room, ticket)
        made = make(ticket, ADA, OfferId(name))
        assert offer(room, made, cap=2) is (name != "3")
        if name != "3":
            accept(room, ADA, OfferId(name), ConversationId(name))


def test_the_same_counsellor_is_asked_again_only_when_her_time_has_come(room: WaitingRoom) -> None:
    join(room, ANNE)
    offer(room, make())
    room.decline(ADA, OFFER, NOON)

    early, due = AGAIN - timedelta(seconds=1), AGAIN
    assert not offer(room, make(offer_id=OfferId("early"), at=early))
    assert offer(room, make(offer_id=OfferId("due"), at=due))


def test_a_page_loaded_anew_waits_at_the_same_place_under_the_keys_it_has_made(room: WaitingRoom) -> None:
    first = join(room, ANNE)

    room.back(ANNE)
    assert room.get(ANNE).key_package == first.key_package

    back = room.back(ANNE, b"another")
    assert (back.key_package, back.number) == (b"another", first.number)
    assert room.get(ANNE) == back


def test_a_counsellor_who_came_back_may_be_asked_at_once(room: WaitingRoom) -> None:
    for ticket in (ANNE, BELL):
        join(room, ticket)
    offer(room, make())
    room.decline(ADA, OFFER, NOON)

    room.may_ask_again(ADA, NOON)

    assert room.get(BELL).asked == {}
    assert offer(room, make(offer_id=OfferId("again")))


def test_a_declined_offer_is_gone_and_only_its_counsellor_can_decline_it(room: WaitingRoom) -> None:
    join(room, ANNE)
    offer(room, make())

    with pytest.raises(OfferGone):
        room.decline(BEA, OFFER, NOON)
    assert room.decline(ADA, OFFER, NOON) == make()
    with pytest.raises(OfferGone):
        room.decline(ADA, OFFER, NOON)
    assert room.get(ANNE).offer is None
    assert ADA in room.get(ANNE).asked
    assert room.is_free(ADA, cap=1)


def test_an_offer_can_be_taken_until_it_lapses_by_its_counsellor_once(room: WaitingRoom) -> None:
    join(room, ANNE)
    offer(room, make())

    for staff_id, at in ((BEA, NOON), (ADA, LATER)):
        with pytest.raises(OfferGone):
            room.take(staff_id, OFFER, at, LATER)
    assert room.take(ADA, OFFER, LATER - timedelta(microseconds=1), AGAIN).ticket == ANNE
    with pytest.raises(OfferGone):
        room.take(ADA, OFFER, NOON, AGAIN)
    with pytest.raises(OfferGone):
        room.decline(ADA, OFFER, NOON)


def test_a_settled_person_waits_no_more_and_counts_on_the_desk(room: WaitingRoom) -> None:
    join(room, ANNE)
    offer(room, make())
    accept(room)

    assert room.everybody() == ()
    assert not room.settle(OFFER, TALK, NOON)
    assert room.load(ADA, NOON - timedelta(hours=4)) == 2
    assert room.load(BEA, NOON - timedelta(hours=4)) == 0


def test_an_offer_that_was_not_taken_cannot_be_settled(room: WaitingRoom) -> None:
    join(room, ANNE)
    offer(room, make())

    assert not room.settle(OFFER, TALK, NOON)
    assert room.get(ANNE).offer == make()


def test_who_leaves_while_she_is_taken_undoes_it(room: WaitingRoom) -> None:
    join(room, ANNE)
    offer(room, make())
    room.take(ADA, OFFER, NOON, LATER)

    left = room.leave(ANNE)

    assert left is not None
    assert left.id == OFFER
    assert not room.settle(OFFER, TALK, NOON)
    assert room.load(ADA, NOON - timedelta(hours=4)) == 0
    assert room.is_free(ADA, cap=1)


def test_what_lapses_is_returned_once_taken_but_never_settled_included(room: WaitingRoom) -> None:
    for ticket, staff_id, name in ((ANNE, ADA, "1"), (BELL, BEA, "2")):
        join(room, ticket)
        offer(room, make(ticket, staff_id, OfferId(name)))
    room.take(BEA, OfferId("2"), NOON, LATER + timedelta(seconds=5))

    assert room.lapsed(LATER - timedelta(microseconds=1)) == []
    assert [each.taken for each in room.lapsed(LATER)] == [False]
    assert [each.taken for each in room.lapsed(LATER + timedelta(seconds=5))] == [True]
    assert [person.offer for person in room.everybody()] == [None, None]
    assert not room.settle(OfferId("2"), TALK, NOON)


def test_an_offer_is_withdrawn_unless_it_was_taken(room: WaitingRoom) -> None:
    join(room, ANNE)
    offer(room, make())
    assert room.withdraw_from(BEA) is None
    assert room.withdraw_from(ADA) == make()
    assert room.withdraw(OFFER) is None

    offer(room, make(staff_id=BEA))
    room.take(BEA, OFFER, NOON, LATER)
    assert room.withdraw(OFFER) is None
    assert room.withdraw_from(BEA) is None


def test_a_changed_wish_takes_back_the_offer_that_no_longer_fits(room: WaitingRoom) -> None:
    join(room, ANNE)
    offer(room, make())

    assert room.change_wish(ANNE, Wish.PSYCHOLOGIST) is None
    assert room.change_wish(ANNE, Wish.SURVIVOR) == make()
    assert (room.get(ANNE).wish, room.get(ANNE).offer) == (Wish.SURVIVOR, None)
    with pytest.raises(NotWaiting):
        room.change_wish(BELL, Wish.SURVIVOR)


def test_waits_and_accepted_times_are_blurred_and_forgotten(room: WaitingRoom) -> None:
    join(room, ANNE)
    offer(room, make())
    accept_at = NOON + timedelta(minutes=8, seconds=1)
    room.take(ADA, OFFER, NOON, LATER)
    room.settle(OFFER, TALK, accept_at)
    room.release(ADA, TALK)

    before = NOON - timedelta(hours=1)
    assert list(room.served_waits(ADULTS, before)) == [9 * 60]
    assert list(room.served_waits(YOUTH, before)) == []
    assert room.load(ADA, before) == 1
    assert accept_at not in [value for _, value in room.walk()]

    room.forget(accept_at)
    assert list(room.served_waits(ADULTS, before)) == []
    assert room.load(ADA, before) == 0


def test_walking_finds_everything_and_an_empty_room_holds_nothing(room: WaitingRoom) -> None:
    assert list(room.walk()) == []
    join(room, ANNE)
    offer(room, make())

    held = [value for _, value in room.walk()]

    assert {ANNE, ADA, OFFER, b"anne"} <= {value for value in held if isinstance(value, str | bytes)}
    room.leave(ANNE)
    room.forget(NOON)
    assert list(room.walk()) == []


def test_whoever_comes_to_the_head_stands_before_all_others_and_is_never_refused(room: WaitingRoom) -> None:
    for ticket in "abc":
        join(room, Ticket(ticket))

    for ticket in (ANNE, BELL):
        room.join(waiting(ticket), 3, head=True)

    assert [person.ticket for person in room.everybody()] == [BELL, ANNE, "a", "b", "c"]
    with pytest.raises(AlreadyWaiting):
        room.join(waiting(ANNE), 3, head=True)


@pytest.mark.parametrize("make_room", ROOMS.values(), ids=ROOMS)
def test_a_room_that_came_back_empty_is_put_in_the_order_it_had(make_room: Callable[[], WaitingRoom]) -> None:
    room = make_room()
    before = [join(room, Ticket(ticket)) for ticket in "abc"]
    before.append(room.join(waiting(Ticket("head")), 3, head=True))

    emptied = make_room()
    emptied.join(waiting(ANNE, NOON + timedelta(minutes=1)), 3)
    for person in (before[2], before[3], before[0], before[1]):
        assert emptied.rejoin(person) == person
        with pytest.raises(AlreadyWaiting):
            emptied.rejoin(person)
    emptied.join(waiting(BELL, NOON + timedelta(minutes=1)), 9)

    assert [person.ticket for person in emptied.everybody()] == ["head", "a", "b", "c", ANNE, BELL]


def test_whoever_lost_her_connection_keeps_her_place_and_is_offered_to_nobody(room: WaitingRoom) -> None:
    for ticket in (ANNE, BELL):
        join(room, ticket)
    made = make()
    offer(room, made)

    assert room.lost(ANNE, NOON) == made
    assert room.lost(ANNE, LATER) is None
    assert room.get(ANNE).lost_at == NOON, "time counts from the first loss"
    assert not offer(room, make(staff_id=BEA, offer_id=OfferId("other")))
    with pytest.raises(OfferGone):
        room.take(ADA, OFFER, NOON, LATER)

    assert room.back(ANNE).lost_at is None
    assert offer(room, make(staff_id=BEA, offer_id=OfferId("other")))
    assert [person.ticket for person in room.everybody()] == [ANNE, BELL]


def test_an_offer_that_was_taken_outlives_her_loss(room: WaitingRoom) -> None:
    join(room, ANNE)
    offer(room, make())
    room.take(ADA, OFFER, NOON, LATER)

    assert room.lost(ANNE, NOON) is None
    assert room.settle(OFFER, TALK, NOON)


def test_who_does_not_wait_can_neither_be_lost_nor_come_back(room: WaitingRoom) -> None:
    for ask in (lambda: room.lost(ANNE, NOON), lambda: room.back(ANNE)):
        with pytest.raises(NotWaiting):
            ask()


def test_a_conversation_is_counted_to_the_desk_again_once(room: WaitingRoom) -> None:
    for _ in range(2):
        room.hold(ADA, TALK)
    assert not room.is_free(ADA, cap=1)
    assert room.is_free(ADA, cap=2)

    room.release(ADA, TALK)

    assert room.is_free(ADA, cap=1)
