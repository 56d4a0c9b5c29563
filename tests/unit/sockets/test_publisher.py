from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pytest

from helpline.domain.ids import StaffId, Ticket
from helpline.sockets.bindings import Bindings
from helpline.sockets.connections import Connections
from helpline.sockets.events import UndeclaredEvent
from helpline.sockets.publisher import SocketPublisher

pytestmark = pytest.mark.unit

ADA, HERS = StaffId("ada"), Ticket("hers")


class FakeConnections:
    """Keeps what is sent and who is closed."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, Mapping[str, object]]] = []
        self.closed: list[tuple[str, str]] = []

    def emit(self, connection: str, event: str, payload: Mapping[str, object]) -> None:
        self.sent.append((connection, event, payload))

    def close(self, connection: str, code: str) -> None:
        self.closed.append((connection, code))


class World:
    """A publisher, one person and one desk."""

    def __init__(self) -> None:
        self.people, self.desks = Bindings[Ticket](), Bindings[StaffId]()
        self.person, self.staff = FakeConnections(), FakeConnections()
        self.publisher = SocketPublisher(self.people, self.desks)
        self.publisher.connect(
            person=cast("Connections", self.person), staff=cast("Connections", self.staff),
            token_of=lambda ticket: f"{ticket}-token", over=self.people.release,
        )
        self.people.bind(HERS, "her connection")
        self.desks.bind(ADA, "ada's tab")


def test_bytes_travel_as_base64() -> None:
    world = World()

    world.publisher.to_person(HERS, "envelope", {"seq": 1, "bytes": b"\x00\x01"})

    assert world.person.sent == [("her connection", "envelope", {"seq": 1, "bytes": "AAE="})]


def test_a_welcome_brings_the_token_to_come_back_with() -> None:
    world = World()

    world.publisher.to_person(HERS, "welcome", {"bytes": b"w"})

    assert world.person.sent == [("her connection", "welcome", {"bytes": "dw==", "token": "hers-token"})]


def test_who_is_not_connected_hears_nothing() -> None:
    world = World()

    world.publisher.to_person(Ticket("another"), "acked", {"seq": 1})
    world.publisher.to_staff(StaffId("ben"), "withdrawn", {"offer": "x"})

    assert world.person.sent == world.staff.sent == []


def test_once_it_has_ended_her_ticket_means_nothing_any_more() -> None:
    world = World()

    world.publisher.to_person(HERS, "ended", {"by": "counsellor"})

    assert len(world.person.sent) == 1
    assert list(world.people.walk()) == []


@pytest.mark.parametrize(("event", "payload"), [
    ("gossip", {}), ("acked", {}), ("acked", {"seq": 1, "from": "x"}), ("offer", {"offer": "x"}),
])
def test_what_is_not_declared_is_not_sent(event: str, payload: dict[str, object]) -> None:
    world = World()
    with pytest.raises(UndeclaredEvent):
        world.publisher.to_person(HERS, event, payload)

    assert world.person.sent == []


def test_signing_out_closes_her_desk() -> None:
    world = World()

    world.publisher.close_desk(ADA, "not_signed_in")
    world.publisher.close_desk(StaffId("ben"), "not_signed_in")

    assert world.staff.closed == [("ada's tab", "not_signed_in")]
