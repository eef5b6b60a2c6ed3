"""what one person shows another"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1134"
down_revision: str | None = "20261122_1133"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "shares",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "question",
                "contribution",
                "answer",
                "file",
                name="thing",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("wish_ct", sa.LargeBinary(), nullable=False),
        sa.Column("called_ct", sa.LargeBinary(), nullable=True),
        sa.Column("reader_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "wished",
                "agreed",
                "not possible",
                "undone",
                name="consent",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("wished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "looking",
            sa.Enum(
                "not said", "shown", "put away", name="looking", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "agreed_at IS NULL OR (reader_id IS NOT NULL AND agreed_by IS NOT NULL)",
            name=op.f("ck_shares_both_agree"),
        ),
        sa.CheckConstraint("reader_id IS NULL OR reader_id <> owner_id", name=op.f("ck_shares_two_people")),
        sa.ForeignKeyConstraint(["agreed_by"], ["staff_members.id"], name=op.f("fk_shares_agreed_by_staff_members")),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_shares_key_id_data_keys")),
        sa.ForeignKeyConstraint(["owner_id"], ["family_members.id"], name=op.f("fk_shares_owner_id_family_members")),
        sa.ForeignKeyConstraint(["reader_id"], ["family_members.id"], name=op.f("fk_shares_reader_id_family_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
    )
    with op.batch_alter_table("shares", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shares_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shares_reader_id"), ["reader_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shares_subject_id"), ["subject_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("shares", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shares_subject_id"))
        batch_op.drop_index(batch_op.f("ix_shares_reader_id"))
        batch_op.drop_index(batch_op.f("ix_shares_owner_id"))

    op.drop_table("shares")
