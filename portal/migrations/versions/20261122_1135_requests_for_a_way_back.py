"""requests for a way back in"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1135"
down_revision: str | None = "20261122_1134"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make a table for those who ask for a new link or a new number."""
    op.create_table(
        "way_back_requests",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("name_ct", sa.LargeBinary(), nullable=False),
        sa.Column("reach_ct", sa.LargeBinary(), nullable=False),
        sa.Column("words_ct", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("panel", sa.String(length=60), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "how",
            sa.Enum(
                "new link or number",
                "reached",
                "nobody here",
                name="how",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["done_by"], ["staff_members.id"], name=op.f("fk_way_back_requests_done_by_staff_members")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_way_back_requests_key_id_data_keys")),
        sa.ForeignKeyConstraint(
            ["seen_by"], ["staff_members.id"], name=op.f("fk_way_back_requests_seen_by_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_way_back_requests")),
        sa.UniqueConstraint("once", name=op.f("uq_way_back_requests_once")),
    )
    with op.batch_alter_table("way_back_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_way_back_requests_panel"), ["panel"], unique=False)


def downgrade() -> None:
    """Take the table away."""
    with op.batch_alter_table("way_back_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_way_back_requests_panel"))
    op.drop_table("way_back_requests")
