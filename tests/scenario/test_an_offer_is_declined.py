"""A counsellor declines; the offer goes on, and the person keeps her place."""

from __future__ import annotations

import pytest

from helpline.domain.errors import OfferGone
from helpline.domain.ids import CertificateRole, PresenceState
from tests.world import World

pytestmark = pytest.mark.unit


def test_a_declined_offer_goes_to_the_colleague_and_the_person_keeps_her_place() -> None:
    world = World()
    ada, bea = world.counsellor("ada"), world.counsellor("bea", CertificateRole.PEER)
    first, second, third = world.person(), world.person(), world.person()
    asked = ada if world.room.get(first).offer.staff_id == ada else bea  # type: ignore[union-attr]
    other = bea if asked == ada else ada
    world.accepts(other)  # the second is answered, so that her desk is the only one left

    world.declines(asked)

    assert [person.ticket for person in world.room.everybody()] == [first, third]
    assert world.room.get(first).offer is None
    assert world.room.get(third).offer.staff_id == asked  # type: ignore[union-attr]
    assert second not in [person.ticket for person in world.room.everybody()]


def test_two_declines_in_a_row_give_her_ten_minutes_and_then_she_is_asked_again() -> None:
    world = World()
    ada = world.counsellor("ada")
    first, second = world.person(), world.person()

    world.declines(ada)
    assert world.room.get(second).offer is not None
    world.declines(ada)

    assert world.publisher.last(ada, "presence") == {"state": "away", "on_rota": True, "cap": 1}
    assert world.declares(ada, PresenceState.ON_DUTY) is PresenceState.AWAY
    world.passes(minutes=9)
    assert world.offer_of(ada) is None
    world.passes(minutes=1)
    assert world.publisher.last(ada, "presence")["state"] == "on_duty"
    assert world.room.get(first).offer is not None


def test_the_only_counsellor_is_asked_once_more_after_ten_minutes_so_that_nobody_starves() -> None:
    world = World()
    ada = world.counsellor("ada")
    person = world.person()
    world.declines(ada)

    world.passes(minutes=9)
    assert world.room.get(person).offer is None
    world.passes(minutes=1)

    assert world.room.get(person).offer is not None


def test_nobody_can_decline_what_is_not_hers() -> None:
    world = World()
    ada = world.counsellor("ada")
    world.person()
    bea = world.counsellor("bea")
    offer = world.offer_of(ada)
    assert offer is not None

    with pytest.raises(OfferGone):
        world.does.offering.decline(bea, offer)
    assert world.offer_of(ada) == offer
