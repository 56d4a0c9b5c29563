"""An offer: one waiting person, held out to one counsellor, for twenty seconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from helpline.domain.ids import CertificateRole, Language, LineId, OfferId, StaffId, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a counsellor is asked. She sees line and language; the rest stays with the server.

    `taken` is true from the moment she accepts until her conversation stands.
    """

    id: OfferId = field(repr=False)
    ticket: Ticket = field(repr=False)
    staff_id: StaffId
    role: CertificateRole
    line: LineId
    language: Language
    made_at: datetime
    lapses_at: datetime
    taken: bool = False

    def is_open(self, at: datetime) -> bool:
        """Tell whether it can still be accepted."""
        return not self.taken and at < self.lapses_at
