"""Envelopes go across once, in order, between the two ends of one conversation and nobody else."""

from __future__ import annotations

import pytest

from helpline.domain import errors
from helpline.domain.conversation import Accepted, Receipt
from helpline.domain.ids import Side, StaffId, Ticket
from tests.envelopes import PROPOSAL, WELCOME, commit, sealed
from tests.world import World

pytestmark = pytest.mark.unit

Talk = tuple[World, Ticket, StaffId, Accepted]


@pytest.fixture
def talk() -> Talk:
    world = World()
    ada = world.counsellor("ada")
    ticket, accepted = world.talking(ada)
    world.publisher.clear()
    return world, ticket, ada, accepted


def test_an_envelope_reaches_the_other_end_and_is_receipted(talk: Talk) -> None:
    world, ticket, ada, accepted = talk

    assert world.does.relaying.from_person(ticket, 1, sealed(b"a")) == Receipt(seq=1, epoch=1)
    assert world.does.relaying.from_staff(ada, accepted.conversation, 1, sealed(b"b")) == Receipt(seq=1, epoch=1)
    assert world.publisher.of(ada, "envelope") == [
        {"conversation": accepted.conversation, "seq": 1, "bytes": sealed(b"a")}
    ]
    assert world.publisher.of(ticket, "envelope") == [{"seq": 1, "bytes": sealed(b"b")}]


def test_the_same_number_again_gets_the_same_receipt_and_is_carried_once(talk: Talk) -> None:
    world, ticket, ada, _ = talk
    receipts = [world.does.relaying.from_person(ticket, 1, sealed()) for _ in range(3)]

    assert len(set(receipts)) == 1
    assert len(world.publisher.of(ada, "envelope")) == 1


def test_sent_is_told_only_when_the_other_end_holds_it(talk: Talk) -> None:
    world, ticket, ada, accepted = talk
    for seq in (1, 2):
        world.does.relaying.from_person(ticket, seq, sealed())
    assert world.publisher.of(ticket, "acked") == []

    world.does.relaying.staff_holds(ada, accepted.conversation, 2)
    world.does.relaying.staff_holds(ada, accepted.conversation, 1)

    assert world.publisher.of(ticket, "acked") == [{"seq": 2}]
    assert world.mailbox.undelivered(accepted.conversation, Side.COUNSELLOR) == ()


def test_the_person_holding_is_told_to_the_desk(talk: Talk) -> None:
    world, ticket, ada, accepted = talk
    world.does.relaying.from_staff(ada, accepted.conversation, 1, sealed())

    world.does.relaying.person_holds(ticket, 1)

    assert world.publisher.of(ada, "acked") == [{"conversation": accepted.conversation, "seq": 1}]


def test_of_two_commits_for_an_epoch_the_first_wins_and_the_second_costs_no_number(talk: Talk) -> None:
    world, ticket, ada, accepted = talk
    assert world.does.relaying.from_staff(ada, accepted.conversation, 1, commit(1)).epoch == 1

    with pytest.raises(errors.StaleEpoch):
        world.does.relaying.from_person(ticket, 1, commit(1))

    assert world.does.relaying.from_person(ticket, 1, commit(2)) == Receipt(seq=1, epoch=2)


def test_a_late_text_of_an_old_epoch_is_still_carried(talk: Talk) -> None:
    world, ticket, ada, accepted = talk
    for seq, epoch in enumerate((1, 2, 3), start=1):
        world.does.relaying.from_staff(ada, accepted.conversation, seq, commit(epoch))

    assert world.does.relaying.from_person(ticket, 1, sealed(epoch=1)).epoch == 1


def test_a_gap_is_refused_and_the_missing_one_still_fits(talk: Talk) -> None:
    world, ticket, _, _ = talk

    with pytest.raises(errors.OutOfOrder):
        world.does.relaying.from_person(ticket, 2, sealed())

    assert world.does.relaying.from_person(ticket, 1, sealed()).seq == 1


@pytest.mark.parametrize("envelope", [sealed(kind=PROPOSAL), WELCOME, sealed(readable=b"words")])
def test_what_is_no_private_message_is_forbidden_and_carried_nowhere(talk: Talk, envelope: bytes) -> None:
    world, ticket, _, _ = talk

    with pytest.raises(errors.ForbiddenMessage):
        world.does.relaying.from_person(ticket, 1, envelope)
    assert world.publisher.told == []


def test_the_welcome_passes_once_and_no_other_does(talk: Talk) -> None:
    world, _, ada, accepted = talk

    world.does.relaying.welcome(ada, accepted.conversation, WELCOME)
    with pytest.raises(errors.ForbiddenMessage):
        world.does.relaying.welcome(ada, accepted.conversation, WELCOME + b"!")

    assert world.publisher.told == []


def test_nothing_passes_before_the_welcome() -> None:
    world = World()
    ada = world.counsellor("ada")
    ticket = world.person()
    accepted = world.accepts(ada)

    with pytest.raises(errors.ForbiddenMessage):
        world.does.relaying.from_person(ticket, 1, sealed())
    with pytest.raises(errors.ForbiddenMessage):
        world.does.relaying.from_staff(ada, accepted.conversation, 1, sealed())


def test_a_refused_welcome_leaves_room_for_the_right_one() -> None:
    world = World()
    ada = world.counsellor("ada")
    ticket = world.person()
    accepted = world.accepts(ada)

    with pytest.raises(errors.ForbiddenMessage):
        world.does.relaying.welcome(ada, accepted.conversation, sealed())
    world.does.relaying.welcome(ada, accepted.conversation, WELCOME)

    assert world.publisher.of(ticket, "welcome") == [{"bytes": WELCOME}]


def test_a_colleague_can_do_nothing_with_a_conversation_that_is_not_hers(talk: Talk) -> None:
    world, _, _, accepted = talk
    bea, relaying = StaffId("bea"), world.does.relaying
    attempts = (
        lambda: relaying.welcome(bea, accepted.conversation, WELCOME),
        lambda: relaying.from_staff(bea, accepted.conversation, 1, sealed()),
        lambda: relaying.staff_holds(bea, accepted.conversation, 0),
        lambda: world.does.closing.end_by_staff(bea, accepted.conversation),
    )

    for attempt in attempts:
        with pytest.raises(errors.NoSuchConversation):
            attempt()
