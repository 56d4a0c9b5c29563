"""She waits, she is offered, she is answered, both write."""

from __future__ import annotations

import pytest

from helpline.domain.errors import NoSuchConversation, NotWaiting, OfferGone
from helpline.domain.ids import PresenceState
from tests.envelopes import KEY_PACKAGE, WELCOME, sealed
from tests.world import World

pytestmark = pytest.mark.unit


def test_a_person_is_answered_and_the_offer_said_line_and_language_only() -> None:
    world = World()
    ada = world.counsellor("ada")
    person = world.person()
    assert set(world.publisher.last(ada, "offer")) == {"offer", "line", "language", "seconds"}
    assert world.publisher.last(ada, "offer")["seconds"] == 20

    accepted = world.accepts(ada)
    world.does.relaying.welcome(ada, accepted.conversation, WELCOME)
    world.does.relaying.from_person(person, 1, sealed(b"from her"))
    world.does.relaying.from_staff(ada, accepted.conversation, 1, sealed(b"to her"))

    assert (accepted.key_package, accepted.line, accepted.language) == (KEY_PACKAGE, "adults", "fr")
    assert world.publisher.of(person, "welcome") == [{"bytes": WELCOME}]
    assert world.publisher.last(ada, "envelope")["bytes"] == sealed(b"from her")
    assert world.publisher.last(person, "envelope")["bytes"] == sealed(b"to her")
    assert world.does.attending.arrive(ada).conversations == (accepted.conversation,)


def test_her_words_go_nowhere_before_somebody_has_accepted() -> None:
    world = World()
    world.planned("ada")
    person = world.person()

    with pytest.raises(NoSuchConversation):
        world.does.relaying.from_person(person, 1, sealed())


def test_an_accepted_offer_cannot_be_accepted_again() -> None:
    world = World()
    ada = world.counsellor("ada")
    world.person()
    offer = world.offer_of(ada)
    assert offer is not None
    world.does.accepting.accept(ada, offer)

    with pytest.raises(OfferGone):
        world.does.accepting.accept(ada, offer)
    assert len(world.conversations.everybody()) == 1


def test_a_desk_at_its_cap_is_offered_nobody_until_a_conversation_ends() -> None:
    world = World()
    ada = world.counsellor("ada")
    first, _ = world.talking(ada)
    second = world.person()
    world.passes(seconds=30)
    assert world.room.get(second).offer is None

    world.does.closing.end_by_person(first)

    assert world.room.get(second).offer is not None


def test_a_cap_of_two_gives_two_conversations_and_not_three() -> None:
    world = World(cap=2)
    ada = world.counsellor("ada")
    for _ in range(3):
        world.person()
    world.accepts(ada)
    world.accepts(ada)

    assert world.offer_of(ada) is None
    assert len(world.does.attending.arrive(ada).conversations) == 2


@pytest.mark.parametrize("cap", [0, 3])
def test_no_organisation_may_set_another_cap(cap: int) -> None:
    with pytest.raises(ValueError, match="one conversation at a time, or two"):
        World(cap=cap)


def test_a_person_who_leaves_while_she_is_offered_takes_the_offer_with_her() -> None:
    world = World()
    ada = world.counsellor("ada")
    person = world.person()
    offer = world.offer_of(ada)
    assert offer is not None

    world.does.waiting.leave(person)

    assert world.publisher.last(ada, "withdrawn") == {"offer": offer}
    with pytest.raises(OfferGone):
        world.does.accepting.accept(ada, offer)
    with pytest.raises(NotWaiting):
        world.does.waiting.leave(person)
    assert world.presence.get(ada).state is PresenceState.ON_DUTY  # type: ignore[union-attr]


def test_a_person_whose_socket_is_lost_keeps_her_place_and_is_offered_to_nobody() -> None:
    world = World()
    ada = world.counsellor("ada")
    person = world.person()

    world.does.connection.person_lost(person)

    assert [each.ticket for each in world.room.everybody()] == [person]
    assert world.offer_of(ada) is None
    assert len(world.publisher.of(ada, "withdrawn")) == 1
