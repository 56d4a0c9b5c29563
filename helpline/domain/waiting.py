"""Who waits, for whom, since when, and who has been asked already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from helpline.domain.bands import Place
from helpline.domain.ids import Language, LineId, StaffId, Ticket, Wish
from helpline.domain.offer import Offer
from helpline.domain.retention import WAITING_LOST


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPerson:
    """A person in the queue: everything the router may know of her.

    `number` orders the queue and is given once, by the waiting room: nothing that happens later moves her.
    `lost_at` is set while her connection is lost: she keeps her place and is offered to nobody.
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
    lost_at: datetime | None = None

    def is_gone(self, at: datetime) -> bool:
        """Tell whether she has been away for so long that her place is free."""
        return self.lost_at is not None and at - self.lost_at >= WAITING_LOST

    def may_be_offered_to(self, staff_id: StaffId, at: datetime) -> bool:
        """Tell whether this counsellor was not asked for her yet, or may be asked once more by now."""
        again_at = self.asked.get(staff_id)
        return again_at is None or again_at <= at


def ahead_of(person: WaitingPerson, everybody: Iterable[WaitingPerson]) -> int:
    """Count those who wait before her on the whole line: counted by language or wish it would tell who they are.

    Who has lost her connection is offered to nobody meanwhile, and so not before anybody.
    """
    return sum(
        1 for other in everybody
        if other.line == person.line and other.number < person.number and other.lost_at is None
    )
