"""A counsellor comes to her desk, says how she is, and goes."""

from __future__ import annotations

from helpline.domain.errors import NotOnDutyByRota, NotPermitted
from helpline.domain.ids import PresenceState, StaffId
from helpline.domain.presence import PresenceView, Present
from helpline.ports import Clock, WaitingRoom
from helpline.usecases.offering import Offering
from helpline.usecases.presences import Presences
from helpline.usecases.telling import Desks


class Attending:
    """Presence at the desk, by her own word."""

    def __init__(
        self, *, clock: Clock, room: WaitingRoom, presences: Presences, offering: Offering, desks: Desks
    ) -> None:
        self._clock = clock
        self._room = room
        self._presences = presences
        self._offering = offering
        self._desks = desks

    def arrive(self, staff_id: StaffId) -> PresenceView:
        """Her socket is here: as she was if it was gone for two minutes at most, otherwise off duty."""
        now = self._clock.now()
        on_rota = self._desks.is_on_rota(staff_id)
        return self._ready(*self._presences.change(staff_id, lambda known: known.back(now).kept(now, on_rota=on_rota)))

    def declare(self, staff_id: StaffId, state: PresenceState) -> PresenceView:
        """Take her word. While she cools down, on duty means away until the ten minutes are over.

        Raises NotOnDutyByRota when she declares herself on duty without a shift; NotPermitted for `away`, which only
        the system sets.
        """
        if state is PresenceState.AWAY:
            raise NotPermitted
        if state is PresenceState.ON_DUTY and not self._desks.is_on_rota(staff_id):
            raise NotOnDutyByRota
        now = self._clock.now()
        return self._ready(*self._presences.change(staff_id, lambda known: known.declared(state, now)))

    def depart(self, staff_id: StaffId) -> None:
        """Her socket is gone: what she was offered goes on, what she holds waits for her."""
        now = self._clock.now()
        self._presences.change(staff_id, lambda known: known.lost(now))
        self._room.withdraw_from(staff_id)
        self._offering.route()

    def _ready(self, before: Present, after: Present) -> PresenceView:
        """Fit the offers to how she now stands: she came back and may be asked once more, or what she has goes on."""
        if not after.may_be_asked:
            self._desks.withdrawn(self._room.withdraw_from(after.staff_id))
        elif not before.may_be_asked:
            self._room.may_ask_again(after.staff_id, self._clock.now())
        self._offering.route()
        return self._desks.view(after)
