"""From wall clocks to moments, on the nights when they disagree."""

# ruff: noqa: DTZ001 - what a clock on the wall says has no zone
from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rota.domain.wall import day_start, end_instant, start_instant, wall_of
from rota.errors import UnknownZone

pytestmark = pytest.mark.unit

SKIPPED, SHOWN_TWICE = datetime(2026, 3, 29, 2, 30), datetime(2026, 10, 25, 2, 30)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_a_start_in_a_skipped_hour_moves_to_the_first_moment_after_it() -> None:
    assert start_instant(SKIPPED, "Europe/Paris") == utc(2026, 3, 29, 1, 0)


def test_an_end_in_a_skipped_hour_meets_the_start_that_is_planned_there() -> None:
    assert end_instant(SKIPPED, "Europe/Paris") == start_instant(SKIPPED, "Europe/Paris")


def test_a_start_that_is_shown_twice_is_the_first() -> None:
    assert start_instant(SHOWN_TWICE, "Europe/Paris") == utc(2026, 10, 25, 0, 30)


def test_an_end_that_is_shown_twice_is_the_last() -> None:
    assert end_instant(SHOWN_TWICE, "Europe/Paris") == utc(2026, 10, 25, 1, 30)


def test_a_skip_of_half_an_hour_is_no_different() -> None:
    assert start_instant(datetime(2026, 10, 4, 2, 15), "Australia/Lord_Howe") == utc(2026, 10, 3, 15, 30)


def test_a_day_that_never_was_starts_with_the_next() -> None:
    assert start_instant(datetime(2011, 12, 30, 12), "Pacific/Apia") == utc(2011, 12, 30, 10)
    assert day_start(date(2011, 12, 30), "Pacific/Apia") == day_start(date(2011, 12, 31), "Pacific/Apia")


def test_a_day_without_a_midnight_starts_after_the_skip() -> None:
    assert day_start(date(2018, 11, 4), "America/Sao_Paulo") == utc(2018, 11, 4, 3)
    assert wall_of(utc(2018, 11, 4, 3), "America/Sao_Paulo") == datetime(2018, 11, 4, 1)


def test_the_night_of_a_change_has_nine_or_eleven_hours() -> None:
    def night(month: int, day: int) -> float:
        start = start_instant(datetime(2026, month, day, 21), "Europe/Paris")
        return (end_instant(datetime(2026, month, day + 1, 7), "Europe/Paris") - start).total_seconds() / 3600

    assert (night(3, 28), night(6, 1), night(10, 24)) == (9, 10, 11)


@pytest.mark.parametrize("name", ["", "Paris", "Europe/Nowhere", "../etc/passwd", "/etc/localtime", "a" * 300, "\0"])
def test_a_zone_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone):
        start_instant(SKIPPED, name)
