"""requests to take words out"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1136"
down_revision: str | None = "20261122_1135"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "removal_requests",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("panel", sa.String(length=60), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("words_ct", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "being done",
                "talked",
                "done",
                "taken back",
                name="removal",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("talked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_out", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"],
            ["family_members.id"],
            name=op.f("fk_removal_requests_family_member_id_family_members"),
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_removal_requests_key_id_data_keys")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_removal_requests_review_id_reviews")),
        sa.ForeignKeyConstraint(
            ["seen_by"], ["staff_members.id"], name=op.f("fk_removal_requests_seen_by_staff_members")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["staff_members.id"], name=op.f("fk_removal_requests_settled_by_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal_requests")),
    )
    with op.batch_alter_table("removal_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_removal_requests_family_member_id"), ["family_member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_removal_requests_review_id"), ["review_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("removal_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_removal_requests_review_id"))
        batch_op.drop_index(batch_op.f("ix_removal_requests_family_member_id"))

    op.drop_table("removal_requests")
