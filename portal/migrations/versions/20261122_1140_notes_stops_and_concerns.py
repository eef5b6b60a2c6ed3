"""notes to colleagues, when nothing may be sent, and who may be in danger"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1140"
down_revision: str | None = "20261122_1139"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "colleague_notes",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("words_ct", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_colleague_notes_key_id_data_keys")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_colleague_notes_review_id_reviews")),
        sa.ForeignKeyConstraint(
            ["written_by"], ["staff_members.id"], name=op.f("fk_colleague_notes_written_by_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colleague_notes")),
        sa.UniqueConstraint("once", name=op.f("uq_colleague_notes_once")),
    )
    with op.batch_alter_table("colleague_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_colleague_notes_review_id"), ["review_id"], unique=False)
    op.create_table(
        "concerns",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("about_question", sa.Boolean(), nullable=False),
        sa.Column("reference", sa.String(length=7), nullable=False),
        sa.Column("panel", sa.String(length=60), nullable=False),
        sa.Column("why_ct", sa.LargeBinary(), nullable=False),
        sa.Column(
            "told",
            sa.Enum(
                "told",
                "will be told",
                "not safe to tell",
                name="familytold",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("to_role", sa.String(length=200), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("what_ct", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["done_by"], ["staff_members.id"], name=op.f("fk_concerns_done_by_staff_members")),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_concerns_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_concerns_key_id_data_keys")),
        sa.ForeignKeyConstraint(["raised_by"], ["staff_members.id"], name=op.f("fk_concerns_raised_by_staff_members")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_concerns_review_id_reviews")),
        sa.ForeignKeyConstraint(["seen_by"], ["staff_members.id"], name=op.f("fk_concerns_seen_by_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concerns")),
    )
    with op.batch_alter_table("concerns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_concerns_panel"), ["panel"], unique=False)
        batch_op.create_index(batch_op.f("ix_concerns_review_id"), ["review_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_concerns_subject_id"), ["subject_id"], unique=False)
    op.create_table(
        "link_stops",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("why_ct", sa.LargeBinary(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_why_ct", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_link_stops_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_link_stops_key_id_data_keys")),
        sa.ForeignKeyConstraint(
            ["lifted_by"], ["staff_members.id"], name=op.f("fk_link_stops_lifted_by_staff_members")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["staff_members.id"], name=op.f("fk_link_stops_set_by_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_stops")),
    )
    with op.batch_alter_table("link_stops", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_stops_family_member_id"), ["family_member_id"], unique=False)
    with op.batch_alter_table("family_members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("links_rest", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("family_members", schema=None) as batch_op:
        batch_op.drop_column("links_rest")
    with op.batch_alter_table("link_stops", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_stops_family_member_id"))
    op.drop_table("link_stops")
    with op.batch_alter_table("concerns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_concerns_subject_id"))
        batch_op.drop_index(batch_op.f("ix_concerns_review_id"))
        batch_op.drop_index(batch_op.f("ix_concerns_panel"))
    op.drop_table("concerns")
    with op.batch_alter_table("colleague_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_colleague_notes_review_id"))
    op.drop_table("colleague_notes")
