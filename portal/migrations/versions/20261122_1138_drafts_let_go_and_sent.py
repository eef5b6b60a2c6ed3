"""drafts that were let go, and what was sent of them"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "20261122_1138"
down_revision: str | None = "20261122_1137"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("let_go_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sent_mark", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("sent_to", sa.String(length=200), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_column("sent_to")
        batch_op.drop_column("sent_mark")
        batch_op.drop_column("let_go_at")
