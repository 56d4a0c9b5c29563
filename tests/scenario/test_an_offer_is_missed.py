"""Nobody answers an offer for twenty seconds."""

from __future__ import annotations

import pytest

from helpline.domain.errors import OfferGone
from helpline.domain.ids import PresenceState
from tests.world import World

pytestmark = pytest.mark.unit


def test_a_missed_offer_goes_on_and_its_counsellor_is_away_until_she_says_otherwise() -> None:
    world = World()
    ada = world.counsellor("ada")
    person = world.person()
    offer = world.offer_of(ada)
    assert offer is not None
    bea = world.counsellor("bea")

    world.passes(seconds=19)
    assert world.offer_of(ada) == offer
    world.passes(seconds=1)

    assert world.publisher.last(ada, "withdrawn") == {"offer": offer}
    assert world.publisher.last(ada, "presence")["state"] == "away"
    assert world.offer_of(bea) is not None
    with pytest.raises(OfferGone):
        world.does.accepting.accept(ada, offer)
    assert world.place_of(person) == world.does.waiting.change_wish(person, world.room.get(person).wish)


def test_when_she_is_back_she_is_asked_again_for_the_one_who_still_waits() -> None:
    world = World()
    ada = world.counsellor("ada")
    person = world.person()
    world.passes(minutes=2)
    assert world.room.get(person).offer is None

    assert world.declares(ada, PresenceState.ON_DUTY) is PresenceState.ON_DUTY

    assert world.accepts(ada).line == "adults"


def test_a_counsellor_who_takes_a_break_gives_back_what_she_was_offered() -> None:
    world = World()
    ada = world.counsellor("ada")
    person = world.person()
    offer = world.offer_of(ada)

    world.declares(ada, PresenceState.ON_BREAK)

    assert world.publisher.last(ada, "withdrawn") == {"offer": offer}
    assert world.place_of(person).offered is False  # type: ignore[union-attr]
    assert world.publisher.last(person, "place")["offered"] is False


def test_an_offer_lost_with_a_socket_goes_on_at_once_and_comes_back_with_it() -> None:
    world = World()
    ada = world.counsellor("ada")
    person = world.person()
    world.does.attending.depart(ada)
    assert world.room.get(person).offer is None

    world.passes(seconds=30)
    view = world.does.attending.arrive(ada)

    assert view.state is PresenceState.ON_DUTY
    assert world.offer_of(ada) is not None
