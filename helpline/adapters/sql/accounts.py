"""Accounts in the database."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Engine, RowMapping, insert, select, update
from sqlalchemy.exc import IntegrityError

from helpline.adapters.offloading import Offload, at_once
from helpline.adapters.sql.schema import account_table
from helpline.adapters.sql.steps import Steps
from helpline.domain.errors import Conflict
from helpline.domain.ids import AccountRole, CertificateRole, Language, StaffId
from helpline.domain.staff import Account


class SqlAccounts:
    """The port Accounts, in the table `account`."""

    def __init__(self, engine: Engine, offload: Offload = at_once) -> None:
        self._steps = Steps(engine, offload)

    def by_name(self, name: str) -> Account | None:
        """Return the account with this name."""
        return self._one(account_table.c.name == name)

    def by_id(self, staff_id: StaffId) -> Account | None:
        """Return the account of this staff member."""
        return self._one(account_table.c.staff_id == staff_id)

    def add(self, account: Account) -> None:
        """Keep a new account. Raises Conflict if its name or id is taken."""
        try:
            self._steps.one(lambda connection: connection.execute(insert(account_table).values(_row(account))))
        except IntegrityError as taken:
            raise Conflict from taken

    def change_password(self, staff_id: StaffId, password_hash: str) -> None:
        """Keep another form of the password."""
        self._change(staff_id, {"password_hash": password_hash})

    def change_language(self, staff_id: StaffId, language: Language) -> None:
        """Keep the language she reads the staff pages in."""
        self._change(staff_id, {"language": language})

    def _change(self, staff_id: StaffId, values: Mapping[str, str]) -> None:
        change = update(account_table).where(account_table.c.staff_id == staff_id).values(values)
        self._steps.one(lambda connection: connection.execute(change))

    def _one(self, condition: ColumnElement[bool]) -> Account | None:
        query = select(account_table).where(condition)
        row = self._steps.one(lambda connection: connection.execute(query).mappings().one_or_none())
        return None if row is None else _account(row)


def _row(kept: Account) -> dict[str, object]:
    return {
        "staff_id": kept.staff_id,
        "name": kept.name,
        "alias": kept.alias,
        "password_hash": kept.password_hash,
        "roles": " ".join(sorted(kept.roles)),
        "certificate_role": kept.certificate_role,
        "language": kept.language,
    }


def _account(row: RowMapping) -> Account:
    role = row["certificate_role"]
    return Account(
        staff_id=StaffId(row["staff_id"]),
        name=row["name"],
        alias=row["alias"],
        password_hash=row["password_hash"],
        roles=frozenset(AccountRole(name) for name in row["roles"].split()),
        certificate_role=None if role is None else CertificateRole(role),
        language=Language(row["language"]),
    )
