"""Who waits, for whom, since when, and who has been asked already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from helpline.domain.bands import Place
from helpline.domain.ids import Language, LineId, StaffId, Ticket, Wish
from helpline.domain.offer import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPerson:
    """A person in the queue: everything the router may know of her.

    `number` orders the queue and is given once, by the waiting room: nothing that happens later moves her.
    `asked` says from when on each counsellor who was asked for her may be asked again, if no other is left.
    """

    ticket: Ticket = field(repr=False)
    line: LineId
    language: Language
    wish: Wish
    joined_at: datetime
    key_package: bytes = field(repr=False)
    number: int = 0
    asked: Mapping[StaffId, datetime] = field(default_factory=dict, repr=False)
    offer: Offer | None = None
    told: Place | None = None

    def may_be_offered_to(self, staff_id: StaffId, at: datetime) -> bool:
        """Tell whether this counsellor was not asked for her yet, or may be asked once more by now."""
        again_at = self.asked.get(staff_id)
        return again_at is None or again_at <= at


def ahead_of(person: WaitingPerson, everybody: Iterable[WaitingPerson]) -> int:
    """Count those who wait before her on the whole line: counted by language or wish it would tell who they are."""
    return sum(1 for other in everybody if other.line == person.line and other.number < person.number)
