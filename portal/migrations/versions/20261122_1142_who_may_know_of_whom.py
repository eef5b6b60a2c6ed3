"""who of a family may know that another is here; into which language an answer was translated"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1142"
down_revision: str | None = "20261122_1141"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "acquaintances",
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("of_id", sa.Uuid(), nullable=False),
        sa.Column("may_know", sa.Boolean(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("family_member_id <> of_id", name=op.f("ck_acquaintances_two_people")),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_acquaintances_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["staff_members.id"], name=op.f("fk_acquaintances_noted_by_staff_members")
        ),
        sa.ForeignKeyConstraint(["of_id"], ["family_members.id"], name=op.f("fk_acquaintances_of_id_family_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acquaintances")),
        sa.UniqueConstraint("family_member_id", "of_id", name=op.f("uq_acquaintances_family_member_id_of_id")),
    )
    with op.batch_alter_table("acquaintances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acquaintances_of_id"), ["of_id"], unique=False)
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("translated_into", sa.String(length=12), nullable=True))
    op.execute(
        "UPDATE answers SET translated_into = (SELECT family_members.language FROM family_members"
        " JOIN questions ON questions.family_member_id = family_members.id WHERE questions.id = answers.question_id)"
        " WHERE translation_ct IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_column("translated_into")
    with op.batch_alter_table("acquaintances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acquaintances_of_id"))
    op.drop_table("acquaintances")
