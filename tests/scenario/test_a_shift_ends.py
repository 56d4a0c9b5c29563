"""A shift ends with a person waiting, and with a conversation under way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpline.domain.errors import NotOnDutyByRota
from helpline.domain.ids import PresenceState
from tests.envelopes import sealed
from tests.fakes import NOON
from tests.world import World

pytestmark = pytest.mark.unit

SOON = NOON + timedelta(seconds=10)


def test_a_shift_ends_with_a_person_waiting_and_the_next_one_answers_her() -> None:
    world = World()
    ada = world.counsellor("ada", end=SOON)
    person = world.person()
    offer = world.offer_of(ada)
    bea = world.planned("bea", start=SOON)
    world.does.attending.arrive(bea)

    world.passes(seconds=10)

    assert world.publisher.last(ada, "presence") == {"state": "off_duty", "on_rota": False, "cap": 1}
    assert world.publisher.last(ada, "withdrawn") == {"offer": offer}
    with pytest.raises(NotOnDutyByRota):
        world.declares(ada, PresenceState.ON_DUTY)
    world.declares(bea, PresenceState.ON_DUTY)
    assert world.room.get(person).offer.staff_id == bea  # type: ignore[union-attr]


def test_a_shift_that_is_followed_by_another_changes_nothing() -> None:
    world = World()
    ada = world.counsellor("ada", end=SOON)
    world.planned("ada", start=SOON)

    world.passes(seconds=20)

    assert world.publisher.of(ada, "presence") == []
    assert world.presence.get(ada).state is PresenceState.ON_DUTY  # type: ignore[union-attr]


def test_a_conversation_goes_on_after_the_shift_and_nobody_new_comes() -> None:
    world = World()
    ada = world.counsellor("ada", end=SOON)
    ticket, accepted = world.talking(ada)
    world.passes(seconds=20)

    assert world.does.relaying.from_staff(ada, accepted.conversation, 1, sealed()).seq == 1
    world.does.closing.end_by_person(ticket)
    world.planned("later", start=NOON + timedelta(hours=1))
    person = world.person()

    assert world.room.get(person).offer is None
