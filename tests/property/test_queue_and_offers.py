"""Whatever anybody does in whatever order: places are kept, nobody is offered twice at once, nobody starves."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from helpline.adapters.memory.waiting_room import MemoryWaitingRoom
from helpline.domain.errors import Full, OfferGone
from helpline.domain.ids import CertificateRole, OfferId, PresenceState, StaffId, Ticket, Wish
from helpline.domain.numbers import ASK_AGAIN_AFTER
from helpline.domain.offer import Offer
from helpline.domain.staff import fits
from tests.fakes import FAR, Told
from tests.world import World

pytestmark = pytest.mark.unit

NAMES = ("ada", "bea", "cleo", "dora")
ROLES = (CertificateRole.PSYCHOLOGIST, CertificateRole.PEER, CertificateRole.VOLUNTEER)
names = st.sampled_from(NAMES)
numbers = st.integers(0, 30)


class Helpline(RuleBasedStateMachine):
    """Four counsellors, any number of people, and time."""

    room: type[MemoryWaitingRoom] = MemoryWaitingRoom

    @initialize(seed=st.integers(0, 999), cap=st.integers(1, 2), roles=st.lists(
        st.sampled_from(ROLES), min_size=4, max_size=4))
    def begin(self, seed: int, cap: int, roles: list[CertificateRole]) -> None:
        self.world = World(seed=seed, cap=cap, room=self.room())
        self.cap = cap
        self.roles = {StaffId(name): role for name, role in zip(NAMES, roles, strict=True)}
        self.joined: list[Ticket] = []
        self.talking: dict[Ticket, StaffId] = {}
        self.asked_at: dict[tuple[Ticket, StaffId], datetime] = {}
        self.came_back_at: dict[StaffId, datetime] = {}
        self.world.publisher.listeners.append(self._judge_offer)
        for staff_id, role in self.roles.items():
            self.world.planned(staff_id, role)
            self.world.does.attending.arrive(staff_id)
            self.world.does.attending.declare(staff_id, PresenceState.ON_DUTY)

    def _judge_offer(self, told: Told) -> None:
        """Look at each offer in the moment it is made."""
        if told.event != "offer":
            return
        now, staff_id = self.world.clock.now(), StaffId(told.to)
        [offer] = [each for each in self._offers() if each.id == told.payload["offer"]]
        person = self.world.room.get(offer.ticket)
        assert set(told.payload) == {"offer", "line", "language", "seconds"}
        assert fits(person.wish, self.roles[staff_id])
        assert self.talking.get(person.ticket) is None
        asked_at = self.asked_at.get((person.ticket, staff_id))
        if asked_at is not None:
            came_back = self.came_back_at.get(staff_id)
            assert now - asked_at >= ASK_AGAIN_AFTER or (came_back is not None and came_back >= asked_at)
            assert not self._never_asked(person.ticket, person.wish)
        self.asked_at[person.ticket, staff_id] = now

    def _free(self, staff_id: StaffId) -> bool:
        present = self.world.presence.get(staff_id)
        return present is not None and present.may_be_asked and self.world.room.is_free(staff_id, cap=self.cap)

    def _never_asked(self, ticket: Ticket, wish: Wish) -> list[StaffId]:
        return [
            staff_id
            for staff_id, role in self.roles.items()
            if fits(wish, role) and self._free(staff_id) and (ticket, staff_id) not in self.asked_at
        ]

    # -- what people do

    @rule(wish=st.sampled_from(Wish))
    def somebody_joins(self, wish: Wish) -> None:
        with suppress(Full):  # as many wait as those at their desks can answer
            self.joined.append(self.world.person(wish))

    @precondition(lambda self: self.world.room.everybody())
    @rule(number=numbers)
    def somebody_leaves(self, number: int) -> None:
        person = self._waiting(number)
        self.world.does.waiting.leave(person)
        self.joined.remove(person)

    @precondition(lambda self: self.world.room.everybody())
    @rule(number=numbers, wish=st.sampled_from(Wish))
    def somebody_wishes_again(self, number: int, wish: Wish) -> None:
        self.world.does.waiting.change_wish(self._waiting(number), wish)

    @rule(name=names, state=st.sampled_from([PresenceState.ON_DUTY, PresenceState.ON_BREAK, PresenceState.OFF_DUTY]))
    def a_counsellor_declares(self, name: str, state: PresenceState) -> None:
        present = self.world.presence.get(StaffId(name))
        if present is not None and present.lost_at is None:
            self._may_come_back(lambda: self.world.does.attending.declare(StaffId(name), state))

    @rule(name=names)
    def a_socket_is_lost_and_comes_back(self, name: str) -> None:
        staff_id = StaffId(name)
        self.world.does.attending.depart(staff_id)
        self.world.does.connection.staff_lost(staff_id)
        self._may_come_back(lambda: self.world.does.attending.arrive(staff_id))
        self.world.does.connection.staff_back(staff_id)

    def _may_come_back(self, act: object) -> None:
        """Note who may be asked once more by this act, before it routes."""
        now = self.world.clock.now()
        for staff_id in self.roles:
            present = self.world.presence.get(staff_id)
            if present is None or not present.may_be_asked:
                self.came_back_at[staff_id] = now
        act()  # type: ignore[operator]

    @precondition(lambda self: self._offers())
    @rule(number=numbers)
    def an_offer_is_declined(self, number: int) -> None:
        offer = self._offer(number)
        self.world.does.offering.decline(offer.staff_id, offer.id)

    @precondition(lambda self: self._offers())
    @rule(number=numbers)
    def an_offer_is_accepted_by_everybody_and_won_by_one(self, number: int) -> None:
        offer = self._offer(number)
        winners = [staff_id for staff_id in (*self.roles, offer.staff_id) if self._accepts(staff_id, offer.id)]
        assert winners == [offer.staff_id]
        self.talking[offer.ticket] = offer.staff_id
        self.joined.remove(offer.ticket)

    def _offers(self) -> list[Offer]:
        return [person.offer for person in self.world.room.everybody() if person.offer]

    def _offer(self, number: int) -> Offer:
        return self._offers()[number % len(self._offers())]

    def _accepts(self, staff_id: StaffId, offer: OfferId) -> bool:
        try:
            self.world.does.accepting.accept(staff_id, offer)
        except OfferGone:
            return False
        return True

    @precondition(lambda self: self.talking)
    @rule(number=numbers)
    def a_conversation_ends(self, number: int) -> None:
        ticket = list(self.talking)[number % len(self.talking)]
        del self.talking[ticket]
        self.world.does.closing.end_by_person(ticket)

    @rule(seconds=st.sampled_from([1, 5, 20, 60, 600]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds=seconds)
        self._may_come_back(self.world.does.ticking.tick)

    def _waiting(self, number: int) -> Ticket:
        everybody = self.world.room.everybody()
        return everybody[number % len(everybody)].ticket

    # -- what is always true

    @invariant()
    def everybody_keeps_her_place(self) -> None:
        assert [person.ticket for person in self.world.room.everybody()] == self.joined

    @invariant()
    def no_desk_has_two_offers_or_more_than_its_cap(self) -> None:
        offers = [offer.staff_id for offer in self._offers()]
        assert len(offers) == len(set(offers))
        for staff_id in self.roles:
            assert len(self.world.conversations.of_staff(staff_id)) <= self.cap

    @invariant()
    def nobody_waits_while_somebody_never_asked_for_her_is_free(self) -> None:
        for person in self.world.room.everybody():
            if person.offer is None:
                assert self._never_asked(person.ticket, person.wish) == []

    @invariant()
    def what_she_was_told_is_true(self) -> None:
        for ahead, person in enumerate(self.world.room.everybody()):
            assert person.told is not None
            assert person.told.offered == (person.offer is not None)
            assert (person.told.place == "next") == (ahead == 0)

    def teardown(self) -> None:
        """Nobody starves: with one willing counsellor for every wish, all who still wait are answered."""
        if not hasattr(self, "world"):
            return
        self.world.publisher.listeners.clear()
        helpers = [self.world.counsellor(f"late-{role}", role) for role in ROLES[:2]]
        for _ in range(len(self.joined)):
            if not self.world.room.everybody():
                break
            first = self.world.room.everybody()[0]
            self._answer(first.ticket, helpers)
        assert self.world.room.everybody() == ()

    def _answer(self, first: Ticket, helpers: list[StaffId]) -> None:
        """Let everybody who is asked accept until the first in the queue has been answered."""
        for _ in range(100):
            for staff_id in (*helpers, *self.roles):
                if self.world.offer_of(staff_id):
                    accepted = self.world.accepts(staff_id)
                    self.world.does.closing.end_by_staff(staff_id, accepted.conversation)
            if first not in [person.ticket for person in self.world.room.everybody()]:
                return
            self.world.clock.advance(seconds=30)
            self.world.does.ticking.tick()
        pytest.fail("she starved")


BOUNDED = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
LONGER = settings(BOUNDED, max_examples=400, phases=[Phase.generate], derandomize=True, database=None)
TestHelpline = Helpline.TestCase
TestHelpline.settings = BOUNDED


class LosesPlaces(MemoryWaitingRoom):
    """Planted fault: who was declined goes to the end."""

    def decline(self, staff_id: StaffId, offer_id: OfferId, at: datetime) -> Offer:
        offer = super().decline(staff_id, offer_id, at)
        self._last_number += 1
        self._waiting[offer.ticket] = replace(self._waiting[offer.ticket], number=self._last_number)
        return offer


class ForgetsWhoWasAsked(MemoryWaitingRoom):
    """Planted fault: the same counsellor is asked again and again."""

    def offer(self, offer: Offer, *, cap: int, again_at: datetime) -> bool:
        return super().offer(offer, cap=cap, again_at=offer.made_at)


class OffersToTheBusy(MemoryWaitingRoom):
    """Planted fault: nobody looks at what lies before the desk."""

    def is_free(self, staff_id: StaffId, *, cap: int) -> bool:
        return True


class LetsAnybodyTake(MemoryWaitingRoom):
    """Planted fault: an offer can be taken by whoever knows it."""

    def _open_offer(self, staff_id: StaffId, offer_id: OfferId, at: datetime) -> Offer:
        known = self._offers.get(offer_id)
        return super()._open_offer(known.staff_id if known else staff_id, offer_id, at)


class NeverAsksAgain(MemoryWaitingRoom):
    """Planted fault: once all have been asked, she waits for ever."""

    def offer(self, offer: Offer, *, cap: int, again_at: datetime) -> bool:
        return super().offer(offer, cap=cap, again_at=FAR)

    def may_ask_again(self, staff_id: StaffId, at: datetime) -> None:
        pass


@pytest.mark.parametrize("fault", [LosesPlaces, ForgetsWhoWasAsked, OffersToTheBusy, LetsAnybodyTake])
def test_a_planted_fault_is_found(fault: type[MemoryWaitingRoom]) -> None:
    machine = type("Faulty", (Helpline,), {"room": fault})

    with pytest.raises((AssertionError, KeyError)):
        run_state_machine_as_test(machine, settings=LONGER)


def test_a_helpline_that_asks_each_counsellor_only_once_is_seen_to_starve_people() -> None:
    """With the planted fault the only counsellor on duty, having declined once, is never asked again."""
    for room, answered in ((MemoryWaitingRoom(), True), (NeverAsksAgain(), False)):
        world = World(room=room)
        ada = world.counsellor("ada")
        world.person()
        world.declines(ada)
        world.passes(minutes=10)

        assert (world.offer_of(ada) is not None) is answered
