"""what went on without the word of the person who said it"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1137"
down_revision: str | None = "20261122_1136"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "sent_on",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("of_id", sa.Uuid(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why_ct", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_sent_on_key_id_data_keys")),
        sa.ForeignKeyConstraint(["sent_by"], ["staff_members.id"], name=op.f("fk_sent_on_sent_by_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_on")),
    )
    with op.batch_alter_table("sent_on", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_on_of_id"), ["of_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sent_on", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_on_of_id"))

    op.drop_table("sent_on")
