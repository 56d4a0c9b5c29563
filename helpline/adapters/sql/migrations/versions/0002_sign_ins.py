"""Sign-ins, which outlive a restart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in",
        sa.Column("token_sha256", sa.LargeBinary(32), nullable=False),
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("opened_minute", sa.Integer(), nullable=False),
        sa.Column("seen_minute", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_sign_in"),
    )


def downgrade() -> None:
    op.drop_table("sign_in")
