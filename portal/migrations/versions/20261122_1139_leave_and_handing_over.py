"""leave with a named cover, and families handed over"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1139"
down_revision: str | None = "20261122_1138"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "leaves",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("cover_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("note_ct", sa.LargeBinary(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["cover_id"], ["staff_members.id"], name=op.f("fk_leaves_cover_id_staff_members")),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_leaves_key_id_data_keys")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_members.id"], name=op.f("fk_leaves_staff_id_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leaves_cover_id"), ["cover_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leaves_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "handovers",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("note_ct", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff_members.id"], name=op.f("fk_handovers_by_id_staff_members")),
        sa.ForeignKeyConstraint(["from_id"], ["staff_members.id"], name=op.f("fk_handovers_from_id_staff_members")),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_handovers_key_id_data_keys")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_handovers_review_id_reviews")),
        sa.ForeignKeyConstraint(["to_id"], ["staff_members.id"], name=op.f("fk_handovers_to_id_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handovers_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_review_id"), ["review_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_to_id"), ["to_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handovers_to_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_review_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_by_id"))

    op.drop_table("handovers")
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leaves_staff_id"))
        batch_op.drop_index(batch_op.f("ix_leaves_cover_id"))

    op.drop_table("leaves")
