"""A whole helpline in memory, and the verbs by which a test lives in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from helpline.adapters.challenges import SealedChallenges
from helpline.adapters.memory.admissions import MemoryAdmissions
from helpline.adapters.memory.alarms import MemoryAlarms
from helpline.adapters.memory.conversations import MemoryConversations
from helpline.adapters.memory.halves import MemoryKeyHalves
from helpline.adapters.memory.mailbox import MemoryMailbox
from helpline.adapters.memory.presence import MemoryPresence
from helpline.adapters.memory.routes import MemoryRoutes
from helpline.adapters.memory.store_epoch import MemoryStoreEpoch
from helpline.adapters.memory.waiting_room import MemoryWaitingRoom
from helpline.adapters.system import SystemRandomness
from helpline.domain.bands import Place
from helpline.domain.conversation import Accepted
from helpline.domain.ids import CertificateRole, Language, LineId, OfferId, PresenceState, StaffId, Ticket, Wish
from helpline.domain.line import Line
from helpline.line_ports import Admissions, Alarms
from helpline.ports import ConversationStore, KeyHalves, Mailbox, Presence, Routes, StoreEpoch, WaitingRoom
from helpline.sealing import DailySeal
from helpline.usecases.everything import Ports, UseCases
from tests.envelopes import KEY_PACKAGE, WELCOME
from tests.fakes import (
    ADULTS,
    ENGLISH,
    FRENCH,
    YOUTH,
    FakeRoster,
    HandClock,
    ListedClosures,
    RecordingAlarm,
    RecordingPublisher,
    SeededRandomness,
    Shift,
)


@dataclass(frozen=True, kw_only=True)
class Stores:
    """Every store that lives no longer than what it holds, empty; in memory where nothing else is said."""

    room: WaitingRoom = field(default_factory=MemoryWaitingRoom)
    presence: Presence = field(default_factory=MemoryPresence)
    conversations: ConversationStore = field(default_factory=MemoryConversations)
    mailbox: Mailbox = field(default_factory=MemoryMailbox)
    halves: KeyHalves = field(default_factory=MemoryKeyHalves)
    routes: Routes = field(default_factory=MemoryRoutes)
    store_epoch: StoreEpoch = field(default_factory=lambda: MemoryStoreEpoch(SystemRandomness()))
    alarms: Alarms = field(default_factory=MemoryAlarms)
    admissions: Admissions = field(default_factory=MemoryAdmissions)


class World:
    """One process with its stores. Nobody is on duty until a test says so."""

    def __init__(
        self, *, seed: int = 1, cap: int = 1, room: WaitingRoom | None = None, stores: Callable[[], Stores] = Stores
    ) -> None:
        self.clock = HandClock()
        self.randomness = SeededRandomness(seed)
        self.roster = FakeRoster()
        self.publisher = RecordingPublisher()
        self.alarm, self.closures = RecordingAlarm(), ListedClosures()
        self._tickets = count(1)
        self._cap, self._stores = cap, stores
        self.lines = {line: Line(id=line, languages=(FRENCH, ENGLISH)) for line in (ADULTS, YOUTH)}
        self._stand_on(stores() if room is None else Stores(room=room))

    def _stand_on(self, stores: Stores) -> None:
        self.room, self.presence, self.conversations = stores.room, stores.presence, stores.conversations
        self.mailbox, self.halves, self.routes = stores.mailbox, stores.halves, stores.routes
        self.store_epoch, self.alarms, self.admissions = stores.store_epoch, stores.alarms, stores.admissions
        self.does = UseCases.over(
            Ports(
                clock=self.clock, randomness=self.randomness, room=self.room, presence=self.presence,
                conversations=self.conversations, mailbox=self.mailbox, halves=self.halves, routes=self.routes,
                store_epoch=self.store_epoch, roster=self.roster, publisher=self.publisher, lines=self.lines,
                cap=self._cap, alarms=self.alarms, alarm=self.alarm, closures=self.closures,
                admissions=self.admissions, challenges=SealedChallenges(DailySeal(bytes(32), "work")),
            )
        )

    def loses_its_stores(self) -> None:
        """Let every store come back empty, in another life."""
        self._stand_on(self._stores())

    # -- staff

    def counsellor(self, name: str, role: CertificateRole = CertificateRole.PSYCHOLOGIST, **shift: object) -> StaffId:
        """Plan a shift for her, let her come to her desk and say that she is on duty."""
        staff_id = self.planned(name, role, **shift)
        self.does.attending.arrive(staff_id)
        self.does.attending.declare(staff_id, PresenceState.ON_DUTY)
        return staff_id

    def planned(self, name: str, role: CertificateRole = CertificateRole.PSYCHOLOGIST, **shift: object) -> StaffId:
        self.roster.shifts.append(Shift(StaffId(name), role, **shift))  # type: ignore[arg-type]
        return StaffId(name)

    def declares(self, staff_id: StaffId, state: PresenceState) -> PresenceState:
        return self.does.attending.declare(staff_id, state).state

    def desk_is_lost(self, staff_id: StaffId) -> None:
        """Let a desk lose its connection."""
        self.does.attending.depart(staff_id)
        self.does.connection.staff_lost(staff_id)

    def desk_is_back(self, staff_id: StaffId) -> None:
        """Let a desk connect again and say that it is here; its conversations are resumed one by one after that."""
        self.does.attending.arrive(staff_id)
        self.does.connection.staff_back(staff_id)

    def offer_of(self, staff_id: StaffId) -> OfferId | None:
        """Return the offer that lies open before her, as the waiting room has it."""
        for person in self.room.everybody():
            if person.offer is not None and person.offer.staff_id == staff_id:
                return person.offer.id
        return None

    def accepts(self, staff_id: StaffId) -> Accepted:
        offer = self.offer_of(staff_id)
        assert offer is not None
        return self.does.accepting.accept(staff_id, offer)

    def declines(self, staff_id: StaffId) -> None:
        offer = self.offer_of(staff_id)
        assert offer is not None
        self.does.offering.decline(staff_id, offer)

    # -- persons

    def person(
        self, wish: Wish = Wish.WHOEVER, *, line: LineId = ADULTS, language: Language = FRENCH,
        key_package: bytes = KEY_PACKAGE,
    ) -> Ticket:
        """Let a person join the queue; return her ticket."""
        ticket = Ticket(f"ticket-{next(self._tickets)}")
        self.does.waiting.join(ticket, line, language, wish, key_package)
        return ticket

    def place_of(self, ticket: Ticket) -> Place | None:
        return self.room.get(ticket).told

    def talking(self, staff_id: StaffId, wish: Wish = Wish.WHOEVER) -> tuple[Ticket, Accepted]:
        """Let a person be answered by this counsellor, Welcome included."""
        ticket = self.person(wish)
        accepted = self.accepts(staff_id)
        self.does.relaying.welcome(staff_id, accepted.conversation, WELCOME)
        return ticket, accepted

    # -- time and stores

    def passes(self, *, seconds: int = 0, minutes: int = 0) -> None:
        """Let time pass second by second for the first minute, then in strides, with a tick after each."""
        total = seconds + 60 * minutes
        while total > 0:
            stride = 1 if total <= 60 else 30
            self.clock.advance(seconds=stride)
            self.does.ticking.tick()
            self.does.alarming.tick()
            total -= stride

    def everything_held(self) -> Iterator[tuple[str, object]]:
        for store in (self.room, self.presence, self.conversations, self.mailbox, self.halves, self.routes):
            yield from store.walk()
