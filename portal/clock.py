"""The only clock of the house, so that a test can move it and nobody meets a time without a zone."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment as an aware UTC time."""
    return datetime.now(UTC)
