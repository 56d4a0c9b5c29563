"""What every store of day keys does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from helpline.adapters.sql.accounts import SqlAccounts
from helpline.adapters.sql.day_keys import DEVICES_AT_MOST, SqlDayKeys
from helpline.adapters.sql.engine import make_engine
from helpline.adapters.sql.upgrade import upgrade
from helpline.domain.errors import NotFound, TooMany
from helpline.domain.ids import AccountRole, Language, StaffId
from helpline.domain.staff import Account, DayKeyRecord, DayKeyRequest

ADA, BEA, NOBODY = StaffId("ada"), StaffId("bea"), StaffId("nobody")
TODAY = date(2026, 11, 24)
TOMORROW = TODAY + timedelta(days=1)
KEY, OTHER = b"\1" * 32, b"\2" * 32


def certificate_of(key: bytes) -> bytes:
    return b"\x00\x01\x02" + b"\x20" + key + b"signed"


@pytest.fixture
def day_keys(empty_database: str) -> SqlDayKeys:
    upgrade(empty_database)
    engine = make_engine(empty_database)
    for name in (ADA, BEA):
        SqlAccounts(engine).add(
            Account(staff_id=name, name=name, alias=name, password_hash="", roles=frozenset({AccountRole.COUNSELLOR}),
                    certificate_role=None, language=Language("fr"))
        )
    return SqlDayKeys(engine)


def test_what_is_asked_for_waits_until_it_is_certified(day_keys: SqlDayKeys) -> None:
    day_keys.request(ADA, TODAY, KEY)

    assert list(day_keys.pending()) == [DayKeyRequest(staff_id=ADA, day=TODAY, public_key=KEY)]
    assert list(day_keys.certificates(ADA, TODAY)) == []

    day_keys.certify(ADA, TODAY, certificate_of(KEY))

    assert list(day_keys.pending()) == []
    assert list(day_keys.certificates(ADA, TODAY)) == [
        DayKeyRecord(staff_id=ADA, day=TODAY, public_key=KEY, certificate=certificate_of(KEY))
    ]


def test_asking_twice_is_asking_once(day_keys: SqlDayKeys) -> None:
    day_keys.request(ADA, TODAY, KEY)
    day_keys.certify(ADA, TODAY, certificate_of(KEY))
    day_keys.request(ADA, TODAY, KEY)

    assert list(day_keys.pending()) == []
    assert len(day_keys.certificates(ADA, TODAY)) == 1


def test_a_certificate_for_a_key_nobody_asked_for_is_not_kept(day_keys: SqlDayKeys) -> None:
    day_keys.request(ADA, TODAY, KEY)

    for staff_id, day, key in ((ADA, TODAY, OTHER), (BEA, TODAY, KEY), (ADA, TOMORROW, KEY)):
        with pytest.raises(NotFound):
            day_keys.certify(staff_id, day, certificate_of(key))
    assert list(day_keys.certificates(ADA, TODAY)) == []


def test_two_devices_of_one_staff_member_have_a_key_each(day_keys: SqlDayKeys) -> None:
    day_keys.request(ADA, TODAY, KEY)
    day_keys.request(ADA, TODAY, OTHER)
    day_keys.certify(ADA, TODAY, certificate_of(OTHER))

    assert [request.public_key for request in day_keys.pending()] == [KEY]
    assert [record.public_key for record in day_keys.certificates(ADA, TODAY)] == [OTHER]


def test_a_key_too_many_is_refused_and_the_others_stay(day_keys: SqlDayKeys) -> None:
    for number in range(DEVICES_AT_MOST):
        day_keys.request(ADA, TODAY, number.to_bytes(32, "big"))

    with pytest.raises(TooMany):
        day_keys.request(ADA, TODAY, b"\xff" * 32)
    day_keys.request(ADA, TOMORROW, KEY)
    assert len(day_keys.pending()) == DEVICES_AT_MOST + 1


def test_only_her_own_and_coming_days_are_given(day_keys: SqlDayKeys) -> None:
    for staff_id, day in ((ADA, TODAY), (ADA, TOMORROW), (BEA, TOMORROW)):
        day_keys.request(staff_id, day, KEY)
        day_keys.certify(staff_id, day, certificate_of(KEY))

    assert [(record.staff_id, record.day) for record in day_keys.certificates(ADA, TOMORROW)] == [(ADA, TOMORROW)]


def test_old_days_are_forgotten(day_keys: SqlDayKeys) -> None:
    old = TODAY - timedelta(days=3)
    day_keys.request(ADA, old, KEY)
    day_keys.request(ADA, TODAY, KEY)

    day_keys.forget(TODAY)

    assert [request.day for request in day_keys.pending()] == [TODAY]


def test_nobody_without_an_account_has_keys(day_keys: SqlDayKeys) -> None:
    with pytest.raises(IntegrityError):
        day_keys.request(NOBODY, TODAY, KEY)
