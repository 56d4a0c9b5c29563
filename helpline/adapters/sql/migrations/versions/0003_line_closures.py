"""Lines closed by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "line_closure",
        sa.Column("line_id", sa.String(64), nullable=False),
        sa.Column("closed_minute", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("line_id", name="pk_line_closure"),
    )


def downgrade() -> None:
    op.drop_table("line_closure")
