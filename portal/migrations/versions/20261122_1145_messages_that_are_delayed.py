"""messages that are delayed"""

from collections.abc import Sequence

from alembic import op

revision: str = "20261122_1145"
down_revision: str | None = "20261122_1144"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TRAVEL = ["waiting", "held", "being sent", "to print", "sent", "arrived", "came back", "uncertain", "stopped"]


def _rule(states: list[str]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("messages") as batch_op:
        batch_op.drop_constraint(op.f("ck_messages_travel"), type_="check")
        batch_op.create_check_constraint(op.f("ck_messages_travel"), f"state IN ({listed})")


def upgrade() -> None:
    _rule([*TRAVEL, "delayed"])


def downgrade() -> None:
    op.execute("UPDATE messages SET state = 'sent' WHERE state = 'delayed'")
    _rule(TRAVEL)
