"""What every store of the plan does: in memory, in SQLite and in PostgreSQL."""

# ruff: noqa: DTZ001 - what a clock on the wall says has no zone
from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from rota.domain.ids import LineId, Role, ShiftId, StaffId
from rota.domain.line import Line
from rota.domain.staff import Qualification
from rota.errors import Busy, NoSuchLine, NoSuchShift, NoSuchStaff, RotaError, ShiftChanged
from rota.ports import PlanStore
from rota.sql.engine import open_engine
from rota.sql.store import PlanInSql
from rota.sql.tables import METADATA
from rota.sql.upgrade import VERSION_TABLE, upgrade
from tests.unit.rota.fakes import ADULTS, AMAL, EN, FR, INES, YOUNG, MemoryPlan, PlanWorld, shift, wish

EIGHT = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST = shift("first", AMAL, EIGHT, EIGHT + 4 * HOUR)
SECOND = shift("second", INES, EIGHT + 4 * HOUR, EIGHT + 8 * HOUR)


@pytest.fixture
def url(empty_database: str) -> str:
    upgrade(empty_database)
    return empty_database


def stored(url: str) -> PlanStore:
    upgrade(url)
    return PlanInSql(open_engine(url))


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> PlanStore:
    in_memory = request.param == "memory"
    store = MemoryPlan() if in_memory else stored(request.getfixturevalue(f"{request.param}_url"))
    with store.writing() as plan:
        for line in (ADULTS, YOUNG):
            plan.put_line(line)
        for member in (INES, AMAL):
            plan.put_member(member)
        plan.add(SECOND)
        plan.add(FIRST)
    return store


def test_what_was_put_in_comes_out_equal_and_in_order(store: PlanStore) -> None:
    with store.reading() as plan:
        assert plan.lines() == (ADULTS, YOUNG)
        assert plan.staff() == (AMAL, INES)
        assert plan.shifts(ends_after=EIGHT) == (FIRST, SECOND)
        assert (plan.line(YOUNG.id), plan.member(INES.id), plan.shift(FIRST.id)) == (YOUNG, INES, FIRST)


def test_the_order_of_a_lines_languages_is_kept(store: PlanStore) -> None:
    english_first = Line(id=ADULTS.id, zone="America/New_York", languages=(EN, FR))
    with store.writing() as plan:
        plan.put_line(english_first)
    with store.reading() as plan:
        assert plan.line(ADULTS.id) == english_first


def test_putting_a_staff_member_again_replaces_her(store: PlanStore) -> None:
    until = Qualification(role=Role.VOLUNTEER, valid_until=EIGHT)
    changed = replace(AMAL, alias="A.", languages=frozenset({EN}), qualifications=(until,))
    with store.writing() as plan:
        plan.put_member(changed)
    with store.reading() as plan:
        assert plan.member(AMAL.id) == changed
        assert plan.shift(FIRST.id) == FIRST


def test_what_is_not_there_is_named_by_its_error(store: PlanStore) -> None:
    with store.reading() as plan:
        for missing, find in (
            (NoSuchLine, lambda: plan.line(LineId("nowhere"))),
            (NoSuchStaff, lambda: plan.member(StaffId("nobody"))),
            (NoSuchShift, lambda: plan.shift(ShiftId("never"))),
        ):
            with pytest.raises(missing):
                find()


def test_a_span_finds_the_shifts_that_touch_it(store: PlanStore) -> None:
    noon = EIGHT + 4 * HOUR
    with store.reading() as plan:
        assert plan.shifts(ends_after=noon) == (SECOND,)
        assert plan.shifts(ends_after=EIGHT, starts_before=noon) == (FIRST,)
        assert plan.shifts(ends_after=noon - HOUR, starts_before=noon + HOUR) == (FIRST, SECOND)
        assert plan.shifts(ends_after=EIGHT, staff=INES.id) == (SECOND,)


def test_a_change_that_raises_leaves_nothing(store: PlanStore) -> None:
    with store.reading() as plan:
        before = plan.version()
    with pytest.raises(NoSuchShift):
        _remove_twice(store)
    with store.reading() as plan:
        assert (plan.version(), plan.shifts(ends_after=EIGHT)) == (before, (FIRST, SECOND))


def _remove_twice(store: PlanStore) -> None:
    with store.writing() as plan:
        plan.remove(FIRST)
        plan.remove(FIRST)


def test_every_change_counts_the_version_by_one(store: PlanStore) -> None:
    with store.writing() as plan:
        inside = plan.version()
    with store.reading() as plan:
        assert plan.version() == inside == 2


def test_a_shift_is_replaced_and_removed_only_as_it_was_seen(store: PlanStore) -> None:
    changed = replace(FIRST, ends_at=FIRST.ends_at - HOUR, version=2)
    with store.writing() as plan:
        plan.replace(FIRST, changed)
    for act in ("replace", "remove"):
        with pytest.raises(ShiftChanged), store.writing() as plan:
            plan.replace(FIRST, FIRST) if act == "replace" else plan.remove(FIRST)
    with store.writing() as plan:
        plan.remove(changed)
    with pytest.raises(NoSuchShift), store.writing() as plan:
        plan.remove(changed)


# -- what only a database can get wrong ------------------------------------------------------------------------------


def test_upgrading_again_changes_nothing_and_the_tables_are_those_that_are_declared(url: str) -> None:
    upgrade(url)
    engine = open_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []


def test_the_tables_can_be_taken_down_again(url: str) -> None:
    upgrade(url, "0001")
    names = set(inspect(open_engine(url)).get_table_names())
    assert names == {VERSION_TABLE, *METADATA.tables}


def test_a_connection_waits_a_quarter_second_keeps_a_write_ahead_log_and_foreign_keys(sqlite_url: str) -> None:
    with open_engine(sqlite_url).connect() as connection:
        asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    assert asked == PRAGMAS


PRAGMAS = {"busy_timeout": 250, "journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1}


def test_a_shift_of_a_stranger_cannot_be_kept(url: str) -> None:
    store = PlanInSql(open_engine(url))
    with pytest.raises(IntegrityError), store.writing() as plan:
        plan.add(FIRST)


@pytest.fixture
def held(sqlite_url: str) -> Iterator[str]:
    upgrade(sqlite_url)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield sqlite_url


def test_a_plan_that_somebody_holds_for_too_long_is_busy_and_can_still_be_read(held: str) -> None:
    store = PlanInSql(open_engine(held))
    with pytest.raises(Busy), store.writing():
        pass
    with store.reading() as plan:
        assert plan.lines() == ()


def test_of_two_who_plan_the_same_colleague_at_once_one_is_refused(url: str) -> None:
    store = PlanInSql(open_engine(url))
    world, start, refusals = PlanWorld(store=store), Barrier(8), []

    def add(line: Line) -> None:
        start.wait()
        try:
            world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16), line))
        except RotaError as refused:
            refusals.append(refused.code)

    threads = [Thread(target=add, args=((ADULTS, YOUNG)[place % 2],)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(world.shifts()) == 1
    assert set(refusals) <= {"overlap", "busy"}
    assert len(refusals) == 7
