"""The waiting room in memory: who waits, what is offered, and how many conversations each desk holds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from threading import RLock

from helpline.adapters.memory.desks import Desk
from helpline.adapters.memory.walk import leaves
from helpline.domain.bands import Place
from helpline.domain.errors import AlreadyWaiting, Full, NotWaiting, OfferGone
from helpline.domain.ids import ConversationId, LineId, OfferId, StaffId, Ticket, Wish
from helpline.domain.numbers import WAITING_PER_LINE_MAX, WAITS_REMEMBERED
from helpline.domain.offer import Offer
from helpline.domain.retention import stepped, whole_minutes_in_seconds
from helpline.domain.staff import fits
from helpline.domain.waiting import WaitingPerson


class MemoryWaitingRoom:
    """The queue of one process. Implements the port WaitingRoom: every method is one step under one lock."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._last_number = 0
        self._first_number = 1  # those who come to the head count down from here
        self._waiting: dict[Ticket, WaitingPerson] = {}
        self._offers: dict[OfferId, Offer] = {}
        self._desks: dict[StaffId, Desk] = {}
        self._served: dict[LineId, deque[tuple[datetime, int]]] = {}

    # -- the queue

    def join(self, person: WaitingPerson, limit: int, *, head: bool = False) -> WaitingPerson:
        """Put her at the end, or before all others, and give her her number."""
        with self._lock:
            if person.ticket in self._waiting:
                raise AlreadyWaiting
            if not head and len(self._of_line(person.line, is_lost=False)) >= limit:
                raise Full
            number = self._first_number - 1 if head else max(self._last_number + 1, _milliseconds(person.joined_at))
            return self._seat(replace(person, number=number))

    def rejoin(self, person: WaitingPerson) -> WaitingPerson:
        """Put her back with the number she had."""
        with self._lock:
            if person.ticket in self._waiting:
                raise AlreadyWaiting
            return self._seat(person)

    def lost(self, ticket: Ticket, at: datetime) -> Offer | None:
        """Note that her connection is lost; an offer that nobody has taken is withdrawn and returned."""
        with self._lock:
            person = self._person(ticket)
            self._waiting[ticket] = replace(person, lost_at=person.lost_at or at)
            self._forget_the_longest_lost(person.line)
            return None if person.offer is None or person.offer.taken else self._end(person.offer)

    def back(self, ticket: Ticket, key_package: bytes | None = None) -> WaitingPerson:
        """Note that she is here again, and which key package a page loaded anew has made."""
        with self._lock:
            person = self._person(ticket)
            key_package = key_package or person.key_package
            person = self._waiting[ticket] = replace(person, lost_at=None, key_package=key_package)
            return person

    def get(self, ticket: Ticket) -> WaitingPerson:
        """Return her as she stands."""
        with self._lock:
            return self._person(ticket)

    def everybody(self) -> Sequence[WaitingPerson]:
        """Return all who wait, offered or not, longest-waiting first."""
        with self._lock:
            return tuple(sorted(self._waiting.values(), key=lambda person: person.number))

    def change_wish(self, ticket: Ticket, wish: Wish) -> Offer | None:
        """Set her wish; an open offer to somebody who no longer fits is withdrawn and returned."""
        with self._lock:
            person = self._waiting[ticket] = replace(self._person(ticket), wish=wish)
            if person.offer is None or person.offer.taken or fits(wish, person.offer.role):
                return None
            return self._end(person.offer)

    def tell(self, ticket: Ticket, place: Place) -> bool:
        """Note what she is told of her place; true if it is news."""
        with self._lock:
            person = self._waiting.get(ticket)
            if person is None or person.told == place:
                return False
            self._waiting[ticket] = replace(person, told=place)
            return True

    def leave(self, ticket: Ticket) -> Offer | None:
        """Forget her; return the offer that this withdraws."""
        with self._lock:
            offer = self._person(ticket).offer
            del self._waiting[ticket]
            return None if offer is None else self._end(offer)

    # -- offers

    def offer(self, offer: Offer, *, cap: int, again_at: datetime) -> bool:
        """Make the offer, or change nothing and return false."""
        with self._lock:
            person = self._waiting.get(offer.ticket)
            if person is None or person.offer is not None or person.lost_at is not None:
                return False
            if not person.may_be_offered_to(offer.staff_id, offer.made_at) or not self.is_free(offer.staff_id, cap=cap):
                return False
            asked = {**person.asked, offer.staff_id: again_at}
            self._waiting[offer.ticket] = replace(person, asked=asked, offer=offer)
            self._offers[offer.id] = self._desk(offer.staff_id).offer = offer
            return True

    def withdraw(self, offer_id: OfferId) -> Offer | None:
        """Take back an offer that nobody has taken."""
        with self._lock:
            offer = self._offers.get(offer_id)
            return None if offer is None or offer.taken else self._end(offer)

    def withdraw_from(self, staff_id: StaffId) -> Offer | None:
        """Take back the offer this counsellor has, unless she has taken it."""
        with self._lock:
            offer = self._desk(staff_id).offer
            return None if offer is None or offer.taken else self._end(offer)

    def decline(self, staff_id: StaffId, offer_id: OfferId, at: datetime) -> Offer:
        """End the offer at her word."""
        with self._lock:
            return self._end(self._open_offer(staff_id, offer_id, at))

    def lapsed(self, at: datetime) -> Sequence[Offer]:
        """End and return every offer whose time is over."""
        with self._lock:
            over = [offer for offer in self._offers.values() if offer.lapses_at <= at]
            return [self._end(offer) for offer in over]

    def take(self, staff_id: StaffId, offer_id: OfferId, at: datetime, settle_by: datetime) -> WaitingPerson:
        """Accept: from here on nobody else can."""
        with self._lock:
            taken = replace(self._open_offer(staff_id, offer_id, at), taken=True, lapses_at=settle_by)
            self._offers[offer_id] = self._desk(staff_id).offer = taken
            person = self._waiting[taken.ticket] = replace(self._waiting[taken.ticket], offer=taken)
            return person

    def settle(self, offer_id: OfferId, conversation: ConversationId, at: datetime) -> bool:
        """End her waiting and count the conversation to the desk."""
        with self._lock:
            offer = self._offers.get(offer_id)
            if offer is None or not offer.taken:
                return False
            person = self._waiting.pop(self._end(offer).ticket)
            self._desk(offer.staff_id).accept(conversation, stepped(at))
            served = self._served.setdefault(person.line, deque(maxlen=WAITS_REMEMBERED))
            served.append((stepped(at), whole_minutes_in_seconds(at - person.joined_at)))
            return True

    # -- desks

    def hold(self, staff_id: StaffId, conversation: ConversationId) -> None:
        """Count the conversation to the desk again, after the room came back empty."""
        with self._lock:
            self._desk(staff_id).held.add(conversation)

    def release(self, staff_id: StaffId, conversation: ConversationId) -> None:
        """Count the conversation off the desk."""
        with self._lock:
            self._desk(staff_id).held.discard(conversation)

    def may_ask_again(self, staff_id: StaffId, at: datetime) -> None:
        """Let a counsellor who came back be asked from `at` on for those for whom she was asked before."""
        with self._lock:
            for ticket, person in self._waiting.items():
                if staff_id in person.asked:
                    self._waiting[ticket] = replace(person, asked={**person.asked, staff_id: at})

    def load(self, staff_id: StaffId, since: datetime) -> int:
        """Return how many conversations this desk holds plus how many it accepted after `since`."""
        with self._lock:
            return self._desk(staff_id).load(since)

    def is_free(self, staff_id: StaffId, *, cap: int) -> bool:
        """Tell whether this desk has no offer before it and holds fewer than `cap` conversations."""
        with self._lock:
            desk = self._desk(staff_id)
            return desk.offer is None and len(desk.held) < cap

    def served_waits(self, line: LineId, since: datetime) -> Sequence[int]:
        """Return how many seconds each waited who was served on the line after `since`."""
        with self._lock:
            return [seconds for at, seconds in self._served.get(line, ()) if at > since]

    def forget(self, before: datetime) -> None:
        """Drop accepted times and served waits older than `before`, and desks of which nothing remains."""
        with self._lock:
            for desk in self._desks.values():
                desk.forget(before)
            self._desks = {staff_id: desk for staff_id, desk in self._desks.items() if desk.is_in_use}
            kept = {line: [each for each in served if each[0] > before] for line, served in self._served.items()}
            self._served = {line: deque(served, maxlen=WAITS_REMEMBERED) for line, served in kept.items() if served}

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        with self._lock:
            stores = {"waiting": self._waiting, "offers": self._offers, "desks": self._desks, "served": self._served}
            held = [leaf for name, store in stores.items() for leaf in leaves(f"room.{name}", store)]
        yield from held

    # -- under the lock

    def _of_line(self, line: LineId, *, is_lost: bool) -> list[WaitingPerson]:
        return [each for each in self._waiting.values() if each.line == line and (each.lost_at is not None) == is_lost]

    def _forget_the_longest_lost(self, line: LineId) -> None:
        """Keep so many places free for those who come back, and no more: nobody may fill the memory by going."""
        lost = sorted(self._of_line(line, is_lost=True), key=lambda each: (each.lost_at, each.number))
        for each in lost[:max(0, len(lost) - WAITING_PER_LINE_MAX)]:
            if each.offer is None:
                del self._waiting[each.ticket]

    def _seat(self, person: WaitingPerson) -> WaitingPerson:
        self._first_number = min(self._first_number, person.number)
        self._last_number = max(self._last_number, person.number)
        self._waiting[person.ticket] = person
        return person

    def _person(self, ticket: Ticket) -> WaitingPerson:
        if ticket not in self._waiting:
            raise NotWaiting
        return self._waiting[ticket]

    def _desk(self, staff_id: StaffId) -> Desk:
        return self._desks.setdefault(staff_id, Desk())

    def _open_offer(self, staff_id: StaffId, offer_id: OfferId, at: datetime) -> Offer:
        offer = self._offers.get(offer_id)
        if offer is None or offer.staff_id != staff_id or not offer.is_open(at):
            raise OfferGone
        return offer

    def _end(self, offer: Offer) -> Offer:
        """Take the offer away from the desk and from the person, if she is still here: she keeps her place."""
        del self._offers[offer.id]
        self._desk(offer.staff_id).offer = None
        if offer.ticket in self._waiting:
            self._waiting[offer.ticket] = replace(self._waiting[offer.ticket], offer=None)
        return offer


def _milliseconds(at: datetime) -> int:
    """Return a moment as a number: who joins after a loss of all numbers comes after those who waited already."""
    return int(at.timestamp() * 1000)
