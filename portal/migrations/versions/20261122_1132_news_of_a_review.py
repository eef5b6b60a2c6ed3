"""news of a review and how each person wants to hear it"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1132"
down_revision: str | None = "20261122_1131"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "news",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column(
            "about",
            sa.Enum("stage", "meeting", "outcome", name="about", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column(
            "review_stage",
            sa.Enum(
                "first days",
                "gathering information",
                "review meeting",
                "panel",
                "learning shared",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column(
            "meeting_kind",
            sa.Enum(
                "review meeting",
                "panel meeting",
                name="meetingkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remark_ct", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("checked_by IS NULL OR checked_by <> drafted_by", name=op.f("ck_news_two_people")),
        sa.ForeignKeyConstraint(["checked_by"], ["staff_members.id"], name=op.f("fk_news_checked_by_staff_members")),
        sa.ForeignKeyConstraint(["drafted_by"], ["staff_members.id"], name=op.f("fk_news_drafted_by_staff_members")),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_news_key_id_data_keys")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_news_review_id_reviews")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
    )
    with op.batch_alter_table("news", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_review_id"), ["review_id"], unique=False)

    op.create_table(
        "contacts",
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_contacts_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["staff_members.id"], name=op.f("fk_contacts_noted_by_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("family_member_id", name=op.f("uq_contacts_family_member_id")),
    )
    op.create_table(
        "news_for",
        sa.Column("news_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "told_how",
            sa.Enum(
                "in person",
                "by telephone",
                "by video",
                "by letter",
                name="toldhow",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "hearing",
            sa.Enum(
                "not said",
                "read it now",
                "keep it for later",
                "with the key worker",
                "not at all",
                name="hearing",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("hearing_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_news_for_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(["news_id"], ["news.id"], name=op.f("fk_news_for_news_id_news")),
        sa.ForeignKeyConstraint(
            ["released_by"], ["staff_members.id"], name=op.f("fk_news_for_released_by_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_for")),
        sa.UniqueConstraint("news_id", "family_member_id", name=op.f("uq_news_for_news_id_family_member_id")),
    )
    with op.batch_alter_table("news_for", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_for_family_member_id"), ["family_member_id"], unique=False)

    op.create_table(
        "news_words",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("news_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("words_ct", sa.LargeBinary(), nullable=False),
        sa.Column("translator_ct", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_news_words_key_id_data_keys")),
        sa.ForeignKeyConstraint(["news_id"], ["news.id"], name=op.f("fk_news_words_news_id_news")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_words")),
        sa.UniqueConstraint("news_id", "language", name=op.f("uq_news_words_news_id_language")),
    )
    op.create_table(
        "where_choices",
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "first days",
                "gathering information",
                "review meeting",
                "panel",
                "learning shared",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "hearing",
            sa.Enum(
                "not said",
                "read it now",
                "keep it for later",
                "with the key worker",
                "not at all",
                name="hearing",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("hearing_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_where_choices_family_member_id_family_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_where_choices")),
        sa.UniqueConstraint("family_member_id", name=op.f("uq_where_choices_family_member_id")),
    )


def downgrade() -> None:
    op.drop_table("where_choices")
    op.drop_table("news_words")
    with op.batch_alter_table("news_for", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_news_for_family_member_id"))

    op.drop_table("news_for")
    op.drop_table("contacts")
    with op.batch_alter_table("news", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_news_review_id"))

    op.drop_table("news")
