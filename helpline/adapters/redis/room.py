"""The waiting room on Redis: who waits, what is offered, and how many conversations each desk holds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from helpline.adapters.memory.walk import leaves
from helpline.adapters.redis.coding import dumps, loads, moment, plain, read_moment, value_of
from helpline.adapters.redis.keys import DESKS, LIFE_SECONDS, ROOM, SERVED
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.walking import pairs
from helpline.adapters.redis.wire import Wire
from helpline.domain.bands import Place
from helpline.domain.errors import AlreadyWaiting, Full, HelplineError, NotWaiting, OfferGone
from helpline.domain.ids import ConversationId, LineId, OfferId, StaffId, Ticket, Wish
from helpline.domain.numbers import WAITING_PER_LINE_MAX, WAITS_REMEMBERED
from helpline.domain.offer import Offer
from helpline.domain.retention import stepped
from helpline.domain.staff import FITTING
from helpline.domain.waiting import WaitingPerson

REFUSALS: Final[Mapping[bytes, type[HelplineError]]] = {
    b"waiting": AlreadyWaiting, b"full": Full, b"gone": NotWaiting,
}


class RedisWaitingRoom:
    """The queue of all processes. Implements the port WaitingRoom: every method is one script, so one step."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    # -- the queue

    def join(self, person: WaitingPerson, limit: int, *, head: bool = False) -> WaitingPerson:
        """Put her at the end, or at the head, and give her her number."""
        least = int(moment(person.joined_at)) // 1000
        return _person(self._run("join", LIFE_SECONDS, limit, int(head), least, *_packed(person)))

    def rejoin(self, person: WaitingPerson) -> WaitingPerson:
        """Put her back with the number she had."""
        return _person(self._run("rejoin", LIFE_SECONDS, *_packed(person)))

    def get(self, ticket: Ticket) -> WaitingPerson:
        """Return her as she stands."""
        return _waiting(self._run("get", ticket))

    def everybody(self) -> Sequence[WaitingPerson]:
        """Return all who wait, offered or not, longest-waiting first."""
        order, people, packages = self._run("everybody")
        known, brought = dict(pairs(people)), dict(pairs(packages))
        return tuple(_person([known[each], brought[each]]) for each in order)

    def change_wish(self, ticket: Ticket, wish: Wish) -> Offer | None:
        """Set her wish; an open offer to somebody who no longer fits is withdrawn and returned."""
        return _withdrawn(self._run("change_wish", LIFE_SECONDS, ticket, wish, dumps(sorted(FITTING[wish]))))

    def tell(self, ticket: Ticket, place: Place) -> bool:
        """Note what she is told of her place; true if it is news."""
        return bool(self._run("tell", ticket, dumps(place)))

    def leave(self, ticket: Ticket) -> Offer | None:
        """Forget her; return the offer that this withdraws."""
        return _withdrawn(self._run("leave", ticket))

    def lost(self, ticket: Ticket, at: datetime) -> Offer | None:
        """Note that her socket is gone; an offer that nobody has taken is withdrawn and returned."""
        return _withdrawn(self._run("lost", LIFE_SECONDS, ticket, moment(at), WAITING_PER_LINE_MAX))

    def back(self, ticket: Ticket, key_package: bytes | None = None) -> WaitingPerson:
        """Note that her socket is here again, and which key package a page loaded anew has made."""
        return _waiting(self._run("back", LIFE_SECONDS, ticket, key_package or b""))

    # -- offers

    def offer(self, offer: Offer, *, cap: int, again_at: datetime) -> bool:
        """Make the offer, or change nothing and return false."""
        return bool(self._run("offer", LIFE_SECONDS, cap, moment(again_at), dumps(offer)))

    def withdraw(self, offer_id: OfferId) -> Offer | None:
        """Take back an offer that nobody has taken."""
        return _offer(self._run("withdraw", offer_id))

    def withdraw_from(self, staff_id: StaffId) -> Offer | None:
        """Take back the offer this counsellor has, unless she has taken it."""
        return _offer(self._run("withdraw_from", staff_id))

    def decline(self, staff_id: StaffId, offer_id: OfferId, at: datetime) -> Offer:
        """End the offer at her word."""
        declined = _offer(self._run("decline", staff_id, offer_id, moment(at)))
        if declined is None:
            raise OfferGone
        return declined

    def lapsed(self, at: datetime) -> Sequence[Offer]:
        """End and return every offer whose time is over."""
        return [loads(Offer, each) for each in self._run("lapsed", moment(at))]

    def take(self, staff_id: StaffId, offer_id: OfferId, at: datetime, settle_by: datetime) -> WaitingPerson:
        """Accept: from here on nobody else can."""
        taken = self._run("take", LIFE_SECONDS, staff_id, offer_id, moment(at), moment(settle_by))
        if taken is None:
            raise OfferGone
        return _person(taken)

    def settle(self, offer_id: OfferId, conversation: ConversationId, at: datetime) -> bool:
        """End her waiting and count the conversation to the desk."""
        arguments = (offer_id, conversation, moment(stepped(at)), moment(at), WAITS_REMEMBERED)
        return bool(self._run("settle", LIFE_SECONDS, *arguments))

    # -- desks

    def hold(self, staff_id: StaffId, conversation: ConversationId) -> None:
        """Count the conversation to the desk again, after the room came back empty."""
        self._run("hold", LIFE_SECONDS, staff_id, conversation)

    def release(self, staff_id: StaffId, conversation: ConversationId) -> None:
        """Count the conversation off the desk."""
        self._run("release", staff_id, conversation)

    def may_ask_again(self, staff_id: StaffId, at: datetime) -> None:
        """Let a counsellor who came back be asked from `at` on for those for whom she was asked before."""
        self._run("may_ask_again", staff_id, moment(at))

    def load(self, staff_id: StaffId, since: datetime) -> int:
        """Return how many conversations this desk holds plus how many it accepted after `since`."""
        desk = self._desk(staff_id)
        return len(desk["held"]) + sum(1 for at in desk["accepted"] if read_moment(at) > since)

    def is_free(self, staff_id: StaffId, *, cap: int) -> bool:
        """Tell whether this desk has no offer before it and holds fewer than `cap` conversations."""
        desk = self._desk(staff_id)
        return "offer" not in desk and len(desk["held"]) < cap

    def served_waits(self, line: LineId, since: datetime) -> Sequence[int]:
        """Return how many seconds each waited who was served on the line after `since`."""
        waits = self._wire.do("HGET", SERVED, line)
        return [seconds for at, seconds in json.loads(waits or "[]") if read_moment(at) > since]

    def forget(self, before: datetime) -> None:
        """Drop accepted times and served waits older than `before`, and desks of which nothing remains."""
        self._run("forget", moment(before))

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        everybody = self.everybody()
        yield from leaves("room.waiting", {each.ticket: each for each in everybody})
        yield from leaves("room.offers", {each.offer.id: each.offer for each in everybody if each.offer})
        for staff_id, desk in pairs(self._wire.do("HGETALL", DESKS)):
            yield from leaves("room.desks", {staff_id.decode(): _desk_as_held(json.loads(desk))})
        for line, waits in pairs(self._wire.do("HGETALL", SERVED)):
            served = [(read_moment(at), seconds) for at, seconds in json.loads(waits)]
            yield from leaves("room.served", {line.decode(): served})

    def _desk(self, staff_id: StaffId) -> Any:
        known = self._wire.do("HGET", DESKS, staff_id)
        return {"held": {}, "accepted": []} if known is None else json.loads(known)

    def _run(self, name: str, *arguments: bytes | str | int) -> Any:
        answer = self._wire.run(script(f"room/{name}"), ROOM, *arguments)
        if isinstance(answer, bytes) and answer in REFUSALS:
            raise REFUSALS[answer]
        return answer


def _packed(person: WaitingPerson) -> tuple[bytes, bytes]:
    """Return all that is known of her, and her key package, which Lua leaves as it is."""
    known = plain(person)
    del known["key_package"]
    return json.dumps(known, separators=(",", ":")).encode(), person.key_package


def _person(answer: Sequence[bytes]) -> WaitingPerson:
    known, package = answer
    return value_of(WaitingPerson, {**json.loads(known), "key_package": package})


def _waiting(answer: Sequence[bytes] | None) -> WaitingPerson:
    if answer is None:
        raise NotWaiting
    return _person(answer)


def _offer(data: bytes | None) -> Offer | None:
    return None if data is None else loads(Offer, data)


def _withdrawn(answer: Sequence[bytes] | None) -> Offer | None:
    return None if answer is None else loads(Offer, answer[0])


def _desk_as_held(desk: Mapping[str, Any]) -> dict[str, object]:
    return {**desk, "held": list(desk["held"]), "accepted": [read_moment(at) for at in desk["accepted"]]}
