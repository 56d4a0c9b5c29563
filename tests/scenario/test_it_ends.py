"""The counsellor ends, the person exits, or an hour passes without her: nothing is left anywhere."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import pytest

from helpline.domain.conversation import Accepted
from helpline.domain.errors import NoSuchConversation
from helpline.domain.ids import StaffId, Ticket
from tests.envelopes import KEY_PACKAGE, commit, sealed
from tests.world import World

pytestmark = pytest.mark.unit

Ending = Callable[[World, Ticket, StaffId, Accepted], None]


def person_ends(world: World, ticket: Ticket, _staff: StaffId, _accepted: Accepted) -> None:
    world.does.closing.end_by_person(ticket)


def counsellor_ends(world: World, _ticket: Ticket, staff_id: StaffId, accepted: Accepted) -> None:
    world.does.closing.end_by_staff(staff_id, accepted.conversation)


def page_holds_nothing(world: World, _ticket: Ticket, staff_id: StaffId, _accepted: Accepted) -> None:
    world.does.closing.end_unheld(staff_id, set())


def an_hour_passes(world: World, ticket: Ticket, _staff: StaffId, _accepted: Accepted) -> None:
    world.does.connection.person_lost(ticket)
    world.passes(minutes=60)


ENDINGS = (person_ends, counsellor_ends, page_holds_nothing, an_hour_passes)


def full_conversation(world: World) -> tuple[Ticket, StaffId, Accepted]:
    """Let two talk, with envelopes in both directions that nobody has taken."""
    ada = world.counsellor("ada")
    ticket, accepted = world.talking(ada)
    world.does.relaying.from_person(ticket, 1, sealed(b"hers, never taken"))
    world.does.relaying.from_staff(ada, accepted.conversation, 1, commit(1, b"ours, never taken"))
    return ticket, ada, accepted


def traces(world: World, ticket: Ticket, accepted: Accepted) -> list[str]:
    """Return the places where anything of the conversation is still found."""
    secrets = [ticket.encode(), accepted.conversation.encode(), b"never taken", KEY_PACKAGE]
    found = []
    for place, value in world.everything_held():
        data = value if isinstance(value, bytes) else str(value).encode()
        if any(secret in data for secret in secrets):
            found.append(place)
    return found


@pytest.mark.parametrize("ending", ENDINGS)
def test_whoever_ends_it_every_store_is_walked_and_nothing_is_found(ending: Ending) -> None:
    world = World()
    ticket, ada, accepted = full_conversation(world)
    assert {place.split(".")[0] for place in traces(world, ticket, accepted)} == {"room", "conversations", "mailbox"}

    ending(world, ticket, ada, accepted)

    assert traces(world, ticket, accepted) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_hash_is_left_for_a_quarter_of_an_hour_and_then_not_even_that(ending: Ending) -> None:
    world = World()
    ticket, ada, accepted = full_conversation(world)
    ending(world, ticket, ada, accepted)
    ended_hash = sha256(ticket.encode()).digest()

    world.passes(minutes=14)
    assert ended_hash in [value for _, value in world.everything_held()]
    world.passes(minutes=1)

    assert ended_hash not in [value for _, value in world.everything_held()]


@pytest.mark.parametrize("ending", ENDINGS)
def test_once_it_has_ended_nothing_goes_on(ending: Ending) -> None:
    world = World()
    ticket, ada, accepted = full_conversation(world)
    ending(world, ticket, ada, accepted)
    relaying, closing = world.does.relaying, world.does.closing
    attempts = (
        lambda: relaying.from_person(ticket, 2, sealed()),
        lambda: relaying.from_staff(ada, accepted.conversation, 2, sealed()),
        lambda: relaying.person_holds(ticket, 1),
        lambda: closing.end_by_person(ticket),
        lambda: closing.end_by_staff(ada, accepted.conversation),
    )

    for attempt in attempts:
        with pytest.raises(NoSuchConversation):
            attempt()
    world.does.connection.person_back(ticket)
    world.does.connection.staff_back(ada)
    assert traces(world, ticket, accepted) == []


def test_four_hours_after_she_left_not_even_a_counsellors_load_is_left() -> None:
    world = World()
    ticket, ada, _ = full_conversation(world)
    world.does.closing.end_by_person(ticket)
    world.does.attending.depart(ada)

    world.passes(minutes=4 * 60)

    assert list(world.everything_held()) == []


def test_the_walk_finds_what_a_broken_closing_would_leave() -> None:
    """Planted fault: a mailbox that does not drop."""
    world = World()
    ticket, _, accepted = full_conversation(world)
    world.mailbox.drop = lambda conversation: None  # type: ignore[method-assign]

    world.does.closing.end_by_person(ticket)

    assert {place.split(".")[0] for place in traces(world, ticket, accepted)} == {"mailbox"}


def test_the_other_end_is_told_who_ended_it() -> None:
    world = World()
    ticket, ada, accepted = full_conversation(world)
    world.does.closing.end_by_staff(ada, accepted.conversation)
    second, accepted_second = world.talking(ada)
    world.does.closing.end_by_person(second)

    assert world.publisher.of(ticket, "ended") == [{"by": "counsellor"}]
    assert world.publisher.of(ada, "ended") == [{"conversation": accepted_second.conversation, "by": "person"}]


def test_both_ends_are_told_of_silence_and_the_desk_is_free() -> None:
    world = World()
    ticket, ada, accepted = full_conversation(world)
    world.does.connection.person_lost(ticket)
    world.passes(minutes=59)
    assert world.publisher.of(ada, "ended") == []
    waiting = world.person()

    world.passes(minutes=1)

    assert world.publisher.of(ada, "ended") == [{"conversation": accepted.conversation, "by": "silence"}]
    assert world.publisher.of(ticket, "ended") == [{"by": "silence"}]
    assert world.room.get(waiting).offer is not None


def test_an_hour_of_silence_with_her_page_open_is_hers() -> None:
    world = World()
    ticket, ada, accepted = full_conversation(world)

    world.passes(minutes=3 * 60)

    assert world.does.relaying.from_person(ticket, 2, sealed()).seq == 2
    assert world.publisher.of(ada, "ended") == []
    assert accepted.conversation in world.does.attending.arrive(ada).conversations


def test_who_is_back_in_time_goes_on_and_each_is_told_of_the_other() -> None:
    world = World()
    ticket, ada, accepted = full_conversation(world)
    for _ in range(2):
        world.does.connection.person_lost(ticket)
        world.does.connection.staff_lost(ada)
    world.does.connection.person_back(ticket)
    world.does.connection.staff_back(ada)
    world.passes(minutes=90)

    assert world.publisher.of(ticket, "peer") == [{"state": "lost"}, {"state": "here"}]
    talk = accepted.conversation
    assert world.publisher.of(ada, "peer") == [
        {"conversation": talk, "state": "lost"}, {"conversation": talk, "state": "here"},
    ]
    assert world.does.relaying.from_person(ticket, 2, sealed()).seq == 2


def test_a_page_that_still_holds_its_keys_keeps_its_conversation() -> None:
    world = World()
    ticket, ada, accepted = full_conversation(world)

    world.does.closing.end_unheld(ada, {accepted.conversation})

    assert world.conversations.by_ticket(ticket).id == accepted.conversation


def test_who_ends_while_she_waits_is_forgotten_at_once() -> None:
    world = World()
    ada = world.counsellor("ada")
    person = world.person()

    world.does.closing.end_by_person(person)

    assert world.room.everybody() == ()
    assert len(world.publisher.of(ada, "withdrawn")) == 1
