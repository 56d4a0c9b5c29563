"""The four tables: accounts, sign-ins, day keys, and lines closed by hand."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Date, ForeignKey, Integer, LargeBinary, MetaData, String, Table

NAMING: Final = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
}

metadata: Final = MetaData(naming_convention=NAMING)

account_table: Final = Table(
    "account",
    metadata,
    Column("staff_id", String(64), primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("alias", String(64), nullable=False),
    Column("password_hash", String(256), nullable=False),
    Column("roles", String(128), nullable=False),
    Column("certificate_role", String(32), nullable=True),
    Column("language", String(16), nullable=False),
)

day_key_table: Final = Table(
    "day_key",
    metadata,
    Column("staff_id", String(64), ForeignKey("account.staff_id", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("public_key", LargeBinary(32), primary_key=True),
    Column("certificate", LargeBinary(4096), nullable=True),
)

sign_in_table: Final = Table(
    "sign_in",
    metadata,
    Column("token_sha256", LargeBinary(32), primary_key=True),
    Column("staff_id", String(64), nullable=False),
    Column("opened_minute", Integer, nullable=False),  # minutes since 1970 in UTC
    Column("seen_minute", Integer, nullable=False),
)

closure_table: Final = Table(
    "line_closure",
    metadata,
    Column("line_id", String(64), primary_key=True),
    Column("closed_minute", Integer, nullable=False),  # minutes since 1970 in UTC
    Column("staff_id", String(64), nullable=False),
)
