"""how a person wishes to be reached"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1133"
down_revision: str | None = "20261122_1132"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "contact_wishes",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("shared", sa.JSON(), nullable=False),
        sa.Column("never_ring_ct", sa.LargeBinary(), nullable=True),
        sa.Column("interpreter_ct", sa.LargeBinary(), nullable=True),
        sa.Column("reach_by", sa.Uuid(), nullable=True),
        sa.Column("reach_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("earliest", sa.Time(), nullable=True),
        sa.Column("latest", sa.Time(), nullable=True),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("times_by", sa.Uuid(), nullable=True),
        sa.Column("times_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "may_know",
            sa.Enum("nobody", "only these", name="mayknow", native_enum=False, create_constraint=True, length=30),
            nullable=True,
        ),
        sa.Column("who_ct", sa.LargeBinary(), nullable=True),
        sa.Column("known_by", sa.Uuid(), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_contact_wishes_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_contact_wishes_key_id_data_keys")),
        sa.ForeignKeyConstraint(
            ["known_by"], ["staff_members.id"], name=op.f("fk_contact_wishes_known_by_staff_members")
        ),
        sa.ForeignKeyConstraint(
            ["reach_by"], ["staff_members.id"], name=op.f("fk_contact_wishes_reach_by_staff_members")
        ),
        sa.ForeignKeyConstraint(
            ["times_by"], ["staff_members.id"], name=op.f("fk_contact_wishes_times_by_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_wishes")),
        sa.UniqueConstraint("family_member_id", name=op.f("uq_contact_wishes_family_member_id")),
    )
    op.create_table(
        "quiet_days",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "feast",
            sa.Enum(
                "mothering sunday",
                "fathers day",
                "christmas",
                "new year",
                name="feast",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("every_year", sa.Boolean(), nullable=False),
        sa.Column("what_for_ct", sa.LargeBinary(), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_quiet_days_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_quiet_days_key_id_data_keys")),
        sa.ForeignKeyConstraint(["set_by"], ["staff_members.id"], name=op.f("fk_quiet_days_set_by_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet_days")),
    )
    with op.batch_alter_table("quiet_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiet_days_family_member_id"), ["family_member_id"], unique=False)
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("freed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("freed_at")

    with op.batch_alter_table("quiet_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiet_days_family_member_id"))

    op.drop_table("quiet_days")
    op.drop_table("contact_wishes")
