"""She asks for a survivor, and a survivor it is."""

from __future__ import annotations

import pytest

from helpline.domain.ids import CertificateRole, Wish
from tests.world import World

pytestmark = pytest.mark.unit


def test_a_survivor_is_asked_for_and_given_however_many_psychologists_are_free() -> None:
    world = World()
    for name in ("ada", "bea", "cleo"):
        world.counsellor(name)
    ines = world.counsellor("ines", CertificateRole.PEER)

    person = world.person(Wish.SURVIVOR)

    assert world.room.get(person).offer.staff_id == ines  # type: ignore[union-attr]
    assert world.accepts(ines).line == "adults"


def test_she_waits_for_a_survivor_while_others_after_her_are_answered() -> None:
    world = World()
    world.planned("later")
    first = world.person(Wish.SURVIVOR)
    second = world.person(Wish.WHOEVER)
    ada = world.counsellor("ada")
    assert world.room.get(first).offer is None
    assert world.room.get(second).offer is not None
    world.accepts(ada)

    ines = world.counsellor("ines", CertificateRole.PEER)

    assert world.room.get(first).offer.staff_id == ines  # type: ignore[union-attr]


def test_a_changed_wish_finds_somebody_at_once_and_keeps_her_place() -> None:
    world = World()
    world.planned("ines", CertificateRole.PEER)
    first, second = world.person(Wish.SURVIVOR), world.person(Wish.SURVIVOR)
    ada = world.counsellor("ada")

    place = world.does.waiting.change_wish(first, Wish.WHOEVER)

    assert (place.place, place.offered) == ("next", True)
    assert world.room.get(first).offer.staff_id == ada  # type: ignore[union-attr]
    assert [person.ticket for person in world.room.everybody()] == [first, second]


def test_a_changed_wish_takes_the_offer_from_who_no_longer_fits() -> None:
    world = World()
    ada = world.counsellor("ada")
    ines = world.counsellor("ines", CertificateRole.PEER)
    person = world.person(Wish.PSYCHOLOGIST)
    offer = world.offer_of(ada)

    assert world.does.waiting.change_wish(person, Wish.SURVIVOR).offered

    assert world.publisher.last(ada, "withdrawn") == {"offer": offer}
    assert world.offer_of(ines) is not None
    assert world.publisher.of(ada, "presence") == []
