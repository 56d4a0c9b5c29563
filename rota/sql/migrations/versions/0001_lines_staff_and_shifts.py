"""Lines, staff and shifts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(64)
TAG = sa.String(35)
ZONE = sa.String(64)
ROLE = sa.String(16)


def upgrade() -> None:
    _plan()
    _line()
    _staff()
    _shift()


def downgrade() -> None:
    for table in ("shift", "qualification", "staff_language", "staff_member", "line_language", "line", "plan"):
        op.drop_table(f"rota_{table}")


def _plan() -> None:
    plan = op.create_table(
        "rota_plan",
        sa.Column("id", sa.Integer, autoincrement=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rota_plan"),
        sa.CheckConstraint("id = 1", name="ck_rota_plan_one_row"),
    )
    op.bulk_insert(plan, [{"id": 1, "version": 0}])


def _line() -> None:
    op.create_table(
        "rota_line",
        sa.Column("id", ID),
        sa.Column("zone", ZONE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rota_line"),
    )
    op.create_table(
        "rota_line_language",
        sa.Column("line_id", ID),
        sa.Column("language", TAG),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("line_id", "language", name="pk_rota_line_language"),
        sa.ForeignKeyConstraint(
            ["line_id"], ["rota_line.id"], ondelete="CASCADE", name="fk_rota_line_language_line_id"
        ),
    )


def _staff() -> None:
    op.create_table(
        "rota_staff_member",
        sa.Column("id", ID),
        sa.Column("alias", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rota_staff_member"),
    )
    op.create_table(
        "rota_staff_language",
        sa.Column("staff_id", ID),
        sa.Column("language", TAG),
        sa.PrimaryKeyConstraint("staff_id", "language", name="pk_rota_staff_language"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["rota_staff_member.id"], ondelete="CASCADE", name="fk_rota_staff_language_staff_id"
        ),
    )
    op.create_table(
        "rota_qualification",
        sa.Column("staff_id", ID),
        sa.Column("role", ROLE),
        sa.Column("valid_until", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("staff_id", "role", name="pk_rota_qualification"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["rota_staff_member.id"], ondelete="CASCADE", name="fk_rota_qualification_staff_id"
        ),
    )


def _shift() -> None:
    op.create_table(
        "rota_shift",
        sa.Column("id", ID),
        sa.Column("line_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("role", ROLE, nullable=False),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("zone", ZONE, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rota_shift"),
        sa.ForeignKeyConstraint(["line_id"], ["rota_line.id"], name="fk_rota_shift_line_id"),
        sa.ForeignKeyConstraint(["staff_id"], ["rota_staff_member.id"], name="fk_rota_shift_staff_id"),
        sa.CheckConstraint("starts_at < ends_at", name="ck_rota_shift_has_a_length"),
    )
    op.create_index("ix_rota_shift_ends_at", "rota_shift", ["ends_at"])
    op.create_index("ix_rota_shift_staff_id_ends_at", "rota_shift", ["staff_id", "ends_at"])
