"""concerns of the panel's own people, of which nobody has told the person yet"""

from collections.abc import Sequence

from alembic import op

revision: str = "20261122_1148"
down_revision: str | None = "20261122_1147"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TOLD = ["told", "will be told", "not safe to tell"]


def _rule(states: list[str]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("concerns") as batch_op:
        batch_op.drop_constraint(op.f("ck_concerns_familytold"), type_="check")
        batch_op.create_check_constraint(op.f("ck_concerns_familytold"), f"told IN ({listed})")


def upgrade() -> None:
    _rule([*TOLD, "not told yet"])


def downgrade() -> None:
    op.execute("UPDATE concerns SET told = 'not safe to tell' WHERE told = 'not told yet'")
    _rule(TOLD)
