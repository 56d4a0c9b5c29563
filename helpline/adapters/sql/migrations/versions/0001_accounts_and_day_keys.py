"""Accounts and day keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("alias", sa.String(64), nullable=False),
        sa.Column("password_hash", sa.String(256), nullable=False),
        sa.Column("roles", sa.String(128), nullable=False),
        sa.Column("certificate_role", sa.String(32), nullable=True),
        sa.Column("language", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name="pk_account"),
        sa.UniqueConstraint("name", name="uq_account_name"),
    )
    op.create_table(
        "day_key",
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(32), nullable=False),
        sa.Column("certificate", sa.LargeBinary(4096), nullable=True),
        sa.PrimaryKeyConstraint("staff_id", "day", "public_key", name="pk_day_key"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["account.staff_id"], name="fk_day_key_staff_id", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("day_key")
    op.drop_table("account")
