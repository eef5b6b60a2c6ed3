"""what a person's own space keeps"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1130"
down_revision: str | None = "20261122_0812"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Each state that there is, before and after.
STANDING = [
    "asked",
    "taken up",
    "at a meeting",
    "answer drafted",
    "answer checked",
    "answered",
    "partly answered",
    "cannot be answered",
    "withdrawn",
]
PLACE = ["kept", "with the panel", "withdrawn"]
TRAVEL = ["waiting", "being sent", "to print", "sent", "arrived", "came back", "uncertain", "stopped"]
RULES = (
    ("questions", "standing", STANDING, ["told aloud", *STANDING]),
    ("contributions", "place", PLACE, ["told aloud", "for the key worker", *PLACE]),
    ("messages", "travel", TRAVEL, ["held", *TRAVEL]),
)


def _rule(table: str, name: str, states: list[str]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), f"state IN ({listed})")


def upgrade() -> None:
    for table, name, _, after in RULES:
        _rule(table, name, after)
    op.create_table(
        "drafts",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("words_ct", sa.LargeBinary(), nullable=True),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("tab", sa.String(length=40), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_drafts_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_drafts_key_id_data_keys")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("family_member_id", "once", name=op.f("uq_drafts_family_member_id_once")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_drafts_family_member_id_place"), ["family_member_id", "place"], unique=False
        )

    op.create_table(
        "earlier_words",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("of_id", sa.Uuid(), nullable=False),
        sa.Column("words_ct", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_earlier_words_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_earlier_words_key_id_data_keys")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_words")),
    )
    with op.batch_alter_table("earlier_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_earlier_words_family_member_id"), ["family_member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_earlier_words_of_id"), ["of_id"], unique=False)

    with op.batch_alter_table("contributions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("prompt", sa.String(length=40), nullable=False, server_default="free"))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("follows_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("written_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("said_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("announced_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_contributions_written_by_staff_members"), "staff_members", ["written_by"], ["id"]
        )

    with op.batch_alter_table("family_members", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "presence",
                sa.Enum(
                    "here",
                    "not now",
                    "not at all",
                    name="presence",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                nullable=False,
                server_default="here",
            )
        )
        batch_op.add_column(sa.Column("presence_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("display", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("no_link_ct", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pack_made_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hold", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("despite_ct", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("follows_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("written_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("said_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("announced_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_questions_written_by_staff_members"), "staff_members", ["written_by"], ["id"]
        )

    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("device", sa.String(length=60), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_column("device")

    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_questions_written_by_staff_members"), type_="foreignkey")
        batch_op.drop_column("confirmed_at")
        batch_op.drop_column("announced_on")
        batch_op.drop_column("said_on")
        batch_op.drop_column("written_by")
        batch_op.drop_column("follows_id")
        batch_op.drop_column("changed_at")

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_column("despite_ct")
        batch_op.drop_column("hold")

    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_column("pack_made_at")

    with op.batch_alter_table("family_members", schema=None) as batch_op:
        batch_op.drop_column("no_link_ct")
        batch_op.drop_column("display")
        batch_op.drop_column("presence_at")
        batch_op.drop_constraint(op.f("ck_family_members_presence"), type_="check")
        batch_op.drop_column("presence")

    with op.batch_alter_table("contributions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_contributions_written_by_staff_members"), type_="foreignkey")
        batch_op.drop_column("confirmed_at")
        batch_op.drop_column("announced_on")
        batch_op.drop_column("said_on")
        batch_op.drop_column("written_by")
        batch_op.drop_column("follows_id")
        batch_op.drop_column("changed_at")
        batch_op.drop_column("prompt")

    with op.batch_alter_table("earlier_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_earlier_words_of_id"))
        batch_op.drop_index(batch_op.f("ix_earlier_words_family_member_id"))

    op.drop_table("earlier_words")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_family_member_id_place"))

    op.drop_table("drafts")
    for table, name, before, _ in RULES:
        _rule(table, name, before)
