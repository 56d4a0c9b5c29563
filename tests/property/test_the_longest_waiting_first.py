"""Nobody starves: whatever the wishes, a counsellor is offered to the longest-waiting of those whom she fits."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpline.adapters.memory.waiting_room import MemoryWaitingRoom
from helpline.domain.ids import CertificateRole, Language, PresenceState, StaffId, Ticket, Wish
from helpline.domain.staff import fits
from helpline.domain.waiting import WaitingPerson
from tests.fakes import ENGLISH, FRENCH, Told
from tests.world import World

pytestmark = pytest.mark.unit

ROLES = (CertificateRole.PSYCHOLOGIST, CertificateRole.PEER, CertificateRole.VOLUNTEER)
Steps = Sequence[tuple[str, int]]
people = st.tuples(st.sampled_from(Wish), st.sampled_from([FRENCH, ENGLISH]))
queues = st.lists(people, min_size=1, max_size=12)
desks = st.lists(st.tuples(st.sampled_from(ROLES), st.sets(st.sampled_from([FRENCH, ENGLISH]), min_size=1)), min_size=1,
                 max_size=5)
what_happens = st.lists(
    st.tuples(st.sampled_from(["accept", "decline", "end", "leave", "come", "away", "wait"]), st.integers(0, 30)),
    max_size=25,
)


class YoungestFirst(MemoryWaitingRoom):
    """Planted fault: the router looks at the queue from its end."""

    def everybody(self) -> Sequence[WaitingPerson]:
        return tuple(reversed(super().everybody()))


class Life:
    """A queue of mixed wishes, counsellors who come and go, and a judge of every offer."""

    def __init__(self, room: MemoryWaitingRoom, seed: int) -> None:
        self.world = World(seed=seed, room=room)
        self.room = room
        self.roles: dict[StaffId, tuple[CertificateRole, set[Language]]] = {}
        self.world.publisher.listeners.append(self._judge)

    def _judge(self, told: Told) -> None:
        if told.event != "offer":
            return
        staff_id, now = StaffId(told.to), self.world.clock.now()
        role, languages = self.roles[staff_id]
        queue = sorted(self.room.everybody(), key=lambda person: person.number)
        [offered] = [each for each in queue if each.offer is not None and each.offer.id == told.payload["offer"]]
        passed_over = [
            each for each in queue
            if each.number < offered.number and each.offer is None and each.language in languages
            and fits(each.wish, role) and each.may_be_offered_to(staff_id, now)
        ]
        assert passed_over == [], "somebody who had waited longer, and whom she fits, was passed over"

    def live(self, queue: Sequence[tuple[Wish, Language]], at_desks: Sequence[tuple[CertificateRole, set[Language]]],
             steps: Steps) -> None:
        for number, (role, languages) in enumerate(at_desks):
            self.roles[StaffId(f"staff-{number}")] = (role, languages)
            self.world.planned(f"staff-{number}", role, languages=tuple(sorted(languages)))
            self.world.does.attending.arrive(StaffId(f"staff-{number}"))
        spoken = {language for _, languages in at_desks for language in languages}
        tickets = [self.world.person(wish, language=language) for wish, language in queue if language in spoken]
        for staff_id in self.roles:
            self.world.declares(staff_id, PresenceState.ON_DUTY)
        for step, number in steps:
            self._do(step, list(self.roles)[number % len(self.roles)], tickets, number)

    def _do(self, step: str, staff_id: StaffId, tickets: list[Ticket], number: int) -> None:
        waiting = [person.ticket for person in self.room.everybody()]
        match step:
            case "accept" if self.world.offer_of(staff_id):
                self.world.accepts(staff_id)
            case "decline" if self.world.offer_of(staff_id):
                self.world.declines(staff_id)
            case "end":
                for conversation in self.world.conversations.of_staff(staff_id):
                    self.world.does.closing.end_by_staff(staff_id, conversation.id)
            case "leave" if waiting:
                self.world.does.waiting.leave(waiting[number % len(waiting)])
            case "come" if len(waiting) < 12:
                language = min(self.roles[staff_id][1])
                tickets.append(self.world.person(list(Wish)[number % len(Wish)], language=language))
            case "away":
                self.world.declares(staff_id, PresenceState.ON_BREAK)
                self.world.declares(staff_id, PresenceState.ON_DUTY)
            case "wait":
                self.world.passes(seconds=number)


@settings(max_examples=300, deadline=None)
@given(queues, desks, what_happens, st.integers(0, 999))
def test_the_longest_waiting_whom_she_fits_is_always_offered_first(
    queue: list[tuple[Wish, Language]], at_desks: list[tuple[CertificateRole, set[Language]]],
    steps: list[tuple[str, int]], seed: int,
) -> None:
    Life(MemoryWaitingRoom(), seed).live(queue, at_desks, steps)


def test_a_router_that_begins_at_the_end_of_the_queue_is_found() -> None:
    with pytest.raises(AssertionError, match="passed over"):
        Life(YoungestFirst(), 1).live(
            [(Wish.SURVIVOR, FRENCH), (Wish.WHOEVER, FRENCH), (Wish.WHOEVER, FRENCH)],
            [(CertificateRole.PSYCHOLOGIST, {FRENCH})], [],
        )
