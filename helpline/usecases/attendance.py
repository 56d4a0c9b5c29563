"""Who is at a desk now: planned by the rota, connected, and on duty by her own word, whether busy or free."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from helpline.domain.ids import Language, LineId, StaffId, Wish
from helpline.domain.staff import Duty, fits
from helpline.domain.waiting import WaitingPerson
from helpline.ports import Clock, Presence, Roster


class AtDesks:
    """Those at their desks at one moment: looked up once, asked often."""

    def __init__(self, roster: Roster, staff: frozenset[StaffId], at: datetime) -> None:
        self._roster = roster
        self._staff = staff
        self._at = at

    def of(self, line: LineId, language: Language) -> list[Duty]:
        """Return who is there to answer on a line, in a language: supervisors answer nobody."""
        planned = self._roster.on_duty(line, language, self._at)
        return [duty for duty in planned if duty.staff_id in self._staff and fits(Wish.WHOEVER, duty.role)]

    def count(self, line: LineId, languages: Iterable[Language]) -> int:
        """Return how many are there for a line, in any of its languages."""
        return len({duty.staff_id for language in languages for duty in self.of(line, language)})

    def fits(self, person: WaitingPerson) -> bool:
        """Tell whether anybody there fits her language and her wish."""
        return any(fits(person.wish, duty.role) for duty in self.of(person.line, person.language))


class Attendance:
    """Looks who is at the desks."""

    def __init__(self, *, clock: Clock, roster: Roster, presence: Presence) -> None:
        self._clock = clock
        self._roster = roster
        self._presence = presence

    def now(self) -> AtDesks:
        """Return who is at the desks now."""
        staff = frozenset(each.staff_id for each in self._presence.everybody() if each.may_be_asked)
        return AtDesks(self._roster, staff, self._clock.now())
