"""What every roster does: the one over the rota's picture, and the list that other tests use in its place."""

# ruff: noqa: DTZ001 - what a clock on the wall says has no zone
from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta

import pytest

from helpline.adapters.roster import RotaRoster
from helpline.domain.ids import CertificateRole, LineId, StaffId
from helpline.ports import Roster
from rota.domain.snapshot import Snapshot, take_snapshot
from tests.fakes import FakeRoster
from tests.fakes import Shift as ListedShift
from tests.unit.rota import fakes
from tests.unit.rota.fakes import ADULTS, AMAL, EN, FR, INES, YOUNG, PlanWorld, wish

pytestmark = pytest.mark.unit

EIGHT, NOON, FOUR = (datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (8, 12, 16))
SECOND = timedelta(seconds=1)
PLANNED = (fakes.shift("1", AMAL, EIGHT, NOON), fakes.shift("2", INES, EIGHT, FOUR))


def picture(version: int = 1) -> Snapshot:
    return take_snapshot(version, (ADULTS, YOUNG), (AMAL, INES), PLANNED)


def over_the_rota() -> Roster:
    roster = RotaRoster()
    roster.publish(picture())
    return roster


def over_a_list() -> Roster:
    return FakeRoster(
        shifts=[
            ListedShift(staff_id=StaffId("amal"), role=CertificateRole.PSYCHOLOGIST, start=EIGHT, end=NOON),
            ListedShift(
                staff_id=StaffId("ines"), role=CertificateRole.PEER, languages=(FR,), start=EIGHT, end=FOUR  # type: ignore[arg-type]
            ),
        ],
        opening_hours={LineId("adults"): (EIGHT, FOUR), LineId("nowhere"): (EIGHT, EIGHT)},
    )


@pytest.fixture(params=[over_the_rota, over_a_list])
def roster(request: pytest.FixtureRequest) -> Roster:
    make: Callable[[], Roster] = request.param
    return make()


def test_who_is_on_duty_is_said_with_her_role(roster: Roster) -> None:
    said = [(duty.staff_id, duty.role) for duty in roster.on_duty(ADULTS.id, FR, EIGHT)]  # type: ignore[arg-type]
    assert sorted(said) == [("amal", CertificateRole.PSYCHOLOGIST), ("ines", CertificateRole.PEER)]
    assert [duty.staff_id for duty in roster.on_duty(ADULTS.id, EN, EIGHT)] == ["amal"]  # type: ignore[arg-type]
    assert list(roster.on_duty(LineId("nowhere"), FR, EIGHT)) == []  # type: ignore[arg-type]


def test_a_duty_starts_at_its_first_moment_and_is_over_at_its_last(roster: Roster) -> None:
    counts = [len(roster.on_duty(ADULTS.id, FR, at)) for at in (EIGHT - SECOND, EIGHT, NOON, FOUR)]  # type: ignore[arg-type]
    assert counts == [0, 2, 1, 0]


def test_it_knows_where_somebody_answers(roster: Roster) -> None:
    assert sorted(roster.lines_of(StaffId("amal"), EIGHT)) == [("adults", "en"), ("adults", "fr")]
    assert list(roster.lines_of(StaffId("amal"), NOON)) == []
    assert list(roster.lines_of(StaffId("nobody"), EIGHT)) == []


def test_it_knows_when_a_line_opens(roster: Roster) -> None:
    adults = LineId("adults")
    assert roster.opening(adults, EIGHT).is_open
    assert roster.opening(adults, EIGHT).zone == "Europe/Paris"
    assert not roster.opening(adults, EIGHT - SECOND).is_open
    assert roster.opening(adults, EIGHT - SECOND).opens_at == EIGHT
    assert roster.opening(adults, FOUR).opens_at is None


def test_it_knows_the_next_change(roster: Roster) -> None:
    assert [roster.next_change(at) for at in (EIGHT - SECOND, EIGHT, NOON, FOUR)] == [EIGHT, NOON, FOUR, None]


def test_before_anything_is_published_every_line_is_closed() -> None:
    roster = RotaRoster()
    assert roster.version == 0
    assert not roster.opening(LineId("adults"), EIGHT).is_open


def test_an_older_picture_never_replaces_a_newer() -> None:
    roster = RotaRoster()
    roster.publish(picture(version=5))
    roster.publish(replace(Snapshot(), version=4))
    assert roster.version == 5
    assert roster.opening(LineId("adults"), EIGHT).is_open


def test_a_change_of_the_plan_is_seen_at_once() -> None:
    world, roster = PlanWorld(), RotaRoster()
    world.publishing.refresh()
    roster.publish(world.live)
    shift = world.plan.add_shift(wish(AMAL, datetime(2026, 11, 24, 18), datetime(2026, 11, 24, 22)))
    roster.publish(world.live)
    assert [duty.staff_id for duty in roster.on_duty(LineId("adults"), FR, shift.starts_at)] == ["amal"]  # type: ignore[arg-type]


def test_what_it_answers_cannot_be_changed() -> None:
    (duty, *_) = over_the_rota().on_duty(LineId("adults"), FR, EIGHT)  # type: ignore[arg-type]
    with pytest.raises(FrozenInstanceError):
        duty.staff_id = StaffId("other")  # type: ignore[misc]
