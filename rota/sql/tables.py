"""The tables of the plan. Moments are whole seconds since 1970, UTC: the same in every database.

The names start with rota_, because the plan may share a database with the rest of an installation.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, String, Table

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
ID = String(64)
TAG = String(35)  # the longest BCP 47 tag that RFC 5646 asks for
ZONE = String(64)
ROLE = String(16)

PLAN = Table(
    "rota_plan",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)

LINE = Table(
    "rota_line",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("zone", ZONE, nullable=False),
)

LINE_LANGUAGE = Table(
    "rota_line_language",
    METADATA,
    Column("line_id", ID, ForeignKey("rota_line.id", ondelete="CASCADE"), primary_key=True),
    Column("language", TAG, primary_key=True),
    Column("place", Integer, nullable=False),
)

STAFF_MEMBER = Table(
    "rota_staff_member",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("alias", String(80), nullable=False),
)

STAFF_LANGUAGE = Table(
    "rota_staff_language",
    METADATA,
    Column("staff_id", ID, ForeignKey("rota_staff_member.id", ondelete="CASCADE"), primary_key=True),
    Column("language", TAG, primary_key=True),
)

QUALIFICATION = Table(
    "rota_qualification",
    METADATA,
    Column("staff_id", ID, ForeignKey("rota_staff_member.id", ondelete="CASCADE"), primary_key=True),
    Column("role", ROLE, primary_key=True),
    Column("valid_until", BigInteger, nullable=True),
)

SHIFT = Table(
    "rota_shift",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("line_id", ID, ForeignKey("rota_line.id"), nullable=False),
    Column("staff_id", ID, ForeignKey("rota_staff_member.id"), nullable=False),
    Column("role", ROLE, nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("zone", ZONE, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("starts_at < ends_at", name="has_a_length"),
    Index("ix_rota_shift_ends_at", "ends_at"),
    Index("ix_rota_shift_staff_id_ends_at", "staff_id", "ends_at"),
)
