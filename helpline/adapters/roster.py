"""The rota as the router sees it: one immutable picture, swapped whole when the plan changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from helpline.domain.ids import CertificateRole, Language, LineId, StaffId
from helpline.domain.line import Opening
from helpline.domain.staff import Duty
from rota.domain.ids import Language as RotaLanguage
from rota.domain.ids import LineId as RotaLine
from rota.domain.ids import StaffId as RotaStaff
from rota.domain.snapshot import Duty as RotaDuty
from rota.domain.snapshot import Snapshot
from rota.domain.timeline import Timeline

Duties = Timeline[tuple[Duty, ...]]
Places = Timeline[tuple[tuple[LineId, Language], ...]]
NOBODY: Duties = Timeline((), ((),))
NOWHERE: Places = Timeline((), ((),))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picture:
    """A snapshot with its answers already in the helpline's own terms, so that asking costs no translation."""

    snapshot: Snapshot = field(default_factory=Snapshot)
    duties: Mapping[tuple[LineId, Language], Duties] = field(default_factory=dict)
    places: Mapping[StaffId, Places] = field(default_factory=dict)


class RotaRoster:
    """Answers who is on duty from the latest published snapshot. See helpline.ports.Roster."""

    def __init__(self) -> None:
        self._picture = _Picture()

    @property
    def version(self) -> int:
        """The version of the plan that is answered from; 0 before any was published."""
        return self._picture.snapshot.version

    def publish(self, snapshot: Snapshot) -> None:
        """Answer from `snapshot` from now on, unless a newer one is held. Readers see the old or the new, whole."""
        if snapshot.version >= self.version:
            self._picture = _translated(snapshot)

    def on_duty(self, line: LineId, language: Language, at: datetime) -> tuple[Duty, ...]:
        """Return who is on duty on the line and speaks the language."""
        return self._picture.duties.get((line, language), NOBODY).at(at)

    def lines_of(self, staff_id: StaffId, at: datetime) -> tuple[tuple[LineId, Language], ...]:
        """Return the lines and languages on which the rota has her on duty."""
        return self._picture.places.get(staff_id, NOWHERE).at(at)

    def opening(self, line: LineId, at: datetime) -> Opening:
        """Return whether the line is open, and when it opens next."""
        opening = self._picture.snapshot.opening(RotaLine(line), at)
        return Opening(is_open=opening.is_open, opens_at=opening.opens_at, zone=opening.zone)

    def next_change(self, at: datetime) -> datetime | None:
        """Return the first moment after `at` at which anybody's duty begins or ends, None if nothing is planned."""
        return self._picture.snapshot.next_change(at)


def _translated(snapshot: Snapshot) -> _Picture:
    return _Picture(
        snapshot=snapshot,
        duties={_spoken(spoken): held.map(_duties) for spoken, held in snapshot.duties.items()},
        places={_staff(staff): held.map(_places) for staff, held in snapshot.places.items()},
    )


def _duties(duties: tuple[RotaDuty, ...]) -> tuple[Duty, ...]:
    return tuple(Duty(staff_id=_staff(duty.staff), role=CertificateRole(duty.role.value)) for duty in duties)


def _places(places: tuple[tuple[RotaLine, RotaLanguage], ...]) -> tuple[tuple[LineId, Language], ...]:
    return tuple(_spoken(place) for place in places)


def _spoken(spoken: tuple[RotaLine, RotaLanguage]) -> tuple[LineId, Language]:
    return LineId(spoken[0]), Language(spoken[1])


def _staff(staff: RotaStaff) -> StaffId:
    return StaffId(staff)
