"""Lines closed by hand stay closed, over restarts too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpline.adapters.sql.closures import SqlClosures
from helpline.adapters.sql.engine import make_engine
from helpline.adapters.sql.upgrade import upgrade
from helpline.domain.ids import StaffId
from helpline.domain.line import Closure
from tests.fakes import ADULTS, NOON, YOUTH

pytestmark = pytest.mark.unit

CLOSED = Closure(line=ADULTS, at=NOON, staff_id=StaffId("cora"))


def test_a_line_is_closed_and_opened_in_every_process(empty_database: str) -> None:
    upgrade(empty_database)
    here, there = (SqlClosures(make_engine(empty_database)) for _ in range(2))
    assert list(there.everything()) == []

    here.close(CLOSED)
    assert list(there.everything()) == [CLOSED]

    there.open(ADULTS)
    there.open(ADULTS)
    assert list(here.everything()) == []


def test_who_closes_it_a_second_time_changes_nothing(empty_database: str) -> None:
    upgrade(empty_database)
    closures = SqlClosures(make_engine(empty_database))
    closures.close(CLOSED)
    closures.close(Closure(line=ADULTS, at=NOON + timedelta(minutes=5), staff_id=StaffId("sue")))
    closures.close(Closure(line=YOUTH, at=NOON, staff_id=StaffId("sue")))

    assert sorted(closures.everything(), key=lambda each: each.line) == [
        CLOSED, Closure(line=YOUTH, at=NOON, staff_id=StaffId("sue"))
    ]
