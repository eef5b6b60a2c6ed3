"""talks and promises; a day of contact is seen only where the key worker says so"""

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1144"
down_revision: str | None = "20261122_1143"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_CONTACTS = sa.table(
    "contacts",
    sa.column("family_member_id", sa.Uuid()),
    sa.column("last_on", sa.Date()),
    sa.column("noted_by", sa.Uuid()),
    sa.column("noted_at", sa.DateTime(timezone=True)),
)
_MEMBERS = sa.table("family_members", sa.column("id", sa.Uuid()), sa.column("review_id", sa.Uuid()))
_REVIEWS = sa.table(
    "reviews",
    sa.column("id", sa.Uuid()),
    sa.column("key_id", sa.Uuid()),
    sa.column("next_contact_on", sa.Date()),
    sa.column("next_contact_shown", sa.Boolean()),
)
_IN_TOUCH = sa.table(
    "in_touch",
    sa.column("id", sa.Uuid()),
    sa.column("talk_id", sa.Uuid()),
    sa.column("family_member_id", sa.Uuid()),
    sa.column("was_on", sa.Date()),
    sa.column("counts", sa.Boolean()),
)


def upgrade() -> None:
    op.create_table(
        "talks",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("was_on", sa.Date(), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "telephone",
                "visit",
                "met",
                "letter",
                "message",
                "another way",
                name="how",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("said_ct", sa.LargeBinary(), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_talks_key_id_data_keys")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_talks_review_id_reviews")),
        sa.ForeignKeyConstraint(["written_by"], ["staff_members.id"], name=op.f("fk_talks_written_by_staff_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
        sa.UniqueConstraint("once", name=op.f("uq_talks_once")),
    )
    with op.batch_alter_table("talks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talks_review_id"), ["review_id"], unique=False)
    op.create_table(
        "in_touch",
        sa.Column("talk_id", sa.Uuid(), nullable=False),
        sa.Column("family_member_id", sa.Uuid(), nullable=False),
        sa.Column("was_on", sa.Date(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["talk_id"], ["talks.id"], name=op.f("fk_in_touch_talk_id_talks")),
        sa.ForeignKeyConstraint(
            ["family_member_id"], ["family_members.id"], name=op.f("fk_in_touch_family_member_id_family_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_in_touch")),
        sa.UniqueConstraint("talk_id", "family_member_id", name=op.f("uq_in_touch_talk_id_family_member_id")),
    )
    with op.batch_alter_table("in_touch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_in_touch_family_member_id"), ["family_member_id"], unique=False)
    op.create_table(
        "promises",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("talk_id", sa.Uuid(), nullable=False),
        sa.Column("what_ct", sa.LargeBinary(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("named_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
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
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["data_keys.id"], name=op.f("fk_promises_key_id_data_keys")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_promises_review_id_reviews")),
        sa.ForeignKeyConstraint(["talk_id"], ["talks.id"], name=op.f("fk_promises_talk_id_talks")),
        sa.ForeignKeyConstraint(["named_id"], ["staff_members.id"], name=op.f("fk_promises_named_id_staff_members")),
        sa.ForeignKeyConstraint(["made_by"], ["staff_members.id"], name=op.f("fk_promises_made_by_staff_members")),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["staff_members.id"], name=op.f("fk_promises_settled_by_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
        sa.UniqueConstraint("talk_id", name=op.f("uq_promises_talk_id")),
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promises_review_id"), ["review_id"], unique=False)
    op.create_table(
        "promise_moves",
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_promise_moves_promise_id_promises")),
        sa.ForeignKeyConstraint(
            ["moved_by"], ["staff_members.id"], name=op.f("fk_promise_moves_moved_by_staff_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_moves")),
    )
    with op.batch_alter_table("promise_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_moves_promise_id"), ["promise_id"], unique=False)
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_contact_shown", sa.Boolean(), nullable=False, server_default=sa.false()))
    # Until now the family saw each day that was set: what they have been shown is not taken away from them.
    op.execute(_REVIEWS.update().where(_REVIEWS.c.next_contact_on.is_not(None)).values(next_contact_shown=True))
    _days_become_talks()
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_column("last_on")


def _days_become_talks() -> None:
    """Keep each last day of contact as a talk of which only the day is known."""
    talks = sa.table(
        "talks",
        sa.column("id", sa.Uuid()),
        sa.column("key_id", sa.Uuid()),
        sa.column("review_id", sa.Uuid()),
        sa.column("once", sa.String()),
        sa.column("was_on", sa.Date()),
        sa.column("how", sa.String()),
        sa.column("reached", sa.Boolean()),
        sa.column("written_by", sa.Uuid()),
        sa.column("written_at", sa.DateTime(timezone=True)),
    )
    known = sa.select(_CONTACTS, _REVIEWS.c.id.label("review_id"), _REVIEWS.c.key_id).select_from(
        _CONTACTS.join(_MEMBERS, _MEMBERS.c.id == _CONTACTS.c.family_member_id).join(
            _REVIEWS, _REVIEWS.c.id == _MEMBERS.c.review_id
        )
    )
    connection = op.get_bind()
    for row in connection.execute(known.where(_CONTACTS.c.last_on.is_not(None))).mappings().all():
        talk_id = uuid4()
        connection.execute(
            talks.insert().values(
                id=talk_id,
                key_id=row["key_id"],
                review_id=row["review_id"],
                once=talk_id.hex,
                was_on=row["last_on"],
                how="another way",
                reached=True,
                written_by=row["noted_by"],
                written_at=row["noted_at"],
            )
        )
        person = {"family_member_id": row["family_member_id"], "was_on": row["last_on"]}
        connection.execute(_IN_TOUCH.insert().values(id=uuid4(), talk_id=talk_id, counts=True, **person))


def downgrade() -> None:
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("last_on", sa.Date(), nullable=True))
    last = sa.select(sa.func.max(_IN_TOUCH.c.was_on)).where(
        _IN_TOUCH.c.family_member_id == _CONTACTS.c.family_member_id, _IN_TOUCH.c.counts.is_(True)
    )
    op.execute(_CONTACTS.update().values(last_on=last.scalar_subquery()))
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_column("next_contact_shown")
    with op.batch_alter_table("promise_moves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promise_moves_promise_id"))
    op.drop_table("promise_moves")
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promises_review_id"))
    op.drop_table("promises")
    with op.batch_alter_table("in_touch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_in_touch_family_member_id"))
    op.drop_table("in_touch")
    with op.batch_alter_table("talks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_talks_review_id"))
    op.drop_table("talks")
