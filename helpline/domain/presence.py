"""A counsellor at her desk: on duty, on a break, off duty, or away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from helpline.domain.ids import ConversationId, PresenceState, StaffId
from helpline.domain.numbers import COOLING, DECLINES_IN_A_ROW
from helpline.domain.retention import PRESENCE_AFTER_LOSS


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """One counsellor's presence. `cooling_until` is set after two declines in a row, `lost_at` with her socket.

    `on_rota` is what her desk was last told of her shift; the router asks the rota itself.
    """

    staff_id: StaffId
    state: PresenceState = PresenceState.OFF_DUTY
    declines: int = 0
    cooling_until: datetime | None = None
    lost_at: datetime | None = None
    on_rota: bool = False

    @property
    def may_be_asked(self) -> bool:
        """Tell whether she is at her desk and has said that she is on duty."""
        return self.state is PresenceState.ON_DUTY and self.lost_at is None

    def declared(self, state: PresenceState, at: datetime) -> Present:
        """Take her word for it, except that cooling lasts its ten minutes: until then on duty means away."""
        known = self.cooled(at)
        if known.cooling_until is not None and state is PresenceState.ON_DUTY:
            return replace(known, state=PresenceState.AWAY)
        return replace(known, state=state)

    def missed(self) -> Present:
        """An offer lapsed before her eyes: she is away until she says otherwise."""
        return replace(self, state=PresenceState.AWAY) if self.state is PresenceState.ON_DUTY else self

    def declined(self, at: datetime) -> Present:
        """Count the decline: the second in a row is a sign that she needs ten minutes."""
        if self.declines + 1 < DECLINES_IN_A_ROW:
            return replace(self, declines=self.declines + 1)
        return replace(self.missed(), declines=0, cooling_until=at + COOLING)

    def accepted(self) -> Present:
        """She answers: earlier declines are no longer in a row."""
        return replace(self, declines=0)

    def cooled(self, at: datetime) -> Present:
        """End the cooling when its time is over. If nothing else happened meanwhile, she is on duty again."""
        if self.cooling_until is None or at < self.cooling_until:
            return self
        state = PresenceState.ON_DUTY if self.state is PresenceState.AWAY else self.state
        return replace(self, state=state, cooling_until=None)

    def kept(self, at: datetime, *, on_rota: bool) -> Present:
        """Let time do its part: cooling ends, and who has no shift is off duty."""
        now = replace(self.cooled(at), on_rota=on_rota)
        return now if on_rota else replace(now, state=PresenceState.OFF_DUTY)

    def lost(self, at: datetime) -> Present:
        """Her socket is gone."""
        return replace(self, lost_at=at)

    def back(self, at: datetime) -> Present:
        """Her socket is here again: as she was if it was a blink, otherwise off duty until she says so."""
        if self.lost_at is None or at - self.lost_at <= PRESENCE_AFTER_LOSS:
            return replace(self, lost_at=None)
        return replace(self, lost_at=None, state=PresenceState.OFF_DUTY)

    def is_forgettable(self, at: datetime) -> bool:
        """Tell whether nothing remains to be remembered of her: long gone, and not cooling."""
        gone = self.lost_at is not None and at - self.lost_at > PRESENCE_AFTER_LOSS
        return gone and (self.cooling_until is None or at >= self.cooling_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceView:
    """What her desk shows of herself."""

    state: PresenceState
    on_rota: bool
    cap: int
    conversations: tuple[ConversationId, ...]
