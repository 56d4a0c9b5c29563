"""Whom the longest-waiting person is offered to, and what follows when the offer is declined or missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from helpline.domain.choosing import candidates, one_of_the_two_least_loaded
from helpline.domain.ids import Language, LineId, OfferId, StaffId
from helpline.domain.numbers import ASK_AGAIN_AFTER, OFFER_SECONDS, RECENT_LOAD
from helpline.domain.offer import Offer
from helpline.domain.staff import Duty
from helpline.domain.waiting import WaitingPerson
from helpline.ports import Clock, Presence, Randomness, Roster, WaitingRoom
from helpline.usecases.presences import Presences
from helpline.usecases.telling import Desks, Places


class Offering:
    """The router. It knows line, language, wish and time joined of a person, and nothing else."""

    def __init__(
        self, *, clock: Clock, randomness: Randomness, room: WaitingRoom, presence: Presence, roster: Roster,
        presences: Presences, places: Places, desks: Desks,
    ) -> None:
        self._clock = clock
        self._randomness = randomness
        self._room = room
        self._presence = presence
        self._roster = roster
        self._presences = presences
        self._places = places
        self._desks = desks

    def route(self) -> None:
        """Offer whoever can be offered, then tell each whose place has changed. Safe at any time, from anywhere."""
        self.match()
        self._places.tell_all()

    def match(self) -> None:
        """Offer each waiting person, longest-waiting first, to one counsellor who is free for her."""
        now = self._clock.now()
        free: dict[tuple[LineId, Language], list[Duty]] = {}
        for person in self._room.everybody():
            if person.offer is None and person.lost_at is None:
                spoken = (person.line, person.language)
                if spoken not in free:
                    free[spoken] = self._free(*spoken, now)
                asked = self._offer(person, free[spoken], now)
                for each, duties in free.items():
                    free[each] = [duty for duty in duties if duty.staff_id != asked]

    def decline(self, staff_id: StaffId, offer_id: OfferId) -> None:
        """Let the offer go on to a colleague. Raises OfferGone."""
        now = self._clock.now()
        self._room.decline(staff_id, offer_id, now)
        before, after = self._presences.change(staff_id, lambda present: present.declined(now))
        if after.state is not before.state:
            self._desks.tell(after)
        self.route()

    def missed(self, offer: Offer) -> None:
        """Note that nobody answered an offer that has lapsed: its counsellor is away until she says otherwise."""
        self._desks.withdrawn(offer)
        _, after = self._presences.change(offer.staff_id, lambda present: present.missed())
        self._desks.tell(after)

    def _offer(self, person: WaitingPerson, free: Sequence[Duty], now: datetime) -> StaffId | None:
        """Make one offer for her, if anybody is free, and return to whom.

        Another process may be faster for one of them: then the next is tried.
        """
        left = candidates(person, free, now)
        load = {duty.staff_id: self._room.load(duty.staff_id, now - RECENT_LOAD) for duty in left}
        while left:
            duty = one_of_the_two_least_loaded(left, load, self._randomness.choose)
            offer = self._make(person, duty, now)
            if self._room.offer(offer, cap=self._desks.cap, again_at=now + ASK_AGAIN_AFTER):
                self._announce(offer)
                return duty.staff_id
            left.remove(duty)
        return None

    def _free(self, line: LineId, language: Language, now: datetime) -> list[Duty]:
        """Return who is on duty there by the rota, at her desk, and below her cap."""
        return [
            duty
            for duty in self._roster.on_duty(line, language, now)
            if self._may_be_asked(duty.staff_id) and self._room.is_free(duty.staff_id, cap=self._desks.cap)
        ]

    def _make(self, person: WaitingPerson, duty: Duty, now: datetime) -> Offer:
        return Offer(
            id=OfferId(self._randomness.token()), ticket=person.ticket, staff_id=duty.staff_id, role=duty.role,
            line=person.line, language=person.language, made_at=now,
            lapses_at=now + timedelta(seconds=OFFER_SECONDS),
        )

    def _announce(self, offer: Offer) -> None:
        """Tell her desk, unless she went on a break while the offer was made.

        Either this look at her presence comes after her change and sees it, or her change comes after the offer and
        takes the offer back: no lock spans the two stores.
        """
        if self._may_be_asked(offer.staff_id):
            self._desks.offered(offer)
        else:
            self._room.withdraw(offer.id)

    def _may_be_asked(self, staff_id: StaffId) -> bool:
        present = self._presence.get(staff_id)
        return present is not None and present.may_be_asked
