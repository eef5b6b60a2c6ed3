"""what readers say of a page"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_0810"
down_revision: str | None = "20261122_0515"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "clearness",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("page", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column(
            "shape",
            sa.Enum(
                "page", "easy-read", "large-print", name="shape", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column(
            "clear",
            sa.Enum("yes", "partly", "no", name="clear", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("words_ct", sa.LargeBinary(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_clearness_key_id_data_keys")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearness")),
        sa.UniqueConstraint("once", name=op.f("uq_clearness_once")),
    )
    with op.batch_alter_table("clearness", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clearness_said_on_id"), ["said_on", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("clearness")
