"""The line is open and nobody is at a desk; later somebody comes, or the line closes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpline.domain.errors import NotWaiting, OfferGone
from helpline.domain.ids import PresenceState
from tests.fakes import ADULTS, ENGLISH, FRENCH, NOON
from tests.world import World

pytestmark = pytest.mark.unit


def test_she_waits_and_is_offered_to_the_first_who_comes() -> None:
    world = World()
    ada = world.planned("ada")
    person = world.person()
    world.passes(minutes=3)
    assert world.room.get(person).offer is None

    world.does.attending.arrive(ada)
    assert world.room.get(person).offer is None
    world.does.attending.declare(ada, PresenceState.ON_DUTY)

    assert world.publisher.last(person, "place") == {"place": "next", "wait": "unknown", "offered": True}


def test_who_is_at_her_desk_without_a_shift_on_that_line_or_language_is_not_asked() -> None:
    world = World()
    world.planned("later", start=NOON + timedelta(hours=1))
    world.counsellor("english", languages=(ENGLISH,))

    person = world.person(language=FRENCH)

    assert world.room.get(person).offer is None


def test_a_shift_that_begins_finds_the_person_who_waits() -> None:
    world = World()
    ada = world.planned("ada", start=NOON + timedelta(seconds=30))
    world.does.attending.arrive(ada)
    person = world.person()

    world.passes(seconds=30)

    assert world.publisher.last(ada, "presence") == {"state": "off_duty", "on_rota": True, "cap": 1}
    world.declares(ada, PresenceState.ON_DUTY)
    assert world.room.get(person).offer is not None


def test_when_the_line_closes_she_is_told_so_and_forgotten() -> None:
    world = World()
    world.planned("ada")
    world.roster.opening_hours[ADULTS] = (NOON - timedelta(hours=1), NOON + timedelta(minutes=1))
    person = world.person()

    world.passes(minutes=1)

    assert world.publisher.last(person, "ended") == {"by": "closed"}
    with pytest.raises(NotWaiting):
        world.room.get(person)
    assert not world.conversations.was_closed(person)


def test_an_offer_under_way_when_the_line_closes_may_still_be_accepted() -> None:
    world = World()
    ada = world.counsellor("ada")
    world.roster.opening_hours[ADULTS] = (NOON - timedelta(hours=1), NOON + timedelta(seconds=5))
    person = world.person()

    world.passes(seconds=10)
    accepted = world.accepts(ada)

    assert world.publisher.of(person, "ended") == []
    assert world.conversations.get(accepted.conversation).ticket == person


def test_an_offer_missed_after_the_line_closed_ends_her_waiting() -> None:
    world = World()
    ada = world.counsellor("ada")
    world.roster.opening_hours[ADULTS] = (NOON - timedelta(hours=1), NOON + timedelta(seconds=5))
    person = world.person()
    offer = world.offer_of(ada)
    assert offer is not None

    world.passes(seconds=20)

    assert world.publisher.last(person, "ended") == {"by": "closed"}
    with pytest.raises(OfferGone):
        world.does.accepting.accept(ada, offer)
