"""What all processes know together of a crowd."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from helpline.line_ports import Admissions
from tests.contract.adapters import ADMISSIONS
from tests.fakes import ADULTS, NOON, YOUTH

pytestmark = pytest.mark.unit

MINUTE = timedelta(minutes=1)
FIVE_SECONDS = timedelta(seconds=5)


@pytest.fixture(params=ADMISSIONS.values(), ids=ADMISSIONS.keys())
def admissions(request: pytest.FixtureRequest) -> Admissions:
    make: Callable[[], Admissions] = request.param
    return make()


def test_who_asks_is_counted_by_line_and_minute(admissions: Admissions) -> None:
    assert [admissions.asked(ADULTS, NOON) for _ in range(3)] == [1, 2, 3]
    assert admissions.asked(YOUTH, NOON) == 1


def test_the_minute_before_counts_until_this_one_has_more(admissions: Admissions) -> None:
    for _ in range(3):
        admissions.asked(ADULTS, NOON)

    assert [admissions.asked(ADULTS, NOON + MINUTE) for _ in range(4)] == [3, 3, 3, 4]
    assert admissions.asked(ADULTS, NOON + 3 * MINUTE) == 1


def test_a_piece_of_work_is_used_once(admissions: Admissions) -> None:
    until = NOON + 2 * MINUTE
    assert not admissions.is_spent(b"work", NOON)

    assert admissions.spend(b"work", NOON, until)
    assert not admissions.spend(b"work", NOON, until)
    assert admissions.is_spent(b"work", NOON)
    assert admissions.spend(b"other work", NOON, until)


def test_the_slow_lane_lets_in_one_at_a_time_on_each_line(admissions: Admissions) -> None:
    assert admissions.let_in(ADULTS, NOON, FIVE_SECONDS)
    assert not admissions.let_in(ADULTS, NOON + timedelta(seconds=4), FIVE_SECONDS)
    assert admissions.let_in(YOUTH, NOON, FIVE_SECONDS)


def test_what_is_held_can_be_walked(admissions: Admissions) -> None:
    admissions.asked(ADULTS, NOON)
    admissions.spend(b"work", NOON, NOON + MINUTE)

    assert any(ADULTS in str(value) for _, value in admissions.walk())
