"""Who may be asked for a person, and which of them is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from helpline.domain.ids import StaffId
from helpline.domain.staff import Duty, fits
from helpline.domain.waiting import WaitingPerson


def candidates(person: WaitingPerson, free: Sequence[Duty], at: datetime) -> list[Duty]:
    """Return those of the free counsellors who may be asked for her now.

    First all who fit her wish and were not asked yet. Only when there are none, those asked before who have come back
    to their desk since, or were asked ten minutes ago: she must not wait for ever because each was asked once.
    """
    fitting = [duty for duty in free if fits(person.wish, duty.role)]
    fresh = [duty for duty in fitting if duty.staff_id not in person.asked]
    return fresh or [duty for duty in fitting if person.may_be_offered_to(duty.staff_id, at)]


def one_of_the_two_least_loaded(
    duties: Sequence[Duty], load: Mapping[StaffId, int], choose: Callable[[Sequence[Duty]], Duty]
) -> Duty:
    """Return one of the two with least recent load, each as likely; among equals, chance decides who the two are."""
    first = choose(_least(duties, load))
    others = [duty for duty in duties if duty.staff_id != first.staff_id]
    if not others:
        return first
    return choose((first, choose(_least(others, load))))


def _least(duties: Sequence[Duty], load: Mapping[StaffId, int]) -> list[Duty]:
    least = min(load[duty.staff_id] for duty in duties)
    return [duty for duty in duties if load[duty.staff_id] == least]
