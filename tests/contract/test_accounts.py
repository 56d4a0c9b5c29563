"""What every store of accounts does."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from sqlalchemy import inspect

from helpline.adapters.sql.accounts import SqlAccounts
from helpline.adapters.sql.engine import make_engine
from helpline.adapters.sql.upgrade import VERSION_TABLE, upgrade
from helpline.domain.errors import Conflict
from helpline.domain.ids import AccountRole, CertificateRole, Language, StaffId
from helpline.domain.staff import Account
from helpline.ports import Accounts
from helpline.registry import COLUMNS
from tests.servers import ROOT

ADA = Account(
    staff_id=StaffId("a1"),
    name="ada",
    alias="Amal",
    password_hash="$argon2id$kept",
    roles=frozenset({AccountRole.COUNSELLOR, AccountRole.COORDINATOR}),
    certificate_role=CertificateRole.PSYCHOLOGIST,
    language=Language("fr"),
)


@pytest.fixture
def url(empty_database: str) -> str:
    upgrade(empty_database)
    return empty_database


@pytest.fixture
def accounts(url: str) -> Accounts:
    return SqlAccounts(make_engine(url))


def test_an_account_is_found_by_name_and_by_id_as_it_was_kept(accounts: Accounts) -> None:
    accounts.add(ADA)

    assert accounts.by_name("ada") == ADA
    assert accounts.by_id(ADA.staff_id) == ADA


def test_who_has_no_account_is_not_found(accounts: Accounts) -> None:
    accounts.add(ADA)

    assert accounts.by_name("ADA") is None
    assert accounts.by_name("' or 1=1 --") is None
    assert accounts.by_id(StaffId("ada")) is None


@pytest.mark.parametrize("other", [replace(ADA, staff_id=StaffId("a2")), replace(ADA, name="bea")])
def test_a_name_and_an_id_are_taken_once(accounts: Accounts, other: Account) -> None:
    accounts.add(ADA)

    with pytest.raises(Conflict):
        accounts.add(other)
    assert accounts.by_name("ada") == ADA


def test_a_coordinator_may_have_no_role_in_public(accounts: Accounts) -> None:
    accounts.add(replace(ADA, certificate_role=None))

    found = accounts.by_id(ADA.staff_id)
    assert found is not None
    assert found.certificate_role is None


def test_password_and_language_change_and_nothing_else(accounts: Accounts) -> None:
    accounts.add(ADA)
    accounts.add(replace(ADA, staff_id=StaffId("a2"), name="bea"))

    accounts.change_password(ADA.staff_id, "$argon2id$new")
    accounts.change_language(ADA.staff_id, Language("en"))

    assert accounts.by_id(ADA.staff_id) == replace(ADA, password_hash="$argon2id$new", language=Language("en"))
    assert accounts.by_name("bea") == replace(ADA, staff_id=StaffId("a2"), name="bea")


def test_upgrading_again_keeps_what_is_there(url: str, accounts: Accounts) -> None:
    accounts.add(ADA)

    upgrade(url)

    assert accounts.by_name("ada") == ADA


def test_the_tables_have_the_declared_columns_and_no_other(url: str) -> None:
    look = inspect(make_engine(url))
    found = {(table, column["name"]) for table in look.get_table_names() for column in look.get_columns(table)}

    tables = {"account", "day_key", "line_closure", "sign_in", VERSION_TABLE}
    assert found == {(column.table, column.name) for column in COLUMNS if column.table in tables}


def test_each_connection_waits_briefly_and_keeps_its_foreign_keys(sqlite_url: str) -> None:
    with make_engine(sqlite_url).connect() as connection:
        said = [connection.exec_driver_sql(f"pragma {name}").scalar() for name in
                ("journal_mode", "busy_timeout", "foreign_keys", "secure_delete")]

    assert said == ["wal", 250, 1, 1]


def test_several_machines_may_start_over_one_empty_database(postgres_url: str) -> None:
    make = "import sys; from helpline.data import make_tables; make_tables(sys.argv[1])"
    starts = [subprocess.Popen([sys.executable, "-c", make, postgres_url], cwd=ROOT) for _ in range(3)]

    assert [start.wait(timeout=60) for start in starts] == [0, 0, 0]
    assert {"account", "rota_plan"} <= set(inspect(make_engine(postgres_url)).get_table_names())
