"""Telling the waiting and the desks what is news to them."""

from __future__ import annotations

from collections.abc import Sequence

from helpline.domain.bands import Place, place_band, wait_at_empty_desks, wait_band
from helpline.domain.conversation import Conversation
from helpline.domain.ids import LineId, Side, StaffId
from helpline.domain.offer import Offer
from helpline.domain.presence import PresenceView, Present
from helpline.domain.retention import SERVED_WAITS
from helpline.domain.waiting import WaitingPerson, ahead_of
from helpline.ports import Clock, ConversationStore, Publisher, Roster, WaitingRoom
from helpline.usecases.attendance import AtDesks, Attendance


class Places:
    """Says to each waiting person where she stands, when that has changed."""

    def __init__(self, *, clock: Clock, room: WaitingRoom, publisher: Publisher, attendance: Attendance) -> None:
        self._clock = clock
        self._room = room
        self._publisher = publisher
        self._attendance = attendance

    def of(self, person: WaitingPerson) -> Place:
        """Return her place and note that she is told."""
        ahead = ahead_of(person, self._room.everybody())
        place = self._place(person, ahead, self._served(person.line), self._attendance.now())
        self._room.tell(person.ticket, place)
        return place

    def tell_all(self) -> None:
        """Publish `place` to everybody for whom it is news."""
        ahead: dict[LineId, int] = {}
        served: dict[LineId, Sequence[int]] = {}
        at_desks = self._attendance.now()
        for person in self._room.everybody():
            if person.line not in served:
                served[person.line] = self._served(person.line)
            place = self._place(person, ahead.get(person.line, 0), served[person.line], at_desks)
            ahead[person.line] = ahead.get(person.line, 0) + (person.lost_at is None)
            if place != person.told and self._room.tell(person.ticket, place):
                payload = {"place": place.place, "wait": place.wait, "offered": place.offered}
                self._publisher.to_person(person.ticket, "place", payload)

    def _served(self, line: LineId) -> Sequence[int]:
        return self._room.served_waits(line, self._clock.now() - SERVED_WAITS)

    def _place(self, person: WaitingPerson, ahead: int, served: Sequence[int], at_desks: AtDesks) -> Place:
        """Say where she stands. Who is there counts by line and language: by wish it would tell who is who."""
        waited_seconds = (self._clock.now() - person.joined_at).total_seconds()
        is_somebody_there = person.offer is not None or bool(at_desks.of(person.line, person.language))
        wait = wait_band(served, waited_seconds) if is_somebody_there else wait_at_empty_desks(waited_seconds)
        return Place(place=place_band(ahead), wait=wait, offered=person.offer is not None)


class Desks:
    """Says to each desk what it is offered, what is taken back, and how it stands."""

    def __init__(
        self, *, clock: Clock, conversations: ConversationStore, roster: Roster, publisher: Publisher, cap: int
    ) -> None:
        self._clock = clock
        self._conversations = conversations
        self._roster = roster
        self._publisher = publisher
        self.cap = cap

    def is_on_rota(self, staff_id: StaffId) -> bool:
        """Tell whether the rota has her on duty now, on any line."""
        return bool(self._roster.lines_of(staff_id, self._clock.now()))

    def view(self, present: Present) -> PresenceView:
        """Return how her desk stands."""
        return PresenceView(
            state=present.state,
            on_rota=self.is_on_rota(present.staff_id),
            cap=self.cap,
            conversations=tuple(each.id for each in self._conversations.of_staff(present.staff_id)),
        )

    def tell(self, present: Present) -> None:
        """Publish `presence`: the system changed it, not she."""
        view = self.view(present)
        payload = {"state": view.state, "on_rota": view.on_rota, "cap": view.cap}
        self._publisher.to_staff(present.staff_id, "presence", payload)

    def offered(self, offer: Offer) -> None:
        """Publish `offer`: line, language and how long, nothing about the person."""
        seconds = int((offer.lapses_at - offer.made_at).total_seconds())
        payload = {"offer": offer.id, "line": offer.line, "language": offer.language, "seconds": seconds}
        self._publisher.to_staff(offer.staff_id, "offer", payload)

    def withdrawn(self, offer: Offer | None) -> None:
        """Publish `withdrawn`, if there was anything to withdraw."""
        if offer is not None:
            self._publisher.to_staff(offer.staff_id, "withdrawn", {"offer": offer.id})


class Ends:
    """Says to one end of a conversation what became of the other."""

    def __init__(self, *, publisher: Publisher) -> None:
        self._publisher = publisher

    def tell(self, conversation: Conversation, side: Side, event: str, **payload: object) -> None:
        """Publish an event of this conversation to one of its ends."""
        if side is Side.PERSON:
            self._publisher.to_person(conversation.ticket, event, payload)
        else:
            self._publisher.to_staff(conversation.staff_id, event, {"conversation": conversation.id, **payload})
