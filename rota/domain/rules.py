"""What a shift must keep to, whoever plans it. Each rule stands alone and has the code of its error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rota.domain.line import Line
from rota.domain.shift import Shift
from rota.domain.staff import StaffMember
from rota.errors import (
    AlreadyOver,
    Broken,
    EndsBeforeStart,
    NoCommonLanguage,
    Overlap,
    RoleNotHeld,
    TooFarAhead,
    TooLong,
)

LONGEST = timedelta(hours=12)
FURTHEST = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A shift with all that is needed to judge it; `others` are the other shifts of the same staff member."""

    shift: Shift
    line: Line
    member: StaffMember
    others: Sequence[Shift]
    now: datetime


Rule = Callable[[Planned], Broken | None]


def ends_after_it_starts(planned: Planned) -> Broken | None:
    """A shift has a length."""
    return None if planned.shift.starts_at < planned.shift.ends_at else EndsBeforeStart()


def lasts_at_most_twelve_hours(planned: Planned) -> Broken | None:
    """Nobody answers for more than LONGEST, counted in hours that really pass."""
    return TooLong() if planned.shift.length > LONGEST else None


def is_not_over(planned: Planned) -> Broken | None:
    """A shift that has ended can no longer be planned."""
    return AlreadyOver() if planned.shift.ends_at <= planned.now else None


def is_within_reach(planned: Planned) -> Broken | None:
    """A shift starts within FURTHEST from now."""
    return TooFarAhead() if planned.shift.starts_at > planned.now + FURTHEST else None


def role_is_held(planned: Planned) -> Broken | None:
    """Whoever answers as something is qualified for it until the end."""
    return None if planned.member.holds(planned.shift.role, planned.shift.ends_at) else RoleNotHeld()


def a_language_is_shared(planned: Planned) -> Broken | None:
    """Whoever is on a line speaks at least one of its languages."""
    return NoCommonLanguage() if planned.member.languages.isdisjoint(planned.line.languages) else None


def one_place_at_a_time(planned: Planned) -> Broken | None:
    """Nobody is in two shifts at once."""
    shift = planned.shift
    for other in planned.others:
        if other.id != shift.id and other.overlaps(shift.starts_at, shift.ends_at):
            return Overlap(other)
    return None


RULES: tuple[Rule, ...] = (
    ends_after_it_starts,
    lasts_at_most_twelve_hours,
    is_not_over,
    is_within_reach,
    role_is_held,
    a_language_is_shared,
    one_place_at_a_time,
)


def broken(planned: Planned) -> Iterator[Broken]:
    """Yield every rule that the shift breaks, in the order of RULES."""
    for rule in RULES:
        problem = rule(planned)
        if problem is not None:
            yield problem


def check(planned: Planned) -> None:
    """Accept the shift. Raises the first Broken there is."""
    for problem in broken(planned):
        raise problem
