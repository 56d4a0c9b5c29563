"""One of two processes that accept the same offers at the same time: `python -m tests.faults.racer SOCKET URL KIND`."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import redis

from helpline.adapters.redis.address import Address
from helpline.adapters.redis.coding import dumps, plain
from helpline.adapters.redis.keys import PEOPLE
from helpline.adapters.redis.room import RedisWaitingRoom
from helpline.adapters.redis.wire import Wire
from helpline.domain.errors import NotWaiting, OfferGone
from helpline.domain.ids import CertificateRole, ConversationId, OfferId, StaffId, Ticket, Wish
from helpline.domain.offer import Offer
from helpline.domain.waiting import WaitingPerson
from tests.fakes import ADULTS, FRENCH, NOON

RACES: Final = 10_000
HEAT: Final = 50  # after so many both wait for each other again: otherwise one would soon be ahead alone
LATER: Final = NOON + timedelta(minutes=1)


class LooksThenTakes(RedisWaitingRoom):
    """Planted fault: taking is two steps, a look and a change."""

    def take(self, staff_id: StaffId, offer_id: OfferId, at: datetime, settle_by: datetime) -> WaitingPerson:
        try:
            person = self.get(Ticket(offer_id))
        except NotWaiting:
            raise OfferGone from None
        if person.offer is None or person.offer.taken:
            raise OfferGone
        taken = replace(person, offer=replace(person.offer, taken=True, lapses_at=settle_by))
        known = plain(taken)
        del known["key_package"]
        self._wire.do("HSET", PEOPLE, taken.ticket, dumps(known))
        return taken


ROOMS: Final = {"atomic": RedisWaitingRoom, "planted": LooksThenTakes}


def seat(room: RedisWaitingRoom, race: int) -> None:
    """Let somebody wait, and offer her."""
    name = str(race)
    room.join(
        WaitingPerson(
            ticket=Ticket(name), line=ADULTS, language=FRENCH, wish=Wish.WHOEVER, joined_at=NOON, key_package=b"p"
        ),
        RACES,
    )
    made = Offer(
        id=OfferId(name), ticket=Ticket(name), staff_id=StaffId(name), role=CertificateRole.PEER, line=ADULTS,
        language=FRENCH, made_at=NOON, lapses_at=LATER,
    )
    assert room.offer(made, cap=1, again_at=LATER)


def meet(server: redis.Redis, heat: int) -> None:
    """Wait until the other one is here as well."""
    server.incr(f"race:{heat}")
    while int(server.get(f"race:{heat}") or 0) % 2:
        time.sleep(0)


def accept(room: RedisWaitingRoom, race: int) -> bool:
    """Try to win, and count the conversation if it is won."""
    name = str(race)
    try:
        room.take(StaffId(name), OfferId(name), NOON, LATER)
    except OfferGone:
        return False
    return True


def main(socket: str, url: str, kind: str) -> None:
    """Race, and print which races were won and how many conversations came of them."""
    server = redis.Redis(unix_socket_path=socket, username="tester", password="any", protocol=2)
    room = ROOMS[kind](Wire(Address(url)))
    won: list[int] = []
    settled = 0
    for heat in range(RACES // HEAT):
        meet(server, heat)
        for race in range(heat * HEAT, (heat + 1) * HEAT):
            if accept(room, race):
                won.append(race)
                settled += room.settle(OfferId(str(race)), ConversationId(f"{race}"), NOON)
    print(json.dumps({"won": won, "settled": settled}))  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main(*sys.argv[1:])
