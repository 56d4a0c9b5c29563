"""What the router reads."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta

import pytest

from rota.domain.ids import LineId, Role, StaffId
from rota.domain.snapshot import Duty, Snapshot, take_snapshot
from tests.unit.rota.fakes import ADULTS, AMAL, EN, FR, INES, YOUNG, member, shift

pytestmark = pytest.mark.unit

EIGHT, NOON, FOUR = (datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (8, 12, 16))
SECOND = timedelta(seconds=1)
SOFIA = member("sofia", Role.SUPERVISOR)
STAFF = (AMAL, INES, SOFIA)


def picture(*shifts: object) -> Snapshot:
    return take_snapshot(1, (ADULTS, YOUNG), STAFF, shifts)  # type: ignore[arg-type]


def test_somebody_is_on_duty_from_the_first_moment_and_not_at_the_last() -> None:
    snapshot = picture(shift("1", AMAL, EIGHT, NOON))
    amal = (Duty(AMAL.id, Role.PSYCHOLOGIST),)
    assert [snapshot.on_duty(ADULTS.id, FR, at) for at in (EIGHT - SECOND, EIGHT, NOON - SECOND, NOON)] == [
        (),
        amal,
        amal,
        (),
    ]


def test_somebody_answers_only_in_languages_that_she_and_the_line_share() -> None:
    snapshot = picture(shift("1", INES, EIGHT, NOON), shift("2", AMAL, EIGHT, NOON, YOUNG))
    assert [duty.staff for duty in snapshot.on_duty(ADULTS.id, FR, EIGHT)] == [INES.id]
    assert snapshot.on_duty(ADULTS.id, EN, EIGHT) == ()
    assert snapshot.on_duty(YOUNG.id, EN, EIGHT) == ()
    assert snapshot.lines_of(AMAL.id, EIGHT) == ((YOUNG.id, FR),)


def test_a_supervisor_alone_opens_no_line() -> None:
    snapshot = picture(shift("1", SOFIA, EIGHT, NOON))
    assert snapshot.on_duty(ADULTS.id, FR, EIGHT) == ()
    assert not snapshot.opening(ADULTS.id, EIGHT).is_open
    assert snapshot.next_change(EIGHT - SECOND) is None


def test_a_closed_line_says_when_it_opens_and_an_open_one_does_not() -> None:
    snapshot = picture(shift("1", AMAL, EIGHT, NOON), shift("2", INES, NOON, FOUR))
    before, during, after = (snapshot.opening(ADULTS.id, at) for at in (EIGHT - SECOND, NOON, FOUR))
    assert (before.is_open, before.opens_at, before.zone) == (False, EIGHT, "Europe/Paris")
    assert (during.is_open, during.opens_at) == (True, None)
    assert (after.is_open, after.opens_at) == (False, None)


def test_a_line_that_is_not_planned_is_closed() -> None:
    opening = Snapshot().opening(LineId("nowhere"), NOON)
    assert (opening.is_open, opening.opens_at, opening.zone) == (False, None, "UTC")
    assert Snapshot().on_duty(LineId("nowhere"), FR, NOON) == ()
    assert Snapshot().lines_of(StaffId("nobody"), NOON) == ()


def test_the_next_change_is_the_next_start_or_end_on_any_line() -> None:
    snapshot = picture(shift("1", AMAL, EIGHT, FOUR), shift("2", INES, NOON, FOUR, YOUNG))
    assert [snapshot.next_change(at) for at in (EIGHT - SECOND, EIGHT, NOON, FOUR)] == [EIGHT, NOON, FOUR, None]


def test_two_overlapping_shifts_of_one_are_one_duty_until_the_last_ends() -> None:
    snapshot = picture(shift("1", AMAL, EIGHT, NOON), shift("2", AMAL, NOON - SECOND, FOUR))
    assert snapshot.on_duty(ADULTS.id, FR, NOON) == (Duty(AMAL.id, Role.PSYCHOLOGIST),)
    assert snapshot.next_change(EIGHT) == FOUR


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    snapshot = picture(shift("1", AMAL, EIGHT, NOON))
    elsewhere = datetime.fromisoformat("2026-11-24T03:00:00-05:00")
    assert snapshot.on_duty(ADULTS.id, FR, elsewhere) == snapshot.on_duty(ADULTS.id, FR, EIGHT) != ()


def test_a_picture_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        picture().version = 2  # type: ignore[misc]


def test_shifts_of_strangers_are_left_out() -> None:
    stranger = replace(shift("1", AMAL, EIGHT, NOON), staff=StaffId("stranger"))
    assert not picture(stranger).opening(ADULTS.id, EIGHT).is_open
