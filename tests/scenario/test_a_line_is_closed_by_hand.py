"""A line is closed now: who waits is turned away kindly, who talks goes on, and it opens again."""

from __future__ import annotations

import pytest

from helpline.domain.errors import LineClosed, NoSuchLine, NotWaiting, StoreAway
from helpline.domain.ids import LineId, StaffId
from helpline.usecases.closing_lines import ClosedByHand
from tests.fakes import ADULTS, NOON, YOUTH
from tests.world import World

pytestmark = pytest.mark.unit

CORA = StaffId("cora")


def test_nobody_new_can_wait_and_the_public_page_says_closed() -> None:
    world = World()
    world.planned("ada")
    world.does.closing_lines.close(ADULTS, CORA)

    with pytest.raises(LineClosed):
        world.person()
    assert not world.does.opening.public_state(NOON)[ADULTS].is_open
    assert world.does.opening.public_state(NOON)[YOUTH].is_open


def test_who_waits_is_told_so_with_the_next_tick() -> None:
    world = World()
    world.planned("ada")
    waiting = world.person()
    world.does.closing_lines.close(ADULTS, CORA)
    world.passes(seconds=1)

    assert world.publisher.last(waiting, "ended") == {"by": "closed"}
    with pytest.raises(NotWaiting):
        world.room.get(waiting)


def test_an_offer_under_way_may_be_accepted_and_who_talks_goes_on() -> None:
    world = World(cap=2)
    ada = world.counsellor("ada")
    _, talking = world.talking(ada)
    offered = world.person()
    world.does.closing_lines.close(ADULTS, CORA)
    world.passes(seconds=5)

    accepted = world.accepts(ada)

    assert world.publisher.of(offered, "ended") == []
    assert {each.id for each in world.conversations.of_staff(ada)} == {talking.conversation, accepted.conversation}


def test_opened_again_it_goes_by_the_rota() -> None:
    world = World()
    world.planned("ada")
    world.does.closing_lines.close(ADULTS, CORA)
    world.does.closing_lines.open(ADULTS)

    assert world.room.get(world.person()).line == ADULTS


def test_another_process_knows_as_soon_as_it_looks() -> None:
    world = World()
    elsewhere = ClosedByHand(world.closures)
    world.does.closing_lines.close(ADULTS, CORA)
    assert not elsewhere.is_closed(ADULTS)

    elsewhere.refresh()

    assert elsewhere.is_closed(ADULTS)
    assert not elsewhere.is_closed(YOUTH)


def test_a_database_that_is_away_opens_no_line() -> None:
    world = World()
    world.does.closing_lines.close(ADULTS, CORA)

    def fail() -> object:
        raise StoreAway

    world.closures.everything = fail  # type: ignore[method-assign, assignment]
    with pytest.raises(StoreAway):
        world.does.closed_by_hand.refresh()

    assert world.does.closed_by_hand.is_closed(ADULTS)


def test_its_state_says_who_is_there_and_no_more_than_whether_anybody_waits() -> None:
    world = World()
    ada = world.counsellor("ada")
    world.talking(ada)
    for _ in range(3):
        world.person()
    world.does.closing_lines.close(ADULTS, CORA)

    state = world.does.closing_lines.state(ADULTS)

    assert (state.at_desk, state.has_waiting, state.is_called) == (1, True, False)
    assert state.planned.is_open
    assert state.closure is not None
    assert (state.closure.at, state.closure.staff_id) == (NOON, CORA)


def test_a_line_that_is_not_there_cannot_be_closed() -> None:
    world = World()
    for act in (lambda: world.does.closing_lines.close(LineId("moon"), CORA),
                lambda: world.does.closing_lines.open(LineId("moon"))):
        with pytest.raises(NoSuchLine):
            act()
