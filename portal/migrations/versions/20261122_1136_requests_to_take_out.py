"""requests to take words out"""

from collections.abc import Sequence

revision: str = "20261122_1136"
down_revision: str | None = "20261122_1135"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Filled by its owner."""


def downgrade() -> None:
    """Filled by its owner."""
