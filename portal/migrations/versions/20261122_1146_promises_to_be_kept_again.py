"""promises that were settled and are to be kept again"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1146"
down_revision: str | None = "20261122_1145"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "promise_openings",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "kept", "let go", name="promisestate", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why_ct", sa.LargeBinary(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_promise_openings_key_id_data_keys")),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["staff_members.id"], name=op.f("fk_promise_openings_opened_by_staff_members")
        ),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_promise_openings_promise_id_promises")),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["staff_members.id"], name=op.f("fk_promise_openings_settled_by_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_openings")),
    )
    with op.batch_alter_table("promise_openings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_openings_promise_id"), ["promise_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("promise_openings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promise_openings_promise_id"))
    op.drop_table("promise_openings")
