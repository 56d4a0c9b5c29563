"""What every conversation store does."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest

from helpline.domain.conversation import Conversation
from helpline.domain.errors import Conflict, NoSuchConversation
from helpline.domain.ids import ConversationId, EndedBy, StaffId, Ticket
from helpline.ports import ConversationStore
from tests.contract.adapters import CONVERSATIONS
from tests.fakes import ADULTS, FRENCH, NOON

pytestmark = pytest.mark.unit

ADA, BEA = StaffId("ada"), StaffId("bea")
ANNE, TALK = Ticket("anne"), ConversationId("talk")


def talk(name: str = TALK, ticket: str = ANNE, staff_id: StaffId = ADA) -> Conversation:
    return Conversation(
        id=ConversationId(name), ticket=Ticket(ticket), staff_id=staff_id, line=ADULTS, language=FRENCH, opened_at=NOON
    )


@pytest.fixture(params=CONVERSATIONS)
def store(request: pytest.FixtureRequest) -> ConversationStore:
    return CONVERSATIONS[request.param]()


def test_an_opened_conversation_is_found_by_each_of_its_names(store: ConversationStore) -> None:
    store.open(talk())

    assert store.get(TALK) == store.by_ticket(ANNE) == talk()
    assert list(store.everybody()) == list(store.of_staff(ADA)) == [talk()]
    assert list(store.of_staff(BEA)) == []


def test_an_unknown_one_is_nowhere(store: ConversationStore) -> None:
    with pytest.raises(NoSuchConversation):
        store.get(TALK)
    with pytest.raises(NoSuchConversation):
        store.by_ticket(ANNE)
    with pytest.raises(NoSuchConversation):
        store.close(TALK, NOON, EndedBy.PERSON)


def test_a_ticket_has_one_conversation(store: ConversationStore) -> None:
    store.open(talk())

    with pytest.raises(Conflict):
        store.open(talk("another"))
    with pytest.raises(NoSuchConversation):
        store.get(ConversationId("another"))


def test_a_desk_sees_its_conversations_oldest_first(store: ConversationStore) -> None:
    for name in ("1", "2"):
        store.open(talk(name, name))
    store.open(talk("3", "3", BEA))

    assert [each.id for each in store.of_staff(ADA)] == ["1", "2"]


def test_a_change_is_made_only_to_what_still_stands(store: ConversationStore) -> None:
    store.open(talk())
    lost = talk().person_lost(NOON)

    assert store.replace(talk(), lost)
    assert not store.replace(talk(), talk())
    assert store.by_ticket(ANNE) == lost
    store.close(TALK, NOON, EndedBy.PERSON)
    assert not store.replace(lost, talk())


def test_a_discarded_one_leaves_its_ticket_usable(store: ConversationStore) -> None:
    store.open(talk())
    store.discard(TALK)
    store.discard(TALK)

    assert not store.was_closed(ANNE)
    assert list(store.walk()) == []
    store.open(talk())


def test_a_closed_one_leaves_a_hash_for_a_while_and_cannot_rise_again(store: ConversationStore) -> None:
    store.open(talk())
    assert store.close(TALK, NOON, EndedBy.PERSON) == talk()

    with pytest.raises(NoSuchConversation):
        store.close(TALK, NOON, EndedBy.PERSON)
    assert store.was_closed(ANNE) is EndedBy.PERSON
    assert [value for _, value in store.walk()] == [sha256(b"anne").digest(), NOON, EndedBy.PERSON]
    with pytest.raises(Conflict):
        store.open(talk("another"))


def test_the_hash_is_forgotten_too(store: ConversationStore) -> None:
    store.open(talk())
    store.close(TALK, NOON, EndedBy.PERSON)

    store.forget_closed(NOON - timedelta(seconds=1))
    assert store.was_closed(ANNE)
    store.forget_closed(NOON)

    assert not store.was_closed(ANNE)
    assert list(store.walk()) == []


def test_one_that_the_store_has_lost_is_kept_again_once(store: ConversationStore) -> None:
    assert store.reopen(talk())
    assert not store.reopen(talk())
    assert not store.reopen(talk("another"))

    assert store.by_ticket(ANNE) == talk()


def test_one_that_is_over_is_not_kept_again(store: ConversationStore) -> None:
    store.open(talk())
    store.close(TALK, NOON, EndedBy.PERSON)

    with pytest.raises(Conflict):
        store.reopen(talk())


@pytest.mark.parametrize("by", [each for each in EndedBy if each is not EndedBy.GONE])
def test_only_a_counsellor_who_is_gone_gives_the_right_to_begin_anew(store: ConversationStore, by: EndedBy) -> None:
    store.open(talk())
    store.close(TALK, NOON, by)

    assert not store.reuse(ANNE)
    assert not store.reuse(Ticket("nobody"))


def test_the_right_to_begin_anew_is_taken_once(store: ConversationStore) -> None:
    store.open(talk())
    store.close(TALK, NOON, EndedBy.GONE)

    assert [store.reuse(ANNE) for _ in range(3)] == [True, False, False]
    assert store.was_closed(ANNE)
