"""drafts of forms"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1147"
down_revision: str | None = "20261122_1146"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "form_drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("words_ct", sa.LargeBinary(), nullable=True),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("tab", sa.String(length=40), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("let_go_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_mark", sa.String(length=64), nullable=False),
        sa.Column("sent_to", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_form_drafts_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_form_drafts_key_id_data_keys")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_members.id"], name=op.f("fk_form_drafts_staff_id_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_drafts")),
        sa.UniqueConstraint("family_member_id", "once", name=op.f("uq_form_drafts_family_member_id_once")),
    )
    with op.batch_alter_table("form_drafts") as batch_op:
        batch_op.create_index(
            op.f("ix_form_drafts_family_member_id_place"), ["family_member_id", "place"], unique=False
        )
        batch_op.create_index(op.f("ix_form_drafts_staff_id"), ["staff_id"], unique=False)


def downgrade() -> None:
    op.drop_table("form_drafts")
