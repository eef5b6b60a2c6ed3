"""what a person brings: files in sealed parts"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1131"
down_revision: str | None = "20261122_1130"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("panel", sa.String(length=60), nullable=False),
        sa.Column("reference", sa.String(length=7), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("name_ct", sa.LargeBinary(), nullable=False),
        sa.Column("words_ct", sa.LargeBinary(), nullable=False),
        sa.Column("spoken", sa.Boolean(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("shown_size", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "arriving",
                "kept, not sent",
                "sent",
                "with the panel",
                "withdrawn",
                name="keeping",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "form",
            sa.Enum(
                "jpeg",
                "png",
                "webp",
                "gif",
                "heic",
                "pdf",
                "docx",
                "odt",
                "txt",
                "mp3",
                "m4a",
                "ogg",
                "webm",
                "wav",
                "amr",
                "3gp",
                name="form",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_up_by", sa.Uuid(), nullable=True),
        sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_files_family_member_id_family_members")
        ),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_files_key_id_data_keys")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_files_review_id_reviews")),
        sa.ForeignKeyConstraint(["taken_up_by"], ["staff_members.id"], name=op.f("fk_files_taken_up_by_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        sa.UniqueConstraint("family_member_id", "once", name=op.f("uq_files_family_member_id_once")),
        sa.UniqueConstraint("reference", name=op.f("uq_files_reference")),
    )
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_files_panel_state_kept_at_id"), ["panel", "state", "kept_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_files_review_id"), ["review_id"], unique=False)

    op.create_table(
        "file_parts",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("first_byte", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("part_ct", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_file_parts_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_parts")),
        sa.UniqueConstraint("file_id", "shown", "first_byte", name=op.f("uq_file_parts_file_id_shown_first_byte")),
    )


def downgrade() -> None:
    op.drop_table("file_parts")
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_files_review_id"))
        batch_op.drop_index(batch_op.f("ix_files_panel_state_kept_at_id"))

    op.drop_table("files")
